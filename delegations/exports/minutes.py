"""Biên bản làm việc in the form Mẫu 1.9 of Decree 30/2020/NĐ-CP: when it began, where, who, what was said, when it ended; signed
by who kept the minutes and by who chaired. Vietnamese, as every paper."""

from __future__ import annotations

import datetime as dt

from delegations.exports import particulars as p
from delegations.exports.event import ended
from delegations.models import MeetingRecord
from intlcoop.exporting.papers import Block, Bullet, Head, Heading, Paper, Paragraph, Recipients, Signature
from intlcoop.vietnamese.dates import document_date
from intlcoop.vietnamese.joining import without_end


def minutes(record: MeetingRecord) -> Paper:
    """What nobody entered stays "…"."""
    ministry = p.ministry(record.held_on)
    unit = record.case.unit
    symbol = f"BB-{unit.symbol or unit.code}"
    return Paper(
        head=Head(
            issuer=unit.name_vi,
            superior=ministry.name,
            number=record.minutes_number,
            symbol=symbol,
            place=unit.place or ministry.place,
            date=record.held_on,
        ),
        title="Biên bản",
        subject=without_end(record.title),
        blocks=tuple(blocks_of(record)),
        recipients=Recipients(
            items=("Lãnh đạo Bộ (để báo cáo)", ministry.icd_name), filed=f"VT, {unit.symbol or unit.code}"
        ),
        signature=Signature(title="Chủ tọa", name=name_in(record.chair)),
        countersignature=Signature(title="Thư ký", name=name_in(record.secretary)),
        end_mark=True,
    )


def blocks_of(record: MeetingRecord) -> list[Block]:
    blocks: list[Block] = [
        Paragraph(f"{at(record.starts)}, {document_date(record.held_on)}.", lead="Thời gian bắt đầu:"),
        Paragraph(ended(record.place), lead="Địa điểm:"),
        Heading("I. Thành phần tham dự"),
        Heading("1. Phía Việt Nam", 2),
        *people(record.our_side),
        Heading("2. Phía khách" if record.case.kind == "inbound" else "2. Phía nước ngoài", 2),
        *people(record.their_side),
        Paragraph(ended(record.chair), lead="Chủ trì (chủ tọa):"),
        Paragraph(ended(record.secretary), lead="Thư ký (người ghi biên bản):"),
        Heading("II. Nội dung"),
        Paragraph(p.or_blank(record.topics)),
        Heading("III. Kết quả và nội dung thống nhất"),
    ]
    if record.results.strip():
        blocks.append(Paragraph(record.results))
    points = list(record.points.all())
    blocks += [Paragraph(point.text, lead=f"{number}.") for number, point in enumerate(points, start=1)]
    if not points and not record.results.strip():
        blocks.append(Paragraph(p.BLANK))
    blocks.append(Paragraph(f"Buổi làm việc kết thúc vào {at(record.ends)}, {document_date(record.held_on)}"))
    return blocks


def people(text: str) -> list[Block]:
    lines = [without_end(line.strip()) for line in text.split("\n") if line.strip()]
    return [
        Bullet(f"{line};" if number < len(lines) else f"{line}.") for number, line in enumerate(lines, start=1)
    ] or [Bullet(p.BLANK)]


def at(hour: dt.time | None) -> str:
    """ "09 giờ 30"; room for a pen where nobody said it."""
    return f"{hour:%H} giờ {hour:%M}" if hour is not None else f"{p.FILL} giờ {p.FILL}"


def name_in(text: str) -> str:
    """The name without what follows it: "Trần Thu Hà, Thứ trưởng" signs as "Trần Thu Hà"."""
    return text.partition(",")[0].strip()
