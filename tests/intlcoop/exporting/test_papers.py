from __future__ import annotations

import datetime as dt
import unicodedata

import pytest

from intlcoop.exporting.papers import (
    NBSP,
    Annex,
    Article,
    Basis,
    Bullet,
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


@pytest.mark.parametrize(
    ("parts", "line"),
    [
        ({"number": "5/QĐ-BNV"}, "Số: 05/QĐ-BNV"),
        ({"number": "05/QĐ-BNV"}, "Số: 05/QĐ-BNV"),
        ({"number": "15/QĐ-BNV", "symbol": "QĐ-BNV"}, "Số: 15/QĐ-BNV"),
        ({"symbol": "QĐ-BNV"}, f"Số:{NBSP * 7}/QĐ-BNV"),
        ({}, ""),
    ],
)
def test_number_line_stays_open_until_the_clerk_has_numbered(parts, line):
    assert Head(issuer="Bộ Nội vụ", **parts).number_line == line


def test_place_and_date_follow_the_decree_and_stay_open_before_signing():
    assert Head(issuer="B", date=dt.date(2026, 1, 5)).place_and_date == "Hà Nội, ngày 05 tháng 01 năm 2026"
    waiting = Head(issuer="B", place="Huế", year=2026).place_and_date
    assert waiting.replace(NBSP * 7, "_") == "Huế, ngày_tháng_năm 2026"


def test_a_paper_is_cited_by_number_and_date():
    numbered = Head(issuer="B", number="5/QĐ-BNV", date=dt.date(2026, 1, 5))
    assert numbered.citation("Quyết định") == "Quyết định số 05/QĐ-BNV ngày 05 tháng 01 năm 2026"
    assert Head(issuer="B", date=dt.date(2026, 3, 5)).citation("Công văn") == "Công văn ngày 05 tháng 3 năm 2026"


def test_signature_lines_are_in_capitals_and_in_order():
    signature = Signature(authority=("TL. Bộ trưởng", "KT. Vụ trưởng"), title="Phó Vụ trưởng", name="Lê An")
    assert signature.lines == ("TL. BỘ TRƯỞNG", "KT. VỤ TRƯỞNG", "PHÓ VỤ TRƯỞNG")


def test_recipients_end_with_the_file():
    lines = Recipients(items=("Như trên;", "", "Bộ Ngoại giao."), filed="VT, HTQT").lines
    assert lines == ("- Như trên;", "- Bộ Ngoại giao;", "- Lưu: VT, HTQT.")


def test_texts_are_composed_and_freed_of_control_characters_wherever_they_stand():
    name = unicodedata.normalize("NFD", "Nguyễn Thị Huệ") + "\x00\x0b\ufeff"
    table = Table(headers=("Tên",), rows=((name,),))
    article = Article(1, name, (name,))
    assert table.rows == (("Nguyễn Thị Huệ",),)
    assert (article.text, article.clauses) == ("Nguyễn Thị Huệ", ("Nguyễn Thị Huệ",))
    assert Signature(title="x", name=name).name == "Nguyễn Thị Huệ"


def test_bases_end_with_semicolons_and_the_last_with_a_point():
    texts = [block.text for block in settled((Basis("Căn cứ A;"), Basis("Căn cứ B"), Basis("Theo đề nghị của C;")))]
    assert texts == ["Căn cứ A;", "Căn cứ B;", "Theo đề nghị của C."]


def test_line_feeds_make_paragraphs_and_empty_texts_disappear():
    blocks = settled((Paragraph("một\n\n  hai "), Paragraph(""), Bullet("• ba"), Paragraph("\n", lead="Ghi chú:")))
    assert [(block.text, getattr(block, "lead", None)) for block in blocks] == [
        ("một", ""),
        ("hai", ""),
        ("ba", None),
        ("", "Ghi chú:"),
    ]


def test_further_lines_of_an_article_become_clauses():
    (article,) = settled((Article(1, "Kinh phí:\na) vé máy bay", ("b) phụ cấp",)),))
    assert (article.text, article.clauses) == ("Kinh phí:", ("a) vé máy bay", "b) phụ cấp"))


@pytest.mark.parametrize(
    ("last", "closing"),
    [
        (Paragraph("Kính đề nghị."), "Kính đề nghị./."),
        (Bullet("việc cuối;"), "việc cuối./."),
        (Article(2, "Thi hành."), "Thi hành./."),
        (Heading("Không phải câu"), "Không phải câu"),
    ],
)
def test_the_text_is_closed_by_its_mark(last, closing):
    blocks = settled((Paragraph("Trước."), last), end_mark=True)
    assert [block.text for block in blocks] == ["Trước.", closing]


def test_the_mark_stands_behind_the_last_clause():
    (article,) = settled((Article(1, "Kinh phí:", ("a) một;", "b) hai.")),), end_mark=True)
    assert article.clauses == ("a) một;", "b) hai./.")


def test_nothing_to_close_is_no_error():
    assert settled((), end_mark=True) == ()


@pytest.mark.parametrize(("count", "titles"), [(0, ()), (1, ("Phụ lục",)), (2, ("Phụ lục I", "Phụ lục II"))])
def test_annexes_are_numbered_if_there_are_several(count, titles):
    assert annex_titles((Annex(title="x"),) * count) == titles


@pytest.mark.parametrize(
    "parts",
    [
        {"headers": ("a", "b"), "rows": (("1",),)},
        {"rows": (("1", "2"),), "widths": (1,)},
        {"rows": (("1",), ("1", "2"))},
    ],
)
def test_a_crooked_table_is_refused(parts):
    with pytest.raises(ValueError, match="same length"):
        Table(**parts)


def test_a_paper_names_itself_by_type_and_subject():
    head = Head(issuer="B", symbol="BNV-HTQT")
    assert Paper(head=head, title="TỜ TRÌNH", subject="về việc A").name == "TỜ TRÌNH về việc A"
    assert Paper(head=head).name == head.number_line
