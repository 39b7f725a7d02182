"""Báo cáo tình hình tổ chức hội nghị, hội thảo quốc tế of a year (QĐ 06/2020/QĐ-TTg, article 8, Mẫu 03): paper and workbook.

Our sources name the form and its window, not its columns; these are what Mẫu 01 and Mẫu 02 ask about one event. Papers are in
Vietnamese whatever the language of the page; what nobody has entered stays "…".
"""

from __future__ import annotations

from typing import Any

from delegations.exports import particulars as p
from delegations.exports.event import FORMATS, LAW, kind_of, where
from delegations.queries.event_year import EventLine, EventYear
from intlcoop.exporting import tables
from intlcoop.exporting.papers import Annex, Block, Head, Heading, Paper, Paragraph, Recipients, Signature, Table
from intlcoop.vietnamese.counts import count
from intlcoop.vietnamese.dates import short_date
from intlcoop.vietnamese.numbers import format_money, format_number

HEADERS = (
    "TT", "Tên hội nghị, hội thảo; chủ đề", "Đơn vị tổ chức, phối hợp", "Cấp cho phép; văn bản cho phép", "Thời gian",
    "Địa điểm, hình thức", "Đại biểu Việt Nam", "Đại biểu nước ngoài", "Nước, tổ chức tham dự", "Kinh phí (đồng)",
    "Báo cáo kết quả",
)  # fmt: skip
WIDTHS = (1, 3.6, 2.5, 2.7, 2.5, 2.1, 1.4, 1.4, 2.2, 2.7, 2.6)
ALIGNS = ("center", "left", "left", "left", "center", "left", "center", "center", "left", "right", "left")
HELD, PLANNED = "Đã tổ chức", "Dự kiến tổ chức"


def year_paper(found: EventYear) -> Paper:
    ministry = p.ministry()
    head = Head(issuer=ministry.name, symbol=f"BC-{ministry.symbol}", place=ministry.place)
    days = f"từ ngày {short_date(found.first)} đến ngày {short_date(found.last)}"
    return Paper(
        head=head,
        title="Báo cáo",
        subject=f"Tình hình tổ chức hội nghị, hội thảo quốc tế năm {found.year}",
        to=("Bộ Ngoại giao",),
        blocks=(
            Paragraph(
                f"Thực hiện {LAW}, {ministry.name} báo cáo tình hình tổ chức hội nghị, hội thảo quốc tế năm {found.year} "
                f"(số liệu {days}) như sau:"
            ),
            Heading("1. Kết quả thực hiện"),
            Paragraph(held_words(found)),
            Heading("2. Dự kiến tổ chức"),
            Paragraph(planned_words(found)),
            Heading("3. Đánh giá, kiến nghị"),
            Paragraph(p.BLANK),
        ),
        recipients=Recipients(items=("Như trên", "Lãnh đạo Bộ (để báo cáo)"), filed="VT, HTQT"),
        signature=Signature(title=ministry.minister),
        annexes=(
            Annex(
                title=f"Danh mục hội nghị, hội thảo quốc tế năm {found.year}",
                attached_to=head.citation("Kèm theo Báo cáo"),
                blocks=tables_of(found),
                landscape=True,
            ),
        ),
    )


def held_words(found: EventYear) -> str:
    if not found.held:
        return (
            "Trong kỳ báo cáo, không có hội nghị, hội thảo quốc tế nào do Bộ và các đơn vị thuộc, trực thuộc tổ chức."
        )
    people = ""
    if found.vietnamese or found.foreign:
        people = (
            f", với {format_number(found.vietnamese)} lượt đại biểu Việt Nam và {format_number(found.foreign)} lượt đại biểu "
            "nước ngoài"
        )
    return f"Đã tổ chức {count(len(found.held))} hội nghị, hội thảo quốc tế{people} (danh mục kèm theo)."


def planned_words(found: EventYear) -> str:
    if not found.planned:
        return "Chưa có hội nghị, hội thảo quốc tế dự kiến tổ chức."
    return f"Dự kiến tổ chức {count(len(found.planned))} hội nghị, hội thảo quốc tế (danh mục kèm theo)."


def tables_of(found: EventYear) -> tuple[Block, ...]:
    blocks: list[Block] = []
    for number, (title, lines) in enumerate(((HELD, found.held), (PLANNED, found.planned)), start=1):
        blocks.append(Heading(f"{'I' * number}. {title}"))
        blocks.append(table_of(lines) if lines else Paragraph("Không có."))
    return tuple(blocks)


def table_of(lines: list[EventLine]) -> Table:
    rows = tuple(cells(number, line) for number, line in enumerate(lines, start=1))
    return Table(headers=HEADERS, rows=rows, widths=WIDTHS, aligns=ALIGNS)  # type: ignore[arg-type]


def cells(number: int, line: EventLine) -> tuple[str, ...]:
    return (
        str(number), named(line), line.organisers, permit(line), line.days, place(line), figure(line.vietnamese),
        figure(line.foreign), line.countries, format_money(line.spent, "", decimals=0).strip() if line.spent else "",
        line.report,
    )  # fmt: skip


def named(line: EventLine) -> str:
    theme = f"\nChủ đề: {line.event.theme}" if line.event.theme else ""
    return f"{line.title}{theme}"


def permit(line: EventLine) -> str:
    return "; ".join(part for part in (line.permitted_by, line.permission) if part)


def place(line: EventLine) -> str:
    return "; ".join(part for part in (where(line.event), FORMATS[line.event.format]) if part != p.BLANK)


def figure(number: int | None) -> str:
    return format_number(number) if number is not None else ""


def year_xlsx(found: EventYear) -> bytes:
    """Both lists in one sheet, each line saying whether it was held or is planned."""
    rows = [(HELD, line) for line in found.held] + [(PLANNED, line) for line in found.planned]
    with p.in_vietnamese():
        return tables.to_xlsx(
            f"Hội nghị quốc tế {found.year}", columns(), [Row(n, *row) for n, row in enumerate(rows, 1)]
        )


class Row:
    """A line with its running number and its part of the list."""

    def __init__(self, number: int, part: str, line: EventLine) -> None:
        self.number, self.part, self.line = number, part, line


def columns() -> list[tables.Column]:
    def column(label: str, value: Any, kind: tables.Kind = "text", width: float = 20) -> tables.Column:
        return tables.Column(label, value, kind, width)

    return [
        column("TT", lambda row: row.number, "int", 6),
        column("Phần", lambda row: row.part, width=18),
        column("Số hồ sơ", lambda row: row.line.event.case.number, width=16),
        column("Tên hội nghị, hội thảo", lambda row: row.line.title, width=48),
        column("Loại", lambda row: kind_of(row.line.event)),
        column("Chủ đề", lambda row: row.line.event.theme, width=40),
        column("Đơn vị tổ chức, phối hợp", lambda row: row.line.organisers, width=32),
        column("Cấp cho phép", lambda row: row.line.permitted_by, width=22),
        column("Văn bản cho phép", lambda row: row.line.permission, width=28),
        column("Từ ngày", lambda row: row.line.event.starts_on, "date", 12),
        column("Đến ngày", lambda row: row.line.event.closes_on, "date", 12),
        column("Địa điểm, hình thức", lambda row: place(row.line), width=28),
        column("Đại biểu Việt Nam", lambda row: row.line.vietnamese, "int", 12),
        column("Đại biểu nước ngoài", lambda row: row.line.foreign, "int", 12),
        column("Nước, tổ chức tham dự", lambda row: row.line.countries, width=28),
        column("Kinh phí (đồng)", lambda row: row.line.spent, "money", 18),
        column("Báo cáo kết quả", lambda row: row.line.report, width=24),
    ]
