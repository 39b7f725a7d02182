"""How is a number written in figures? 1.234.567,5 (decimal comma, thousands with a point)."""

from __future__ import annotations

import re
from decimal import Decimal

NUMBER = re.compile(r"(?P<sign>[-−]?)(?P<whole>\d{1,3}(?:\.\d{3})+|\d+)(?:,(?P<fraction>\d+))?")
ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"),
    (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip


def format_number(value: int | Decimal, *, places: int | None = None) -> str:
    """1234567.5 -> "1.234.567,5". With `places` rounded half-even and padded to that many decimals.

    Raises TypeError for a float (money and rates are Decimal), ValueError for NaN and infinity.
    """
    if isinstance(value, float):
        raise TypeError("a float is not exact: give an int or a Decimal")
    number = Decimal(value)
    if not number.is_finite():
        raise ValueError("not a number")
    if places is None and number == number.to_integral_value():
        places = 0
    elif places is None:
        number = number.normalize()
    text = f"{number:,f}" if places is None else f"{number:,.{places}f}"
    if text.startswith("-") and not text.strip("-0.,"):
        text = text[1:]  # no minus before a rounded zero
    return text.translate(str.maketrans(",.", ".,"))


def format_money(amount: int | Decimal, currency: str, *, decimals: int | None = None) -> str:
    """1234567 and "VND" -> "1.234.567 VND"; `decimals` is the currency's number of decimals (USD 2)."""
    return f"{format_number(amount, places=decimals)} {currency}"


def parse_number(text: str) -> Decimal:
    """The value of a number written the Vietnamese way: "1.234.567,5", "1234,5", "-3".

    Raises ValueError for anything else, "1234.5" included: nobody can say whether that point was meant as a comma.
    """
    match = NUMBER.fullmatch(text.strip())
    if match is None:
        raise ValueError(f"not a Vietnamese number: {text!r}")
    whole = match["whole"].replace(".", "")
    # Without a fraction of its own: a field of whole đồng refuses ".0".
    fraction = f".{match['fraction']}" if match["fraction"] else ""
    return Decimal(f"{'-' if match['sign'] else ''}{whole}{fraction}")


def roman(number: int) -> str:
    """1 -> "I", 4 -> "IV". Raises ValueError below 1 and above 3999."""
    if not 1 <= number <= 3999:
        raise ValueError("Roman numerals run from 1 to 3999")
    digits = []
    for value, sign in ROMAN:
        times, number = divmod(number, value)
        digits.append(sign * times)
    return "".join(digits)
