"""The snapshot on paper: whole, in Vietnamese letters, the same each time."""

from __future__ import annotations

import contextlib
import datetime as dt
import re
import zlib

import pytest
from django.utils import translation

from intlcoop.exporting.pdf import metadata_of, page_images, render_pdf, text_of
from reports.exports.printing import drawn, html_of, render
from reports.services import freeze
from tests.reports.factories import accompanying_trip, ordered, past_trip, year_2022

LETTERS = "aàảãáạăằẳẵắặâầẩẫấậeèẻẽéẹêềểễếệiìỉĩíịoòỏõóọôồổỗốộơờởỡớợuùủũúụưừửữứựyỳỷỹýỵđ"

pytestmark = pytest.mark.django_db


def printed(report) -> str:
    """The text of the PDF with line breaks as spaces."""
    return " ".join(text_of(render(report, freeze(report))).split())


@pytest.fixture
def report(ministry):
    year_2022(ministry)
    return ordered(ministry, 2022)


def test_the_year_2022_is_counted_in_the_manner_of_the_article(report):
    text = printed(report)

    assert "05 đoàn do BDP chủ trì và 02 đoàn tháp tùng" in text
    assert "Trong đó, nổi bật là:" in text
    assert re.search(r"Campuchia, ký Bản ghi nhớ;.*sang Australia;.*Báo cáo quốc gia\.", text)
    assert "Số liệu tính đến ngày 31/12/2022" in text
    assert "ngoài kế hoạch và" not in text


def test_head_and_foot_are_those_of_decree_30(report):
    text = printed(report)

    for part in (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "VỤ HỢP TÁC QUỐC TẾ",
        "/BC-HTQT",
        "BÁO CÁO",
        "Kết quả công tác hợp tác quốc tế năm 2022",
        "I. BỐI CẢNH, TÌNH HÌNH CHUNG",
        "1. Đoàn ra",
        "./.",
        "Nơi nhận:",
        "- Lưu: VT, HTQT.",
        "VỤ TRƯỞNG",
        "Hoàng Ngọc Giang",
        "Phụ lục I",
        "Phụ lục II",
    ):
        assert part in text, part


def test_every_vietnamese_letter_can_be_read_out_of_the_file(ministry):
    words = " ".join(letter + letter.upper() for letter in LETTERS)
    past_trip(ministry, f"Đoàn {words}"[:300], is_highlight=True, highlight_text=words)

    assert words in printed(ordered(ministry))


def test_the_annex_lists_every_trip_with_its_number(report):
    text = printed(report)

    for number in range(1, 8):
        assert f"ĐR-2022-000{number}" in text.replace("- ", "-")
    assert "Tổng số: 07 đoàn" in text


def test_texts_of_people_are_text_and_never_markup(ministry):
    past_trip(ministry, "<script>alert(1)</script> & “x”", is_highlight=True, highlight_text="<b>đậm</b>")
    report = ordered(ministry)

    assert "<script>" not in html_of(report, freeze(report))
    assert "<script>alert(1)</script> & “x”" in printed(report)


def test_long_words_and_empty_fields_break_nothing(ministry):
    past_trip(ministry, "x" * 300, countries=(), members=0, is_highlight=True, highlight_text="y" * 600)

    assert printed(ordered(ministry)).count("y" * 30) > 1


def test_the_same_snapshot_gives_the_same_bytes_in_whatever_language(report):
    snapshot = freeze(report)
    first = render(report, snapshot)

    with translation.override("en"):
        assert render(report, freeze(report)) == first
    assert metadata_of(first)["Title"] == "BÁO CÁO Kết quả công tác hợp tác quốc tế năm 2022"


def test_the_chart_is_drawn_in_ink_on_the_page_and_on_paper(ministry):
    past_trip(ministry, countries=("LA",), departs=dt.date(2026, 5, 1))
    accompanying_trip(ministry)
    chart = next(
        block
        for section in freeze(ordered(ministry)).sections
        for block in section["blocks"]
        if block["type"] == "chart"
    )

    assert drawn(chart).startswith("<svg")
    assert "Lào" in drawn(chart)
    assert page_images(render_pdf(f"<html><body>{drawn(chart)}</body></html>"), scale=0.5)


def unpacked(pdf: bytes) -> bytes:
    """The file with what its compressed streams say."""
    found = [pdf]
    for stream in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL):
        with contextlib.suppress(zlib.error):
            found.append(zlib.decompress(stream))
    return b"".join(found)


def test_the_file_is_for_archives_tagged_and_says_its_language(report):
    pdf = unpacked(render(report, freeze(report)))

    for mark in (b"/StructTreeRoot", b"/OutputIntents", b"/MarkInfo", b"/Lang", b"pdfaid:conformance"):
        assert mark in pdf, mark


def test_each_page_says_which_of_how_many_it_is(report):
    pages = text_of(render(report, freeze(report))).split("\f")

    for place, page in enumerate(pages, start=1):
        assert f"{report.case.number} · Trang {place}/{len(pages)}" in " ".join(page.split())
