"""The days off of 2025, 2026 and 2027 by hand, and what the shipped calendar makes of them.

2025 and 2026 are written from what the Government announced: Tết Ất Tỵ 25/1 to 2/2/2025, 30/4 to 4/5/2025 with Friday
2/5 for Saturday 26/4, 2/9/2025 with Monday 1/9; Tết Bính Ngọ 14/2 to 22/2/2026, Friday 2/1/2026 for Saturday 10/1,
Monday 31/8/2026 for Saturday 22/8. For 2027 no announcement was found by November 2026: the table is the Labour Code's
(one day before Tết or two, the compensation after it) as the package computes it, and every row of the portal says so.
"""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.management import call_command

from intlcoop.regulations.models import Holiday
from intlcoop.regulations.queries import calendar
from intlcoop.regulations.working_days import (
    Calendar,
    add_working_days,
    is_working_day,
    move_to_working_day,
    working_days_between,
)
from tests.intlcoop.regulations.test_working_days import YEAR_2026, day, days

YEAR_2025 = Calendar(
    days_off=days(
        "01/01/2025",  # Wednesday
        *["27/01/2025", "28/01/2025", "29/01/2025", "30/01/2025", "31/01/2025"],  # Tết Ất Tỵ, Monday to Friday
        "07/04/2025",  # Giỗ Tổ, Monday
        *["30/04/2025", "01/05/2025", "02/05/2025"],  # Wednesday to Friday, Friday for Saturday 26/4
        *["01/09/2025", "02/09/2025"],  # Monday, Tuesday
    ),
    working_weekend=days("26/04/2025"),
)
NOT_DECIDED_2027 = Calendar(
    days_off=days(
        "01/01/2027",  # Friday
        *[
            "04/02/2027",
            "05/02/2027",
            "08/02/2027",
            "09/02/2027",
            "10/02/2027",
        ],  # Tết Đinh Mùi, mùng một on Saturday 6/2
        "16/04/2027",  # Giỗ Tổ, Friday
        *["30/04/2027", "03/05/2027"],  # Friday; 1/5 on Saturday, so Monday
        *["02/09/2027", "03/09/2027"],  # Thursday, Friday
        "24/11/2027",  # Wednesday
    ),
)
BY_HAND = Calendar(
    YEAR_2025.days_off | YEAR_2026.days_off | NOT_DECIDED_2027.days_off,
    YEAR_2025.working_weekend | YEAR_2026.working_weekend,
)

TABLE = [
    # 2025: New Year on a Wednesday; Tết leaves nothing between Friday 24/1 and Monday 3/2.
    ("31/12/2024", 1, "02/01/2025"),
    ("24/01/2025", 1, "03/02/2025"),
    ("23/01/2025", 5, "06/02/2025"),
    ("03/02/2025", -1, "24/01/2025"),
    ("29/01/2025", 0, "03/02/2025"),
    # Giỗ Tổ on a Monday makes three days.
    ("04/04/2025", 1, "08/04/2025"),
    ("08/04/2025", -1, "04/04/2025"),
    # Saturday 26/4 is worked for Friday 2/5: after it Monday and Tuesday, then Monday 5/5.
    ("25/04/2025", 1, "26/04/2025"),
    ("25/04/2025", 3, "29/04/2025"),
    ("25/04/2025", 4, "05/05/2025"),
    ("29/04/2025", 1, "05/05/2025"),
    ("05/05/2025", -3, "26/04/2025"),
    ("29/08/2025", 1, "03/09/2025"),
    ("03/09/2025", -1, "29/08/2025"),
    # The end of 2025: Friday 2/1/2026 is off for Saturday 10/1/2026.
    ("31/12/2025", 1, "05/01/2026"),
    ("31/12/2025", 6, "10/01/2026"),
    ("12/01/2026", -6, "05/01/2026"),
    ("05/01/2026", -1, "31/12/2025"),
    # 2026, also counted in test_working_days.
    ("13/02/2026", 1, "23/02/2026"),
    ("24/04/2026", 3, "04/05/2026"),
    ("21/08/2026", 7, "03/09/2026"),
    ("23/11/2026", 1, "25/11/2026"),
    # Twenty working days before a departure on Wednesday 25/11/2026: 24/11 is off.
    ("25/11/2026", -20, "27/10/2026"),
    # 2027: New Year on a Friday, Tết from Thursday 4/2 to Wednesday 10/2.
    ("31/12/2026", 1, "04/01/2027"),
    ("04/01/2027", -1, "31/12/2026"),
    ("03/02/2027", 1, "11/02/2027"),
    ("11/02/2027", -2, "02/02/2027"),
    ("15/04/2027", 1, "19/04/2027"),
    ("29/04/2027", 1, "04/05/2027"),
    ("01/09/2027", 1, "06/09/2027"),
    ("23/11/2027", 1, "25/11/2027"),
    # 29 February where there is one, and where there is none.
    ("28/02/2028", 1, "29/02/2028"),
    ("29/02/2028", 1, "01/03/2028"),
    ("01/03/2028", -1, "29/02/2028"),
    ("26/02/2027", 1, "01/03/2027"),
    ("29/02/2024", 0, "29/02/2024"),
]


@pytest.mark.parametrize(("start", "n", "end"), TABLE)
def test_the_table_by_hand(start, n, end):
    assert add_working_days(day(start), n, BY_HAND) == day(end)


@pytest.mark.parametrize(
    ("year", "count"),
    # 261 days from Monday to Friday in each; 12, 14 and 12 of them off, one, two and no weekend days worked.
    [(2025, 250), (2026, 249), (2027, 249)],
)
def test_working_days_of_a_whole_year(year, count):
    assert working_days_between(dt.date(year - 1, 12, 31), dt.date(year, 12, 31), BY_HAND) == count


def test_a_deadline_in_tet_moves_behind_it():
    assert move_to_working_day(day("06/02/2027"), BY_HAND) == day("11/02/2027")
    assert move_to_working_day(day("26/04/2025"), BY_HAND) == day("26/04/2025")


@pytest.mark.django_db
def test_the_shipped_calendar_says_the_same_of_every_day_of_the_three_years():
    shipped, first = calendar(), dt.date(2025, 1, 1)
    every = [first + dt.timedelta(n) for n in range((dt.date(2028, 1, 1) - first).days)]
    assert [d for d in every if is_working_day(d, shipped) is not is_working_day(d, BY_HAND)] == []


@pytest.mark.django_db
@pytest.mark.parametrize(("start", "n", "end"), [row for row in TABLE if row[1] and not row[0].endswith("2024")])
def test_the_command_gives_the_same_date(capsys, start, n, end):
    call_command("working_days", day(start).isoformat(), str(n))
    assert capsys.readouterr().out.strip() == day(end).isoformat()


@pytest.mark.django_db
def test_what_is_not_decided_says_so():
    assert not Holiday.objects.filter(day__year__in=[2025, 2026], needs_check=True).exists()
    assert not Holiday.objects.filter(day__year=2027, needs_check=False).exists()
