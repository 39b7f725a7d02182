"""Days that meet, enclose, touch or follow each other; the grid of a month."""

from __future__ import annotations

import datetime as dt

import pytest

from delegations.absence import (
    Absence,
    Together,
    away_together,
    back_to_back,
    double,
    follow_on,
    month_of,
    share_days,
    shared,
    weeks_of,
)


def away(first: str, last: str, person: int = 1, key: str = "") -> Absence:
    return Absence(
        person=person, key=key or first, first=dt.date.fromisoformat(first), last=dt.date.fromisoformat(last)
    )


MINE = away("2026-12-05", "2026-12-08", key="mine")


@pytest.mark.parametrize(
    ("first", "last", "meets"),
    [
        ("2026-12-01", "2026-12-20", True),  # encloses mine
        ("2026-12-06", "2026-12-07", True),  # lies within mine
        ("2026-12-05", "2026-12-08", True),  # the same days
        ("2026-12-01", "2026-12-05", True),  # comes back on the day on which mine departs
        ("2026-12-08", "2026-12-10", True),  # departs on the day on which mine comes back
        ("2026-12-01", "2026-12-04", False),
        ("2026-12-09", "2026-12-12", False),
    ],
)
def test_two_trips_share_days(first, last, meets):
    other = away(first, last, key="other")
    assert share_days(MINE, other) is meets
    assert share_days(other, MINE) is meets
    assert bool(list(double([MINE, other]))) is meets


def test_the_days_in_common_are_named():
    assert shared(MINE, away("2026-12-07", "2026-12-20")) == (dt.date(2026, 12, 7), dt.date(2026, 12, 8))


def test_the_next_day_is_no_overlap_but_is_seen():
    later = away("2026-12-09", "2026-12-12", key="later")
    assert follow_on(MINE, later)
    assert not follow_on(later, MINE)
    assert list(back_to_back([later, MINE])) == [(MINE, later)]
    assert list(double([later, MINE])) == []


def test_over_new_years_eve_and_29_february():
    assert list(double([away("2027-12-30", "2028-01-02"), away("2028-01-02", "2028-01-05")]))
    assert list(back_to_back([away("2028-02-20", "2028-02-28"), away("2028-02-29", "2028-03-02")]))
    assert not list(back_to_back([away("2028-02-20", "2028-02-28"), away("2028-03-01", "2028-03-02")]))


def test_a_long_trip_meets_a_late_one_past_a_short_one():
    """The first trip encloses the second and still meets the third; nothing is skipped because the second ended early."""
    rows = [away("2026-12-01", "2026-12-20"), away("2026-12-02", "2026-12-03"), away("2026-12-15", "2026-12-16")]
    assert [(a.key, b.key) for a, b in double(rows)] == [
        ("2026-12-01", "2026-12-02"),
        ("2026-12-01", "2026-12-15"),
    ]


def test_only_the_same_person_is_in_two_places():
    assert list(double([MINE, away("2026-12-05", "2026-12-08", person=2, key="other")])) == []
    assert list(double([MINE, MINE])) == []


def test_leaders_away_together_by_spans():
    rows = [
        away("2026-12-01", "2026-12-10", person=1),
        away("2026-12-05", "2026-12-08", person=2),
        away("2026-12-08", "2026-12-12", person=3),
    ]
    assert away_together(rows) == [
        Together(first=dt.date(2026, 12, 5), last=dt.date(2026, 12, 7), people=frozenset({1, 2})),
        Together(first=dt.date(2026, 12, 8), last=dt.date(2026, 12, 8), people=frozenset({1, 2, 3})),
        Together(first=dt.date(2026, 12, 9), last=dt.date(2026, 12, 10), people=frozenset({1, 3})),
    ]
    assert away_together(rows, least=3) == [
        Together(first=dt.date(2026, 12, 8), last=dt.date(2026, 12, 8), people=frozenset({1, 2, 3}))
    ]


def test_one_person_on_two_trips_is_not_two_people():
    assert away_together([MINE, away("2026-12-06", "2026-12-09", key="x")]) == []
    assert away_together([]) == []


def test_the_same_people_on_trips_that_follow_on_make_one_span():
    rows = [
        away("2026-12-01", "2026-12-03", person=1),
        away("2026-12-04", "2026-12-06", person=1),
        away("2026-12-01", "2026-12-06", person=2),
    ]
    assert away_together(rows) == [
        Together(first=dt.date(2026, 12, 1), last=dt.date(2026, 12, 6), people=frozenset({1, 2}))
    ]


@pytest.mark.parametrize(
    ("year", "month", "last", "blank", "weeks"),
    [(2028, 2, 29, 1, 5), (2027, 2, 28, 0, 4), (2026, 11, 30, 6, 6), (2026, 12, 31, 1, 5), (9999, 11, 30, 0, 5)],
)
def test_the_weeks_of_a_month(year, month, last, blank, weeks):
    grid = weeks_of(year, month)
    days = [day for week in grid for day in week if day]
    assert (days[0].day, days[-1].day, len(days)) == (1, last, last)
    assert grid[0].count(None) == blank
    assert len(grid) == weeks
    assert all(len(week) == 7 for week in grid)
    assert all(day is None or day.weekday() == place for week in grid for place, day in enumerate(week))
    assert month_of(year, month) == (days[0], days[-1])
