"""What counts as more, less or the same as what was decided: pure rules, by table."""

from __future__ import annotations

import pytest

from intlcoop.workflow.binding import compare_exactly, compare_money, compare_people, compare_time_place, content_hash
from intlcoop.workflow.choices import Change

TRIP = {"from": "2026-05-10", "to": "2026-05-14", "countries": ["LA", "TH"]}


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (["head|1", "member|2"], ["member|2", "head|1"], Change.SAME),
        (["head|1", "member|2"], ["head|1"], Change.LESS),
        (["head|1"], ["head|1", "member|2"], Change.MORE),
        (["head|1", "member|2"], ["head|2", "member|1"], Change.MORE),
    ],
)
def test_people(before, after, expected):
    assert compare_people(before, after) == expected


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        (TRIP, Change.SAME),
        (TRIP | {"countries": ["TH"]}, Change.LESS),
        (TRIP | {"countries": ["LA", "SG", "TH"]}, Change.MORE),
        (TRIP | {"to": "2026-05-13"}, Change.LESS),
        (TRIP | {"to": "2026-05-15"}, Change.MORE),
        (TRIP | {"from": "2026-05-13", "to": "2026-05-17"}, Change.LESS),
        (TRIP | {"from": "2026-05-14", "to": "2026-05-18"}, Change.MORE),
        (TRIP | {"from": "2026-05-07", "to": "2026-05-11"}, Change.LESS),
        (TRIP | {"from": "2026-05-06", "to": "2026-05-10"}, Change.MORE),
    ],
)
def test_time_and_place_with_three_days_of_tolerance(after, expected):
    assert compare_time_place(TRIP, after, 3) == expected


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ({"state_budget VND": "100.00"}, {"state_budget VND": "100"}, Change.SAME),
        ({"state_budget VND": "100"}, {"state_budget VND": "90"}, Change.LESS),
        ({"state_budget VND": "100"}, {"state_budget VND": "101"}, Change.MORE),
        ({"state_budget VND": "100"}, {"host VND": "100"}, Change.MORE),
        ({"state_budget VND": "100", "host USD": "5"}, {"state_budget VND": "100"}, Change.LESS),
        ({"state_budget VND": "100", "host USD": "5"}, {"state_budget VND": "90", "host USD": "6"}, Change.MORE),
    ],
)
def test_money(before, after, expected):
    assert compare_money(before, after) == expected


def test_programme_is_bound_to_the_letter():
    assert compare_exactly({"purpose": "study"}, {"purpose": "study"}) == Change.SAME
    assert compare_exactly({"purpose": "study"}, {"purpose": "signing"}) == Change.MORE


def test_the_hash_does_not_depend_on_the_order_of_keys():
    assert content_hash({"a": 1, "b": ["Đoàn"]}) == content_hash({"b": ["Đoàn"], "a": 1})
