"""How does a report become a Word file that the office goes on editing? The same sections as on the page and in the PDF."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from intlcoop.exporting import charts
from intlcoop.exporting.docx import build_docx
from intlcoop.exporting.papers import Annex, Block, Bullet, Drawing, Heading, Paper, Paragraph, Recipients, Table
from reports.exports.printing import CHART_OF, TABLE_OF, attached_to, drawn, foot_of, head_of, imprint_of, signature_of
from reports.models import Snapshot, YearEndReport
from reports.queries.sections import paper_printed, sections_of


def render_docx(report: YearEndReport, snapshot: Snapshot, pages: Sequence[int] = ()) -> bytes:
    """The report as DOCX. `pages`: on which page of the PDF each heading stands."""
    return build_docx(paper_of(report, snapshot), pages=pages)


def paper_of(report: YearEndReport, snapshot: Snapshot) -> Paper:
    """The report in the pieces of Decree 30."""
    paper, sections = paper_printed(report, snapshot), sections_of(report, snapshot)
    body = [section for section in sections if section["level"] != "annex"]
    return Paper(
        head=head_of(paper),
        title=paper["title"],
        subject=paper["subject"],
        blocks=tuple(block for section in body for block in _section(section)),
        recipients=Recipients(items=tuple(paper["recipients"]), filed=paper["filed"]),
        signature=signature_of(paper),
        annexes=tuple(
            Annex(
                title=section["title"],
                attached_to=attached_to(paper),
                blocks=tuple(piece for block in section["blocks"] for piece in pieces_of(block)),
                landscape=section["landscape"],
            )
            for section in sections
            if section["level"] == "annex"
        ),
        end_mark=False,
        contents=True,
        foot=foot_of(report),
        imprint=imprint_of(report, snapshot),
    )


def _section(section: Mapping[str, Any]) -> Iterator[Block]:
    if section["level"] in (1, 2, 3):
        yield Heading(f"{section['number']} {section['title']}", section["level"])
    for block in section["blocks"]:
        yield from pieces_of(block)


def pieces_of(block: Mapping[str, Any]) -> Iterator[Block]:
    """A block of a section as the pieces that Word gets."""
    match block["type"]:
        case "paragraph":
            yield Paragraph(block["text"])
        case "list":
            yield from (Bullet(item) for item in block["items"])
        case "chart":
            yield Paragraph(CHART_OF.format(block["title"]), align="center", italic=True, indent=False)
            yield Drawing(str(drawn(block, font_family=charts.PDF_FONT)), block["title"])
        case "table":
            if block["caption"]:
                yield Paragraph(TABLE_OF.format(block["caption"]), align="center", italic=True, indent=False)
            yield _table(block)


def _table(block: Mapping[str, Any]) -> Table:
    return Table(
        headers=tuple(block["head"]),
        rows=tuple(row["group"] if "group" in row else _texts(row["cells"]) for row in block["rows"]),
        widths=tuple(block["widths"]),
        aligns=tuple(block["aligns"]),
        total=_texts(block["total"]),
    )


def _texts(cells: list[dict[str, str]]) -> tuple[str, ...]:
    return tuple(cell["text"] for cell in cells)
