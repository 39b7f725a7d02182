"""How much money does a cell of a register mean, in which currency? "15.000 USD", "120 triệu đồng", "1,2 tỷ"."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _

from delegations.registers.problems import CellUnclear
from intlcoop.exporting.table_reading import Cell
from intlcoop.vietnamese.folding import fold

#: Of words in their own letters, because "tỷ" without accents is nearly anything.
TIMES = {
    "tỷ": Decimal(10**9),
    "tỉ": Decimal(10**9),
    "triệu": Decimal(10**6),
    "tr": Decimal(10**6),
    "nghìn": Decimal(10**3),
    "ngàn": Decimal(10**3),
}
CURRENCIES = {
    "vnd": "VND", "vnđ": "VND", "đồng": "VND", "dong": "VND", "đ": "VND", "đồng việt nam": "VND",
    "usd": "USD", "$": "USD", "us$": "USD", "đô la mỹ": "USD", "đô la": "USD", "đô-la": "USD", "đô la mĩ": "USD",
    "eur": "EUR", "euro": "EUR", "€": "EUR", "jpy": "JPY", "yên": "JPY", "yên nhật": "JPY", "¥": "JPY",
    "cny": "CNY", "rmb": "CNY", "nhân dân tệ": "CNY", "tệ": "CNY", "krw": "KRW", "won": "KRW", "won hàn quốc": "KRW",
    "gbp": "GBP", "bảng anh": "GBP", "£": "GBP", "aud": "AUD", "đô la úc": "AUD", "cad": "CAD", "sgd": "SGD",
    "đô la singapore": "SGD", "thb": "THB", "baht": "THB", "bạt": "THB", "chf": "CHF", "rub": "RUB", "rúp": "RUB",
}  # fmt: skip
BARE_IS_DONG = Decimal(1_000_000)
LARGEST = Decimal(10) ** 13
PIECES = re.compile(r"[;\n+]|\svà\s", re.IGNORECASE)
ASIDE = re.compile(r"\([^)]*\)")
#: Who pays, behind the sum: "120 triệu đồng, ngân sách nhà nước".
BEHIND = re.compile(r",\s+[^\d\s].*$")
AMOUNT = re.compile(
    r"(?P<before>[^\d\-−]*?)(?P<sign>[-−]?)\s*(?P<figure>\d[\d.,\s]*\d|\d)\s*(?P<times>tỷ|tỉ|triệu|tr|nghìn|ngàn)?\.?\s*(?P<unit>[^\d]*)",
    re.IGNORECASE,
)
ABOUT = re.compile(r"^(?:khoảng|tổng cộng|tổng|dự kiến|ước|~)\s*:?\s*", re.IGNORECASE)
NOTHING = {"", "khong", "khong co", "0", "x"}


def read_amounts(cell: Cell, column_unit: str = "") -> list[tuple[Decimal, str]]:
    """(amount, currency) of each sum in the cell; [] where it holds no sum. `column_unit` is what the header adds ("triệu đồng").

    Raises CellUnclear: no number, below zero, or a bare number of which nobody can tell the currency.
    """
    if cell is None or fold(str(cell)) in NOTHING:
        return []
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        found = [_in_column(Decimal(str(cell)), column_unit, str(cell))]
    else:
        pieces = [piece for piece in PIECES.split(ASIDE.sub(" ", str(cell))) if fold(piece) not in NOTHING]
        found = [_piece(BEHIND.sub("", " ".join(piece.split())), column_unit) for piece in pieces]
    return [(amount, currency) for amount, currency in found if amount]


def has_figures(cell: Cell) -> bool:
    return bool(re.search(r"\d", str(cell))) if cell is not None else False


def _piece(text: str, column_unit: str) -> tuple[Decimal, str]:
    match = AMOUNT.fullmatch(ABOUT.sub("", text))
    if match is None:
        raise CellUnclear(_unclear(text))
    times = (match["times"] or "").lower()
    amount = _figure(match["figure"], scaled=bool(times))
    before = match["before"].strip(" .,:")
    if match["sign"] or before.lower() == "âm":
        raise CellUnclear(_("“%(value)s”: an amount cannot be negative.") % {"value": text[:60]})
    named = _currency(match["unit"]) or _currency(match["before"])
    if any(words and not _currency(words) for words in (before, match["unit"].strip(" .,"))):
        raise CellUnclear(_unclear(text))
    if not times and not named:
        return _in_column(amount, column_unit, text)
    return _checked(amount * TIMES.get(times, Decimal(1)), text), named or "VND"


def _in_column(amount: Decimal, column_unit: str, text: str) -> tuple[Decimal, str]:
    """A bare number: in the unit of the column, else in đồng when it is too large for anything else."""
    if amount < 0:
        raise CellUnclear(_("“%(value)s”: an amount cannot be negative.") % {"value": text[:60]})
    unit = " ".join(column_unit.lower().split())
    times = next((word for word in TIMES if re.search(rf"\b{word}\b", unit)), "")
    currency = next((code for name, code in CURRENCIES.items() if name in unit.split() or name == unit), "")
    if times or currency:
        return _checked(amount * TIMES.get(times, Decimal(1)), text), currency or "VND"
    if amount and amount < BARE_IS_DONG:
        raise CellUnclear(
            _(
                "“%(value)s”: in which currency? Write it beside the number, for example “15.000 USD” or “120 triệu đồng”."
            )
            % {"value": text[:60]}
        )
    return _checked(amount, text), "VND"


def _currency(text: str) -> str:
    return CURRENCIES.get(text.lower().strip(" .,:"), "")


def _figure(text: str, *, scaled: bool) -> Decimal:
    """15.000 and 15,000 are fifteen thousand; 1,2 and 1.25 have decimals; before "triệu" or "tỷ" a lone comma is one."""
    figure = "".join(text.split())
    dots, commas = figure.count("."), figure.count(",")
    if dots and commas:
        decimal = max(figure.rfind("."), figure.rfind(","))
        plain = figure[:decimal].replace(".", "").replace(",", "") + "." + figure[decimal + 1 :]
    elif dots + commas == 0:
        plain = figure
    else:
        sign = "." if dots else ","
        groups = figure.split(sign)
        grouped = all(len(group) == 3 for group in groups[1:]) and 1 <= len(groups[0]) <= 3
        if grouped and not (scaled and sign == "," and len(groups) == 2):
            plain = "".join(groups)
        elif len(groups) == 2:
            plain = ".".join(groups)
        else:
            raise CellUnclear(_unclear(text))
    try:
        return Decimal(plain)
    except InvalidOperation as error:
        raise CellUnclear(_unclear(text)) from error


def _checked(amount: Decimal, text: str) -> Decimal:
    if amount >= LARGEST:
        raise CellUnclear(_("“%(value)s” is too large to be what a trip cost. Check the unit.") % {"value": text[:60]})
    return amount.quantize(Decimal("0.01"))


def _unclear(text: str) -> str:
    return _("“%(value)s” is not an amount. Write it like “15.000 USD” or “120 triệu đồng”.") % {"value": text[:60]}
