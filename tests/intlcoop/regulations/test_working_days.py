"""Days counted by hand on a wall calendar, then laws that hold for every calendar."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intlcoop.regulations.working_days import (
    Calendar,
    add_working_days,
    is_working_day,
    move_to_working_day,
    working_days_between,
)


def day(text: str) -> dt.date:
    return dt.datetime.strptime(text, "%d/%m/%Y").date()


def days(*texts: str) -> frozenset[dt.date]:
    return frozenset(day(text) for text in texts)


# Written by hand from the Government's announcements for 2026.
YEAR_2026 = Calendar(
    days_off=days(
        *["01/01/2026", "02/01/2026"],  # Thursday; Friday off for Saturday 10/1
        *["16/02/2026", "17/02/2026", "18/02/2026", "19/02/2026", "20/02/2026"],  # Tết Bính Ngọ, Monday to Friday
        *["26/04/2026", "27/04/2026"],  # Hùng Kings on a Sunday, so Monday too
        *["30/04/2026", "01/05/2026"],  # Thursday, Friday
        *["31/08/2026", "01/09/2026", "02/09/2026"],  # Monday off for Saturday 22/8
        "24/11/2026",
    ),
    working_weekend=days("10/01/2026", "22/08/2026"),
)


@pytest.mark.parametrize(
    ("text", "works"),
    [
        ("31/12/2025", True),
        ("01/01/2026", False),
        ("02/01/2026", False),
        ("03/01/2026", False),
        ("05/01/2026", True),
        ("10/01/2026", True),
        ("11/01/2026", False),
        ("13/02/2026", True),
        ("14/02/2026", False),
        ("16/02/2026", False),
        ("20/02/2026", False),
        ("22/02/2026", False),
        ("23/02/2026", True),
        ("27/04/2026", False),
        ("28/04/2026", True),
        ("30/04/2026", False),
        ("04/05/2026", True),
        ("22/08/2026", True),
        ("29/08/2026", False),
        ("31/08/2026", False),
        ("03/09/2026", True),
    ],
)
def test_which_days_are_worked(text, works):
    assert is_working_day(day(text), YEAR_2026) is works


@pytest.mark.parametrize(
    ("start", "n", "end"),
    [
        # New Year with the swap: Wednesday 31/12, then nothing until Monday 5/1, and Saturday 10/1 counts.
        ("31/12/2025", 1, "05/01/2026"),
        ("05/01/2026", 5, "10/01/2026"),
        ("09/01/2026", 1, "10/01/2026"),
        ("09/01/2026", 2, "12/01/2026"),
        ("12/01/2026", -1, "10/01/2026"),
        ("05/01/2026", -1, "31/12/2025"),
        # Tết: Friday 13/2 is the last day before, Monday 23/2 the first after.
        ("13/02/2026", 1, "23/02/2026"),
        ("12/02/2026", 2, "23/02/2026"),
        ("13/02/2026", 5, "27/02/2026"),
        ("17/02/2026", 1, "23/02/2026"),
        ("23/02/2026", -1, "13/02/2026"),
        ("17/02/2026", -1, "13/02/2026"),
        ("02/03/2026", -20, "26/01/2026"),
        # 30/4 and 1/5 with the Hùng Kings' day in the same week: only Tuesday and Wednesday are worked.
        ("24/04/2026", 1, "28/04/2026"),
        ("24/04/2026", 3, "04/05/2026"),
        ("04/05/2026", -3, "24/04/2026"),
        # 2/9 with the swap: Saturday 22/8 is worked, the next week Monday to Wednesday off.
        ("21/08/2026", 1, "22/08/2026"),
        ("21/08/2026", 7, "03/09/2026"),
        ("03/09/2026", -1, "28/08/2026"),
        # Over the end of the year.
        ("30/12/2025", 2, "05/01/2026"),
        ("31/12/2026", 1, "01/01/2027"),
        # Nothing is counted: a working day stays, another moves forward.
        ("13/02/2026", 0, "13/02/2026"),
        ("14/02/2026", 0, "23/02/2026"),
        ("10/01/2026", 0, "10/01/2026"),
    ],
)
def test_adding_working_days(start, n, end):
    assert add_working_days(day(start), n, YEAR_2026) == day(end)


@pytest.mark.parametrize(
    ("start", "end", "n"),
    [
        ("13/02/2026", "13/02/2026", 0),
        ("13/02/2026", "22/02/2026", 0),
        ("13/02/2026", "23/02/2026", 1),
        ("14/02/2026", "23/02/2026", 1),
        ("23/02/2026", "13/02/2026", -1),
        ("23/02/2026", "14/02/2026", 0),
        ("31/12/2025", "11/01/2026", 6),
        ("01/01/2026", "31/01/2026", 21),
        ("31/01/2026", "28/02/2026", 15),
        ("24/04/2026", "04/05/2026", 3),
        ("04/05/2026", "24/04/2026", -3),
        ("31/07/2026", "31/08/2026", 21),
        # 261 days from Monday to Friday, 14 of them off, 2 Saturdays worked.
        ("31/12/2025", "31/12/2026", 249),
    ],
)
def test_working_days_between(start, end, n):
    assert working_days_between(day(start), day(end), YEAR_2026) == n


@pytest.mark.parametrize(("text", "moved"), [("01/01/2026", "05/01/2026"), ("09/01/2026", "09/01/2026")])
def test_a_deadline_on_a_day_off_moves_forward(text, moved):
    assert move_to_working_day(day(text), YEAR_2026) == day(moved)


def test_a_far_distance_costs_no_more_than_a_near_one():
    assert working_days_between(dt.date.min, dt.date.max, Calendar()) == 521_722 * 5 + 4


SPAN = st.dates(dt.date(2025, 12, 1), dt.date(2027, 1, 31))
COUNTS = st.integers(-60, 60)


@st.composite
def calendars(draw):
    off = draw(st.frozensets(SPAN, max_size=40))
    worked = draw(st.frozensets(SPAN.filter(lambda a_day: a_day.weekday() >= 5), max_size=10))
    return Calendar(off - worked, worked)


@given(SPAN, COUNTS.filter(bool), calendars())
def test_what_was_added_is_what_lies_between(start, n, calendar):
    end = add_working_days(start, n, calendar)
    assert is_working_day(end, calendar)
    assert working_days_between(start, end, calendar) == n


@given(SPAN, SPAN, calendars())
def test_between_agrees_with_counting_day_by_day(start, end, calendar):
    first, last = (start + dt.timedelta(1), end) if start <= end else (end, start - dt.timedelta(1))
    passed = (first + dt.timedelta(n) for n in range((last - first).days + 1))
    counted = sum(is_working_day(passed_day, calendar) for passed_day in passed)
    assert working_days_between(start, end, calendar) == (counted if start <= end else -counted)
