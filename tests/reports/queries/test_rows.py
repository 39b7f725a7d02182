"""Which trips a report counts, and that it sees one moment only."""

from __future__ import annotations

import datetime as dt
import json
import threading

import pytest
from django.db import connection

from delegations.choices import Mode, OutboundState
from intlcoop.workflow.models import Case
from reports.queries.rows import gather, one_moment
from reports.queries.windows import calendar_year, statutory_year
from tests.reports.factories import accompanying_trip, past_trip, unnamed_trip

YEAR = calendar_year(2026)
END = dt.date(2026, 12, 31)


def numbers(period=YEAR, as_of=END):
    return [row["number"] for row in gather(period, as_of)]


@pytest.mark.django_db
@pytest.mark.parametrize("state", OutboundState.values)
def test_only_trips_that_were_decided_on_count(ministry, state):
    trip = past_trip(ministry, state=state)

    assert numbers() == ([trip.case.number] if state in OutboundState.COUNTED else [])


@pytest.mark.django_db
def test_a_trip_counts_in_the_window_of_its_departure(ministry):
    trips = [
        past_trip(ministry, departs=day)
        for day in (dt.date(2025, 12, 14), dt.date(2025, 12, 15), dt.date(2025, 12, 31), dt.date(2026, 1, 1))
    ]
    trips += [past_trip(ministry, departs=day) for day in (dt.date(2026, 12, 14), dt.date(2026, 12, 15))]
    first, second, third, fourth, fifth, sixth = (trip.case.number for trip in trips)

    assert numbers() == [fourth, fifth, sixth]
    assert numbers(statutory_year(2026, {"from": "12-15", "until": "12-14"})) == [second, third, fourth, fifth]
    assert first not in numbers()


@pytest.mark.django_db
def test_a_trip_that_departs_after_the_day_of_the_figures_does_not_count(ministry):
    past_trip(ministry, departs=dt.date(2026, 3, 2))

    assert len(numbers(as_of=dt.date(2026, 3, 2))) == 1
    assert numbers(as_of=dt.date(2026, 3, 1)) == []


@pytest.mark.django_db
def test_a_row_is_plain_json_with_all_that_is_printed(ministry):
    past_trip(ministry, "Dự hội nghị", countries=("LA", "KH", "LA"), planned=True, is_highlight=True)
    [row] = gather(YEAR, END)

    assert json.loads(json.dumps(row)) == row
    assert [place["name"] for place in row["countries"]] == ["Lào", "Campuchia"]
    assert row["unit"] == {"code": "CSDP", "name": "Vụ Chính sách địa phương", "position": 70}
    assert row["head"]["name"] == "Thành viên 1"
    assert len(row["members"]) == 2
    assert row["plan"]["basis"] == "in"
    assert row["plan"]["line"].endswith("Học tập kinh nghiệm")
    assert row["highlight"] is True


@pytest.mark.django_db
def test_the_basis_of_a_trip_is_its_line_its_reason_or_unknown(ministry):
    past_trip(ministry, planned=True)
    past_trip(ministry, out_of_plan_reason="Theo lời mời")
    unnamed_trip(ministry, departs=dt.date(2026, 4, 1))
    accompanying_trip(ministry, departs=dt.date(2026, 5, 1))

    assert [row["plan"]["basis"] for row in gather(YEAR, END)] == ["in", "out", "unknown", "not_asked"]


@pytest.mark.django_db
@pytest.mark.parametrize("trips", [1, 3])
def test_gathering_costs_the_same_for_one_and_many(ministry, trips, django_assert_num_queries):
    for day in range(trips):
        past_trip(ministry, departs=dt.date(2026, 3, 1 + day), planned=True)

    with django_assert_num_queries(5):  # trips, members, funding (none), legs, papers; no settlement
        assert len(gather(YEAR, END)) == trips


@pytest.mark.django_db(transaction=True)
def test_everything_read_inside_is_of_one_moment(ministry):
    trip = past_trip(ministry, mode=Mode.LED)

    def change() -> None:
        Case.objects.filter(pk=trip.case_id).update(state=OutboundState.CANCELLED)
        connection.close()

    with one_moment():
        before = numbers()
        other = threading.Thread(target=change)
        other.start()
        other.join()
        assert numbers() == before == [trip.case.number]
    assert numbers() == []
