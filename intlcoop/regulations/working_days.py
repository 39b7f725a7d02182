"""Which day is that many working days away? Pure arithmetic over a calendar that the caller read once.

A working day is Monday to Friday unless it is a day off, and a Saturday or Sunday that the Government swapped in. The
day from which a period is counted is not counted itself, and a period that would end on a day off ends on the next
working day (Civil Code 2015, articles 147 and 148).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

DAY = dt.timedelta(days=1)
SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Calendar:
    """Days off and weekend days that are worked; a day must not stand in both."""

    days_off: frozenset[dt.date] = frozenset()
    working_weekend: frozenset[dt.date] = frozenset()


def is_working_day(day: dt.date, calendar: Calendar) -> bool:
    if day.weekday() >= SATURDAY:
        return day in calendar.working_weekend
    return day not in calendar.days_off


def move_to_working_day(day: dt.date, calendar: Calendar) -> dt.date:
    """The day itself when it is a working day, else the next one: a deadline on a day off moves forward."""
    return next(moved for moved in _days_from(day, DAY) if is_working_day(moved, calendar))


def add_working_days(day: dt.date, n: int, calendar: Calendar) -> dt.date:
    """The n-th working day after `day`, before it when n < 0; n = 0 moves as `move_to_working_day`.

    Raises OverflowError beyond the years 1 to 9999.
    """
    if n == 0:
        return move_to_working_day(day, calendar)
    step = DAY if n > 0 else -DAY
    left = abs(n)
    for moved in _days_from(day + step, step):
        left -= is_working_day(moved, calendar)
        if not left:
            break
    return moved


def working_days_between(start: dt.date, end: dt.date, calendar: Calendar) -> int:
    """How many working days lie after `start` up to and with `end`; negative when `end` is before `start`.

    So `working_days_between(day, add_working_days(day, n, calendar), calendar) == n` for every n but 0. The time that
    it takes depends on the calendar, not on the distance.
    """
    if end < start:
        return -_count(end.toordinal(), start.toordinal(), calendar)
    return _count(start.toordinal() + 1, end.toordinal() + 1, calendar)


def _count(first: int, stop: int, calendar: Calendar) -> int:
    """Working days from `first` up to but without `stop`, both as ordinals, so that the last of all days is no trap."""
    off = sum(first <= day.toordinal() < stop and day.weekday() < SATURDAY for day in calendar.days_off)
    worked = sum(first <= day.toordinal() < stop and day.weekday() >= SATURDAY for day in calendar.working_weekend)
    return _weekdays_before(stop) - _weekdays_before(first) - off + worked


def _weekdays_before(ordinal: int) -> int:
    """Mondays to Fridays before this day; the first day of all (ordinal 1) was a Monday."""
    weeks, rest = divmod(ordinal - 1, 7)
    return weeks * 5 + min(rest, 5)


def _days_from(day: dt.date, step: dt.timedelta) -> Iterator[dt.date]:
    while True:
        yield day
        day += step
