"""What do the numbers of a series of meetings say, and which days can a date known only to the month or year mean?

Pure: no database, no today. Used by models, guards and pages alike.
"""

from __future__ import annotations

import calendar
import datetime as dt
import itertools
import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from agreements.choices import DatePrecision
from intlcoop.vietnamese.dates import parse_date, table_date
from intlcoop.vietnamese.normalise import nfc

MONTH = re.compile(r"(?:tháng\s*)?(\d{1,2})(?:\s*[/.-]\s*|\s+năm\s+)(\d{4})", re.IGNORECASE)
YEAR = re.compile(r"(?:năm\s*)?(\d{4})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class KnownDay:
    """A date as exactly as it is known. `day` is the first day that it can mean; None goes with UNKNOWN."""

    day: dt.date | None = None
    precision: str = DatePrecision.UNKNOWN

    @property
    def last(self) -> dt.date | None:
        return last_day(self.day, self.precision)

    def __bool__(self) -> bool:
        return self.day is not None


def last_day(day: dt.date | None, precision: str) -> dt.date | None:
    """The last day that a date of this precision can mean: the end of its month or year."""
    if day is None or precision == DatePrecision.UNKNOWN:
        return None
    if precision == DatePrecision.MONTH:
        return day.replace(day=calendar.monthrange(day.year, day.month)[1])
    return dt.date(day.year, 12, 31) if precision == DatePrecision.YEAR else day


def first_day(day: dt.date | None, precision: str) -> dt.date | None:
    """The first day that it can mean."""
    if day is None or precision == DatePrecision.UNKNOWN:
        return None
    if precision == DatePrecision.MONTH:
        return day.replace(day=1)
    return dt.date(day.year, 1, 1) if precision == DatePrecision.YEAR else day


def lies_ahead(day: dt.date | None, precision: str, today: dt.date) -> bool:
    """Every day that it can mean is still to come: nothing of it can have happened (X-02)."""
    first = first_day(day, precision)
    return first is not None and first > today


def lies_behind(day: dt.date | None, precision: str, today: dt.date) -> bool:
    """Every day that it can mean has passed."""
    last = last_day(day, precision)
    return last is not None and last < today


def missing_numbers(numbers: Iterable[int]) -> list[tuple[int, int]]:
    """The gaps between the lowest and the highest number, as (first, last); of what lies before the lowest nobody knows
    whether we were there at all, so it is no gap."""
    known = sorted(set(numbers))
    return [(low + 1, high - 1) for low, high in itertools.pairwise(known) if high - low > 1]


def text_of(day: dt.date | None, precision: str) -> str:
    """As a table says it: "08/04/2021", "tháng 2/2022", "năm 2010"; empty when it is not known."""
    if day is None or precision == DatePrecision.UNKNOWN:
        return ""
    if precision == DatePrecision.MONTH:
        return _("month %(month)s/%(year)s") % {"month": day.month, "year": day.year}
    return _("year %(year)s") % {"year": day.year} if precision == DatePrecision.YEAR else table_date(day)


def typed_text(day: dt.date | None, precision: str) -> str:
    """As a person types it in any language: "08/04/2021", "02/2022", "2010"."""
    if day is None or precision == DatePrecision.UNKNOWN:
        return ""
    first = {DatePrecision.MONTH: 3, DatePrecision.YEAR: 6}.get(DatePrecision(precision), 0)
    return table_date(day)[first:]


def parse_known_day(text: str) -> KnownDay:
    """What a person wrote: "8/4/2021", "tháng 4/2021", "04/2021", "2021", "năm 2021"; nothing is an unknown day.

    Raises ValueError for anything else.
    """
    written = " ".join(nfc(text).split())
    if not written:
        return KnownDay()
    if match := MONTH.fullmatch(written):
        return KnownDay(dt.date(int(match[2]), int(match[1]), 1), DatePrecision.MONTH)
    if match := YEAR.fullmatch(written):
        return KnownDay(dt.date(int(match[1]), 1, 1), DatePrecision.YEAR)
    return KnownDay(parse_date(written), DatePrecision.DAY)
