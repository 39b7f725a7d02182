from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intlcoop.vietnamese.numbers import format_money, format_number, parse_number, roman


@pytest.mark.parametrize(
    ("value", "places", "text"),
    [
        (0, None, "0"),
        (999, None, "999"),
        (1234567, None, "1.234.567"),
        (Decimal("1234567.5"), None, "1.234.567,5"),
        (Decimal("1234567.50"), None, "1.234.567,5"),
        (Decimal("1E+3"), None, "1.000"),
        (Decimal("1000.00"), None, "1.000"),
        (Decimal("3.14159"), 2, "3,14"),
        (5, 2, "5,00"),
        (-1234, None, "-1.234"),
        (Decimal("-0.001"), 2, "0,00"),
    ],
)
def test_numbers_have_a_decimal_comma_and_points_between_thousands(value, places, text):
    assert format_number(value, places=places) == text


@pytest.mark.parametrize(
    ("value", "error"), [(1.5, TypeError), (Decimal("NaN"), ValueError), (Decimal("inf"), ValueError)]
)
def test_inexact_values_are_refused(value, error):
    with pytest.raises(error):
        format_number(value)


def test_money_names_its_currency():
    assert format_money(1234567, "VND") == "1.234.567 VND"
    assert format_money(Decimal("1500.5"), "USD", decimals=2) == "1.500,50 USD"


@pytest.mark.parametrize(
    ("text", "value"),
    [("1.234.567,5", "1234567.5"), ("1234,50", "1234.5"), ("1.234", "1234"), ("-3", "-3"), (" 0 ", "0")],
)
def test_written_numbers_are_read(text, value):
    assert parse_number(text) == Decimal(value)


@pytest.mark.parametrize("text", ["", "1234.5", "1,234.5", "1.23", "12a", "1.2345", "--1", "1e5"])
def test_doubtful_numbers_are_refused_rather_than_guessed(text):
    with pytest.raises(ValueError, match="not a Vietnamese number"):
        parse_number(text)


@given(st.decimals(allow_nan=False, allow_infinity=False, places=3, min_value=-(10**15), max_value=10**15))
def test_what_is_written_is_read_back(value):
    assert parse_number(format_number(value)) == value


@pytest.mark.parametrize(
    ("number", "text"), [(1, "I"), (4, "IV"), (9, "IX"), (14, "XIV"), (40, "XL"), (2026, "MMXXVI")]
)
def test_roman_numerals(number, text):
    assert roman(number) == text


@pytest.mark.parametrize("number", [0, -1, 4000])
def test_roman_numerals_have_limits(number):
    with pytest.raises(ValueError, match="3999"):
        roman(number)


def test_a_whole_number_has_no_decimal_places():
    """A field of whole đồng refuses a decimal place, be it zero."""
    assert parse_number("10.000.001").as_tuple().exponent == 0
    assert parse_number("10.000.001,50").as_tuple().exponent == -2
