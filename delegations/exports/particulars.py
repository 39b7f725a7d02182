"""What the papers of a trip say, in the words that official papers use. What nobody has entered stays "…": nothing is invented.

Papers are in Vietnamese whatever the language of the page, so the words stand here and are not translated.
"""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from delegations.choices import FundingSource, Mode, Part
from delegations.models import DelegationMember, OutboundDelegation
from delegations.queries import head_of
from intlcoop.people.letterhead import BLANK as BLANK
from intlcoop.people.letterhead import FILL as FILL
from intlcoop.people.letterhead import Ministry as Ministry
from intlcoop.people.letterhead import in_vietnamese as in_vietnamese
from intlcoop.people.letterhead import ministry as ministry
from intlcoop.people.letterhead import or_blank as or_blank
from intlcoop.regulations.queries import parameters
from intlcoop.vietnamese.counts import count
from intlcoop.vietnamese.dates import date_range, document_date
from intlcoop.vietnamese.joining import join_and, without_end
from intlcoop.vietnamese.numbers import format_money
from intlcoop.workflow.models import Permission

PARTS: dict[str, str] = {
    Part.HEAD: "Trưởng đoàn",
    Part.DEPUTY_HEAD: "Phó Trưởng đoàn",
    Part.SECRETARY: "Thư ký",
    Part.INTERPRETER: "Phiên dịch",
}
SOURCES = {
    FundingSource.STATE_BUDGET: "ngân sách nhà nước",
    FundingSource.HOST: "phía mời chi trả",
    FundingSource.PROJECT: "chương trình, dự án",
    FundingSource.OWN_INCOME: "nguồn thu của đơn vị",
    FundingSource.OTHER: "nguồn khác",
}


def load(number: str) -> OutboundDelegation:
    """The trip with everything that a paper prints."""
    return (
        OutboundDelegation.everything.select_related(
            "case__unit", "case__created_by", "plan_line__plan", "host_partner", "field", "programme"
        )
        .prefetch_related("legs__country", "members__person", "funding__currency")
        .get(case__number=number)
    )


def countries(trip: OutboundDelegation) -> str:
    """ "Lào và Thái Lan"."""
    return join_and(dict.fromkeys(leg.country.name_vi for leg in trip.legs.all())) or BLANK


def places(trip: OutboundDelegation) -> str:
    """ "Băng Cốc (Thái Lan) và Viêng Chăn (Lào)"."""
    named = (f"{leg.city} ({leg.country.name_vi})" if leg.city else leg.country.name_vi for leg in trip.legs.all())
    return join_and(dict.fromkeys(named)) or BLANK


def days(trip: OutboundDelegation) -> str:
    """ "từ ngày 05 đến ngày 08/12/2026"."""
    if trip.departs_on is None or trip.returns_on is None:
        return f"từ ngày {BLANK} đến ngày {BLANK}"
    return date_range(trip.departs_on, trip.returns_on)


def host(trip: OutboundDelegation) -> str:
    """Who invites, else who receives."""
    return trip.inviting_body or (trip.host_partner.name_vi if trip.host_partner else "") or BLANK


def person(member: DelegationMember | None, *, with_body: bool = True) -> str:
    """ "ông/bà Nguyễn Minh An, Chuyên viên, Vụ Chính sách địa phương": papers must not guess who is a man or a woman."""
    if member is None:
        return f"ông/bà {BLANK}"
    parts = [f"ông/bà {member.full_name}", member.post, member.body if with_body else ""]
    return ", ".join(part for part in parts if part)


def head(trip: OutboundDelegation) -> str:
    return person(head_of(trip))


def size(trip: OutboundDelegation) -> str:
    """ "05"."""
    return count(len(trip.members.all())) if trip.members.all() else BLANK


def purpose(trip: OutboundDelegation) -> str:
    """What the delegation goes for, ready to follow "để"."""
    text = without_end(trip.purpose_text.strip())
    if not text:
        return BLANK
    return text[:1].lower() + text[1:] if not text[:2].isupper() else text


def money(trip: OutboundDelegation) -> list[str]:
    """One sentence per source: "Ngân sách nhà nước: 120.000.000 VND (vé máy bay)"."""
    if trip.host_pays_all:
        return [f"Toàn bộ chi phí do {host(trip)} chi trả."]
    lines = []
    for item in trip.funding.all():
        source = SOURCES[FundingSource(item.source)]
        amount = format_money(item.amount, item.currency.code, decimals=item.currency.decimals)
        note = f" ({item.note})" if item.note else ""
        lines.append(f"{source[:1].upper()}{source[1:]}: {amount}{note}.")
    return lines or [f"Nguồn kinh phí: {BLANK}"]


def permissions(trip: OutboundDelegation) -> list[Permission]:
    return list(
        Permission.objects.filter(decision__step__case=trip.case, decision__outcome="agree").order_by(
            "reply_date", "pk"
        )
    )


def named_paper(number: str, day: dt.date | None) -> str:
    """ "Quyết định số 12/QĐ-BNV ngày 20 tháng 12 năm 2025"; a symbol that names no kind is "văn bản"."""
    kinds = {"/QĐ": "Quyết định", "/TTr": "Tờ trình", "/CV": "Công văn", "/KH": "Kế hoạch", "/BC": "Báo cáo"}
    kind = next((name for mark, name in kinds.items() if mark in number), "văn bản")
    return f"{kind} số {number or BLANK} {document_date(day) if day else f'ngày {BLANK}'}"


def to_fill(kind: str, symbol: str) -> str:
    """ "Quyết định số ……/QĐ-BDP ngày …… tháng …… năm ……": a paper that the portal does not know, ready to be filled in."""
    return f"{kind} số {FILL}/{symbol} ngày {FILL} tháng {FILL} năm {FILL}"


def own_bases(trip: OutboundDelegation) -> list[str]:
    """On what this trip stands: plan, permission, composition, invitation; each without "Căn cứ" in front."""
    found = []
    if trip.mode == Mode.ACCOMPANYING:
        paper = named_paper(trip.composition_number, trip.composition_date)
        found.append(f"{paper} về thành phần đoàn tháp tùng {or_blank(trip.principal)}")
    elif trip.plan_line is not None:
        plan = trip.plan_line.plan
        paper = named_paper(plan.approval_number, plan.approved_on)
        title = plan.title if str(plan.year) in plan.title else f"{plan.title} năm {plan.year}"
        found.append(f"{paper} phê duyệt {title} (mục {trip.plan_line.position}: {trip.plan_line.title})")
    for permission in permissions(trip):
        paper = named_paper(permission.reply_number, permission.reply_date)
        found.append(f"ý kiến của {permission.reply_issuer} tại {paper}")
    if trip.mode == Mode.LED:
        found.append(f"thư mời của {host(trip)}")
    return found


def terms(trip: OutboundDelegation) -> dict[str, str]:
    """ "report" and "passport": the terms after the return, as the dated rules have them; "…" when there is no rule."""
    on = trip.departs_on or timezone.localdate()
    found = parameters(("outbound.report_due_days", "outbound.passport_return_working_days"), on)

    def figure(key: str) -> str:
        rule = found.get(key)
        return count(int(rule.value)) if rule else BLANK

    return {"report": figure("outbound.report_due_days"), "passport": figure("outbound.passport_return_working_days")}
