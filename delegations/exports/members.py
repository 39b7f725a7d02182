"""The list of the delegation, as an annex and as a paper of its own (columns: domain.md B.3)."""

from __future__ import annotations

from delegations.choices import MemberClass, Mode, Part
from delegations.exports import particulars as p
from delegations.models import DelegationMember, OutboundDelegation
from intlcoop.exporting.papers import Annex, Head, Paper, Paragraph, Recipients, Signature, Table


def table(trip: OutboundDelegation) -> Table:
    rows = [
        (str(number), member.full_name, p.or_blank(member.post), p.or_blank(member.body), remark(trip, member))
        for number, member in enumerate(ordered(trip), start=1)
    ]
    return Table(
        headers=("STT", "Họ và tên", "Chức vụ", "Đơn vị công tác", "Ghi chú"),
        rows=tuple(rows) or (("1", p.BLANK, p.BLANK, p.BLANK, ""),),
        widths=(1.5, 4, 4, 5, 3),
        aligns=("center", "left", "left", "left", "left"),
    )


def ordered(trip: OutboundDelegation) -> list[DelegationMember]:
    """Head first, then deputy, then as entered."""
    first = {Part.HEAD: 0, Part.DEPUTY_HEAD: 1}
    return sorted(trip.members.all(), key=lambda member: (first.get(Part(member.part), 2), member.position, member.pk))


def remark(trip: OutboundDelegation, member: DelegationMember) -> str:
    words = [p.PARTS.get(Part(member.part), "")]
    if trip.mode == Mode.ACCOMPANYING:
        words.append("Thành viên chính thức" if member.member_class == MemberClass.OFFICIAL else "Tùy tùng")
    return ", ".join(word for word in words if word)


def annex(trip: OutboundDelegation, attached_to: str) -> Annex:
    return Annex(
        title=f"DANH SÁCH ĐOÀN ĐI CÔNG TÁC TẠI {p.countries(trip).upper()}",
        attached_to=attached_to,
        blocks=(table(trip),),
    )


def member_list(trip: OutboundDelegation) -> Paper:
    """ "Danh sách đoàn" alone, issued by the unit that files."""
    ministry = p.ministry()
    return Paper(
        head=Head(issuer=trip.case.unit.name_vi, superior=ministry.name, place=ministry.place),
        title="Danh sách đoàn",
        subject=f"đi công tác tại {p.countries(trip)} {p.days(trip)}",
        blocks=(
            Paragraph(f"Nội dung: {p.or_blank(trip.case.title)}."),
            Paragraph(f"Cơ quan mời: {p.host(trip)}."),
            table(trip),
            Paragraph(f"Danh sách gồm {p.size(trip)} người."),
        ),
        recipients=Recipients(items=(ministry.icd_name,), filed=f"VT, {trip.case.unit.symbol or trip.case.unit.code}"),
        signature=Signature(title=ministry.heads.get(trip.case.unit_id, "Thủ trưởng đơn vị")),
        end_mark=False,
    )
