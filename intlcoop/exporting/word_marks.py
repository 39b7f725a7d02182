"""Marks of Word that python-docx has no call for: page numbers, drawn rules, fixed widths, repeated rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Mm, Pt
from docx.table import Table, _Row

EMU_PER_POINT = 12700
# Mean widths of Times New Roman letters as parts of the type size; enough for the length of a rule.
CAPITAL, SMALL, SPACE = 0.72, 0.47, 0.25


def number_pages(section: Section) -> None:
    """Page number in the middle of the header, 13 pt, not on the first page."""
    section.different_first_page_header_footer = True
    paragraph = section.header.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = paragraph.add_run()
    run.font.size = Pt(13)
    for kind, text in (("begin", ""), ("", "PAGE"), ("separate", ""), ("text", "2"), ("end", "")):
        run._r.append(_field_part(kind, text))


def foot_pages(section: Section, text: str) -> None:
    """ "BC-2026-0001 · Trang 2/30" in the middle of the bottom margin, 10 pt, on the first page too."""
    for footer in (section.footer, section.first_page_footer):
        paragraph = footer.paragraphs[0]
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        for kind, said in (("", f"{text} · Trang "), ("field", "PAGE"), ("", "/"), ("field", "NUMPAGES")):
            if not kind:
                paragraph.add_run(said).font.size = Pt(10)
            for part, inner in _FIELD if kind else ():
                run = paragraph.add_run()
                run.font.size = Pt(10)
                run._r.append(_field_part(part, inner.format(said)))


_FIELD = (("begin", ""), ("", " {} "), ("separate", ""), ("text", "1"), ("end", ""))


def add_rule(place: Any, text: str, *, size: int, bold: bool, width: int, share: float) -> None:
    """A drawn line under `text` in a document or cell, `share` of its length; Decree 30 forbids the underline command.

    It is an empty, tiny paragraph with a border on top, indented on both sides. `width` of the place in EMU.
    """
    length = min(_text_width(text, size, bold) * share, width / EMU_PER_POINT * 0.9)
    side = Pt((width / EMU_PER_POINT - length) / 2)
    paragraph = place.add_paragraph()
    layout = paragraph.paragraph_format
    layout.left_indent = layout.right_indent = side
    layout.space_before, layout.line_spacing = Pt(2), Pt(3)
    _border(paragraph, "top")


def add_framed(place: Any, text: str, *, size: int, width: int, frame: int) -> None:
    """A word in a frame `frame` mm wide in the middle of a cell: how urgent a paper is, who may read it."""
    paragraph = place.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = paragraph.add_run(text)
    run.bold, run.font.size = True, Pt(size)
    side = max(0, (width - Mm(frame)) // 2)
    layout = paragraph.paragraph_format
    layout.left_indent = layout.right_indent = side
    layout.space_before = Pt(6)
    _border(paragraph, "top", "left", "bottom", "right")


def set_address(section: Section, text: str) -> None:
    """The office's address under a line at the foot of the first page, 11 pt."""
    if not text:
        return
    paragraph = section.first_page_footer.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.add_run(text).font.size = Pt(11)
    _border(paragraph, "top")


def _border(paragraph: Any, *sides: str) -> None:
    border = OxmlElement("w:pBdr")
    for side in sides:
        line = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "000000")):
            line.set(qn(f"w:{name}"), value)
        border.append(line)
    # The schema wants the border before spacing, indents and alignment.
    paragraph._p.get_or_add_pPr().insert_element_before(
        border, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )


def fix_widths(table: Table, widths: Sequence[int]) -> None:
    """Columns keep these widths (EMU) whatever stands in them."""
    table.autofit = False
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
        for cell in column.cells:
            cell.width = width


def keep_row_whole(row: _Row) -> None:
    """The row is not torn by the end of a page."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def _field_part(kind: str, text: str) -> Any:
    if kind in ("begin", "separate", "end"):
        part = OxmlElement("w:fldChar")
        part.set(qn("w:fldCharType"), kind)
        return part
    part = OxmlElement("w:t" if kind == "text" else "w:instrText")
    part.text = text
    return part


def _text_width(text: str, size: int, bold: bool) -> float:
    parts = (SPACE if char == " " else CAPITAL if char.isupper() else SMALL for char in text)
    return sum(parts) * size * (1.04 if bold else 1.0)
