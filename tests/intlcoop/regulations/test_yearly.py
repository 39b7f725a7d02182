"""On which day a yearly deadline falls, counted by hand on a wall calendar."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from intlcoop.regulations.models import StatutoryDeadline
from intlcoop.regulations.queries import calendar, upcoming_deadlines
from intlcoop.regulations.working_days import Calendar
from intlcoop.regulations.yearly import day_in, next_occurrence


def day(text: str) -> dt.date:
    return dt.datetime.strptime(text, "%d/%m/%Y").date()


@pytest.mark.parametrize(
    ("month", "of_month", "today", "written", "due"),
    [
        # 15/11/2026 is a Sunday.
        (11, 15, "01/11/2026", "15/11/2026", "16/11/2026"),
        (11, 15, "16/11/2026", "15/11/2026", "16/11/2026"),
        (11, 15, "17/11/2026", "15/11/2027", "15/11/2027"),
        # 1/5/2026 is a Friday off, so the Monday after.
        (5, 1, "22/04/2026", "01/05/2026", "04/05/2026"),
        # Saturday 31/12/2027's neighbour: Friday, a working day; Sunday 31/12/2028 moves into the next year.
        (12, 31, "01/01/2029", "31/12/2028", "02/01/2029"),
        (12, 31, "03/01/2029", "31/12/2029", "31/12/2029"),
        # 29 February in a year that has none.
        (2, 29, "01/02/2027", "28/02/2027", "01/03/2027"),
        (2, 29, "01/02/2028", "29/02/2028", "29/02/2028"),
    ],
)
def test_the_next_day_on_which_it_is_due(month, of_month, today, written, due):
    days_off = frozenset({day("01/05/2026"), day("01/01/2029")})
    found = next_occurrence(month, of_month, day(today), Calendar(days_off), moves=True)
    assert found == (day(written), day(due))


def test_a_cutoff_of_figures_does_not_move():
    found = next_occurrence(11, 15, day("01/11/2026"), Calendar(), moves=False)
    assert found == (day("15/11/2026"), day("15/11/2026"))


def test_the_28th_stands_for_the_29th_of_february():
    assert day_in(2027, 2, 29) == day("28/02/2027")
    assert day_in(2028, 2, 29) == day("29/02/2028")


@pytest.mark.django_db
def test_what_comes_next_is_read_from_the_rows_that_hold():
    today = day("22/11/2026")
    found = upcoming_deadlines(today, calendar())
    assert [each.due for each in found][:3] == [day("14/12/2026"), day("18/12/2026"), day("25/12/2026")]
    # 1/5/2027 is a Saturday and 3/5 is taken off for it; 15/1/2027 a Friday.
    assert [each.due for each in found if each.deadline.code in ("aid_report", "plan_adjust")] == [
        day("15/01/2027"), day("04/05/2027")
    ]  # fmt: skip
    assert all(each.days_left > 0 for each in found)
    assert [each.due for each in upcoming_deadlines(today, calendar(), within=30)] == [
        day("14/12/2026"),
        day("18/12/2026"),
    ]
    StatutoryDeadline.objects.filter(code="year_cutoff").update(valid_until=day("13/12/2026"))
    assert day("14/12/2026") not in [each.due for each in upcoming_deadlines(today, calendar())]


@pytest.mark.django_db
def test_asking_costs_one_query_besides_the_calendar(django_assert_num_queries):
    days = calendar()
    with django_assert_num_queries(1):
        upcoming_deadlines(timezone.localdate(), days)
