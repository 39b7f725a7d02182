"""Tóm tắt đối tác: two pages for whoever meets them, the open commitments on the first (feature 19). Always in Vietnamese."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils import timezone, translation

from agreements.models import Partner, PartnerNote
from agreements.queries.brief import MOST_NOTES, Brief, brief_of, short
from agreements.queries.commitments import CommitmentLine
from agreements.queries.country_brief import CountryBrief
from intlcoop.exporting.papers import Block, Head, Heading, Paper, Paragraph, Table
from intlcoop.people.choices import UnitFunction
from intlcoop.people.models import OrgUnit, User
from intlcoop.vietnamese.dates import table_date
from intlcoop.web.file_numbers import shown

#: What would not fit is cut here and stands whole on the screen.
LONGEST_LINE, LONGEST_NOTE, MOST_COMING, MOST_OTHER = 80, 140, 2, 1
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
        brief = brief_of(partner, reader)
        return brief_sheet("Tóm tắt đối tác", partner.name_vi, tuple(blocks_of(brief)))


def brief_sheet(title: str, subject: str, blocks: tuple[Block, ...]) -> Paper:
    """Under the head of the department of cooperation."""
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
        title=title,
        subject=subject,
        blocks=blocks,
        end_mark=False,
    )


def blocks_of(brief: Brief) -> Iterable[Block]:
    """Tables throughout: their 12 points let two pages hold all of it."""
    first = [*brief.facts, ("Đầu mối liên hệ", "\n".join(map(short_line, brief.contacts)))]
    first.append(("Chuyến đi đang chuẩn bị", "\n".join(map(short_line, brief.coming[:MOST_COMING]))))
    yield Table(rows=tuple((label, value) for label, value in first if value), widths=(3, 10))
    yield from promises(brief)
    yield from happened(brief)
    yield from agreements(brief)
    needs = (("Nhu cầu", brief.needs), ("Có thể hợp tác", brief.capacity))
    if rows := tuple((label, short(text, LONGEST_NOTE)) for label, text in needs if text):
        yield from (Heading("Nhu cầu, năng lực", 2), Table(rows=rows, widths=(3, 10)))
    if rows := tuple(note_row(note) for note in brief.notes[:MOST_NOTES]):
        yield from (Heading("Ghi chú", 2), Table(rows=rows, widths=(3, 10)))


def short_line(text: str) -> str:
    return short(text, LONGEST_LINE)


def note_row(note: PartnerNote) -> tuple[str, str]:
    return (f"{note.author}, {table_date(timezone.localdate(note.written_at))}", short(note.text, LONGEST_NOTE))


def promises(brief: Brief | CountryBrief, *, with_partner: bool = False) -> list[Block]:
    """Always there: that nothing is owed is worth saying too."""
    if not brief.promises:
        return [Heading("Cam kết chưa hoàn thành", 2), Paragraph("Không có cam kết nào chưa hoàn thành.")]
    count = len(brief.promises) + brief.more_promises
    table = Table(
        headers=("Cam kết", "Bên", "Hạn", "Tình hình"),
        rows=tuple(promise_row(line, with_partner=with_partner) for line in brief.promises),
        widths=(7, 2, 2.7, 3.3),
    )
    more = [Paragraph(f"Còn {brief.more_promises} cam kết khác, xem trên hệ thống.")] if brief.more_promises else []
    return [Heading(f"Cam kết chưa hoàn thành ({count:02d})", 2), table, *more]


def promise_row(line: CommitmentLine, *, with_partner: bool = False) -> tuple[str, str, str, str]:
    due = table_date(line.due) if line.due else "chưa có"
    title = f"{short_line(line.title)} ({shown(line.number)}; {line.owner or line.unit})"
    side = f"{line.side}; {short_line(str(line.partner))}" if with_partner and line.partner else line.side
    return (title, side, due, line.words)


def happened(brief: Brief | CountryBrief) -> list[Block]:
    rows = [*brief.there, *brief.here, *brief.other[:MOST_OTHER]]
    if not rows:
        return []
    lines = tuple((row.when, row.kind, short_line(row.what)) for row in rows)
    return [Heading("Hoạt động gần đây", 2), Table(rows=lines, widths=(2.7, 3.3, 9))]


def agreements(brief: Brief | CountryBrief) -> list[Block]:
    if not brief.agreements:
        return []
    rows = tuple(
        (f"{short_line(each.title)} ({each.number})", each.dates or "chưa ký", each.state) for each in brief.agreements
    )
    table = Table(headers=("Thỏa thuận", "Thời gian", "Tình trạng"), rows=rows, widths=(8, 4, 3))
    more = (
        [Paragraph(f"Còn {brief.more_agreements} thỏa thuận khác, xem trên hệ thống.")] if brief.more_agreements else []
    )
    return [Heading("Thỏa thuận", 2), table, *more]
