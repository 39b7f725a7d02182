"""Who is away when? Pure arithmetic over days that both count: a trip that encloses another shares its days, and so does one
that departs on the day on which the other returns."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Absence:
    """One person on one trip, from the first to the last day. `key` names the trip."""

    person: int
    key: str
    first: dt.date
    last: dt.date


def share_days(first: Absence, second: Absence) -> bool:
    """At least one day in common: overlapping, enclosing, or touching on the day of return and departure."""
    return first.first <= second.last and second.first <= first.last


def follow_on(first: Absence, second: Absence) -> bool:
    """The second departs on the very day after the first came back: possible, but nobody is home in between."""
    return first.last + DAY == second.first


def shared(first: Absence, second: Absence) -> tuple[dt.date, dt.date]:
    """The days in common, of two that share some."""
    return max(first.first, second.first), min(first.last, second.last)


def double(absences: Iterable[Absence]) -> Iterator[tuple[Absence, Absence]]:
    """Pairs of trips of one person that share days, each pair once, the one that departs first in front."""
    yield from _pairs(absences, share_days)


def back_to_back(absences: Iterable[Absence]) -> Iterator[tuple[Absence, Absence]]:
    """Pairs of trips of one person of which the second departs on the day after the first came back."""
    yield from _pairs(absences, follow_on)


def _pairs(absences: Iterable[Absence], meet) -> Iterator[tuple[Absence, Absence]]:  # type: ignore[no-untyped-def]
    per_person: dict[int, list[Absence]] = {}
    for absence in absences:
        per_person.setdefault(absence.person, []).append(absence)
    for rows in per_person.values():
        rows.sort(key=lambda row: (row.first, row.last, row.key))
        for number, early in enumerate(rows):
            for late in rows[number + 1 :]:
                if late.first > early.last + DAY:
                    break
                if late.key != early.key and meet(early, late):
                    yield early, late


@dataclass(frozen=True, slots=True, kw_only=True)
class Together:
    """A span of days in which the same people of a group are away at once."""

    first: dt.date
    last: dt.date
    people: frozenset[int]


def away_together(absences: Iterable[Absence], least: int = 2) -> list[Together]:
    """Spans in which at least so many different people are away, in the order of time; a change of who is away ends a span."""
    rows = list(absences)
    edges = sorted({row.first for row in rows} | {row.last + DAY for row in rows})
    found: list[Together] = []
    for start, stop in pairwise(edges):
        people = frozenset(row.person for row in rows if row.first <= start <= row.last)
        if len(people) < least:
            continue
        if found and found[-1].people == people and found[-1].last + DAY == start:
            found[-1] = Together(first=found[-1].first, last=stop - DAY, people=people)
        else:
            found.append(Together(first=start, last=stop - DAY, people=people))
    return found


def month_of(year: int, month: int) -> tuple[dt.date, dt.date]:
    """First and last day of a month."""
    first = dt.date(year, month, 1)
    return first, (first + dt.timedelta(days=31)).replace(day=1) - DAY


def weeks_of(year: int, month: int) -> list[list[dt.date | None]]:
    """The month as weeks from Monday to Sunday; None where a day belongs to another month."""
    first, last = month_of(year, month)
    cells: list[dt.date | None] = [None] * first.weekday()
    cells += [first + dt.timedelta(days=number) for number in range(last.day)]
    cells += [None] * (-len(cells) % 7)
    return [cells[start : start + 7] for start in range(0, len(cells), 7)]
