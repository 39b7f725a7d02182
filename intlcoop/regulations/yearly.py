"""On which day does something fall that is due every year? Pure arithmetic."""

from __future__ import annotations

import datetime as dt
from calendar import monthrange

from intlcoop.regulations.working_days import Calendar, move_to_working_day


def day_in(year: int, month: int, day: int) -> dt.date:
    """The day in this year; 29 February is the 28th where there is none."""
    return dt.date(year, month, min(day, monthrange(year, month)[1]))


def next_occurrence(
    month: int, day: int, today: dt.date, calendar: Calendar, *, moves: bool
) -> tuple[dt.date, dt.date]:
    """The written day and the day on which it is due, the first that is not before today.

    A deadline on a day off moves to the next working day (Civil Code 2015, article 148), so one written on Saturday is
    still to come on Sunday; `moves=False` for what stays where it is.
    """
    for year in (today.year - 1, today.year, today.year + 1):
        written = day_in(year, month, day)
        due = move_to_working_day(written, calendar) if moves else written
        if due >= today:
            break
    return written, due
