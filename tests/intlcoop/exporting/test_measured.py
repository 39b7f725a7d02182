"""The common layout, measured: every kind of paper's real content is measured in tests/test_papers_measured.py."""

from __future__ import annotations

import io

import docx
import pytest

from intlcoop.exporting.decree30 import DECREE30_CSS, paper_html
from intlcoop.exporting.docx import build_docx
from intlcoop.exporting.paper_types import ANNEX_III, abbreviation, symbol_of
from intlcoop.exporting.papers import Head, Paper, Recipients
from intlcoop.exporting.pdf import render_pdf

from .measuring import differences
from .samples import decision, letter

ADDRESS = "Số 8 phố Minh Họa, Hà Nội; điện thoại 024 0000 0000"
URGENT = Head(
    superior="Bộ Nội vụ", issuer="Vụ Hợp tác quốc tế", symbol="BNV-HTQT", urgency="THƯỢNG KHẨN", circulation="LƯU HÀNH NỘI BỘ"
)  # fmt: skip


def printed(paper: Paper, css: str = "") -> list[str]:
    return differences(paper, render_pdf(paper_html(paper), stylesheets=[DECREE30_CSS, css]))


@pytest.mark.parametrize(
    "paper", [decision(), letter(countersignature=None), letter(head=URGENT, countersignature=None, address=ADDRESS)]
)
def test_a_paper_keeps_to_the_decree(paper):
    assert printed(paper) == []


@pytest.mark.parametrize(
    ("css", "said"),
    [
        ("@page { margin-left: 25mm }", "left margin"),
        ("@page { margin-right: 10mm }", "right margin"),
        ("@page { margin-bottom: 10mm }", "bottom margin"),
        ("@page { size: letter }", "not A4"),
        ("@page { @top-center { content: none } }", "no number"),
        ("html { font-family: 'Liberation Sans' }", "is set in"),
        (".d30-nation { font-size: 14pt }", "instead of 12-13"),
        (".d30-issuer { font-weight: normal }", "BỘ NỘI VỤ"),
        (".d30-place { font-style: normal }", "Hà Nội"),
        (".d30-motto .d30-ruled::after { width: 50% }", "as long as the motto"),
        (".d30-issuer .d30-ruled::after { width: 90% }", "a third to a half"),
        (".d30-copies p { font-size: 12pt }", "instead of 11"),
        (".d30-sign { text-align: left; margin-left: -80mm }", "at the right"),
    ],
)
def test_the_measure_notices_what_differs(css, said):
    assert any(said in each for each in printed(decision(), css)), printed(decision(), css)


def test_the_same_boxes_stand_in_the_word_file():
    document = docx.Document(io.BytesIO(build_docx(letter(head=URGENT, address=ADDRESS))))
    left = document.tables[0].rows[1].cells[0]
    assert [paragraph.text for paragraph in left.paragraphs][-2:] == ["THƯỢNG KHẨN", "LƯU HÀNH NỘI BỘ"]
    assert all("w:pBdr" in paragraph._p.xml for paragraph in left.paragraphs[-2:])
    assert [paragraph.text for paragraph in document.sections[0].first_page_footer.paragraphs] == [ADDRESS]


def test_who_drafted_and_how_many_copies_stand_behind_the_archive():
    assert Recipients(filed="VT, HTQT", drafter="Nguyễn Minh An", copies=5).lines[-1] == "- Lưu: VT, HTQT, NMA.05."
    assert Recipients(filed="VT", drafter="Đỗ Ái").lines[-1] == "- Lưu: VT, ĐÁ."
    assert Recipients(filed="VT").lines[-1] == "- Lưu: VT."


def test_symbols_follow_annex_iii():
    assert symbol_of("TỜ TRÌNH", "HTQT") == "TTr-HTQT"
    assert symbol_of("", "BNV", "HTQT") == "BNV-HTQT"
    assert abbreviation("Danh sách đoàn") == ""
    assert len(ANNEX_III) == len(set(ANNEX_III.values())) == 27
