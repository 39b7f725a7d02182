"""Tờ trình and Phiếu trình about a change of a decided trip: what was decided, what is asked for now, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from delegations import guards
from delegations.choices import ChangeKind
from delegations.exports import members
from delegations.exports import particulars as p
from delegations.exports.change import Order, lowered
from delegations.exports.slip import page, short
from delegations.exports.submission import addressee
from delegations.queries.changes import comparisons_of_change
from intlcoop.exporting.papers import Block, Bullet, Head, Heading, Paper, Paragraph, Recipients, Signature, Table
from intlcoop.web.file_numbers import shown

if TYPE_CHECKING:
    from delegations.models import TripChange
    from intlcoop.workflow.comparing import Comparison
    from intlcoop.workflow.models import Case

HEADERS = ("Nội dung", "Đã quyết định", "Đề nghị thay đổi")


def to_leader(change: TripChange) -> Paper:
    """From the ICD to whoever approves the change by its route."""
    order = Order(change.case)
    ministry, unit = order.ministry, order.ministry.icd
    symbol = unit.symbol if unit else "HTQT"
    asked = f"{ministry.icd_name} kính trình Lãnh đạo Bộ xem xét, quyết định {asked_words(order)} với các nội dung nêu trên."
    return Paper(
        head=Head(issuer=ministry.icd_name, superior=ministry.name, symbol=f"TTr-{symbol}", place=ministry.place),
        title="Tờ trình",
        subject=subject(order),
        to=(addressee(order.version, ministry),),
        blocks=tuple(body(order, asked)),
        recipients=Recipients(items=("Như trên", change.case.unit.name_vi), filed=f"VT, {symbol}"),
        signature=Signature(title=ministry.head_of(unit, "Vụ trưởng Vụ Hợp tác quốc tế")),
        annexes=(members.annex(order.version, "Kèm theo Tờ trình"),) if change.has_content else (),
    )


def to_prime_minister(change: TripChange) -> Paper:
    """From the ministry, where the change asks for more than the Prime Minister permitted (W002-01)."""
    order = Order(change.case)
    ministry = order.ministry
    asked = f"{ministry.name} kính trình Thủ tướng Chính phủ xem xét, cho phép {asked_words(order)} với các nội dung nêu trên."
    return Paper(
        head=Head(issuer=ministry.name, symbol=f"TTr-{ministry.symbol}", place=ministry.place),
        title="Tờ trình",
        subject=subject(order),
        to=("Thủ tướng Chính phủ",),
        blocks=tuple(body(order, asked)),
        recipients=Recipients(
            items=("Như trên", "Văn phòng Chính phủ", "Bộ Ngoại giao"),
            filed=f"VT, {ministry.icd.symbol if ministry.icd else 'HTQT'}",
        ),
        signature=Signature(title=ministry.minister),
        annexes=(members.annex(order.version, "Kèm theo Tờ trình"),) if change.has_content else (),
    )


def subject(order: Order) -> str:
    return f"Về việc {asked_words(order)}"


def asked_words(order: Order) -> str:
    """What is asked for, ready to follow "về việc"."""
    where = f"tại {p.countries(order.trip)} {p.days(order.trip)}"
    words = {
        ChangeKind.AMEND: f"sửa đổi, bổ sung {order.old_number}",
        ChangeKind.EXTEND: f"gia hạn thời gian công tác của đoàn đi công tác {where}",
        ChangeKind.POSTPONE: f"hoãn chuyến công tác {where}",
        ChangeKind.CANCEL: f"hủy chuyến công tác {where} và bãi bỏ {order.old_number}",
        ChangeKind.ONLINE: f"chuyển chuyến công tác {where} sang hình thức trực tuyến",
    }
    return words[ChangeKind(order.change.kind)]


def body(order: Order, asked: str) -> list[Block]:
    bases = [order.old, *p.own_bases(order.version)]
    parts: list[tuple[str, list[Block]]] = [
        ("Căn cứ", [Bullet(f"{basis[:1].upper()}{basis[1:]};") for basis in bases]),
        ("Lý do", [Paragraph(reason(order))]),
        ("Nội dung đề nghị", content(order)),
        ("Kiến nghị", [Paragraph(asked)]),
    ]
    blocks: list[Block] = []
    for number, (title, inner) in enumerate(parts, start=1):
        blocks += [Heading(f"{number}. {title}", 2), *inner]
    return blocks


def reason(order: Order) -> str:
    """ "Phía đối tác thay đổi kế hoạch: Ban tổ chức lùi ngày họp."."""
    return f"{order.change.get_reason_code_display()}: {lowered_unless_named(order.reason)}."


def lowered_unless_named(text: str) -> str:
    """A sentence that begins with a name or an abbreviation keeps its capital."""
    words = text.split()
    named = len(words) > 1 and words[1][:1].isupper()
    return text if named or text[:2].isupper() else lowered(text) or p.BLANK


def content(order: Order) -> list[Block]:
    """Old and new side by side; of a trip that is not to take place what follows instead."""
    change = order.change
    if not change.has_content:
        return [Paragraph(line) for line in instead(order)]
    rows = difference_rows(change)
    if not rows:
        return [Paragraph(p.BLANK)]
    return [Table(headers=HEADERS, rows=rows, widths=(2, 5, 5))]


def instead(order: Order) -> list[str]:
    trip = order.trip
    planned = f"Chuyến công tác đã quyết định: {p.places(trip)} {p.days(trip)}, {p.size(trip)} người."
    after = {
        ChangeKind.POSTPONE: "Chuyến công tác tạm hoãn; thời gian thực hiện sẽ trình sau.",
        ChangeKind.CANCEL: "Chuyến công tác không thực hiện.",
        ChangeKind.ONLINE: f"Hoạt động được tổ chức theo hình thức trực tuyến, {order.online_days}.",
    }
    return [planned, after[ChangeKind(order.change.kind)]]


def difference_rows(change: TripChange) -> tuple[tuple[str, ...], ...]:
    return tuple(
        (str(each.label), side(each, "before") or "Không", side(each, "after") or "Không")
        for each in comparisons_of_change(change)
    )


def side(each: Comparison, which: str) -> str:
    lines: tuple[tuple[object, ...], ...] = getattr(each, which)
    return "\n".join("".join(piece.text for piece in line) for line in lines)  # type: ignore[attr-defined]


# --- Phiếu trình --------------------------------------------------------------------------------------------------------


def change_slip_html(case: Case) -> str:
    """One page for the leader's folder; long differences are cut, the file has them whole."""
    order = Order(case)
    change = order.change
    rows = [
        ("Vấn đề trình", f"{change.get_kind_display()!s}: {case.title}"),
        ("Đoàn", f"{shown(change.delegation.case.number)}; {order.old}"),
        ("Đơn vị đề xuất", case.unit.name_vi),
        ("Lý do", short(reason(order))),
    ]
    if change.has_content:
        rows += [
            (label, f"Đã quyết định: {short(before, 160)}\nĐề nghị: {short(after, 160)}")
            for label, before, after in difference_rows(change)
        ]
    else:
        rows += [("Nội dung đề nghị", "\n".join(instead(order)))]
    return page(case, Table(rows=tuple(rows), widths=(3, 10)), guards.change_warnings(case))
