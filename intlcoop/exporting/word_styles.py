"""Which styles does a paper have in Word? Times New Roman 14 pt throughout, after Decree 30/2020/NĐ-CP, Annex I."""

from __future__ import annotations

from docx.document import Document as DocumentType
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Cm, Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle

FONT = "Times New Roman"
BASIS, ARTICLE, CELL, ANNEX, IMPRINT = "Căn cứ", "Điều", "Ô bảng", "Phụ lục", "Thông tin lập"
# Word keeps an id beside the name that people see.
IDS = {BASIS: "Basis", ARTICLE: "Article", CELL: "TableCell", ANNEX: "Annex", IMPRINT: "Imprint"}


def define_styles(document: DocumentType) -> None:
    """Restyle Word's own styles and add ours."""
    _default_language_and_font(document)
    normal = document.styles["Normal"]
    _style(normal, size=14)
    body = document.styles["Body Text"]
    _style(body, size=14, before=6, after=6, align=WD_ALIGN_PARAGRAPH.JUSTIFY, indent=True)
    body.paragraph_format.line_spacing = 1.1
    for level, italic in ((1, False), (2, False), (3, True)):
        heading = document.styles[f"Heading {level}"]
        _style(heading, size=14, bold=True, italic=italic, before=12, after=6, indent=True)
        heading.paragraph_format.keep_with_next = True
    _style(document.styles["Title"], size=14, bold=True, before=20, align=WD_ALIGN_PARAGRAPH.CENTER)
    _style(document.styles["Subtitle"], size=14, bold=True, align=WD_ALIGN_PARAGRAPH.CENTER)
    _style(document.styles["Caption"], size=12, italic=True, before=6, after=4)
    _style(_added(document, BASIS, "Body Text"), size=14, italic=True)
    _style(_added(document, ARTICLE, "Body Text"), size=14)
    _style(_added(document, CELL, "Normal"), size=12, before=2, after=2)
    annex = _added(document, ANNEX, "Heading 1")
    _style(annex, size=14, bold=True, before=12, after=12, align=WD_ALIGN_PARAGRAPH.CENTER)
    _style(_added(document, IMPRINT, "Normal"), size=10, before=12)


def set_margins(section: Section) -> None:
    """A4 upright; top 20, bottom 20, left 30, right 20 mm; the page number in the middle of the top margin."""
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin = section.bottom_margin = section.right_margin = Mm(20)
    section.left_margin = Mm(30)
    section.header_distance = section.footer_distance = Mm(10)


def _added(document: DocumentType, name: str, base: str) -> ParagraphStyle:
    style = document.styles.add_style(IDS[name], WD_STYLE_TYPE.PARAGRAPH)
    style.name = name
    style.base_style = document.styles[base]
    style.quick_style = True
    return style


def _style(
    style: ParagraphStyle,
    *,
    size: int,
    bold: bool = False,
    italic: bool = False,
    before: int | None = None,
    after: int | None = None,
    align: WD_ALIGN_PARAGRAPH | None = None,
    indent: bool = False,
) -> None:
    """Spaces and alignment that are not given come from the base style (from nothing, for Word's own styles)."""
    font = style.font
    font.size, font.bold, font.italic, font.color.rgb = Pt(size), bold, italic, RGBColor(0, 0, 0)
    _set_fonts(style.element.get_or_add_rPr())
    derived = style.base_style is not None and style.name in (BASIS, ARTICLE)
    layout = style.paragraph_format
    if not derived:
        layout.space_before, layout.space_after = Pt(before or 0), Pt(after or 0)
        layout.alignment = align
        layout.first_line_indent = Cm(1) if indent else Pt(0)
    _drop(style.element.get_or_add_pPr(), "w:pBdr")
    _drop(style.element.rPr, "w:spacing", "w:kern")


def _set_fonts(properties) -> None:
    """Every script; theme fonts would win over named ones, so a new element replaces the old."""
    _drop(properties, "w:rFonts")
    fonts = properties.get_or_add_rFonts()
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), FONT)


def _default_language_and_font(document: DocumentType) -> None:
    properties = document.styles.element.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
    _set_fonts(properties)
    language = properties.find(qn("w:lang"))
    language.set(qn("w:val"), "vi-VN")
    language.set(qn("w:eastAsia"), "vi-VN")


def _drop(element, *names: str) -> None:
    for name in names:
        for child in element.findall(qn(name)):
            element.remove(child)
