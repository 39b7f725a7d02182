from __future__ import annotations

import random
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intlcoop.vietnamese.folding import fold
from intlcoop.vietnamese.sorting import person_sort_key, sort_key

ALPHABET = list("aăâbcdđeêghiklmnoôơpqrstuưvxy")
TEXTS = st.text(alphabet="aàảãáạăằắâấđdeêếnhgoôơợuưựyý -'AĂĐ", max_size=12)


def shuffled(items):
    copy = list(items)
    random.Random(5).shuffle(copy)
    return copy


@pytest.mark.parametrize(
    "ordered",
    [
        ALPHABET,
        ["ma", "mà", "mả", "mã", "má", "mạ"],
        ["Ả Rập Xê Út", "Ai Cập", "Anh", "Áo", "Áp-ga-ni-xtan", "Ăng-gô-la", "Ấn Độ", "Ba Lan", "Bắc Macedonia", "Bỉ"],
        ["Đan Mạch", "Đông Ti-mo", "Đức", "Ghi-nê", "Hà Lan", "Hàn Quốc", "Hoa Kỳ", "Hy Lạp"],
        ["ca", "ca dao", "cà", "cà chua", "cá", "cá chép", "cam"],
        ["Lê An", "Lê Chi", "Lệ Bình"],
        ["Ba Lan", "Bahrain", "Bangladesh"],
        ["2026", "ASEAN", "Xinh-ga-po", "Y tế", "Zambia", "Лаос"],
        ["uya", "ưa", "va", "vây", "wa", "xa", "ya", "za"],
        ["aa", "az", "ă", "ăz", "â", "âz", "b"],
        ["ma", "ma 1", "mà", "mạ", "ma1", "mab"],
    ],
)
def test_byte_order_of_the_keys_is_the_vietnamese_order(ordered):
    assert sorted(shuffled(ordered), key=sort_key) == ordered
    assert sorted(shuffled(ordered), key=lambda text: sort_key(text).encode()) == ordered


def test_people_are_sorted_by_given_name_then_family_and_middle_names():
    ordered = ["Trần Văn An", "Lê Thị Ánh", "Nguyễn Bình", "Phạm Thu Hằng", "Lê Văn Tú", "Trần Anh Tú", "Trần Văn Tú"]
    assert sorted(shuffled(ordered), key=person_sort_key) == ordered


def test_place_of_the_tone_mark_case_and_signs_do_not_count():
    assert sort_key("Hoà Bình") == sort_key("hòa-bình") == sort_key("HÒA  BÌNH")


@given(TEXTS)
def test_composed_and_decomposed_text_share_a_key(text):
    assert sort_key(unicodedata.normalize("NFD", text)) == sort_key(text)


@given(st.text())
def test_any_text_has_a_key_without_control_signs(text):
    assert all(char >= " " for char in sort_key(text))


@given(TEXTS, TEXTS)
def test_a_syllable_more_sorts_behind_the_text_itself(text, more):
    if fold(text) and fold(more):
        assert sort_key(text) < sort_key(f"{text} {more}")


@given(st.sampled_from(ALPHABET), st.sampled_from(ALPHABET), TEXTS, TEXTS)
def test_an_earlier_letter_outranks_everything_behind_it(one, other, tail, other_tail):
    if ALPHABET.index(one) < ALPHABET.index(other):
        assert sort_key(f"{one} {tail}") < sort_key(f"{other} {other_tail}")
        assert sort_key(f"n{one}{fold(tail)}") < sort_key(f"n{other}{fold(other_tail)}")


def test_an_empty_name_sorts_first_and_does_not_fail():
    assert sort_key("") == person_sort_key("  ") == ""
