"""Tờ trình about a trip: to the leader of the ministry who approves it, or to the Prime Minister where he has to permit it."""

from __future__ import annotations

from delegations.choices import Mode
from delegations.exports import members
from delegations.exports import particulars as p
from delegations.models import OutboundDelegation
from intlcoop.exporting.papers import Block, Bullet, Head, Heading, Paper, Paragraph, Recipients, Signature
from intlcoop.people import offices
from intlcoop.workflow.choices import StepKind


def to_leader(trip: OutboundDelegation) -> Paper:
    """From the ICD to the Minister or the Deputy Minister in charge, as the route of the file says."""
    ministry = p.ministry()
    unit = ministry.icd
    return Paper(
        head=Head(
            issuer=ministry.icd_name,
            superior=ministry.name,
            symbol=f"TTr-{unit.symbol if unit else 'HTQT'}",
            place=ministry.place,
        ),
        title="Tờ trình",
        subject=subject(trip),
        to=(addressee(trip, ministry),),
        blocks=tuple(body(trip, ministry, to_pm=False)),
        recipients=Recipients(
            items=("Như trên", trip.case.unit.name_vi), filed=f"VT, {unit.symbol if unit else 'HTQT'}"
        ),
        signature=Signature(title=ministry.head_of(unit, "Vụ trưởng Vụ Hợp tác quốc tế")),
        annexes=(members.annex(trip, "Kèm theo Tờ trình"),),
    )


def to_prime_minister(trip: OutboundDelegation) -> Paper:
    """From the ministry, signed by the Minister (W002-01)."""
    ministry = p.ministry()
    return Paper(
        head=Head(issuer=ministry.name, symbol=f"TTr-{ministry.symbol}", place=ministry.place),
        title="Tờ trình",
        subject=subject(trip),
        to=("Thủ tướng Chính phủ",),
        blocks=tuple(body(trip, ministry, to_pm=True)),
        recipients=Recipients(
            items=("Như trên", "Văn phòng Chính phủ", "Bộ Ngoại giao"),
            filed=f"VT, {ministry.icd.symbol if ministry.icd else 'HTQT'}",
        ),
        signature=Signature(title=ministry.minister),
        annexes=(members.annex(trip, "Kèm theo Tờ trình"),),
    )


def needs_prime_minister(trip: OutboundDelegation) -> bool:
    steps = trip.case.steps.current()
    return steps.filter(kind=StepKind.EXTERNAL_PERMISSION, office=offices.PRIME_MINISTER).exists()


def subject(trip: OutboundDelegation) -> str:
    return f"Về việc cử đoàn đi công tác tại {p.countries(trip)}"


def addressee(trip: OutboundDelegation, ministry: p.Ministry) -> str:
    step = trip.case.steps.current().filter(kind=StepKind.APPROVE).order_by("order").first()
    if step is None:
        return f"Lãnh đạo {ministry.name}"
    if step.office == offices.DEPUTY_MINISTER:
        return f"Thứ trưởng phụ trách, {ministry.name}"
    return ministry.authority


def body(trip: OutboundDelegation, ministry: p.Ministry, *, to_pm: bool) -> list[Block]:
    """The seven points of a submission; the sixth only where the trip stands in no approved plan."""
    parts: list[tuple[str, list[Block]]] = [
        ("Căn cứ", [Bullet(f"{basis[:1].upper()}{basis[1:]};") for basis in p.own_bases(trip)]),
        (
            "Sự cần thiết, mục đích",
            [
                Paragraph(p.or_blank(trip.purpose_text)),
                Paragraph(f"Kết quả dự kiến: {p.or_blank(trip.expected_result)}"),
            ],
        ),
        ("Nội dung, chương trình, đối tác", programme(trip)),
        ("Thành phần, thời gian, địa điểm", composition(trip)),
        ("Kinh phí", [Bullet(line) for line in p.money(trip)]),
    ]
    if trip.is_out_of_plan:
        parts.append(("Lý do ngoài kế hoạch", [Paragraph(p.or_blank(trip.out_of_plan_reason))]))
    parts.append(("Kiến nghị", [Paragraph(request(trip, ministry, to_pm=to_pm))]))
    blocks: list[Block] = []
    for number, (title, inner) in enumerate(parts, start=1):
        blocks += [Heading(f"{number}. {title}", 2), *inner]
    return blocks


def programme(trip: OutboundDelegation) -> list[Block]:
    blocks: list[Block] = [Bullet(f"Cơ quan mời, đón đoàn: {p.host(trip)}.")]
    for leg in trip.legs.all():
        place = f"{leg.city}, {leg.country.name_vi}" if leg.city else leg.country.name_vi
        span = (
            f" (từ {leg.arrives_on:%d/%m/%Y} đến {leg.leaves_on:%d/%m/%Y})" if leg.arrives_on and leg.leaves_on else ""
        )
        blocks.append(Bullet(f"{place}{span}: {p.or_blank(leg.note)}"))
    return blocks


def composition(trip: OutboundDelegation) -> list[Block]:
    who = f"Đoàn gồm {p.size(trip)} người (danh sách kèm theo)"
    if trip.mode == Mode.ACCOMPANYING:
        who += f", tham gia đoàn tháp tùng {p.or_blank(trip.principal)}"
    else:
        who += f", do {p.head(trip)}, làm Trưởng đoàn"
    return [Bullet(f"{who}."), Bullet(f"Thời gian: {p.days(trip)}."), Bullet(f"Địa điểm: {p.places(trip)}.")]


def request(trip: OutboundDelegation, ministry: p.Ministry, *, to_pm: bool) -> str:
    what = f"đoàn đi công tác tại {p.countries(trip)} {p.days(trip)}"
    if to_pm:
        return f"{ministry.name} kính trình Thủ tướng Chính phủ xem xét, cho phép {what} với các nội dung nêu trên."
    return f"{ministry.icd_name} kính trình Lãnh đạo Bộ xem xét, quyết định việc cử {what} với các nội dung nêu trên."
