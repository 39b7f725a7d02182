from __future__ import annotations

import datetime as dt
import io
import unicodedata
import zipfile

import pytest
import time_machine
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from intlcoop.exporting.docx import build_docx
from intlcoop.exporting.papers import Head, Paper, Paragraph, Signature, Table

from .samples import decision, letter


def opened(paper: Paper):
    return Document(io.BytesIO(build_docx(paper)))


def all_text(document) -> str:
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def paragraph(document, start: str):
    return next(found for found in document.paragraphs if found.text.startswith(start))


@pytest.fixture(scope="module")
def document():
    return opened(decision())


def test_page_is_a4_with_the_margins_of_the_decree(document):
    page = document.sections[0]
    assert (round(page.page_width.mm), round(page.page_height.mm)) == (210, 297)
    margins = (page.top_margin, page.bottom_margin, page.left_margin, page.right_margin)
    assert [round(margin.mm) for margin in margins] == [20, 20, 30, 20]


def test_everything_is_times_new_roman_in_every_script(document):
    for style in document.styles.element.iter(qn("w:style")):
        if style.get(qn("w:styleId")) in ("Normal", "BodyText", "Heading1", "Heading2", "Heading3", "Title", "Basis"):
            fonts = style.find(f"{qn('w:rPr')}/{qn('w:rFonts')}")
            assert {fonts.get(qn(f"w:{script}")) for script in ("ascii", "hAnsi", "eastAsia", "cs")} == {
                "Times New Roman"
            }
            assert not [name for name in fonts.attrib if "Theme" in name]
    assert document.styles["Normal"].font.size == Pt(14)


def test_head_has_two_columns_without_borders(document):
    head = document.tables[0]
    assert [cell.text.split("\n")[0] for cell in head.rows[0].cells] == [
        "BỘ NỘI VỤ",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    ]
    assert [cell.text for cell in head.rows[1].cells] == ["Số: 05/QĐ-BNV", "Hà Nội, ngày 05 tháng 01 năm 2026"]
    assert "Grid" not in head.style.name
    assert head.rows[1].cells[1].paragraphs[0].runs[0].italic


def test_real_styles_carry_the_paper(document):
    assert paragraph(document, "QUYẾT ĐỊNH").style.name == "Title"
    assert paragraph(document, "Về việc").style.name == "Subtitle"
    basis = paragraph(document, "Căn cứ")
    assert (basis.style.name, basis.style.font.italic, basis.text[-1]) == ("Căn cứ", True, ";")
    article = paragraph(document, "Điều 1.")
    assert article.style.name == "Điều"
    assert (article.runs[0].text, article.runs[0].bold, article.runs[1].bold) == ("Điều 1.", True, None)
    body = document.styles["Body Text"].paragraph_format
    assert (round(body.first_line_indent.cm, 2), body.space_after) == (1.0, Pt(6))
    assert body.alignment is not None
    assert body.alignment.name == "JUSTIFY"


def test_headings_are_headings_in_black():
    document = opened(letter())
    headings = {found.style.name: found.text for found in document.paragraphs if found.style.name.startswith("Heading")}
    assert headings == {"Heading 1": "I. BỐI CẢNH", "Heading 2": "1. Nội dung", "Heading 3": "a) Chi tiết"}
    assert str(document.styles["Heading 1"].font.color.rgb) == "000000"


def test_pages_are_numbered_in_the_header_except_the_first(document):
    first = document.sections[0]
    assert first.different_first_page_header_footer
    assert "PAGE" in first.header._element.xml
    assert "PAGE" not in first.first_page_header._element.xml
    annex = document.sections[1]
    assert annex.header.is_linked_to_previous
    assert not annex.different_first_page_header_footer


def test_tables_repeat_their_header_and_keep_their_widths(document):
    table = document.tables[-1]
    assert table.style.name == "Table Grid"
    properties = table.rows[0]._tr.trPr
    assert properties.find(qn("w:tblHeader")) is not None
    assert table.rows[1]._tr.trPr.find(qn("w:tblHeader")) is None
    assert [round(column.width.mm) for column in table.columns] == [25, 124, 99]
    assert [cell.text for cell in table.rows[-1].cells] == ["", "Tổng số", "40 người"]
    assert table.rows[-1].cells[1].paragraphs[0].runs[0].bold


def test_annex_lies_on_a_page_of_its_own(document):
    assert [section.orientation for section in document.sections] == [WD_ORIENT.PORTRAIT, WD_ORIENT.LANDSCAPE]
    assert "(Kèm theo Quyết định số 05/QĐ-BNV ngày 05 tháng 01 năm 2026 của Bộ trưởng Bộ Nội vụ)" in all_text(document)


def test_copies_and_signature_close_the_paper(document):
    left, right = document.tables[1].rows[0].cells
    assert left.text.split("\n") == ["Nơi nhận:", "- Như Điều 3;", "- Bộ Ngoại giao (Cục Lãnh sự);", "- Lưu: VT, TCCB."]
    assert right.text.split("\n")[:2] == ["KT. BỘ TRƯỞNG", "THỨ TRƯỞNG"]
    assert right.text.endswith("Trần Thị Bình")


def test_letter_names_its_matter_addressees_and_two_signers():
    document = opened(letter())
    head, close = document.tables[0], document.tables[1]
    assert "V/v xin ý kiến về thành phần đoàn công tác" in head.rows[1].cells[0].text
    assert paragraph(document, "Kính gửi:").text == "Kính gửi:\n- Vụ Tổ chức cán bộ;\n- Vụ Kế hoạch - Tài chính."
    assert close.rows[0].cells[0].text.startswith("NGƯỜI LẬP\n(Đã ký)")
    assert close.rows[1].cells[0].text.endswith("- Lưu: HTQT.")


def test_word_and_pdf_say_the_same():
    from intlcoop.exporting.decree30 import DECREE30_CSS, paper_html
    from intlcoop.exporting.pdf import render_pdf, text_of

    for paper in (decision(annexes=()), letter()):
        printed = text_of(render_pdf(paper_html(paper), stylesheets=[DECREE30_CSS])).split()
        assert sorted(all_text(opened(paper)).split()) == sorted(printed)


def test_the_same_paper_gives_the_same_bytes_on_another_day():
    first = build_docx(decision())
    with time_machine.travel(dt.datetime(2031, 5, 6, 7, 8, 9, tzinfo=dt.UTC)):
        assert build_docx(decision()) == first


def test_file_says_what_it_is_and_not_who_made_the_library(document):
    properties = document.core_properties
    assert properties.title == "Quyết định Về việc cử đoàn đi công tác nước ngoài"
    assert (properties.author, properties.comments, properties.language) == ("Bộ Nội vụ", "", "vi-VN")
    assert properties.created.date().isoformat() == "2026-01-05"


@pytest.mark.parametrize(
    "text",
    [
        "<w:p>&amp;</w:p>",
        "a\x00b\x0bc",
        "=1+1",
        "x" * 5000,
        "{{ 7*7 }}",
        unicodedata.normalize("NFD", "Nguyễn Huệ"),
        "",
    ],
)
def test_any_text_of_a_user_is_taken_as_text(text):
    table = Table(headers=("Cột",), rows=((text,),))
    document = opened(decision(subject=text, blocks=(Paragraph(text or "rỗng", lead=text), table)))
    shown = unicodedata.normalize("NFC", text.replace("\x00", "").replace("\x0b", ""))
    assert shown in all_text(document)


def test_xml_is_well_ordered_for_word():
    """Word refuses a file whose paragraph properties stand in another order than its schema names."""
    order = [
        "pStyle",
        "keepNext",
        "keepLines",
        "pageBreakBefore",
        "widowControl",
        "pBdr",
        "spacing",
        "ind",
        "jc",
        "sectPr",
    ]
    for properties in opened(decision()).element.iter(qn("w:pPr")):
        names = [child.tag.split("}")[1] for child in properties]
        assert [order.index(name) for name in names] == sorted(order.index(name) for name in names)


def test_empty_paper_opens():
    document = opened(Paper(head=Head(issuer=""), signature=Signature(title="")))
    assert "Độc lập - Tự do - Hạnh phúc" in all_text(document)


def test_parts_of_the_file_are_compressed_and_dated_alike():
    with zipfile.ZipFile(io.BytesIO(build_docx(decision()))) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert archive.testzip() is None


def test_first_line_indent_is_dropped_where_text_is_centred():
    document = opened(letter(blocks=(Paragraph("Giữa", align="center"), Paragraph("Thân"))))
    assert paragraph(document, "Giữa").paragraph_format.first_line_indent == Cm(0)
    assert paragraph(document, "Thân").paragraph_format.first_line_indent is None
