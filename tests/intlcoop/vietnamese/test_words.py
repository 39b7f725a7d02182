from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intlcoop.vietnamese.words import money_in_words, number_in_words, ordinal


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (0, "không"),
        (4, "bốn"),
        (10, "mười"),
        (11, "mười một"),
        (14, "mười bốn"),
        (15, "mười lăm"),
        (20, "hai mươi"),
        (21, "hai mươi mốt"),
        (24, "hai mươi tư"),
        (25, "hai mươi lăm"),
        (55, "năm mươi lăm"),
        (100, "một trăm"),
        (101, "một trăm linh một"),
        (105, "một trăm linh năm"),
        (110, "một trăm mười"),
        (115, "một trăm mười lăm"),
        (121, "một trăm hai mươi mốt"),
        (1000, "một nghìn"),
        (1005, "một nghìn không trăm linh năm"),
        (1050, "một nghìn không trăm năm mươi"),
        (1234, "một nghìn hai trăm ba mươi tư"),
        (10_010, "mười nghìn không trăm mười"),
        (1_000_005, "một triệu không trăm linh năm"),
        (1_005_000, "một triệu không trăm linh năm nghìn"),
        (10**9, "một tỷ"),
        (10**9 + 5, "một tỷ không trăm linh năm"),
        (10**9 + 5_000_000, "một tỷ không trăm linh năm triệu"),
        (2_345_678_901, "hai tỷ ba trăm bốn mươi lăm triệu sáu trăm bảy mươi tám nghìn chín trăm linh một"),
        (10**12, "một nghìn tỷ"),
        (10**18, "một tỷ tỷ"),
        (-7, "âm bảy"),
        (Decimal("3.5"), "ba phẩy năm"),
        (Decimal("3.50"), "ba phẩy năm"),
        (Decimal("3.05"), "ba phẩy không năm"),
        (Decimal("3.25"), "ba phẩy hai mươi lăm"),
        (Decimal("0.1234"), "không phẩy một hai ba bốn"),
        (Decimal("-0.5"), "âm không phẩy năm"),
        (Decimal("12.00"), "mười hai"),
        (Decimal("1E+3"), "một nghìn"),
    ],
)
def test_numbers_are_said_as_a_vietnamese_says_them(number, said):
    assert number_in_words(number) == said


@pytest.mark.parametrize(
    ("amount", "unit", "said"),
    [
        (0, "đồng", "Không đồng"),
        (1_200_000, "đồng", "Một triệu hai trăm nghìn đồng chẵn"),
        (1_000_005, "đồng", "Một triệu không trăm linh năm đồng"),
        (Decimal("1500.5"), "đô la Mỹ", "Một nghìn năm trăm phẩy năm đô la Mỹ"),
        (-5000, "đồng", "Âm năm nghìn đồng chẵn"),
    ],
)
def test_amounts_are_said_with_their_currency(amount, unit, said):
    assert money_in_words(amount, unit=unit) == said


@pytest.mark.parametrize(
    ("number", "said"),
    [(1, "thứ nhất"), (2, "thứ hai"), (3, "thứ ba"), (4, "thứ tư"), (5, "thứ năm"), (10, "thứ mười"),
     (14, "thứ mười bốn"), (21, "thứ hai mươi mốt"), (24, "thứ hai mươi tư")],
)  # fmt: skip
def test_ordinals(number, said):
    assert ordinal(number) == said


@pytest.mark.parametrize(
    ("call", "value", "error"),
    [
        (number_in_words, 1.5, TypeError),
        (number_in_words, Decimal("NaN"), ValueError),
        (ordinal, 0, ValueError),
    ],
)
def test_what_cannot_be_said_is_refused(call, value, error):
    with pytest.raises(error):
        call(value)


@given(st.integers(min_value=-(10**24), max_value=10**24), st.integers(min_value=-(10**24), max_value=10**24))
def test_two_numbers_are_never_said_alike(one, other):
    assert (number_in_words(one) == number_in_words(other)) == (one == other)


@given(st.integers(min_value=0, max_value=10**12))
def test_words_are_separated_by_single_spaces(number):
    said = number_in_words(number)
    assert said == " ".join(said.split())
