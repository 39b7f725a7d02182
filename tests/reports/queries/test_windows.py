"""Which days belong to the year of a report."""

from __future__ import annotations

import datetime as dt
import itertools

import pytest

from reports.choices import RowKind, Window
from reports.queries.windows import (
    Scope,
    calendar_year,
    own_days,
    part_of_year,
    statutory_year,
    usual_as_of,
    years_before,
)

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


CUTOFF = {"from": "12-15", "until": "12-14"}


@pytest.mark.parametrize(
    ("window", "first", "last", "said"),
    [
        ("h1", DAY(2025, 12, 15), DAY(2026, 6, 14), "6 tháng đầu năm 2026 (từ ngày 15/12/2025 đến ngày 14/6/2026)"),
        ("h2", DAY(2026, 6, 15), DAY(2026, 12, 14), "6 tháng cuối năm 2026 (từ ngày 15/6/2026 đến ngày 14/12/2026)"),
        ("q1", DAY(2025, 12, 15), DAY(2026, 3, 14), "quý I năm 2026 (từ ngày 15/12/2025 đến ngày 14/3/2026)"),
        ("q2", DAY(2026, 3, 15), DAY(2026, 6, 14), "quý II năm 2026 (từ ngày 15/3/2026 đến ngày 14/6/2026)"),
        ("q3", DAY(2026, 6, 15), DAY(2026, 9, 14), "quý III năm 2026 (từ ngày 15/6/2026 đến ngày 14/9/2026)"),
        ("q4", DAY(2026, 9, 15), DAY(2026, 12, 14), "quý IV năm 2026 (từ ngày 15/9/2026 đến ngày 14/12/2026)"),
    ],
)
def test_halves_and_quarters_are_parts_of_the_statutory_year(window, first, last, said):
    """Decree 09/2019/NĐ-CP, article 12 (domain.md B.9)."""
    period = part_of_year(2026, Window(window), CUTOFF)

    assert (period.first, period.last, period.said) == (first, last, said)


def test_quarters_fill_the_year_without_a_gap_also_with_another_cutoff():
    for cutoff in (CUTOFF, {"from": "01-31", "until": "01-30"}, {"from": "12-01", "until": "11-30"}):
        whole = statutory_year(2026, cutoff)
        quarters = [part_of_year(2026, Window(name), cutoff) for name in ("q1", "q2", "q3", "q4")]
        assert (quarters[0].first, quarters[-1].last) == (whole.first, whole.last)
        for one, following in itertools.pairwise(quarters):
            assert following.first == one.last + dt.timedelta(days=1)


def test_the_same_window_of_earlier_years_keeps_its_end_of_month():
    assert years_before(calendar_year(2024), 1).last == DAY(2023, 12, 31)
    assert years_before(own_days(2024, DAY(2024, 1, 1), DAY(2024, 2, 29)), 1).last == DAY(2023, 2, 28)
    assert years_before(own_days(2025, DAY(2025, 1, 1), DAY(2025, 2, 28)), 1).last == DAY(2024, 2, 29)
    earlier = years_before(statutory_year(2026, CUTOFF), 5)
    assert (earlier.year, earlier.first, earlier.last) == (2021, DAY(2020, 12, 15), DAY(2021, 12, 14))


def test_a_scope_parts_what_took_place_from_what_is_to_come_each_kind_in_its_own_window():
    scope = Scope(calendar_year(2026), DAY(2026, 12, 9), {"event": statutory_year(2026, CUTOFF)})

    assert scope.days(RowKind.OUTBOUND) == (DAY(2026, 1, 1), DAY(2026, 12, 9))
    assert scope.ahead(RowKind.OUTBOUND) == (DAY(2026, 12, 10), DAY(2026, 12, 31))
    assert scope.days(RowKind.EVENT) == (DAY(2025, 12, 15), DAY(2026, 12, 9))
    assert scope.ahead(RowKind.EVENT) == (DAY(2026, 12, 10), DAY(2026, 12, 14))
    first, last = Scope(calendar_year(2025), DAY(2026, 3, 1)).ahead(RowKind.OUTBOUND)
    assert first > last, "the year is over"
    assert scope.years_before(1).days(RowKind.EVENT) == (DAY(2024, 12, 15), DAY(2025, 12, 14))
