"""How does a table become a table of Word? Written as XML at once: cell by cell, python-docx takes seconds for a register."""

from __future__ import annotations

from collections.abc import Iterator
from xml.sax.saxutils import escape

from docx.document import Document as DocumentType
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Pt

from intlcoop.exporting.papers import Align, Table
from intlcoop.exporting.word_styles import CELL, IDS

EMU_PER_TWIP = 635
JUSTIFIED: dict[Align, str] = {"left": "left", "center": "center", "right": "right", "justify": "both"}


def add_table(document: DocumentType, block: Table, width: int) -> None:
    """The table with its caption above it, `width` (EMU) wide; the header stands on top of each page. Nothing without rows."""
    if not (block.headers or block.rows or block.total):
        return
    if block.caption:
        document.add_paragraph(block.caption, style="Caption")
    widths = [round(share * width / EMU_PER_TWIP) for share in block.shares]
    body = document.element.body
    body.insert_element_before(parse_xml("".join(_table(block, widths))), "w:sectPr")
    document.add_paragraph().paragraph_format.line_spacing = Pt(8)


def _table(block: Table, widths: list[int]) -> Iterator[str]:
    yield (
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        '<w:jc w:val="center"/><w:tblLayout w:type="fixed"/><w:tblLook w:val="0420"/></w:tblPr><w:tblGrid>'
    )
    yield from (f'<w:gridCol w:w="{width}"/>' for width in widths)
    yield "</w:tblGrid>"
    if block.headers:
        yield _row(block, block.headers, widths, bold=True, header=True)
    for row in block.rows:
        yield _group(row, widths) if isinstance(row, str) else _row(block, row, widths)
    if block.total:
        yield _row(block, block.total, widths, bold=True)
    yield "</w:tbl>"


def _row(block: Table, cells: tuple[str, ...], widths: list[int], *, bold: bool = False, header: bool = False) -> str:
    repeated = "<w:tblHeader/>" if header else ""
    inner = "".join(
        _cell(text, width, JUSTIFIED["center" if header else block.align(place)], bold=bold)
        for place, (text, width) in enumerate(zip(cells, widths, strict=True))
    )
    return f"<w:tr><w:trPr><w:cantSplit/>{repeated}</w:trPr>{inner}</w:tr>"


def _group(text: str, widths: list[int]) -> str:
    """Its name stays with the first line of the group."""
    cell = _cell(text, sum(widths), "left", bold=True, span=len(widths), kept=True)
    return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{cell}</w:tr>"


def _cell(text: str, width: int, side: str, *, bold: bool = False, span: int = 1, kept: bool = False) -> str:
    spanned = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    keep = "<w:keepNext/>" if kept else ""
    look = "<w:rPr><w:b/></w:rPr>" if bold else ""
    lines = "<w:br/>".join(f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in text.split("\n") if text)
    run = f"<w:r>{look}{lines}</w:r>" if lines else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{spanned}</w:tcPr>'
        f'<w:p><w:pPr><w:pStyle w:val="{IDS[CELL]}"/>{keep}<w:jc w:val="{side}"/></w:pPr>{run}</w:p></w:tc>'
    )
