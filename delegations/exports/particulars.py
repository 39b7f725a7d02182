"""What the papers of a trip say, in the words that official papers use. What nobody has entered stays "…": nothing is invented.

Papers are in Vietnamese whatever the language of the page, so the words stand here and are not translated.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone, translation

from delegations.choices import FundingSource, Mode, Part
from delegations.models import DelegationMember, OutboundDelegation
from delegations.queries import head_of
from intlcoop.people.choices import Role, UnitFunction
from intlcoop.people.models import OrgUnit
from intlcoop.people.titles import load_titles, office_title, with_unit
from intlcoop.regulations.queries import parameters
from intlcoop.vietnamese.counts import count
from intlcoop.vietnamese.dates import date_range, document_date
from intlcoop.vietnamese.joining import join_and, without_end
from intlcoop.vietnamese.numbers import format_money
from intlcoop.workflow.models import Permission

BLANK = "…"
#: Room for a pen: what the office itself fills in, because the portal cannot know it.
FILL = "……"
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


@dataclass(frozen=True, slots=True)
class Ministry:
    """Names, symbols and titles as papers write them."""

    name: str
    symbol: str
    place: str
    minister: str
    icd: OrgUnit | None
    personnel: OrgUnit | None
    finance: OrgUnit | None
    office: OrgUnit | None
    heads: dict[int, str]

    def head_of(self, unit: OrgUnit | None, fallback: str) -> str:
        """ "Vụ trưởng Vụ Hợp tác quốc tế"."""
        return self.heads.get(unit.pk, fallback) if unit else fallback

    @property
    def authority(self) -> str:
        """ "Bộ trưởng Bộ Nội vụ"."""
        return f"{self.minister} {self.name}".strip()

    @property
    def icd_name(self) -> str:
        return self.icd.name_vi if self.icd else "Vụ Hợp tác quốc tế"


def ministry(on: dt.date | None = None) -> Ministry:
    day = on or timezone.localdate()
    units = list(OrgUnit.objects.on(day).select_related("parent"))
    root = next((unit for unit in units if unit.parent_id is None), None)
    functions = {unit.function: unit for unit in reversed(units) if unit.function}
    table = load_titles()
    heads = {unit.pk: with_unit(office_title(table, Role.HEAD, unit).vi, unit) for unit in units}
    return Ministry(
        name=root.name_vi if root else BLANK,
        symbol=root.symbol if root and root.symbol else BLANK,
        place=root.place if root and root.place else BLANK,
        minister=office_title(table, Role.MINISTER, root).vi if root else "Bộ trưởng",
        icd=functions.get(UnitFunction.ICD),
        personnel=functions.get(UnitFunction.PERSONNEL),
        finance=functions.get(UnitFunction.FINANCE),
        office=functions.get(UnitFunction.CLERK),
        heads=heads,
    )


def load(number: str) -> OutboundDelegation:
    """The trip with everything that a paper prints."""
    return (
        OutboundDelegation.everything.select_related(
            "case__unit", "case__created_by", "plan_line__plan", "host_partner", "field", "programme"
        )
        .prefetch_related("legs__country", "members__person", "funding__currency")
        .get(case__number=number)
    )


def or_blank(text: object) -> str:
    return str(text).strip() or BLANK if text is not None else BLANK


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


def in_vietnamese() -> translation.override:
    """Names of choices and dates inside a paper are Vietnamese on an English page too."""
    return translation.override("vi")
