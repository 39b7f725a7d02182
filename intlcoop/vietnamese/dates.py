"""How is a day written, and which day did a person write?

Documents: "ngày 05 tháng 01 năm 2026" (Decree 30/2020: days below 10 and months 1 and 2 with a zero in front).
Running text of reports: "08/4/2021", "tháng 2/2022" (domain A5). Tables and forms: "05/01/2026". No Django here, no
time zones: a day is a `datetime.date`.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import Literal

from intlcoop.vietnamese.normalise import nfc

Precision = Literal["day", "month", "year"]

WEEKDAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật")
WRITTEN_OUT = re.compile(r"(?:ngày\s+)?(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+(\d{4})", re.IGNORECASE)
DAY_FIRST = re.compile(r"(?:ngày\s+)?(\d{1,2})([/.-])(\d{1,2})\2(\d{4})", re.IGNORECASE)
ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")


def document_date(day: dt.date) -> str:
    """The place-and-date line of a paper: "ngày 05 tháng 01 năm 2026", "ngày 15 tháng 3 năm 2026"."""
    return f"ngày {day.day:02d} tháng {_month(day)} năm {day.year}"


def short_date(day: dt.date) -> str:
    """In running text: "08/4/2021", "05/01/2026"."""
    return f"{day.day:02d}/{_month(day)}/{day.year}"


def table_date(day: dt.date) -> str:
    """In tables and forms, always ten characters: "08/04/2021"."""
    return f"{day.day:02d}/{day.month:02d}/{day.year:04d}"


def weekday(day: dt.date) -> str:
    """ "Thứ Hai" ... "Chủ nhật"."""
    return WEEKDAYS[day.weekday()]


def long_date(day: dt.date) -> str:
    """On screen: "Thứ Tư, 25/11/2026"."""
    return f"{weekday(day)}, {table_date(day)}"


def month_and_year(day: dt.date) -> str:
    """ "tháng 2/2022" (no zero, as in the ministry's own texts)."""
    return f"tháng {day.month}/{day.year}"


def known_date(day: dt.date, precision: Precision = "day") -> str:
    """A date known to the day, month or year only: "ngày 08/4/2021", "tháng 4/2021", "năm 2021"."""
    if precision == "day":
        return f"ngày {short_date(day)}"
    return month_and_year(day) if precision == "month" else f"năm {day.year}"


def date_range(first: dt.date, last: dt.date) -> str:
    """In running text; what both ends share is said once.

    "ngày 05/4/2026", "từ ngày 05 đến ngày 08/4/2026", "từ ngày 28/3 đến ngày 02/4/2026",
    "từ ngày 30/12/2026 đến ngày 02/01/2027". Raises ValueError if the last day is before the first.
    """
    _check_order(first, last)
    if first == last:
        return f"ngày {short_date(first)}"
    if (first.year, first.month) == (last.year, last.month):
        start = f"{first.day:02d}"
    elif first.year == last.year:
        start = f"{first.day:02d}/{_month(first)}"
    else:
        start = short_date(first)
    return f"từ ngày {start} đến ngày {short_date(last)}"


def table_range(first: dt.date, last: dt.date) -> str:
    """In tables: "05/04/2026 – 08/04/2026", one date if both are the same."""
    _check_order(first, last)
    return table_date(first) if first == last else f"{table_date(first)} – {table_date(last)}"


def parse_date(text: str) -> dt.date:
    """The day that a person wrote: 5/4/2026, 05-04-2026, 05.04.2026, 2026-04-05, "ngày 05 tháng 4 năm 2026".

    The day always comes before the month. Raises ValueError for anything else, two-digit years included.
    """
    cleaned = nfc(text).strip()
    if match := ISO.fullmatch(cleaned):
        year, month, day = match.groups()
    elif match := WRITTEN_OUT.fullmatch(cleaned):
        day, month, year = match.groups()
    elif match := DAY_FIRST.fullmatch(cleaned):
        day, _, month, year = match.groups()
    else:
        raise ValueError(f"not a date: {text!r}")
    return dt.date(int(year), int(month), int(day))


def _month(day: dt.date) -> str:
    return f"{day.month:02d}" if day.month <= 2 else str(day.month)


def _check_order(first: dt.date, last: dt.date) -> None:
    if last < first:
        raise ValueError("the last day is before the first")
