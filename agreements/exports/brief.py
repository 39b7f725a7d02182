"""Tóm tắt đối tác: two pages for whoever meets them, the open commitments on the first (feature 19). Always in Vietnamese."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils import timezone, translation

from agreements.models import Partner
from agreements.queries.brief import Brief, Happened, brief_of, short
from agreements.queries.commitments import CommitmentLine
from intlcoop.exporting.papers import Block, Bullet, Head, Heading, Paper, Paragraph, Table
from intlcoop.people.choices import UnitFunction
from intlcoop.people.models import OrgUnit, User
from intlcoop.vietnamese.dates import table_date
from intlcoop.web.file_numbers import shown

#: For PDF: the paper's own sheet, closer set, so that two pages hold it.
BRIEF_CSS = """
@page { size: A4; margin: 15mm 15mm 15mm 20mm; }
html { font-size: 12pt; }
.d30-table { font-size: 11pt; margin: 4pt 0; }
.d30-title { margin-top: 8pt; }
.d30-body h2, .d30-body h3 { font-size: 12pt; margin: 8pt 0 3pt; text-indent: 0; text-transform: none; }
.d30-bullet, .d30-p { margin: 2pt 0; text-indent: 0; }
"""


def brief_paper(partner: Partner, reader: User) -> Paper:
    """The brief as this reader may know it now."""
    with translation.override("vi"):
        return as_paper(brief_of(partner, reader))


def as_paper(brief: Brief) -> Paper:
    today = timezone.localdate()
    units = OrgUnit.objects.on(today)
    root, icd = units.roots().first(), units.with_function(UnitFunction.ICD).first()
    place = {"place": root.place} if root and root.place else {}
    return Paper(
        head=Head(
            issuer=icd.name_vi if icd else "Vụ Hợp tác quốc tế",
            superior=root.name_vi if root else "",
            date=today,
            **place,
        ),
        title="Tóm tắt đối tác",
        subject=brief.partner.name_vi,
        blocks=tuple(blocks_of(brief)),
        end_mark=False,
    )


def blocks_of(brief: Brief) -> Iterable[Block]:
    yield Table(rows=tuple(brief.facts), widths=(3, 10))
    yield from listed("Đầu mối liên hệ", brief.contacts)
    yield from listed("Chuyến đi đang chuẩn bị", brief.coming)
    yield from promises(brief)
    yield from visits("Đoàn của Bộ sang gần đây", brief.there)
    yield from visits("Đoàn của đối tác vào gần đây", brief.here)
    yield from visits("Hoạt động khác gần đây", brief.other)
    yield from agreements(brief)
    if brief.needs or brief.capacity:
        yield Heading("Nhu cầu, năng lực", 2)
        if brief.needs:
            yield Paragraph(brief.needs, lead="Nhu cầu:")
        if brief.capacity:
            yield Paragraph(brief.capacity, lead="Có thể hợp tác:")
    notes = [
        f"{short(note.text)} ({note.author}, {table_date(timezone.localdate(note.written_at))})" for note in brief.notes
    ]
    yield from listed("Ghi chú", notes)


def listed(title: str, lines: Iterable[str]) -> list[Block]:
    found = [Bullet(line) for line in lines]
    return [Heading(title, 2), *found] if found else []


def promises(brief: Brief) -> list[Block]:
    """Always there: that nothing is owed is worth saying too."""
    if not brief.promises:
        return [Heading("Cam kết chưa hoàn thành", 2), Paragraph("Không có cam kết nào chưa hoàn thành.")]
    count = len(brief.promises) + brief.more_promises
    table = Table(
        headers=("Cam kết", "Bên", "Hạn", "Tình hình"),
        rows=tuple(promise_row(line) for line in brief.promises),
        widths=(7, 2, 2, 3),
    )
    more = [Paragraph(f"Còn {brief.more_promises} cam kết khác, xem trên hệ thống.")] if brief.more_promises else []
    return [Heading(f"Cam kết chưa hoàn thành ({count:02d})", 2), table, *more]


def promise_row(line: CommitmentLine) -> tuple[str, str, str, str]:
    who = line.owner or line.unit
    due = table_date(line.due) if line.due else "chưa có"
    return (f"{line.title} ({shown(line.number)}; {who})", line.side, due, str(line.badge.label))


def visits(title: str, rows: list[Happened]) -> list[Block]:
    return listed(title, [f"{row.when}: {row.what} ({row.unit})" for row in rows])


def agreements(brief: Brief) -> list[Block]:
    if not brief.agreements:
        return []
    rows = tuple((f"{each.title} ({each.number})", each.dates or "chưa ký", each.state) for each in brief.agreements)
    table = Table(headers=("Thỏa thuận", "Thời gian", "Tình trạng"), rows=rows, widths=(7, 4, 3))
    more = (
        [Paragraph(f"Còn {brief.more_agreements} thỏa thuận khác, xem trên hệ thống.")] if brief.more_agreements else []
    )
    return [Heading("Thỏa thuận", 2), table, *more]
