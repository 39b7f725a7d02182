from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intlcoop.vietnamese.folding import fold, normalise_tone_marks

EVERY_LETTER = "aàảãáạ ăằẳẵắặ âầẩẫấậ eèẻẽéẹ êềểễếệ iìỉĩíị oòỏõóọ ôồổỗốộ ơờởỡớợ uùủũúụ ưừửữứự yỳỷỹýỵ đ".replace(" ", "")


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Thành phố Hồ Chí Minh", "thanh pho ho chi minh"),
        ("ĐOÀN RA", "doan ra"),
        ("Ðà Nẵng", "da nang"),  # the Icelandic letter, typed for Đ
        ("hoà bình", "hoa binh"),
        ("hòa bình", "hoa binh"),
        ("15/QĐ-BNV", "15 qd bnv"),
        ("ĐR-2026-0012", "dr 2026 0012"),
        ("Văn hóa – Xã hội", "van hoa xa hoi"),
        ("  nhiều   chỗ\ttrống ", "nhieu cho trong"),
        ("100%_\\", "100"),  # nothing of LIKE survives
        ("Côte d’Ivoire", "cote d ivoire"),
        ("Łódź, Ørsted", "lodz orsted"),
        ("straße", "strasse"),
        ("℡ Ⅳ ﬁ", "tel iv fi"),
        ("ＡＳＥＡＮ", "asean"),
        ("", ""),
    ],
)
def test_text_is_found_without_accents_case_or_signs(text, folded):
    assert fold(text) == folded


def test_every_vietnamese_letter_folds_to_a_plain_one():
    assert set(fold(EVERY_LETTER)) == set("aeiouyd")
    assert set(fold(EVERY_LETTER.upper())) == set("aeiouyd")


def test_a_moved_hyphen_does_not_hide_a_meeting():
    one = "Hội nghị điều phối cộng đồng Văn hóa - Xã hội (SOC-COM)"
    other = "Hội nghị điều phối Cộng đồng - Văn hóa Xã hội (SOC COM)"
    assert fold(one) == fold(other)


@given(st.text())
def test_folding_is_idempotent(text):
    assert fold(fold(text)) == fold(text)


@given(st.text(alphabet=EVERY_LETTER + EVERY_LETTER.upper() + " bcnh-"))
def test_composed_and_decomposed_text_fold_alike(text):
    assert fold(unicodedata.normalize("NFD", text)) == fold(text)


@given(st.text())
def test_result_holds_only_letters_digits_and_single_spaces(text):
    folded = fold(text)
    assert all(char.isalnum() or char == " " for char in folded)
    assert "  " not in folded
    assert folded == folded.strip()


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        ("hoà", "hòa"),
        ("HOÀ BÌNH", "HÒA BÌNH"),
        ("khoẻ", "khỏe"),
        ("thuỷ lợi", "thủy lợi"),
        ("Thuý", "Thúy"),
        ("quý", "quý"),
        ("Quỳnh", "Quỳnh"),
        ("toàn", "toàn"),
        ("ngoài", "ngoài"),
        ("khuỷu", "khuỷu"),
        ("hòa", "hòa"),
        (unicodedata.normalize("NFD", "hoà"), "hòa"),
        ("hoá-học", "hóa-học"),
    ],
)
def test_tone_mark_stands_on_the_first_letter_of_open_syllables(text, normal):
    assert normalise_tone_marks(text) == normal
