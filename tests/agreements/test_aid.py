"""In which half-years and years does a project owe a report?"""

from __future__ import annotations

import datetime as dt

from agreements.aid import MOST_YEARS, periods

D = dt.date


def test_every_half_year_and_year_with_a_day_of_the_project_owes_one_report():
    found = list(periods(D(2025, 9, 1), D(2027, 3, 31)))
    assert [(kind, ends) for kind, _begins, ends in found] == [
        ("yearly", D(2025, 12, 31)),
        ("half_year", D(2026, 6, 30)),
        ("yearly", D(2026, 12, 31)),
        ("half_year", D(2027, 6, 30)),
        ("yearly", D(2027, 12, 31)),
    ]


def test_the_last_day_of_a_half_year_counts_and_the_day_after_does_not():
    assert [kind for kind, *_ in periods(D(2026, 6, 30), D(2026, 6, 30))] == ["half_year", "yearly"]
    assert [kind for kind, *_ in periods(D(2026, 7, 1), D(2026, 7, 1))] == ["yearly"]


def test_a_year_typed_wrong_lays_out_no_endless_row_of_reports():
    assert max(ends.year for _kind, _begins, ends in periods(D(2026, 1, 1), D(2099, 1, 1))) == 2026 + MOST_YEARS
