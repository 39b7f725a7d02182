"""Numbers of sessions with gaps, and dates known to the day, the month or the year."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import translation

from agreements.choices import DatePrecision as P
from agreements.series import (
    KnownDay,
    last_day,
    lies_ahead,
    lies_behind,
    missing_numbers,
    parse_known_day,
    text_of,
    typed_text,
)

FEBRUARY = dt.date(2022, 2, 1)


@pytest.mark.parametrize(
    ("numbers", "gaps"),
    [
        ([], []),
        ([21], []),
        ([4, 5], []),
        ([2, 4], [(3, 3)]),
        ([9, 4, 4, 1], [(2, 3), (5, 8)]),
    ],
)
def test_gaps_lie_between_the_numbers_that_are_known_and_nowhere_else(numbers, gaps):
    assert missing_numbers(numbers) == gaps


@pytest.mark.parametrize(
    ("text", "day", "precision", "shown"),
    [
        ("08/4/2021", dt.date(2021, 4, 8), P.DAY, "08/04/2021"),
        ("2021-04-08", dt.date(2021, 4, 8), P.DAY, "08/04/2021"),
        ("ngày 08 tháng 4 năm 2021", dt.date(2021, 4, 8), P.DAY, "08/04/2021"),
        ("tháng 2/2022", FEBRUARY, P.MONTH, "tháng 2/2022"),
        ("02.2022", FEBRUARY, P.MONTH, "tháng 2/2022"),
        ("tháng 2 năm 2022", FEBRUARY, P.MONTH, "tháng 2/2022"),
        ("tha\u0301ng 2/2022", FEBRUARY, P.MONTH, "tháng 2/2022"),
        ("2010", dt.date(2010, 1, 1), P.YEAR, "năm 2010"),
        (" năm 2010 ", dt.date(2010, 1, 1), P.YEAR, "năm 2010"),
        ("", None, P.UNKNOWN, ""),
    ],
)
def test_a_date_is_read_as_exactly_as_it_was_written(text, day, precision, shown):
    known = parse_known_day(text)
    assert known == KnownDay(day, precision)
    assert text_of(known.day, known.precision) == shown
    assert parse_known_day(shown) == parse_known_day(typed_text(known.day, known.precision)) == known
    with translation.override("en"):
        assert "th" not in text_of(known.day, known.precision).replace("month", "")


@pytest.mark.parametrize("text", ["31/2/2022", "13/2022", "quý I/2022", "22", "0000", "8/4/21", "tháng 2"])
def test_what_is_no_date_is_refused(text):
    with pytest.raises(ValueError, match=r"."):
        parse_known_day(text)


@pytest.mark.parametrize(
    ("precision", "last", "ahead_on", "behind_on"),
    [
        (P.DAY, FEBRUARY, dt.date(2022, 1, 31), dt.date(2022, 2, 2)),
        (P.MONTH, dt.date(2022, 2, 28), dt.date(2022, 1, 31), dt.date(2022, 3, 1)),
        (P.YEAR, dt.date(2022, 12, 31), dt.date(2021, 12, 31), dt.date(2023, 1, 1)),
    ],
)
def test_a_month_is_ahead_until_it_begins_and_behind_when_it_is_over(precision, last, ahead_on, behind_on):
    one = dt.timedelta(days=1)
    assert last_day(FEBRUARY, precision) == last
    assert lies_ahead(FEBRUARY, precision, ahead_on)
    assert not lies_ahead(FEBRUARY, precision, ahead_on + one)
    assert lies_behind(FEBRUARY, precision, behind_on)
    assert not lies_behind(FEBRUARY, precision, behind_on - one)


def test_an_unknown_day_is_neither_ahead_nor_behind():
    assert not lies_ahead(None, P.UNKNOWN, FEBRUARY)
    assert not lies_behind(None, P.UNKNOWN, FEBRUARY)
