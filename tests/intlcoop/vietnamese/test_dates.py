from __future__ import annotations

import datetime as dt
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intlcoop.vietnamese import dates

D = dt.date


@pytest.mark.parametrize(
    ("day", "document", "short", "table"),
    [
        (D(2026, 1, 5), "ngày 05 tháng 01 năm 2026", "05/01/2026", "05/01/2026"),
        (D(2021, 4, 8), "ngày 08 tháng 4 năm 2021", "08/4/2021", "08/04/2021"),
        (D(2020, 2, 21), "ngày 21 tháng 02 năm 2020", "21/02/2020", "21/02/2020"),
        (D(2026, 12, 25), "ngày 25 tháng 12 năm 2026", "25/12/2026", "25/12/2026"),
    ],
)
def test_each_place_has_its_way_to_write_a_day(day, document, short, table):
    assert (dates.document_date(day), dates.short_date(day), dates.table_date(day)) == (document, short, table)


@pytest.mark.parametrize(
    ("day", "text"),
    [
        (D(2026, 11, 25), "Thứ Tư, 25/11/2026"),
        (D(2026, 11, 22), "Chủ nhật, 22/11/2026"),
        (D(2026, 11, 23), "Thứ Hai, 23/11/2026"),
    ],
)
def test_screen_date_names_the_weekday(day, text):
    assert dates.long_date(day) == text


@pytest.mark.parametrize(
    ("precision", "text"), [("day", "ngày 08/4/2021"), ("month", "tháng 4/2021"), ("year", "năm 2021")]
)
def test_a_date_is_written_only_as_exactly_as_it_is_known(precision, text):
    assert dates.known_date(D(2021, 4, 8), precision) == text


def test_month_alone_has_no_zero():
    assert dates.month_and_year(D(2022, 2, 1)) == "tháng 2/2022"


@pytest.mark.parametrize(
    ("first", "last", "text"),
    [
        (D(2026, 4, 5), D(2026, 4, 5), "ngày 05/4/2026"),
        (D(2026, 4, 5), D(2026, 4, 8), "từ ngày 05 đến ngày 08/4/2026"),
        (D(2026, 3, 28), D(2026, 4, 2), "từ ngày 28/3 đến ngày 02/4/2026"),
        (D(2026, 1, 28), D(2026, 2, 2), "từ ngày 28/01 đến ngày 02/02/2026"),
        (D(2026, 12, 30), D(2027, 1, 2), "từ ngày 30/12/2026 đến ngày 02/01/2027"),
        (D(2025, 4, 5), D(2026, 4, 8), "từ ngày 05/4/2025 đến ngày 08/4/2026"),
    ],
)
def test_a_range_says_once_what_both_ends_share(first, last, text):
    assert dates.date_range(first, last) == text


def test_a_range_in_a_table_is_written_in_full():
    assert dates.table_range(D(2026, 4, 5), D(2026, 4, 8)) == "05/04/2026 – 08/04/2026"
    assert dates.table_range(D(2026, 4, 5), D(2026, 4, 5)) == "05/04/2026"


@pytest.mark.parametrize("write", [dates.date_range, dates.table_range])
def test_a_range_that_ends_before_it_starts_is_refused(write):
    with pytest.raises(ValueError, match="before"):
        write(D(2026, 4, 8), D(2026, 4, 5))


@pytest.mark.parametrize(
    "text",
    [
        "5/11/2026", "05/11/2026", " 05-11-2026 ", "05.11.2026", "2026-11-05", "ngày 05/11/2026",
        "ngày 05 tháng 11 năm 2026", unicodedata.normalize("NFD", "Ngày 5 tháng 11 năm 2026"), "05/11/2026\u00a0",
    ],
)  # fmt: skip
def test_the_day_comes_before_the_month_in_whatever_a_person_writes(text):
    assert dates.parse_date(text) == D(2026, 11, 5)


@pytest.mark.parametrize(
    "text",
    ["", "5/11/26", "31/02/2026", "11/25/2026", "05/11-2026", "2026/11/05", "hôm nay", "05/11/2026 x", "0/1/2026"],
)
def test_anything_else_is_not_a_date(text):
    with pytest.raises(ValueError):  # noqa: PT011 - the calendar's own message or ours
        dates.parse_date(text)


@given(st.dates(min_value=D(1900, 1, 1)))
def test_every_written_form_is_read_back(day):
    for write in (dates.document_date, dates.short_date, dates.table_date, dt.date.isoformat):
        assert dates.parse_date(write(day)) == day
