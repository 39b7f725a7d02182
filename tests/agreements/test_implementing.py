"""How a promise stands on a day, and what the index counts."""

from __future__ import annotations

import datetime as dt

import pytest

from agreements.choices import Standing
from agreements.implementing import last_due_before, months_before, score, standing_of
from intlcoop.regulations.working_days import Calendar, move_to_working_day

#: Monday 7 September 2026 is a day off; the 5th and 6th are a weekend.
DAYS = Calendar(days_off=frozenset({dt.date(2026, 9, 7)}))
FRIDAY, SATURDAY = dt.date(2026, 9, 4), dt.date(2026, 9, 5)
MONDAY_OFF, TUESDAY, WEDNESDAY = dt.date(2026, 9, 7), dt.date(2026, 9, 8), dt.date(2026, 9, 9)


@pytest.mark.parametrize(
    ("state", "due", "done", "today", "expected"),
    [
        ("open", FRIDAY, None, FRIDAY, Standing.UNDER_WAY),
        ("open", FRIDAY, None, SATURDAY, Standing.OVERDUE),
        # Due on a Saturday before a day off: Tuesday is the last day.
        ("open", SATURDAY, None, TUESDAY, Standing.UNDER_WAY),
        ("open", SATURDAY, None, WEDNESDAY, Standing.OVERDUE),
        ("open", None, None, WEDNESDAY, Standing.UNDER_WAY),
        ("claimed", FRIDAY, FRIDAY, WEDNESDAY, Standing.UNVERIFIED),
        ("claimed", WEDNESDAY, FRIDAY, TUESDAY, Standing.UNDER_WAY),
        ("kept", SATURDAY, TUESDAY, WEDNESDAY, Standing.ON_TIME),
        ("kept", SATURDAY, WEDNESDAY, WEDNESDAY, Standing.LATE),
        ("kept", None, WEDNESDAY, WEDNESDAY, Standing.ON_TIME),
        ("dropped", FRIDAY, None, WEDNESDAY, Standing.DROPPED),
    ],
)
def test_standing(state, due, done, today, expected):
    assert standing_of(state, due, done, today, DAYS) == expected


def test_what_the_database_calls_overdue_is_what_the_rule_calls_overdue():
    """`CommitmentQuerySet.overdue` asks by the last working day before today."""
    for today in (FRIDAY + dt.timedelta(days=n) for n in range(12)):
        last = last_due_before(today, DAYS)
        for due in (FRIDAY + dt.timedelta(days=n) for n in range(-6, 12)):
            assert (due <= last) == (move_to_working_day(due, DAYS) < today), (today, due)


def test_the_index_counts_what_was_due_and_rounds_down():
    found = score(
        [
            Standing.ON_TIME,
            Standing.LATE,
            Standing.OVERDUE,
            Standing.UNVERIFIED,
            Standing.UNDER_WAY,
            Standing.UNDER_WAY,
            Standing.DROPPED,
        ]
    )
    assert (found.kept, found.due, found.total, found.index) == (2, 4, 7, 50)
    assert score([Standing.ON_TIME, Standing.LATE, Standing.OVERDUE]).index == 66
    assert score([Standing.UNDER_WAY, Standing.DROPPED]).index is None


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (dt.date(2026, 3, 31), 1, dt.date(2026, 2, 28)),
        (dt.date(2026, 1, 15), 1, dt.date(2025, 12, 15)),
        (dt.date(2026, 11, 22), 24, dt.date(2024, 11, 22)),
        (dt.date(2024, 2, 29), 12, dt.date(2023, 2, 28)),
    ],
)
def test_months_before(day, months, expected):
    assert months_before(day, months) == expected
