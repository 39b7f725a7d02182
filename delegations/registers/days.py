"""Which days does a cell of a register mean? Real dates, Excel's serial numbers, and all the ways in which people write days."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from delegations.choices import DatePrecision
from delegations.registers.problems import CellUnclear
from intlcoop.exporting.table_reading import Cell
from intlcoop.vietnamese.dates import parse_date

#: Day 0 of Excel's calendar, which believes that 29 February 1900 existed.
EXCEL_ZERO = dt.date(1899, 12, 30)
SERIALS = range(25_569, 73_415)  # 1970 to 2100
YEARS = range(1970, 2101)
ORDER = (DatePrecision.DAY, DatePrecision.MONTH, DatePrecision.YEAR)
#: Words before a day that say nothing about which day it is.
LEAD = re.compile(r"^(?:dự kiến|thời gian|từ ngày|đến ngày|từ|đến|ngày|vào)\s*:?\s*", re.IGNORECASE)
CLOCK = re.compile(r"[\sT]+\d{1,2}(?::|h|g)\d{2}(?::\d{2})?(?:\.\d+)?$", re.IGNORECASE)
MONTH = re.compile(r"(?:tháng|th\.?|t)?\s*(\d{1,2})\s*(?:[/.-]|\s+năm\s+)\s*(\d{4})", re.IGNORECASE)
YEAR = re.compile(r"(?:năm\s*)?(\d{4})", re.IGNORECASE)
QUARTER = re.compile(r"qu[ýí]|6 tháng|nửa năm|đầu năm|cuối năm", re.IGNORECASE)
SHORT_YEAR = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{2})")
PART = re.compile(r"(\d{1,2})(?:[/.-](\d{1,2}))?")


@dataclass(frozen=True, slots=True)
class Span:
    """First and last day, and how exactly they are known: "tháng 4/2022" is its first and last day, to the month."""

    first: dt.date
    last: dt.date
    precision: str = DatePrecision.DAY


def read_span(cell: Cell) -> Span:
    """The day, month, year or span of days that a cell means. Raises CellUnclear."""
    if isinstance(cell, dt.datetime):
        return _day(cell.date())
    if isinstance(cell, dt.date):
        return _day(cell)
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return _number(cell)
    text = CLOCK.sub("", " ".join(str(cell).split())).strip(" .;,")
    text = LEAD.sub("", LEAD.sub("", text))
    if text.isdecimal() and len(text) < 6:
        return _number(int(text))
    found = _single(text) or _range(text)
    if found is None:
        raise CellUnclear(_unclear(text))
    return found


def read_days(departs: Cell, returns: Cell) -> Span:
    """The days of a trip from its two cells; the coarser of the two says how exactly they are known. Raises CellUnclear."""
    if departs is None and returns is None:
        raise CellUnclear(_("The days are missing. Write at least the month, for example “tháng 4/2022”."))
    first = read_span(departs if departs is not None else returns)
    if returns is None or departs is None:
        if first.precision == DatePrecision.DAY and first.first == first.last:
            raise CellUnclear(
                _(
                    "The day of departure or of return is missing. If nobody knows it, write the month instead of the day."
                )
            )
        return first
    last = read_span(returns)
    precision = max(first.precision, last.precision, key=ORDER.index)
    span = Span(first.first, last.last, precision)
    if span.last < span.first:
        raise CellUnclear(
            _("The return (%(last)s) lies before the departure (%(first)s). Correct one of the two days.")
            % {"first": f"{span.first:%d/%m/%Y}", "last": f"{span.last:%d/%m/%Y}"}
        )
    return _widened(span)


def _widened(span: Span) -> Span:
    if span.precision == DatePrecision.MONTH:
        return Span(span.first.replace(day=1), month_end(span.last), span.precision)
    if span.precision == DatePrecision.YEAR:
        return Span(dt.date(span.first.year, 1, 1), dt.date(span.last.year, 12, 31), span.precision)
    return span


def month_end(day: dt.date) -> dt.date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def _day(day: dt.date) -> Span:
    if day.year not in YEARS:
        raise CellUnclear(_("The year %(year)s cannot be right. Write the whole year.") % {"year": day.year})
    return Span(day, day)


def _number(value: float) -> Span:
    if int(value) in YEARS and value == int(value):
        return Span(dt.date(int(value), 1, 1), dt.date(int(value), 12, 31), DatePrecision.YEAR)
    if int(value) in SERIALS:
        return _day(EXCEL_ZERO + dt.timedelta(days=int(value)))
    raise CellUnclear(_unclear(f"{value:g}"))


def _single(text: str) -> Span | None:
    if QUARTER.match(text):
        raise CellUnclear(
            _("“%(value)s”: days are known to the day, the month or the year here. Write the month or the year.")
            % {"value": text[:60]}
        )
    try:
        if match := SHORT_YEAR.fullmatch(text):
            return _day(dt.date(2000 + int(match[4]), int(match[3]), int(match[1])))
        if match := MONTH.fullmatch(text):
            first = dt.date(int(match[2]), int(match[1]), 1)
            return Span(first, month_end(_day(first).first), DatePrecision.MONTH)
        if match := YEAR.fullmatch(text):
            return _number(int(match[1]))
        return _day(parse_date(text.replace(" / ", "/").replace(" /", "/").replace("/ ", "/")))
    except CellUnclear:
        raise
    except ValueError:
        return None


def _range(text: str) -> Span | None:
    """ "05-08/4/2022", "28/3 - 02/4/2022", "từ ngày 05 đến ngày 08/4/2022"."""
    for match in _splits(text):
        last = _single(LEAD.sub("", match[1]))
        if last is None:
            continue
        first = _beginning(LEAD.sub("", match[0]), last.first)
        if first is not None and first <= last.last:
            return _widened(Span(first, last.last, last.precision))
    return None


def _splits(text: str) -> list[tuple[str, str]]:
    signs = [(m.start(), m.end()) for m in re.finditer(r"\s*(?:–|—|-|đến hết|đến|tới)\s*", text, re.IGNORECASE)]
    return [(text[:start], text[end:]) for start, end in signs if text[:start] and text[end:]]


def _beginning(text: str, end: dt.date) -> dt.date | None:
    """The first day, of which month and year may stand with the last one; "30/12 - 03/01/2022" begins the year before."""
    if match := PART.fullmatch(text.strip()):
        try:
            first = dt.date(end.year, int(match[2] or end.month), int(match[1]))
            return first if first <= end or not match[2] else first.replace(year=end.year - 1)
        except ValueError:
            return None
    found = _single(text)
    return found.first if found else None


def _unclear(text: str) -> str:
    return _("“%(value)s” is not a date. Write day/month/year, for example 25/11/2026.") % {"value": text[:60]}
