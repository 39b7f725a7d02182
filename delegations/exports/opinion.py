"""Công văn xin ý kiến about a trip: from the ministry, by order of the Minister (TL.), to whom the ICD wants to ask.

Whom it goes to and until when an answer is wanted, the ICD fills in: no rule says so for every trip.
"""

from __future__ import annotations

from delegations.exports import members
from delegations.exports import particulars as p
from delegations.exports.submission import composition, programme
from delegations.models import OutboundDelegation
from intlcoop.exporting.paper_types import symbol_of
from intlcoop.exporting.papers import Bullet, Head, Heading, Paper, Paragraph, Recipients, Signature


def opinion_letter(trip: OutboundDelegation) -> Paper:
    ministry = p.ministry()
    symbol = ministry.icd.symbol if ministry.icd else "HTQT"
    return Paper(
        head=Head(issuer=ministry.name, symbol=symbol_of("", ministry.symbol, symbol), place=ministry.place),
        subject=f"xin ý kiến về việc cử đoàn đi công tác tại {p.countries(trip)}",
        to=(p.FILL,),
        blocks=(
            Paragraph(
                f"{ministry.name} dự kiến cử đoàn đi công tác tại {p.countries(trip)} {p.days(trip)}. Nội dung chính như sau:"
            ),
            Heading("1. Mục đích", 2),
            Paragraph(p.or_blank(trip.purpose_text)),
            Heading("2. Nội dung, chương trình, đối tác", 2),
            *programme(trip),
            Heading("3. Thành phần, thời gian, địa điểm", 2),
            *composition(trip),
            Heading("4. Kinh phí", 2),
            *(Bullet(line) for line in p.money(trip)),
            Paragraph(
                f"{ministry.name} trân trọng đề nghị Quý Cơ quan cho ý kiến bằng văn bản và gửi về {ministry.icd_name} "
                f"trước ngày {p.FILL}."
            ),
            Paragraph("Trân trọng cảm ơn sự hợp tác của Quý Cơ quan."),
        ),
        recipients=Recipients(
            items=("Như trên", trip.case.unit.name_vi),
            filed=f"VT, {symbol}",
            drafter=trip.case.created_by.full_name,
        ),
        signature=Signature(
            authority=(f"TL. {ministry.minister}",),
            title=ministry.head_of(ministry.icd, "Vụ trưởng Vụ Hợp tác quốc tế"),
        ),
        annexes=(members.annex(trip, "Kèm theo Công văn"),),
    )
