"""Which days belong to the year of a report."""

from __future__ import annotations

import datetime as dt

import pytest

from reports.queries.windows import calendar_year, own_days, statutory_year, usual_as_of

DAY = dt.date


def test_a_calendar_year_runs_from_january_to_december():
    period = calendar_year(2026)

    assert (period.first, period.last) == (DAY(2026, 1, 1), DAY(2026, 12, 31))
    assert period.said == "năm 2026"


def test_the_statutory_year_begins_in_the_december_before():
    period = statutory_year(2026, {"from": "12-15", "until": "12-14"})

    assert (period.first, period.last) == (DAY(2025, 12, 15), DAY(2026, 12, 14))
    assert period.said == "kỳ báo cáo năm 2026 (từ ngày 15/12/2025 đến ngày 14/12/2026)"


def test_a_cutoff_within_one_year_stays_in_it():
    period = statutory_year(2026, {"from": "01-15", "until": "12-20"})

    assert (period.first, period.last) == (DAY(2026, 1, 15), DAY(2026, 12, 20))


def test_days_of_ones_own_must_stand_in_order():
    assert own_days(2026, DAY(2026, 3, 1), DAY(2026, 3, 1)).last == DAY(2026, 3, 1)
    with pytest.raises(ValueError, match="before the first"):
        own_days(2026, DAY(2026, 3, 2), DAY(2026, 3, 1))


@pytest.mark.parametrize(
    ("today", "expected"), [(DAY(2026, 11, 22), DAY(2026, 11, 22)), (DAY(2027, 2, 1), DAY(2026, 12, 31))]
)
def test_figures_are_of_today_while_the_year_runs_and_of_its_end_afterwards(today, expected):
    assert usual_as_of(calendar_year(2026), today) == expected
