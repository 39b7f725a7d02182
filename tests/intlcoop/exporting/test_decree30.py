from __future__ import annotations

import pytest

from intlcoop.exporting.decree30 import (
    DECREE30_CSS,
    blocks_html,
    close_html,
    document_html,
    head_html,
    paper_html,
    table_html,
    title_html,
)
from intlcoop.exporting.papers import Annex, Article, Bullet, Head, Paper, Paragraph, Recipients, Signature, Table
from intlcoop.exporting.pdf import page_count, render_pdf, text_of

from .samples import decision, letter

EVIL = "<script>alert('x')</script>&\"<img src=file:///etc/passwd>"
MM = 72 / 25.4


def printed(paper: Paper) -> bytes:
    return render_pdf(paper_html(paper), stylesheets=[DECREE30_CSS])


def boxes(pdf: bytes, page: int, text: str) -> tuple[float, float, float, float]:
    """Left, bottom, right, top of the first occurrence of `text`, in points from the lower left corner."""
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    textpage = document[page].get_textpage()
    index, count = textpage.search(text, match_case=True).get_next()
    chars = [
        textpage.get_charbox(position) for position in range(index, index + count) if text[position - index] != " "
    ]
    lefts, bottoms, rights, tops = zip(*chars, strict=True)
    return min(lefts), min(bottoms), max(rights), max(tops)


@pytest.fixture(scope="module")
def pdf() -> bytes:
    return printed(decision())


def test_a_decision_says_everything_in_the_order_of_the_decree(pdf):
    text = " ".join(text_of(pdf).split())
    parts = [
        "BỘ NỘI VỤ", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "Số: 05/QĐ-BNV",
        "Hà Nội, ngày 05 tháng 01 năm 2026", "QUYẾT ĐỊNH Về việc cử đoàn",
        "Căn cứ Quy chế hợp tác quốc tế của Bộ Nội vụ;", "cán bộ.",
        "QUYẾT ĐỊNH:", "Điều 1. Cử đoàn", "b) Bộ Nội vụ chịu vé máy bay.", "Quyết định này./.", "Nơi nhận:",
        "- Như Điều 3;", "- Lưu: VT, TCCB.", "KT. BỘ TRƯỞNG THỨ TRƯỞNG", "Trần Thị Bình", "Phụ lục DANH SÁCH ĐOÀN",
        "(Kèm theo Quyết định số 05/QĐ-BNV ngày 05 tháng 01 năm 2026", "Tổng số 40 người",
    ]  # fmt: skip
    places = [text.index(part) for part in parts]
    assert places == sorted(places)


def test_the_head_stands_in_two_columns(pdf):
    issuer, nation = boxes(pdf, 0, "BỘ NỘI VỤ"), boxes(pdf, 0, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
    assert issuer[2] < nation[0]
    assert issuer[1] == pytest.approx(nation[1], abs=3)
    assert nation[2] <= (210 - 20) * MM + 1


def test_margins_are_thirty_left_and_twenty_elsewhere(pdf):
    left, _, right, _ = boxes(pdf, 0, "Về việc cử đoàn đi công tác nước ngoài")
    middle = (30 + 160 / 2) * MM
    assert (left + right) / 2 == pytest.approx(middle, abs=2)
    article = boxes(pdf, 0, "Điều 1.")
    assert article[0] == pytest.approx((30 + 10) * MM, abs=2)  # first line indented by 1 cm


def test_pages_are_numbered_in_the_top_margin_except_the_first(pdf):
    import pypdfium2

    middle = []
    for page in pypdfium2.PdfDocument(pdf):
        width, height = page.get_size()
        centre = (30 * MM + width - 20 * MM) / 2
        top_margin = {"bottom": height - 19 * MM, "top": height}
        textpage = page.get_textpage()
        whole = textpage.get_text_bounded(left=0, right=width, **top_margin).strip()
        middle.append(textpage.get_text_bounded(left=centre - 9, right=centre + 9, **top_margin).strip())
        assert whole == middle[-1]
    assert middle == ["", "2", "3", "4"]


def test_the_signature_stands_at_the_right_level_with_the_copies(pdf):
    copies, signer = boxes(pdf, 0, "Nơi nhận:"), boxes(pdf, 0, "KT. BỘ TRƯỞNG")
    assert signer[0] > (30 + 80) * MM
    assert copies[3] == pytest.approx(signer[3], abs=6)


@pytest.mark.parametrize("lines", range(21, 27))
def test_the_signature_never_stands_alone_on_a_page(lines):
    blocks = tuple(Bullet(f"Dòng {number}") for number in range(lines))
    paper = Paper(head=Head(issuer="Vụ A"), title="Báo cáo", blocks=blocks, signature=Signature(title="Vụ trưởng"))
    last = text_of(printed(paper)).split("\f")[-1]
    assert f"Dòng {lines - 1}" in last


def test_the_header_row_is_repeated_on_each_page_of_a_long_table(pdf):
    pages = text_of(pdf).split("\f")[1:]
    assert len(pages) >= 2
    assert all("Họ và tên" in page for page in pages)


def test_an_official_letter_has_no_title_but_its_matter_under_the_number():
    text = " ".join(text_of(printed(letter())).split())
    assert "V/v xin ý kiến về thành phần đoàn công tác" in text
    assert "Kính gửi: - Vụ Tổ chức cán bộ; - Vụ Kế hoạch - Tài chính." in text
    assert "I. BỐI CẢNH" in text
    assert "- Dự hội nghị" in text
    assert "Mục đích: Thực hiện" in text
    assert text.index("NGƯỜI LẬP") < text.index("VỤ TRƯỞNG") < text.index("Lê Văn Cường") < text.index("- Lưu: HTQT.")


def test_one_addressee_stands_in_one_line():
    assert "Kính gửi: Bộ trưởng Bộ Nội vụ" in paper_html(letter(to=("Bộ trưởng Bộ Nội vụ",)))


def test_every_text_of_a_user_is_escaped():
    evil_table = Table(headers=(EVIL,), rows=((EVIL,),), total=(EVIL,), caption=EVIL)
    html = paper_html(
        Paper(
            head=Head(issuer=EVIL, superior=EVIL, number=EVIL, place=EVIL),
            title=EVIL,
            subject=EVIL,
            to=(EVIL, EVIL),
            blocks=(Paragraph(EVIL, lead=EVIL), Article(1, EVIL, (EVIL,)), evil_table),
            recipients=Recipients(items=(EVIL,), filed=EVIL),
            signature=Signature(title=EVIL, name=EVIL, note=EVIL, authority=(EVIL,)),
            annexes=(Annex(title=EVIL, attached_to=EVIL),),
        )
    )
    assert "<script" not in html
    assert "<img" not in html
    assert "<script" not in head_html(Head(issuer="x"), letter_subject=EVIL)
    assert "<script" not in document_html(EVIL, "")
    render_pdf(html, stylesheets=[DECREE30_CSS])


@pytest.mark.parametrize("length", ["word " * 1000, "x" * 5000, "Điều khoản\n" * 400])
def test_long_texts_stay_inside_the_margins(length):
    pdf = printed(decision(blocks=(Paragraph(length), Table(rows=(("a", length),), widths=(1, 3))), annexes=()))
    import pypdfium2

    for page in pypdfium2.PdfDocument(pdf):
        textpage = page.get_textpage()
        rights = [textpage.get_charbox(position)[2] for position in range(textpage.count_chars())]
        assert max(rights) <= (210 - 20) * MM + 8  # a space at the end of a line may hang over


def test_a_long_subject_and_long_names_of_bodies_do_not_break_the_head():
    head = Head(issuer="Trường Đại học Nội vụ Hà Nội và các đơn vị thành viên", superior="Bộ Nội vụ " * 5, symbol="QĐ")
    pdf = printed(decision(head=head, subject="Về việc " * 60, annexes=()))
    assert boxes(pdf, 0, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")[0] > boxes(pdf, 0, "BỘ NỘI VỤ")[2]


def test_empty_fields_leave_a_paper_that_can_be_printed():
    pdf = printed(Paper(head=Head(issuer=""), signature=Signature(title="")))
    assert page_count(pdf) == 1
    assert "Độc lập - Tự do - Hạnh phúc" in text_of(pdf)


def test_nobody_to_sign_and_no_copies_print_nothing():
    assert close_html(None, None) == ""


def test_pieces_can_be_used_in_a_template_without_being_escaped_again():
    for piece in (head_html(Head(issuer="x")), title_html("x"), blocks_html(()), table_html(Table(rows=(("x",),)))):
        assert piece.__html__() == piece
