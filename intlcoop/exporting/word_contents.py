"""How does a Word file get a table of contents that Word itself keeps up to date? A TOC field that is filled already."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any
from xml.sax.saxutils import escape

from docx.document import Document as DocumentType
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Mm, Pt
from docx.text.paragraph import Paragraph

TITLE = "MỤC LỤC"
LEVELS = (1, 2, 3)
PREFIX = "_Toc"


def mark(paragraph: Paragraph, number: int) -> None:
    """Make the heading a place that the contents lead to; each `number` once in a file."""
    start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    for element in (start, end):
        element.set(qn("w:id"), str(number))
    start.set(qn("w:name"), _name(number))
    paragraph._p.insert_element_before(start, "w:r")
    paragraph._p.append(end)


def add_contents(
    document: DocumentType, entries: Sequence[tuple[int, str]], pages: Sequence[int], *, width: int
) -> None:
    """(level, text) of each heading, in their order and numbered from 1 as they were marked; on a page of its own.

    `pages`: on which page each heading stands, in the same order, or nothing; Word corrects it when the field is updated (F9).
    """
    if not entries:
        return
    _styles(document, width)
    heading = document.add_paragraph(style="TOC Heading")
    heading.paragraph_format.page_break_before = True
    heading.add_run(TITLE)
    lines = [document.add_paragraph(style=f"toc {level}") for level, _text in entries]
    known = pages if len(pages) == len(entries) else [None] * len(entries)
    for number, (line, (_level, text), page) in enumerate(zip(lines, entries, known, strict=True), start=1):
        for element in _link(number, text, page):
            line._p.append(element)
    for element in (_part("begin"), _instruction(), _part("separate")):
        lines[0]._p.insert_element_before(element, "w:hyperlink")
    lines[-1]._p.append(_part("end"))


def _link(number: int, text: str, page: int | None) -> Iterator[Any]:
    run = f'<w:r><w:t xml:space="preserve">{escape(" ".join(text.split()))}</w:t></w:r>'
    where = (
        ""
        if page is None
        else (
            '<w:r><w:tab/></w:r><w:r><w:fldChar w:fldCharType="begin"/></w:r>'
            f'<w:r><w:instrText xml:space="preserve"> PAGEREF {_name(number)} \\h </w:instrText></w:r>'
            f'<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>{page}</w:t></w:r>'
            '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
        )
    )
    yield parse_xml(f'<w:hyperlink {nsdecls("w")} w:anchor="{_name(number)}" w:history="1">{run}{where}</w:hyperlink>')


def _part(kind: str) -> Any:
    return parse_xml(f'<w:r {nsdecls("w")}><w:fldChar w:fldCharType="{kind}"/></w:r>')


def _instruction() -> Any:
    return parse_xml(
        f'<w:r {nsdecls("w")}><w:instrText xml:space="preserve"> TOC \\o "1-3" \\h \\z \\u </w:instrText></w:r>'
    )


def _name(number: int) -> str:
    return f"{PREFIX}{number:06d}"


def _styles(document: DocumentType, width: int) -> None:
    """Word knows these names; the lines end at the right edge, with dots before the page."""
    heading = document.styles["TOC Heading"]
    heading.base_style = document.styles["Title"]
    heading.paragraph_format.space_after = Pt(10)
    for level in LEVELS:
        style = document.styles.add_style(f"toc {level}", WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = document.styles["Normal"]
        style.font.bold = level == 1
        style.paragraph_format.left_indent = Cm(0.8 * (level - 1))
        style.paragraph_format.right_indent = Mm(10)
        style.paragraph_format.space_after = Pt(4)
        style.paragraph_format.tab_stops.add_tab_stop(width, WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)
