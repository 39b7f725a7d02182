"""The arithmetic of money: sums, shares, days and nights, comparisons. No database."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from delegations import estimating as e

D = Decimal


def line(**changes) -> e.Line:
    base = e.Line(
        key=1, item="meals", source="state_budget", currency="USD", decimals=2, quantity=D(4), unit_amount=D(60),
        rate=D(26000), people=(1, 2),
    )  # fmt: skip
    return replace(base, **changes)


def day(text: str) -> dt.date:
    return dt.datetime.strptime(text, "%d/%m/%Y").date()


def test_a_line_is_people_times_quantity_times_amount_in_its_currency_and_in_dong():
    assert line().amount == D("480.00")
    assert line().vnd == D(12_480_000)


@pytest.mark.parametrize(
    ("changes", "amount", "vnd"),
    [
        ({"people": ()}, D(0), D(0)),
        ({"people": (), "of_group": True}, D(240), D(6_240_000)),
        ({"unit_amount": None}, None, None),
        ({"rate": None}, D(480), None),
        ({"rate": None, "unit_amount": D(0)}, D(0), D(0)),
        ({"quantity": D("0.5"), "unit_amount": D("0.01"), "people": (1,)}, D("0.01"), D(260)),
        ({"currency": "VND", "decimals": 0, "unit_amount": D("0.5"), "rate": D(1), "people": (1,), "quantity": D(1)},
         D(1), D(1)),
        ({"rate": D("26123.4567"), "unit_amount": D("33.33"), "quantity": D(3), "people": (1,)}, D("99.99"), D(2_612_084)),
    ],
)  # fmt: skip
def test_rounding_is_half_up_per_line_and_what_is_not_known_stays_unknown(changes, amount, vnd):
    assert line(**changes).amount == amount
    assert line(**changes).vnd == vnd


def test_totals_net_off_what_the_host_pays_and_share_what_is_for_all():
    lines = [
        line(key=1),
        line(key=2, item="lodging", source="host", quantity=D(3), unit_amount=D(100)),
        line(key=3, item="gift", currency="VND", decimals=0, rate=D(1), quantity=D(1), unit_amount=D(1_000_001), people=(),
             of_group=True, source="project"),
    ]  # fmt: skip
    totals = e.totals(lines, [1, 2, 3])
    assert totals.own == D(13_480_001)
    assert totals.host == D(15_600_000)
    assert totals.all == totals.own + totals.host
    assert totals.by_source == {"state_budget": D(12_480_000), "host": D(15_600_000), "project": D(1_000_001)}
    assert totals.by_item == {"meals": D(12_480_000), "lodging": D(15_600_000), "gift": D(1_000_001)}
    assert totals.by_person == {1: D(6_240_000 + 333_334), 2: D(6_240_000 + 333_334), 3: D(333_333)}
    assert totals.by_source_and_currency[("state_budget", "USD")] == D(480)


def test_a_missing_rate_or_amount_makes_the_sums_unknown_and_is_named():
    totals = e.totals([line(), line(key=2, currency="JPY", rate=None), line(key=3, unit_amount=None)], [1, 2])
    assert totals.own is None
    assert totals.by_person[1] is None
    assert totals.without_rate == ("JPY",)
    assert totals.without_amount == (3,)


@given(
    st.lists(
        st.builds(
            line,
            source=st.sampled_from(["state_budget", "project", "host"]),
            quantity=st.decimals(min_value=D("0.1"), max_value=D(99), places=1),
            unit_amount=st.decimals(min_value=0, max_value=D(100_000), places=2),
            rate=st.decimals(min_value=D("0.0001"), max_value=D(40_000), places=4),
            people=st.lists(st.integers(1, 4), unique=True).map(tuple),
            of_group=st.booleans(),
        ),
        max_size=8,
    )
)
def test_people_sources_and_items_add_up_to_the_same_sum(lines):
    totals = e.totals(lines, [1, 2, 3, 4])
    assert sum(totals.by_person.values()) == totals.own
    assert sum(totals.by_source.values()) == totals.all == sum(totals.by_item.values())
    assert totals.own + totals.host == totals.all


@given(st.integers(0, 10**12), st.integers(1, 60))
def test_shares_add_up_and_differ_by_a_dong_at_most(amount, parts):
    found = e.shares(D(amount), parts)
    assert sum(found) == amount
    assert max(found) - min(found) <= 1


def stay(place: str, first: str = "", last: str = "") -> e.Stay:
    return e.Stay(place=place, first=day(first) if first else None, last=day(last) if last else None)


@pytest.mark.parametrize(
    ("stays", "first", "last", "expected"),
    [
        ([stay("TH")], "05/12/2026", "08/12/2026", {"TH": (4, 3)}),
        ([stay("TH", "05/12/2026", "08/12/2026")], "05/12/2026", "08/12/2026", {"TH": (4, 3)}),
        ([stay("TH", "06/12/2026", "07/12/2026")], "05/12/2026", "08/12/2026", {"TH": (2, 1)}),
        # the day of moving on counts for where it ends
        ([stay("TH", "05/12/2026", "07/12/2026"), stay("LA", "07/12/2026", "09/12/2026")], "05/12/2026", "09/12/2026",
         {"TH": (2, 2), "LA": (3, 2)}),
        # a night on the way is nobody's
        ([stay("TH", "05/12/2026", "06/12/2026"), stay("JP", "07/12/2026", "09/12/2026")], "05/12/2026", "09/12/2026",
         {"TH": (2, 1), "JP": (3, 2)}),
        # there, on, and back again
        ([stay("TH", "01/12/2026", "03/12/2026"), stay("LA", "03/12/2026", "04/12/2026"), stay("TH", "04/12/2026", "05/12/2026")],
         "01/12/2026", "05/12/2026", {"TH": (4, 3), "LA": (1, 1)}),
        ([stay("TH")], "05/12/2026", "05/12/2026", {"TH": (1, 0)}),
        ([stay("TH")], "28/02/2028", "01/03/2028", {"TH": (3, 2)}),  # with 29 February
        ([stay("TH")], "28/02/2027", "01/03/2027", {"TH": (2, 1)}),
        ([stay("TH")], "30/12/2026", "02/01/2027", {"TH": (4, 3)}),  # over New Year
        ([stay("TH"), stay("LA")], "05/12/2026", "08/12/2026", None),
        ([stay("TH", "05/12/1926", "08/12/2026")], "05/12/2026", "08/12/2026", None),
        ([], "05/12/2026", "08/12/2026", None),
    ],
)  # fmt: skip
def test_days_and_nights_per_place(stays, first, last, expected):
    found = e.spans(stays, day(first), day(last))
    assert found == (None if expected is None else {k: e.Span(days=d, nights=n) for k, (d, n) in expected.items()})


def test_without_the_days_of_the_trip_nothing_is_counted():
    assert e.spans([stay("TH")], None, day("08/12/2026")) is None


@pytest.mark.parametrize(
    ("amount", "rate", "currency", "norm_rate", "expected"),
    [
        (D(60), None, "USD", None, True),
        (D(55), None, "USD", None, False),
        (None, None, "USD", None, False),
        (D(55), D(28_000), "EUR", D(26_000), True),
        (D(51), D(28_000), "EUR", D(26_000), False),
        (D(55), None, "EUR", D(26_000), None),
        (D(55), D(28_000), "EUR", None, None),
    ],
)
def test_an_amount_is_compared_with_its_norm_across_currencies(amount, rate, currency, norm_rate, expected):
    assert e.exceeds(amount, rate, currency, D(55), norm_rate, "USD") is expected


def test_a_round_sum_agrees_with_its_estimate_below_a_thousand_dong():
    assert e.agree(D(12_480_000), D(12_480_999))
    assert not e.agree(D(12_480_000), D(12_481_000))
    assert not e.agree(D(12_481_000), D(12_480_000))


def test_median_and_cost_per_head():
    assert e.median([]) is None
    assert e.median([D(3), D(1), D(2)]) == D(2)
    assert e.median([D(1), D(2)]) == D(2)
    assert e.per_head(D(100), 3) == D(33)
    assert e.per_head(D(100), 0) is None
    assert e.per_head(None, 3) is None
