"""How does a promise stand on a day, and how much of what was due has been kept? Pure arithmetic over rows read before.

A day off moves the due day to the next working day. What is reported as carried out but not verified by a second
person is not kept yet, and not overdue either: it waits for the verifier.

Index = kept (in time or late) / (kept + overdue + due and unverified). What is not due yet, has no due day or is no
longer required counts on neither side, so a partner with nothing due has no index rather than 0 or 100 %.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from agreements.choices import CommitmentState, Standing
from intlcoop.regulations.working_days import Calendar, add_working_days, move_to_working_day

KEPT = (Standing.ON_TIME, Standing.LATE)
DUE = (*KEPT, Standing.OVERDUE, Standing.UNVERIFIED)


def standing_of(
    state: str, due_on: dt.date | None, done_on: dt.date | None, today: dt.date, days_off: Calendar
) -> Standing:
    """`done_on` is the day that the evidence shows; a kept promise without one, or without a due day, was in time."""
    if state == CommitmentState.DROPPED:
        return Standing.DROPPED
    due = move_to_working_day(due_on, days_off) if due_on else None
    if state == CommitmentState.KEPT:
        return Standing.LATE if due and done_on and done_on > due else Standing.ON_TIME
    if due is None or due >= today:
        return Standing.UNDER_WAY
    return Standing.UNVERIFIED if state == CommitmentState.CLAIMED else Standing.OVERDUE


def last_due_before(today: dt.date, days_off: Calendar) -> dt.date:
    """Promises due on this day or earlier are past their term today: the last working day before today."""
    return add_working_days(today, -1, days_off)


@dataclass(frozen=True, slots=True)
class Score:
    """How many promises stand how; `index` in whole percent, None while nothing was due."""

    on_time: int = 0
    late: int = 0
    overdue: int = 0
    unverified: int = 0
    under_way: int = 0
    dropped: int = 0

    @property
    def kept(self) -> int:
        return self.on_time + self.late

    @property
    def due(self) -> int:
        return self.kept + self.overdue + self.unverified

    @property
    def total(self) -> int:
        return self.due + self.under_way + self.dropped

    @property
    def index(self) -> int | None:
        """Rounded down, so that 100 % means that nothing is owed."""
        return 100 * self.kept // self.due if self.due else None


def score(standings: Iterable[Standing]) -> Score:
    found = Counter(standings)
    return Score(**{each.value: found[each] for each in Standing})


def months_before(day: dt.date, months: int) -> dt.date:
    """The same day so many months earlier; the last of its month when there is no such day."""
    years, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    for last in range(day.day, day.day - 4, -1):
        try:
            return dt.date(years, month + 1, last)
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")
