"""How does a paper become a Word file that the office can go on editing?

The same pieces in the same order as in `decree30`, with real Word styles (Title, Heading 1-3, Body Text, "Căn cứ",
"Điều"), so that changing a style changes the paper. The same paper gives the same bytes.
"""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Iterator, Sequence
from itertools import count

from docx import Document
from docx.document import Document as DocumentType
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt
from docx.table import _Cell
from docx.text.paragraph import Paragraph as WordParagraph

from intlcoop.exporting import word_contents
from intlcoop.exporting import word_marks as marks
from intlcoop.exporting.papers import (
    FRAMES,
    MOTTO,
    NATION,
    Align,
    Annex,
    Article,
    Banner,
    Basis,
    Block,
    Bullet,
    Drawing,
    Head,
    Heading,
    Paper,
    Paragraph,
    Recipients,
    Signature,
    Table,
    annex_titles,
    settled,
)
from intlcoop.exporting.pictures import png_of, size_of
from intlcoop.exporting.word_styles import ANNEX, ARTICLE, BASIS, IMPRINT, define_styles, set_margins
from intlcoop.exporting.word_tables import add_table

PORTRAIT_WIDTH = Mm(160)
LANDSCAPE_WIDTH = Mm(247)
LEFT_OF_HEAD, RIGHT_OF_HEAD = Mm(64), Mm(96)
ALIGNMENTS: dict[Align, WD_ALIGN_PARAGRAPH] = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
    "justify": WD_ALIGN_PARAGRAPH.JUSTIFY,
}
# Zip members carry a time; the oldest one that the format knows makes two runs alike.
ZIP_TIME = (1980, 1, 1, 0, 0, 0)
NO_DATE = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
LINES_TO_SIGN = 4
EMU_PER_PIXEL = 9525


def build_docx(paper: Paper, *, pages: Sequence[int] = ()) -> bytes:
    """The paper as a Word file (A4, Decree 30 layout). `pages`: on which page each heading stands, in their order.

    A paper with drawings belongs to the worker: they are made pictures by WeasyPrint.
    """
    document, headings = Document(), count(1)
    define_styles(document)
    _describe(document, paper)
    set_margins(document.sections[0])
    marks.number_pages(document.sections[0])
    marks.set_address(document.sections[0], paper.address)
    _head(document, paper)
    if paper.title:
        _title(document, paper)
    _addressees(document, paper.to)
    if paper.foot:
        marks.foot_pages(document.sections[0], paper.foot)
    _blocks(document, settled(paper.blocks, end_mark=paper.end_mark), PORTRAIT_WIDTH, headings)
    _close(document, paper)
    if paper.contents:
        word_contents.add_contents(document, _entries(paper), pages, width=PORTRAIT_WIDTH)
    for label, annex in zip(annex_titles(paper.annexes), paper.annexes, strict=True):
        _annex(document, label, annex, headings)
    if paper.imprint:
        document.add_paragraph(paper.imprint, style=IMPRINT)
    return _packed(document)


def _entries(paper: Paper) -> list[tuple[int, str]]:
    """(level, text) of all headings, those of the annexes last, as they are written below."""
    own = [(block.level, _heading_text(block)) for block in paper.blocks if isinstance(block, Heading)]
    annexes: list[tuple[int, str]] = []
    for label, annex in zip(annex_titles(paper.annexes), paper.annexes, strict=True):
        annexes.append((1, f"{label}\n{annex.title}"))
        annexes += [(block.level, _heading_text(block)) for block in annex.blocks if isinstance(block, Heading)]
    return own + annexes


def _heading_text(block: Heading) -> str:
    return block.text.upper() if block.level == 1 else block.text


def _describe(document: DocumentType, paper: Paper) -> None:
    properties = document.core_properties
    properties.title = paper.name[:255]
    properties.author = paper.head.issuer[:255]
    properties.comments = ""
    properties.language = "vi-VN"
    day = paper.head.date
    moment = dt.datetime(day.year, day.month, day.day, tzinfo=dt.UTC) if day else NO_DATE
    properties.created = properties.modified = moment


def _head(document: DocumentType, paper: Paper) -> None:
    head = paper.head
    table = document.add_table(rows=2, cols=2)
    marks.fix_widths(table, [LEFT_OF_HEAD, RIGHT_OF_HEAD])
    left, right = table.rows[0].cells
    _issuer(left, head)
    _line(right, NATION, size=12, bold=True, first=True)
    _line(right, MOTTO, size=13, bold=True)
    marks.add_rule(right, MOTTO, size=13, bold=True, width=RIGHT_OF_HEAD, share=1)
    left, right = table.rows[1].cells
    _line(left, head.number_line, size=13, first=True)
    if not paper.title and paper.subject:
        _line(left, f"V/v {paper.subject}", size=12).paragraph_format.space_before = Pt(6)
    for mark in head.marks:
        marks.add_framed(left, mark, size=13, width=LEFT_OF_HEAD, frame=FRAMES[mark][0])
    _line(right, head.place_and_date, size=13, italic=True, first=True)


def _issuer(cell: _Cell, head: Head) -> None:
    if head.superior:
        _line(cell, head.superior.upper(), size=12, first=True)
    _line(cell, head.issuer.upper(), size=12, bold=True, first=not head.superior)
    marks.add_rule(cell, head.issuer.upper(), size=12, bold=True, width=LEFT_OF_HEAD, share=0.4)


def _line(
    cell: _Cell, text: str, *, size: int, bold: bool = False, italic: bool = False, first: bool = False
) -> WordParagraph:
    """A centred line in a layout cell; `first` takes the paragraph that every new cell has."""
    paragraph = cell.paragraphs[0] if first else cell.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _run(paragraph, text, size=size, bold=bold, italic=italic)
    return paragraph


def _run(
    paragraph: WordParagraph, text: str, *, size: int | None = None, bold: bool = False, italic: bool = False
) -> None:
    run = paragraph.add_run(text)
    if size:
        run.font.size = Pt(size)
    if bold:
        run.bold = True
    if italic:
        run.italic = True


def _title(document: DocumentType, paper: Paper) -> None:
    document.add_paragraph(paper.title.upper(), style="Title")
    if paper.subject:
        document.add_paragraph(paper.subject, style="Subtitle")
        # A longer subject wraps: the rule follows a full line.
        marks.add_rule(document, paper.subject[:60], size=14, bold=True, width=PORTRAIT_WIDTH, share=0.4)


def _addressees(document: DocumentType, names: tuple[str, ...]) -> None:
    if not names:
        return
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.space_before, paragraph.paragraph_format.space_after = Pt(14), Pt(6)
    if len(names) == 1:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        _run(paragraph, f"Kính gửi: {names[0]}")
        return
    paragraph.paragraph_format.left_indent = Mm(40)
    _run(paragraph, "Kính gửi:")
    for position, name in enumerate(names, start=1):
        paragraph.add_run().add_break()
        _run(paragraph, f"- {name}{'.' if position == len(names) else ';'}")


def _blocks(document: DocumentType, blocks: tuple[Block, ...], width: int, headings: Iterator[int]) -> None:
    for block in blocks:
        match block:
            case Paragraph():
                _paragraph(document, block)
            case Basis():
                document.add_paragraph(block.text, style=BASIS)
            case Banner():
                _banner(document, block.text)
            case Article():
                _article(document, block)
            case Heading():
                heading = document.add_paragraph(_heading_text(block), style=f"Heading {block.level}")
                word_contents.mark(heading, next(headings))
            case Bullet():
                document.add_paragraph(f"- {block.text}", style="Body Text")
            case Table():
                add_table(document, block, width)
            case Drawing():
                _drawing(document, block)


def _drawing(document: DocumentType, block: Drawing) -> None:
    """A picture as wide as the text, at most in the size in which it was drawn; its words for who cannot see it."""
    paragraph = document.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    width = min(int(size_of(block.svg)[0] * EMU_PER_PIXEL), PORTRAIT_WIDTH)
    picture = paragraph.add_run().add_picture(io.BytesIO(png_of(block.svg)), width=width)
    picture._inline.docPr.set("descr", block.alt)


def _paragraph(document: DocumentType, block: Paragraph) -> None:
    paragraph = document.add_paragraph(style="Body Text")
    if block.align != "justify":
        paragraph.alignment = ALIGNMENTS[block.align]
    if not block.indent or block.align in ("center", "right"):
        paragraph.paragraph_format.first_line_indent = Pt(0)
    if block.lead:
        _run(paragraph, f"{block.lead} ", bold=True)
    _run(paragraph, block.text, bold=block.bold, italic=block.italic)


def _banner(document: DocumentType, text: str) -> None:
    paragraph = document.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(12)
    paragraph.paragraph_format.keep_with_next = True
    _run(paragraph, text, bold=True)


def _article(document: DocumentType, block: Article) -> None:
    paragraph = document.add_paragraph(style=ARTICLE)
    _run(paragraph, f"Điều {block.number}.", bold=True)
    _run(paragraph, f" {block.text}")
    for clause in block.clauses:
        document.add_paragraph(clause, style="Body Text")


def _close(document: DocumentType, paper: Paper) -> None:
    if not (paper.recipients or paper.signature or paper.countersignature):
        return
    for last in document.paragraphs[-1:]:
        last.paragraph_format.keep_with_next = True  # a signature does not stand alone on its page
    gap = document.add_paragraph()
    gap.paragraph_format.line_spacing, gap.paragraph_format.keep_with_next = Pt(12), True
    table = document.add_table(rows=1, cols=2)
    marks.fix_widths(table, [PORTRAIT_WIDTH // 2] * 2)
    left, right = table.rows[0].cells
    marks.keep_row_whole(table.rows[0])
    if paper.countersignature:
        _signature(left, paper.countersignature)
    elif paper.recipients:
        _copies(left, paper.recipients)
    if paper.signature:
        _signature(right, paper.signature)
    if paper.countersignature and paper.recipients:
        _copies(table.add_row().cells[0], paper.recipients)


def _signature(cell: _Cell, signature: Signature) -> None:
    for position, text in enumerate(signature.lines):
        _line(cell, text, size=14, bold=True, first=position == 0)
    for position in range(LINES_TO_SIGN):
        _line(cell, signature.note if position == 0 else "", size=14, italic=True)
    _line(cell, signature.name, size=14, bold=True)


def _copies(cell: _Cell, recipients: Recipients) -> None:
    _run(cell.paragraphs[0], "Nơi nhận:", size=12, bold=True, italic=True)
    for line in recipients.lines:
        _run(cell.add_paragraph(), line, size=11)


def _annex(document: DocumentType, label: str, annex: Annex, headings: Iterator[int]) -> None:
    section = document.add_section(WD_SECTION.NEW_PAGE)
    # The paragraph that carries the break must not itself run over to a page of its own.
    document.paragraphs[-1].paragraph_format.line_spacing = Pt(1)
    section.different_first_page_header_footer = False
    wide, long = Mm(297), Mm(210)
    section.orientation = WD_ORIENT.LANDSCAPE if annex.landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (wide, long) if annex.landscape else (long, wide)
    heading = document.add_paragraph(f"{label}\n{annex.title}", style=ANNEX)
    word_contents.mark(heading, next(headings))
    if annex.attached_to:
        paragraph = document.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.paragraph_format.space_after = Pt(6)
        _run(paragraph, f"({annex.attached_to})", italic=True)
    _blocks(document, settled(annex.blocks), LANDSCAPE_WIDTH if annex.landscape else PORTRAIT_WIDTH, headings)


def _packed(document: DocumentType) -> bytes:
    written, packed = io.BytesIO(), io.BytesIO()
    document.save(written)
    with zipfile.ZipFile(written) as source, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(zipfile.ZipInfo(name, ZIP_TIME), source.read(name), zipfile.ZIP_DEFLATED)
    return packed.getvalue()
