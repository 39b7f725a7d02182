"""Clashes and load of planned lines, as pure arithmetic."""

from __future__ import annotations

import pytest

from delegations.choices import LineState
from delegations.planning import (
    NO_MONTH,
    OVER_LIMIT,
    SAME_COUNTRY,
    SAME_LEADER,
    SAME_PARTNER,
    SAME_PURPOSE,
    Planned,
    clashes,
    load,
    may_meet,
    months_of,
)
from delegations.queries.plan_actual import Progress, percent, progress_of


def line(pk, **said):
    said = {"kind": "outbound", "unit": pk} | said
    month, quarter = said.get("month"), said.pop("quarter", None)
    return Planned(pk=pk, months=months_of(month, quarter), **said)


@pytest.mark.parametrize(
    ("month", "quarter", "months"), [(5, None, {5}), (None, 1, {1, 2, 3}), (None, 4, {10, 11, 12}), (None, None, set())]
)
def test_a_quarter_is_its_three_months(month, quarter, months):
    assert months_of(month, quarter) == months


def test_an_unknown_month_may_be_any():
    assert may_meet(line(1), line(2, month=3))
    assert may_meet(line(1, quarter=1), line(2, month=3))
    assert not may_meet(line(1, quarter=1), line(2, month=4))


def found(lines, **more):
    return {(clash.what, clash.lines) for clash in clashes(lines, **more)}


def test_the_same_country_clashes_within_a_month_and_a_kind_only():
    japan = frozenset({1})
    assert found([line(1, countries=japan, month=5), line(2, countries=japan, quarter=2)]) == {(SAME_COUNTRY, (1, 2))}
    assert found([line(1, countries=japan, month=5), line(2, countries=japan, month=6)]) == set()
    assert found([line(1, countries=japan, month=5), line(2, countries=japan, month=5, kind="inbound")]) == set()


def test_the_same_purpose_there_is_said_instead_of_the_country_alone():
    japan = frozenset({1})
    lines = [line(n, countries=japan, month=5, purpose="study") for n in (1, 2)]
    assert found(lines) == {(SAME_PURPOSE, (1, 2))}


def test_partner_and_leader_clash_across_units_and_kinds_of_country():
    assert found([line(1, partner=7, month=1), line(2, partner=7, month=1)]) == {(SAME_PARTNER, (1, 2))}
    assert found([line(1, leader=9, month=1), line(2, leader=9, month=1, kind="event")]) == {(SAME_LEADER, (1, 2))}


def test_a_chain_of_quarters_is_one_group():
    lines = [line(1, leader=9, month=3), line(2, leader=9, quarter=1), line(3, leader=9, month=1)]
    assert found(lines) == {(SAME_LEADER, (1, 2, 3))}


def test_a_leader_over_the_limit_is_named_wherever_the_months_lie():
    lines = [line(n, leader=9, month=n) for n in (1, 5, 9)]
    assert found(lines, trips_per_leader=2) == {(OVER_LIMIT, (1, 5, 9))}
    assert found(lines, trips_per_leader=3) == set()
    assert found(lines) == set()


def test_load_counts_months_and_keeps_the_unknown_apart():
    counts = load([line(1, leader=9, month=2), line(2, leader=9, quarter=1), line(3)], lambda each: each.leader)
    assert {who: dict(months) for who, months in counts.items()} == {9: {2: 1, NO_MONTH: 1}}


@pytest.mark.parametrize(
    ("state", "trips", "progress"),
    [
        (LineState.ACCEPTED, [], Progress.NOT_YET),
        (LineState.ACCEPTED, ["cancelled", "rejected", "postponed"], Progress.NOT_YET),
        (LineState.ACCEPTED, ["planned"], Progress.UNDER_WAY),
        (LineState.ACCEPTED, ["travelling"], Progress.UNDER_WAY),
        (LineState.ACCEPTED, ["planned", "completed"], Progress.DONE),
        (LineState.MOVED, ["completed"], Progress.MOVED),
        (LineState.DONE, [], Progress.DONE),
        (LineState.DROPPED, [], Progress.DROPPED),
    ],
)
def test_what_became_of_a_line(state, trips, progress):
    assert progress_of(state, trips) == progress


def test_percents_round_to_the_nearest_and_nothing_is_not_zero():
    assert [percent(1, 3), percent(2, 3), percent(1, 2), percent(0, 5), percent(0, 0)] == [33, 67, 50, 0, None]
