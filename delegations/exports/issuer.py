"""Who issues the decision: the ministry, or an attached unit to which the power was delegated for its own staff."""

from __future__ import annotations

from dataclasses import dataclass

from delegations.exports import particulars as p
from delegations.models import OutboundDelegation
from intlcoop.exporting.papers import Head, Recipients
from intlcoop.people.choices import Role
from intlcoop.people.offices import UNIT_HEAD
from intlcoop.people.titles import load_titles, office_title
from intlcoop.regulations.models import Instrument
from intlcoop.vietnamese.dates import document_date
from intlcoop.workflow.choices import StepKind
from intlcoop.workflow.models import RouteRule


@dataclass(frozen=True, slots=True, kw_only=True)
class Issuer:
    """What the paper says of its issuer, from the head of the page to the last line."""

    head: Head
    symbol: str
    authority: str
    signs: str
    power: tuple[str, ...]
    proposers: str
    reports_to: str
    carry_out: tuple[str, ...]
    recipients: Recipients


def issuer_of(trip: OutboundDelegation, ministry: p.Ministry) -> Issuer:
    return _unit(trip, ministry) if is_decided_by_unit(trip) else _ministry(trip, ministry)


def is_decided_by_unit(trip: OutboundDelegation) -> bool:
    """Whether the route of this file lets the unit's own head sign."""
    return trip.case.steps.current().filter(kind=StepKind.SIGN, office=UNIT_HEAD).exists()


def _ministry(trip: OutboundDelegation, ministry: p.Ministry) -> Issuer:
    personnel = ministry.head_of(ministry.personnel, "Vụ trưởng Vụ Tổ chức cán bộ")
    icd = ministry.head_of(ministry.icd, "Vụ trưởng Vụ Hợp tác quốc tế")
    finance = ministry.head_of(ministry.finance, "Vụ trưởng Vụ Kế hoạch - Tài chính")
    heads = (ministry.head_of(ministry.office, "Chánh Văn phòng Bộ"), personnel, icd, finance)
    own = ministry.heads.get(trip.case.unit_id, "")
    symbol = f"QĐ-{ministry.symbol}"
    return Issuer(
        head=Head(issuer=ministry.name, symbol=symbol, place=ministry.place),
        symbol=symbol,
        authority=ministry.authority,
        signs=ministry.minister,
        power=(
            f"{p.to_fill('Nghị định', 'NĐ-CP')} của Chính phủ quy định chức năng, nhiệm vụ, quyền hạn và cơ cấu tổ chức của "
            f"{ministry.name}",
            f"{p.to_fill('Quyết định', symbol)} của {ministry.authority} ban hành Quy chế quản lý hoạt động hợp tác quốc tế "
            f"của {ministry.name}",
        ),
        proposers=f"{personnel} và {icd}",
        reports_to="Lãnh đạo Bộ",
        carry_out=heads if not own or own in heads else (*heads, own),
        recipients=Recipients(
            items=("Như Điều 4", f"{ministry.minister} (để báo cáo)", "Bộ Ngoại giao (Cục Lãnh sự)"),
            filed=f"VT, {ministry.personnel.symbol if ministry.personnel else 'TCCB'}",
        ),
    )


def _unit(trip: OutboundDelegation, ministry: p.Ministry) -> Issuer:
    """The paper that delegates the power is the instrument of the route's rule; where that names none, the unit fills it in."""
    unit = trip.case.unit
    title = office_title(load_titles(), Role.HEAD, unit).vi
    symbol = f"QĐ-{unit.symbol or p.BLANK}"
    return Issuer(
        head=Head(issuer=unit.name_vi, superior=ministry.name, symbol=symbol, place=unit.place or ministry.place),
        symbol=symbol,
        authority=ministry.head_of(unit, title),
        signs=title,
        power=(
            f"{p.to_fill('Quyết định', f'QĐ-{ministry.symbol}')} của {ministry.authority} quy định chức năng, nhiệm vụ, quyền "
            f"hạn và cơ cấu tổ chức của {unit.name_vi}",
            delegation_of_power(trip, ministry),
        ),
        proposers=p.FILL,
        reports_to=ministry.head_of(unit, title),
        carry_out=(),
        recipients=Recipients(
            items=("Như Điều 4", f"{ministry.icd_name} (để biết)", "Bộ Ngoại giao (Cục Lãnh sự)"),
            filed=f"VT, {unit.symbol or p.BLANK}",
        ),
    )


def delegation_of_power(trip: OutboundDelegation, ministry: p.Ministry) -> str:
    """ "Quyết định số 12/QĐ-BDP ngày 05 tháng 01 năm 2026 của Bộ trưởng … về phân cấp …", from the rule of this file's route."""
    instrument = instrument_of(trip)
    if instrument is None:
        paper = f"{p.to_fill('Quyết định', f'QĐ-{ministry.symbol}')} của {ministry.authority}"
        return f"{paper} về phân cấp cử viên chức đi công tác nước ngoài"
    on = document_date(instrument.issued_on) if instrument.issued_on else f"ngày {p.FILL} tháng {p.FILL} năm {p.FILL}"
    title = f"{instrument.title[:1].lower()}{instrument.title[1:]}"
    about = title if title.startswith(("về ", "quy định ", "ban hành ", "phân cấp ")) else f"về {title}"
    return f"{instrument.get_kind_display()} số {instrument.symbol} {on} của {instrument.issuer} {about}"


def instrument_of(trip: OutboundDelegation) -> Instrument | None:
    """What the rule stands on by which the head of the unit signs."""
    step = trip.case.steps.current().filter(kind=StepKind.SIGN, office=UNIT_HEAD).first()
    if step is None:
        return None
    rules = RouteRule.objects.filter(kind=trip.case.kind, code=step.rule_code, version=step.rule_version)
    rule = rules.select_related("instrument").first()
    return rule.instrument if rule is not None else None
