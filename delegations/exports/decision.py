"""Quyết định cử đoàn đi công tác nước ngoài (domain.md B.12): drafted from the data, finished by the personnel department."""

from __future__ import annotations

from delegations.choices import Mode
from delegations.exports import members
from delegations.exports import particulars as p
from delegations.exports.issuer import Issuer, issuer_of
from delegations.models import OutboundDelegation
from intlcoop.exporting.docx import build_docx
from intlcoop.exporting.papers import Article, Banner, Basis, Block, Paper, Signature
from intlcoop.workflow.models import Case
from intlcoop.workflow.registry import Draft


def draft(case: Case) -> Draft:
    """The draft for the step in which the personnel department, or the unit with delegated power, makes the decision out."""
    with p.in_vietnamese():
        trip = p.load(case.number)
        symbol = issuer_of(trip, p.ministry()).symbol
        return Draft(docx=build_docx(decision(trip)), subject=subject(trip), symbol="" if p.BLANK in symbol else symbol)


def subject(trip: OutboundDelegation) -> str:
    return f"Về việc cử đoàn đi công tác tại {p.countries(trip)}"


def decision(trip: OutboundDelegation) -> Paper:
    ministry = p.ministry()
    issuer = issuer_of(trip, ministry)
    blocks: list[Block] = [Banner(issuer.authority.upper())]
    blocks += [Basis(text) for text in bases(trip, issuer)]
    blocks += [Banner("QUYẾT ĐỊNH:"), *articles(trip, ministry, issuer)]
    return Paper(
        head=issuer.head,
        title="Quyết định",
        subject=subject(trip),
        blocks=tuple(blocks),
        recipients=issuer.recipients,
        signature=Signature(title=issuer.signs),
        annexes=(members.annex(trip, issuer.head.citation("Kèm theo Quyết định")),)
        if len(trip.members.all()) > 1
        else (),
    )


def bases(trip: OutboundDelegation, issuer: Issuer) -> list[str]:
    """The issuer's own regulations differ from house to house: their numbers stay open for the office to fill in."""
    return [
        *(f"Căn cứ {basis}" for basis in (*issuer.power, *p.own_bases(trip))),
        f"Theo đề nghị của {issuer.proposers}",
    ]


def articles(trip: OutboundDelegation, ministry: p.Ministry, issuer: Issuer) -> list[Article]:
    terms = p.terms(trip)
    return [
        Article(1, sent(trip)),
        Article(
            2, "Kinh phí của chuyến công tác được bảo đảm từ các nguồn sau:", tuple(f"- {x}" for x in p.money(trip))
        )
        if not trip.host_pays_all
        else Article(2, p.money(trip)[0]),
        Article(
            3,
            "Đoàn có trách nhiệm thực hiện đúng mục đích, nội dung và chương trình đã được phê duyệt; chấp hành quy định về "
            "bảo vệ bí mật nhà nước và quản lý tài chính.",
            (
                f"Trong thời hạn {terms['report']} ngày kể từ ngày kết thúc chuyến công tác, Đoàn báo cáo kết quả bằng văn bản "
                f"với {issuer.reports_to}, đồng gửi {ministry.icd_name}; trong thời hạn {terms['passport']} ngày làm việc kể từ "
                "ngày nhập cảnh, nộp lại hộ chiếu ngoại giao, hộ chiếu công vụ cho cơ quan quản lý hộ chiếu.",
            ),
        ),
        Article(4, f"{carried_out_by(trip, issuer)} chịu trách nhiệm thi hành Quyết định này."),
    ]


def sent(trip: OutboundDelegation) -> str:
    """Article 1 in one sentence."""
    people = list(trip.members.all())
    purpose = p.purpose(trip)
    where = f"tại {p.countries(trip)} {p.days(trip)} (kể cả thời gian đi và về)"
    if trip.mode == Mode.ACCOMPANYING:
        who = members_named(trip) if len(people) == 1 else f"{p.size(trip)} ông, bà (danh sách kèm theo)"
        return f"Cử {who} tham gia đoàn tháp tùng {p.or_blank(trip.principal)} đi công tác {where} để {purpose}."
    if len(people) <= 1:
        return f"Cử {members_named(trip)} đi công tác {where} để {purpose}."
    return (
        f"Cử Đoàn gồm {p.size(trip)} ông, bà (danh sách kèm theo) do {p.head(trip)}, làm Trưởng đoàn, đi công tác {where} "
        f"để {purpose}."
    )


def members_named(trip: OutboundDelegation) -> str:
    people = list(trip.members.all())
    return p.person(people[0] if people else None)


def carried_out_by(trip: OutboundDelegation, issuer: Issuer) -> str:
    who = "các ông, bà có tên tại Điều 1" if len(trip.members.all()) > 1 else "ông/bà có tên tại Điều 1"
    units = "thủ trưởng các đơn vị có liên quan" if issuer.carry_out else "Thủ trưởng các đơn vị có liên quan"
    return ", ".join([*issuer.carry_out, f"{units} và {who}"])
