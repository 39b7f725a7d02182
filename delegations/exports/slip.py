"""Phiếu trình: one page for the leader's folder, with what is asked, what was said so far, and room for the leader's hand."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING

from django.utils import timezone

from delegations import guards
from delegations.choices import Mode
from delegations.exports import particulars as p
from delegations.models import OutboundDelegation
from intlcoop.exporting.decree30 import document_html, head_html, table_html, title_html
from intlcoop.exporting.papers import Head, Table
from intlcoop.vietnamese.dates import table_date
from intlcoop.web.file_numbers import shown
from intlcoop.workflow.process import Process
from intlcoop.workflow.wording import decided_words, step_label

if TYPE_CHECKING:
    from intlcoop.workflow.models import Case

LONGEST = 420
MOST_OPINIONS = 8

SLIP_CSS = """
@page { size: A4; margin: 15mm 15mm 15mm 20mm; }
html { font-size: 12pt; }
.d30-table { font-size: 11pt; margin: 4pt 0; }
.d30-title { margin-top: 10pt; }
.slip-h { font-weight: bold; margin: 6pt 0 2pt; }
.slip-hand { border: .5pt solid #000; min-height: 42mm; padding: 4pt 6pt; margin-top: 6pt; break-inside: avoid; }
.slip-hand p { font-style: italic; }
.slip-foot { margin-top: 4pt; font-size: 9.5pt; }
"""


def slip_html(trip: OutboundDelegation) -> str:
    """The page as HTML, ready for `render_pdf` with DECREE30_CSS and SLIP_CSS. All text is escaped."""
    return page(trip.case, facts(trip), guards.warnings(trip), explanation(trip))


def page(case: Case, table: Table, warnings: Sequence[guards.Warning_], reason: str = "") -> str:
    """What every slip has: whose file, the facts asked about, opinions, warnings, and room for the leader's hand."""
    ministry = p.ministry()
    today = timezone.localdate()
    head = Head(issuer=ministry.icd_name, superior=ministry.name, place=ministry.place, date=today)
    warned = [f"- {warning.text}" for warning in warnings]
    parts = [
        head_html(head),
        title_html("Phiếu trình", f"Hồ sơ {shown(case.number)}"),
        table_html(table),
        section("Ý kiến đã có", opinions(Process(case))),
        section("Cảnh báo", "<br>".join(escape(short(text)) for text in warned) or "Không có."),
        reason,
        '<div class="slip-hand"><p>Ý kiến của Lãnh đạo Bộ:</p></div>',
        f'<p class="slip-foot">Lập từ hồ sơ lúc {timezone.localtime():%H:%M} ngày {table_date(today)}, '
        f"phiên bản {case.version}.</p>",
    ]
    return document_html(f"Phiếu trình {shown(case.number)}", "".join(parts))


def facts(trip: OutboundDelegation) -> Table:
    rows = [
        ("Vấn đề trình", trip.case.title),
        ("Đơn vị đề xuất", trip.case.unit.name_vi),
        ("Mục đích, nội dung", short(p.or_blank(trip.purpose_text))),
        ("Kết quả dự kiến", short(p.or_blank(trip.expected_result))),
        ("Thời gian, địa điểm", f"{p.days(trip)}; {p.places(trip)}"),
        ("Thành phần", composition(trip)),
        ("Cơ quan mời", p.host(trip)),
        ("Kinh phí", " ".join(p.money(trip))),
        ("Căn cứ", short("; ".join(p.own_bases(trip)))),
    ]
    if trip.is_out_of_plan:
        rows.append(("Lý do ngoài kế hoạch", short(p.or_blank(trip.out_of_plan_reason))))
    return Table(rows=tuple(rows), widths=(3, 10))


def composition(trip: OutboundDelegation) -> str:
    if trip.mode == Mode.ACCOMPANYING:
        return f"{p.size(trip)} người, tháp tùng {p.or_blank(trip.principal)}"
    return f"{p.size(trip)} người, do {p.head(trip)}, làm Trưởng đoàn"


def opinions(process: Process) -> str:
    decided = process.decided()[-MOST_OPINIONS:]
    lines = [
        f"- {step_label(each.step)}: {each.decided_by_name}, {decided_words(each)}"
        + (f". “{short(each.comment, 120)}”" if each.comment else "")
        for each in decided
    ]
    return "<br>".join(escape(line) for line in lines) or "Chưa có."


def explanation(trip: OutboundDelegation) -> str:
    return section("Giải trình", escape(short(trip.warning_reason))) if trip.warning_reason else ""


def section(title: str, body: str) -> str:
    return f'<p class="slip-h">{escape(title)}</p><p>{body}</p>'


def short(text: str, longest: int = LONGEST) -> str:
    """One page is one page: long texts are cut, the file has them whole."""
    plain = " ".join(text.split())
    return plain if len(plain) <= longest else plain[: longest - 1].rstrip() + "…"
