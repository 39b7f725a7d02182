"""How is a number said? 1005 -> "một nghìn không trăm linh năm"; 24 -> "hai mươi tư"; thứ nhất, thứ tư.

Own code, because the general libraries say minus seven as thirteen and the third as "ba".
"""

from __future__ import annotations

from decimal import Decimal

DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
BILLION = 10**9
# Up to this many decimals are said as one number ("hai mươi lăm"), longer ones digit by digit.
DECIMALS_SAID_TOGETHER = 3


def number_in_words(number: int | Decimal) -> str:
    """The number as it is read aloud, in lower case. Raises TypeError for a float, ValueError for NaN and infinity."""
    if isinstance(number, float):
        raise TypeError("a float is not exact: give an int or a Decimal")
    value = Decimal(number)
    if not value.is_finite():
        raise ValueError("not a number")
    whole, _, fraction = f"{abs(value):f}".partition(".")
    fraction = fraction.rstrip("0")
    said = _whole(int(whole))
    if fraction:
        said += f" phẩy {_fraction(fraction)}"
    return f"âm {said}" if value < 0 else said


def money_in_words(amount: int | Decimal, *, unit: str = "đồng") -> str:
    """1200000 -> "Một triệu hai trăm nghìn đồng chẵn". `unit` is the currency's name in Vietnamese ("đô la Mỹ").

    "chẵn" closes an amount of whole thousands, so that nothing can be written behind it.
    """
    said = f"{number_in_words(amount)} {unit}"
    if amount and amount % 1000 == 0:
        said += " chẵn"
    return said[0].upper() + said[1:]


def ordinal(number: int) -> str:
    """1 -> "thứ nhất", 2 -> "thứ hai", 4 -> "thứ tư". Raises ValueError below 1."""
    if number < 1:
        raise ValueError("ordinals start at 1")
    return "thứ " + {1: "nhất", 4: "tư"}.get(number, number_in_words(number))


def _whole(number: int, *, padded: bool = False) -> str:
    """Groups of nine digits, joined by "tỷ"; `padded` says the hundreds even when they are zero."""
    billions, rest = divmod(number, BILLION)
    if not billions:
        return _below_billion(rest, padded=padded)
    said = f"{_whole(billions, padded=padded)} tỷ"
    return f"{said} {_below_billion(rest, padded=True)}" if rest else said


def _below_billion(number: int, *, padded: bool) -> str:
    millions, rest = divmod(number, 1_000_000)
    thousands, ones = divmod(rest, 1000)
    parts: list[str] = []
    for group, name in ((millions, " triệu"), (thousands, " nghìn"), (ones, "")):
        if group:
            parts.append(_below_thousand(group, padded=padded or bool(parts)) + name)
    return " ".join(parts) or DIGITS[0]


def _below_thousand(number: int, *, padded: bool) -> str:
    hundreds, rest = divmod(number, 100)
    parts = [f"{DIGITS[hundreds]} trăm"] if hundreds or padded else []
    if 0 < rest < 10:
        parts.append(f"linh {DIGITS[rest]}" if parts else DIGITS[rest])
    elif rest:
        parts.append(_tens(rest))
    return " ".join(parts)


def _tens(number: int) -> str:
    tens, ones = divmod(number, 10)
    said = "mười" if tens == 1 else f"{DIGITS[tens]} mươi"
    if not ones:
        return said
    # mười một, but hai mươi mốt; mười bốn, but hai mươi tư; năm after a ten is always lăm.
    special = {5: "lăm"} if tens == 1 else {1: "mốt", 4: "tư", 5: "lăm"}
    return f"{said} {special.get(ones, DIGITS[ones])}"


def _fraction(digits: str) -> str:
    zeros = len(digits) - len(digits.lstrip("0"))
    if len(digits) > DECIMALS_SAID_TOGETHER:
        return " ".join(DIGITS[int(digit)] for digit in digits)
    return " ".join([DIGITS[0]] * zeros + [number_in_words(int(digits))])
