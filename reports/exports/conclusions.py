"""Thông báo kết luận: what was concluded at a meeting, who carries it out and by when (A-29)."""

from __future__ import annotations

from intlcoop.exporting.papers import Block, Bullet, Head, Paper, Paragraph, Recipients, Signature
from intlcoop.people import letterhead as p
from intlcoop.vietnamese.dates import document_date, table_date
from intlcoop.vietnamese.joining import without_end
from reports.choices import MeetingSort
from reports.models import WorkConclusion, WorkItem


def load(number: str) -> WorkItem:
    """The meeting with everything that the paper prints."""
    rows = WorkItem.objects.select_related("case__unit", "owner").prefetch_related(
        "opinions__unit", "conclusions__unit"
    )
    return rows.get(case__number=number)


def notice(item: WorkItem) -> Paper:
    """Of a meeting that a leader of the ministry chairs the ministry's office gives notice; of another one its unit."""
    ministry = p.ministry()
    unit = item.case.unit
    of_leader = item.meeting_sort in (MeetingSort.KICK_OFF, MeetingSort.LEADER)
    symbol = ministry.symbol if of_leader else unit.symbol or p.BLANK
    signature = (
        Signature(
            title=ministry.head_of(ministry.office, "Chánh Văn phòng Bộ"), authority=(f"TL. {ministry.minister}",)
        )
        if of_leader
        else Signature(title=ministry.head_of(unit, "Thủ trưởng đơn vị"))
    )
    return Paper(
        head=Head(
            issuer=ministry.name if of_leader else unit.name_vi,
            superior="" if of_leader else ministry.name,
            symbol=f"TB-{symbol}",
            place=ministry.place,
        ),
        title="Thông báo",
        subject=f"Kết luận của {p.or_blank(item.chair)} tại {first_small(item.case.title)}",
        blocks=(*opening(item), *concluded(item)),
        recipients=Recipients(
            items=("Lãnh đạo Bộ (để báo cáo)", *units_named(item)), filed=f"VT, {unit.symbol or p.BLANK}"
        ),
        signature=signature,
    )


def first_small(title: str) -> str:
    """ "Hội nghị …" stands in the middle of the sentence; "ASEAN …" stays as it is."""
    return f"{title[:1].lower()}{title[1:]}" if title[1:2].islower() else title


def when(item: WorkItem) -> str:
    if item.starts_on is None:
        return f"ngày {p.FILL}"
    first = document_date(item.starts_on)
    return f"từ {first} đến {document_date(item.ends_on)}" if item.ends_on and item.ends_on > item.starts_on else first


def opening(item: WorkItem) -> list[Block]:
    start = when(item)
    place = f", tại {without_end(item.place)}" if item.place else ""
    chair = p.or_blank(item.chair)
    blocks: list[Block] = [
        Paragraph(f"{start[:1].upper()}{start[1:]}{place}, {chair} đã chủ trì {first_small(item.case.title)}.")
    ]
    if item.attendees.strip():
        blocks.append(Paragraph(item.attendees, lead="Tham dự có:"))
    if item.content.strip():
        blocks.append(Paragraph(item.content, lead="Nội dung:"))
    said = list(item.opinions.all())
    if said:
        blocks.append(Paragraph("Các ý kiến phát biểu tại cuộc họp:"))
        blocks += [Bullet(f"{opinion_of(row)}: {without_end(row.text)}.") for row in said]
    return blocks


def opinion_of(row: object) -> str:
    unit, speaker = getattr(row, "unit", None), getattr(row, "speaker", "")
    names = [speaker, unit.name_vi if unit else ""]
    return ", ".join(name for name in names if name)


def concluded(item: WorkItem) -> list[Block]:
    lead = "Sau khi nghe báo cáo và ý kiến phát biểu" if item.opinions.all() else "Tại cuộc họp"
    blocks: list[Block] = [Paragraph(f"{lead}, {p.or_blank(item.chair)} kết luận như sau:")]
    if item.result.strip():
        blocks.append(Paragraph(item.result))
    blocks += [Paragraph(conclusion_text(row)) for row in item.conclusions.all()]
    blocks.append(
        Paragraph(f"Trên đây là kết luận của {p.or_blank(item.chair)}, xin thông báo để các đơn vị biết, thực hiện.")
    )
    return blocks


def conclusion_text(row: WorkConclusion) -> str:
    """ "1. Gửi kế hoạch. Đơn vị thực hiện: Vụ A; thời hạn: 30/3/2026."."""
    tasks = [
        f"Đơn vị thực hiện: {row.unit.name_vi}" if row.unit else "",
        f"thời hạn: {table_date(row.due_on)}" if row.due_on else "",
    ]
    said = "; ".join(part for part in tasks if part)
    said = f" {said[:1].upper()}{said[1:]}." if said else ""
    return f"{row.number}. {without_end(row.text)}.{said}"


def units_named(item: WorkItem) -> tuple[str, ...]:
    """Whoever has to carry something out, each once, in the order of the conclusions."""
    names = [row.unit.name_vi for row in item.conclusions.all() if row.unit]
    return tuple(dict.fromkeys(names)) or ("Các đơn vị dự họp",)
