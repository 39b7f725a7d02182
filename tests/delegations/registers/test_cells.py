"""Days, amounts and people as registers write them. No database."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from delegations.choices import DatePrecision as P
from delegations.registers.amounts import read_amounts
from delegations.registers.days import Span, read_days, read_span
from delegations.registers.persons import read_people, read_person
from delegations.registers.problems import CellUnclear
from intlcoop.people.choices import Rank


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


DAYS = [
    (dt.date(2022, 4, 5), "2022-04-05", "2022-04-05", P.DAY),
    (dt.datetime(2022, 4, 5, 8, 30), "2022-04-05", "2022-04-05", P.DAY),
    (44656, "2022-04-05", "2022-04-05", P.DAY),
    ("44656", "2022-04-05", "2022-04-05", P.DAY),
    ("05/4/2022", "2022-04-05", "2022-04-05", P.DAY),
    ("5-4-2022", "2022-04-05", "2022-04-05", P.DAY),
    ("05.04.22", "2022-04-05", "2022-04-05", P.DAY),
    ("5 / 4 / 2022", "2022-04-05", "2022-04-05", P.DAY),
    ("ngày 5 tháng 4 năm 2022", "2022-04-05", "2022-04-05", P.DAY),
    ("2022-04-05 00:00:00", "2022-04-05", "2022-04-05", P.DAY),
    ("29/02/2024", "2024-02-29", "2024-02-29", P.DAY),
    ("05-08/4/2022", "2022-04-05", "2022-04-08", P.DAY),
    ("28/3 - 02/4/2022", "2022-03-28", "2022-04-02", P.DAY),
    ("30/12 - 03/01/2022", "2021-12-30", "2022-01-03", P.DAY),
    ("từ ngày 05 đến ngày 08/4/2022", "2022-04-05", "2022-04-08", P.DAY),
    ("tháng 4/2022", "2022-04-01", "2022-04-30", P.MONTH),
    ("T2/2024", "2024-02-01", "2024-02-29", P.MONTH),
    ("Tháng 4 năm 2022", "2022-04-01", "2022-04-30", P.MONTH),
    ("năm 2022", "2022-01-01", "2022-12-31", P.YEAR),
    (2022, "2022-01-01", "2022-12-31", P.YEAR),
]


@pytest.mark.parametrize(("cell", "first", "last", "precision"), DAYS)
def test_a_day_is_read_in_all_the_ways_in_which_it_is_written(cell, first, last, precision):
    assert read_span(cell) == Span(day(first), day(last), precision)


@pytest.mark.parametrize(
    "cell",
    [
        "04/25/2022",
        "29/02/2023",
        "31/4/2022",
        "abc",
        12,
        3.5,
        True,
        "quý II/2022",
        "05/4/0022",
        "2022/13",
        "12 - 05/4/2022",
    ],
)
def test_what_is_no_day_is_a_sentence(cell):
    with pytest.raises(CellUnclear):
        read_span(cell)


def test_the_days_of_a_trip_come_from_two_cells_or_one():
    assert read_days("30/12/2021", "03/01/2022") == Span(day("2021-12-30"), day("2022-01-03"))
    assert read_days("05-08/4/2022", None) == Span(day("2022-04-05"), day("2022-04-08"))
    assert read_days("tháng 4/2022", None) == Span(day("2022-04-01"), day("2022-04-30"), P.MONTH)
    assert read_days("05/4/2022", "tháng 5/2022") == Span(day("2022-04-01"), day("2022-05-31"), P.MONTH)


@pytest.mark.parametrize("cells", [(None, None), ("05/4/2022", None), (None, "05/4/2022"), ("08/4/2022", "05/4/2022")])
def test_a_missing_or_impossible_day_is_a_sentence(cells):
    with pytest.raises(CellUnclear):
        read_days(*cells)


AMOUNTS = [
    ("15.000 USD", [("15000", "USD")]),
    ("15,000 USD", [("15000", "USD")]),
    ("USD 15.000", [("15000", "USD")]),
    ("$15,000.50", [("15000.50", "USD")]),
    ("120 triệu đồng", [("120000000", "VND")]),
    ("120tr", [("120000000", "VND")]),
    ("1,2 tỷ", [("1200000000", "VND")]),
    ("1,250 tỷ", [("1250000000", "VND")]),
    ("1.2 tỉ đồng", [("1200000000", "VND")]),
    ("350.000.000", [("350000000", "VND")]),
    (350000000, [("350000000", "VND")]),
    ("15.000 USD (tương đương 350 triệu đồng)", [("15000", "USD")]),
    ("15.000 USD + 20 triệu đồng", [("15000", "USD"), ("20000000", "VND")]),
    ("5.000 €\n10.000 yên", [("5000", "EUR"), ("10000", "JPY")]),
    ("0", []), ("không", []), (None, []),
]  # fmt: skip


@pytest.mark.parametrize(("cell", "expected"), AMOUNTS)
def test_an_amount_is_read_with_its_currency(cell, expected):
    assert read_amounts(cell) == [(Decimal(amount), code) for amount, code in expected]


def test_a_bare_number_counts_in_the_unit_of_its_column():
    assert read_amounts(120, "triệu đồng") == [(Decimal(120_000_000), "VND")]
    assert read_amounts("1.500", "USD") == [(Decimal(1500), "USD")]


@pytest.mark.parametrize(
    "cell", [15000, "15.000", "-5 triệu", -5, "âm 5 tỉ", "abc 12 triệu", "abc 12 xyz", "12 vỏ sò", "1.2.3 USD", 10**14]
)
def test_what_is_no_amount_is_a_sentence(cell):
    with pytest.raises(CellUnclear):
        read_amounts(cell)


def test_people_are_read_however_they_are_listed():
    numbered = "1. Nguyễn Văn Thử - Phó Giám đốc; 2. Bà Trần Thị Mẫu (Chuyên viên)\n- Lê Minh Họa, Trưởng phòng"
    assert [(p.name, p.post) for p in read_people(numbered)] == [
        ("Nguyễn Văn Thử", "Phó Giám đốc"),
        ("Trần Thị Mẫu", "Chuyên viên"),
        ("Lê Minh Họa", "Trưởng phòng"),
    ]
    assert [p.name for p in read_people("Nguyễn Văn Thử, Trần Thị Mẫu, Lê Minh Họa")] == [
        "Nguyễn Văn Thử",
        "Trần Thị Mẫu",
        "Lê Minh Họa",
    ]


@pytest.mark.parametrize(
    ("text", "name", "rank"),
    [
        ("Thứ trưởng Nguyễn Văn Thử", "Nguyễn Văn Thử", Rank.DEPUTY_MINISTER),
        ("Bộ trưởng, Chủ nhiệm Nguyễn Văn Thử", "Nguyễn Văn Thử", Rank.MINISTER),
        ("Thứ trưởng, Phó Chủ nhiệm Nguyễn Thử", "Nguyễn Thử", Rank.DEPUTY_MINISTER),
        ("TS. Trần Thị Mẫu, Phó Vụ trưởng", "Trần Thị Mẫu", Rank.DIRECTOR),
        ("Trần Thị Mẫu", "Trần Thị Mẫu", Rank.OFFICIAL),
    ],
)
def test_the_rank_follows_from_the_post(text, name, rank):
    person = read_person(text)
    assert (person.name, person.rank) == (name, rank)
