"""The report on the result of an event that we held (Mẫu 02)."""

from __future__ import annotations

from delegations.event_choices import Stage
from delegations.exports import particulars as p
from delegations.exports.event import (
    FORMATS,
    LAW,
    counts,
    days,
    dong,
    ended,
    head_of,
    inside,
    named,
    numbered,
    symbol_of,
    where,
)
from delegations.models import EventReport, InternationalEvent
from delegations.queries.event_facts import authority_of
from delegations.queries.event_permissions import answers_of
from intlcoop.exporting.papers import Block, Bullet, Head, Paper, Paragraph, Recipients, Signature
from intlcoop.workflow.papers import current_paper


def report(event: InternationalEvent) -> Paper:
    ministry = p.ministry()
    found = getattr(event, "report", None) or EventReport(event=event)
    finding = authority_of(event)
    high = finding is not None and finding.by_prime_minister
    copies = ("Như trên", "Bộ Ngoại giao", ministry.icd_name) if high else ("Như trên", ministry.icd_name)
    return Paper(
        head=Head(
            issuer=event.case.unit.name_vi,
            superior=ministry.name,
            symbol=f"BC-{symbol_of(event)}",
            number=found.number,
            date=found.sent_on,
            place=ministry.place,
        ),
        title="Báo cáo",
        subject=f"Kết quả tổ chức {named(event)}",
        to=(ministry.authority, *(("Thủ tướng Chính phủ",) if high else ())),
        blocks=(
            Paragraph(f"(Theo Mẫu 02 ban hành kèm theo {LAW})", italic=True, align="center"),
            *numbered(report_points(event, found)),
        ),
        recipients=Recipients(items=copies, filed=f"VT, {symbol_of(event)}"),
        signature=Signature(title=head_of(event)),
    )


def report_points(event: InternationalEvent, found: EventReport) -> list[tuple[str, list[Block]]]:
    spent = f"{dong(found.spent_vnd)}." if found.spent_vnd is not None else p.BLANK
    return [
        (
            "Thông tin chung",
            [
                Bullet(f"Văn bản cho phép: {permission_words(event)};"),
                Bullet(f"Chủ đề: {inside(event.theme)};"),
                Bullet(f"Đơn vị tổ chức: {event.case.unit.name_vi};"),
                Bullet(f"Thời gian: {days(event)};"),
                Bullet(f"Địa điểm, hình thức: {where(event)}; {FORMATS[event.format]};"),
                Bullet(f"Thành phần: {counts(found)};"),
                Bullet(f"Nước, tổ chức tham dự: {ended(found.countries_text)}"),
            ],
        ),
        ("Nội dung trao đổi", [Paragraph(p.or_blank(found.content))]),
        ("Kết quả", [Paragraph(p.or_blank(found.results))]),
        ("Đánh giá, tồn tại", [Paragraph(p.or_blank(found.assessment))]),
        ("Kinh phí thực hiện", [Paragraph(spent)]),
        ("Kiến nghị, đề xuất", [Paragraph(p.or_blank(found.recommendations))]),
    ]


def permission_words(event: InternationalEvent) -> str:
    """Number and date of the permission: the reply from outside, else the ministry's own paper."""
    if reply := answers_of(event).get(Stage.PERMISSION):
        return f"{p.named_paper(reply.reply_number, reply.reply_date)} của {reply.reply_issuer}"
    paper = current_paper(event.case)
    if paper is not None and paper.number:
        return p.named_paper(paper.full_number, paper.issued_on)
    return p.BLANK
