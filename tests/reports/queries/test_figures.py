"""One set of numbers, from rows made by hand."""

from __future__ import annotations

import pytest

from reports.choices import RowKind
from reports.queries.figures import NOWHERE, Ref, compute, expected_of, of_kind
from tests.reports.rows import OTHER_UNIT, accompanying, agreement, event, row, unnamed, visit, work


def values(rows, dimension="figures", member=None):
    found = compute(rows)[dimension]
    return {key: figure["value"] for key, figure in (found[member] if member else found).items()}


def test_led_and_accompanying_are_counted_apart():
    found = values([row(1), row(2), accompanying(3)])

    assert (found["outbound.led"], found["outbound.accompanying"], found["outbound.total"]) == (2, 1, 3)


def test_a_figure_without_records_is_absent_and_not_zero():
    assert compute([])["figures"] == {}
    assert "outbound.accompanying" not in compute([row(1)])["figures"]
    assert "outbound.led" not in compute([accompanying(1)])["figures"]
    assert "outbound.persons" not in compute([row(1, members=0)])["figures"]


def test_an_accompanying_trip_counts_neither_in_nor_out_of_plan():
    found = values([row(1, basis="in"), row(2, basis="out"), accompanying(3)])

    assert (found["outbound.in_plan"], found["outbound.out_of_plan"]) == (1, 1)
    assert not {"outbound.in_plan", "outbound.out_of_plan"} & set(values([accompanying(1)]))


def test_with_every_basis_known_none_outside_the_plan_is_a_record_too():
    found = compute([row(1, basis="in"), row(2, basis="in")])["figures"]

    assert found["outbound.out_of_plan"] == {"value": 0, "qualifier": None, "rows": [], "source": None, "items": []}


def test_a_trip_of_unknown_basis_counts_on_neither_side_and_makes_the_other_a_lower_bound():
    found = compute([row(1, basis="in"), unnamed(2)])["figures"]

    assert found["outbound.in_plan"]["value"] == 1
    assert found["outbound.in_plan"]["qualifier"] == "at_least"
    assert "outbound.out_of_plan" not in found


def test_with_no_basis_known_both_sides_are_absent():
    found = compute([unnamed(1), unnamed(2)])["figures"]

    assert not {"outbound.in_plan", "outbound.out_of_plan"} & set(found)


def test_persons_are_person_trips_and_a_lower_bound_while_a_list_is_missing():
    assert values([row(1, members=2), row(2, members=2)])["outbound.persons"] == 4
    assert compute([row(1, members=2)])["figures"]["outbound.persons"]["qualifier"] is None
    assert compute([row(1, members=2), unnamed(2)])["figures"]["outbound.persons"]["qualifier"] == "at_least"


def test_countries_are_distinct_and_a_lower_bound_while_a_trip_names_none():
    rows = [row(1, countries=("LA", "KH")), accompanying(2, countries=("KH",))]
    figure = compute(rows)["figures"]["outbound.countries"]

    assert figure["value"] == 2
    assert figure["qualifier"] is None
    assert {item["text"]: item["rows"] for item in figure["items"]}["Campuchia"] == ["DR-2026-0001", "DR-2026-0002"]
    assert compute([*rows, unnamed(3)])["figures"]["outbound.countries"]["qualifier"] == "at_least"


def test_a_trip_to_two_countries_counts_in_both_and_once_in_the_total():
    rows = [row(1, countries=("LA", "KH")), row(2, countries=("LA",)), unnamed(3)]

    assert values(rows, "by_country", "LA")["outbound.led"] == 2
    assert values(rows, "by_country", "KH")["outbound.led"] == 1
    assert values(rows, "by_country", NOWHERE)["outbound.led"] == 1
    assert values(rows)["outbound.led"] == 3


def test_each_unit_has_its_own_figures():
    rows = [row(1), row(2, unit=OTHER_UNIT, members=5)]

    assert values(rows, "by_unit", "CSDP")["outbound.persons"] == 2
    assert values(rows, "by_unit", "VTLT")["outbound.persons"] == 5


@pytest.mark.parametrize(
    "rows", [[row(1), row(2, countries=("LA", "KH"), members=3), accompanying(3)], [row(1), unnamed(2)]]
)
def test_every_figure_has_exactly_as_many_items_as_it_counts(rows):
    found = compute(rows)
    every = [found["figures"], *found["by_unit"].values(), *found["by_country"].values()]

    for figures in every:
        for figure in figures.values():
            assert len(figure["items"]) == figure["value"]
            assert figure["rows"] == list(dict.fromkeys(n for item in figure["items"] for n in item["rows"]))


@pytest.mark.parametrize("text", ["outbound.led", "outbound.led@unit=CSDP", "outbound.total@country=KH"])
def test_a_reference_reads_back_as_it_was_written(text):
    assert str(Ref.parse(text)) == text


def test_a_reference_finds_its_figure_or_nothing():
    found = compute([row(1)])

    assert Ref.parse("outbound.led").look_up(found)["value"] == 1
    assert Ref.parse("outbound.led@unit=CSDP").look_up(found)["value"] == 1
    assert Ref.parse("outbound.led@unit=PC").look_up(found) is None
    assert Ref.parse("outbound.led@mood=good").look_up(found) is None


def test_an_address_names_a_figure_that_this_version_knows():
    assert Ref.from_query("outbound.led", {"don_vi": "CSDP"}) == Ref("outbound.led", "unit", "CSDP")
    assert Ref.from_query("outbound.led", {"nuoc": "KH"}).query == {"nuoc": "KH"}
    assert Ref.from_query("inbound.unknown", {}) is None


# --- what is not a trip -------------------------------------------------------------------------------------------------


def test_visits_events_and_other_work_are_figures_of_their_own():
    rows = [
        row(1),
        visit(1),
        visit(2, persons=5),
        event(1),
        event(2, hosted=False),
        work(1),
        work(2, work="training", persons=30),
    ]
    found = compute(rows)["figures"]

    wanted = {
        "outbound.total": 1, "inbound.total": 2, "inbound.persons": 8, "events.hosted": 1, "events.attended": 1,
        "coordination_tasks.total": 1, "trainings.total": 1, "trainings.persons": 30,
    }  # fmt: skip
    assert {key: found[key]["value"] for key in wanted} == wanted
    assert all(figure["value"] == len(figure["items"]) for figure in found.values())
    assert found["inbound.total"]["rows"] == ["DV-2026-0001", "DV-2026-0002"]
    assert values(rows, "by_unit", OTHER_UNIT["code"]) == {"events.hosted": 1, "events.attended": 1}
    assert values(rows, "by_country", "LA")["outbound.total"] == 1, "a visit is no trip to its country"


def test_guests_of_a_visit_that_names_no_number_make_the_sum_a_lower_bound():
    found = compute([visit(1), visit(2, members=0, persons=None)])["figures"]["inbound.persons"]

    assert (found["value"], found["qualifier"]) == (3, "at_least")
    assert [item["text"] for item in found["items"]][-1] == "Khách chưa nêu tên (Đoàn vào số 1)"


def stated(value, **changes):
    return {
        "key": "inbound.total",
        "value": value,
        "qualifier": "more_than",
        "source": "Bài viết ngày 09/12/2022",
    } | changes


def test_a_total_that_a_source_states_takes_the_place_of_the_count_and_keeps_its_rows():
    found = compute([visit(n) for n in range(1, 7)], [stated(20)])["figures"]["inbound.total"]

    assert (found["value"], found["qualifier"], found["source"]) == (20, "more_than", "Bài viết ngày 09/12/2022")
    assert len(found["rows"]) == 6


def test_a_total_without_any_row_stands_by_itself():
    found = compute([], [stated(18, qualifier="")])["figures"]

    assert found == {
        "inbound.total": {
            "value": 18, "qualifier": None, "rows": [], "source": "Bài viết ngày 09/12/2022", "items": [],
        }
    }  # fmt: skip


def test_a_source_that_states_less_than_there_is_gives_way_to_the_count():
    found = compute([visit(n) for n in range(1, 4)], [stated(2)])["figures"]["inbound.total"]

    assert (found["value"], found["qualifier"], found["source"]) == (3, None, None)


def test_a_total_of_a_unit_is_none_of_the_ministry():
    found = compute([visit(1)], [stated(20) | {"unit": "VTLT"}])

    assert found["figures"]["inbound.total"]["value"] == 1
    assert found["by_unit"]["VTLT"]["inbound.total"]["value"] == 20


def test_nothing_is_zero_unless_somebody_confirmed_it():
    found = compute([row(1)], confirmed={"inbound.total", "outbound.led"})["figures"]

    assert (found["inbound.total"]["value"], found["inbound.total"]["confirmed"]) == (0, True)
    assert found["outbound.led"]["value"] == 1, "there is a record after all"
    assert "events.hosted" not in found


# --- what is still to come -----------------------------------------------------------------------------------------------


def test_what_is_to_come_counts_in_the_estimate_only():
    rows = [row(1), row(2, expected=True, countries=("LA", "KH"), members=3), agreement(1, expected=True)]
    found = compute(rows)

    assert values(rows)["outbound.total"] == 1
    assert "agreements.signed" not in found["figures"]
    estimate = {key: (figure["value"], figure["whole"]) for key, figure in found["estimate"].items()}
    assert estimate["outbound.total"] == (1, 2)
    assert estimate["outbound.persons"] == (3, 5)
    assert estimate["outbound.countries"] == (2, 2), "Laos is visited twice and is one country"
    assert estimate["agreements.signed"] == (1, 1)
    assert found["by_month"] == compute([row(1)])["by_month"]


def test_a_total_that_a_source_states_is_added_to_what_is_to_come():
    found = compute([visit(1), visit(2, expected=True)], [stated(20)])["estimate"]["inbound.total"]

    assert (found["value"], found["whole"], found["whole_qualifier"]) == (1, 21, "more_than")


# --- breakdowns -----------------------------------------------------------------------------------------------------------


def test_rows_count_in_the_month_of_the_day_that_decides():
    december = row(1, departs_on="2025-12-30", returns_on="2026-01-04")
    event_over_the_end = event(1, first_on="2026-03-30", last_on="2026-04-02")
    rows = [december, event_over_the_end, unnamed(3), agreement(1)]
    months = compute(rows)["by_month"]

    assert set(months) == {"2025-12", "2026-04", NOWHERE, "2026-03"}
    assert months["2026-04"]["events.hosted"]["value"] == 1
    assert "agreements.in_force" not in months["2026-03"], "a stock is of the end of the window"


def test_agreements_signed_and_countries_are_different_measures():
    """F000-10: six agreements with agencies of five countries."""
    rows = [agreement(n, countries=(iso2,)) for n, iso2 in enumerate(("LA", "LA", "KH", "AU", "CH", "HK"), start=1)]
    found = compute(rows)["figures"]

    assert (found["agreements.signed"]["value"], found["agreements.countries"]["value"]) == (6, 5)
    assert found["agreements.countries"]["items"][-2]["rows"] == ["TTQT-2026-0001", "TTQT-2026-0002"]
    assert found["agreements.countries"]["qualifier"] is None
    unknown = compute([*rows, agreement(9, countries=(), countries_known=False)])["figures"]["agreements.countries"]
    assert (unknown["value"], unknown["qualifier"]) == (5, "at_least")


def test_a_mechanism_counts_what_takes_place_below_it():
    below = {"key": "2", "name": "ACCSM", "short": "", "kind": "regional"}
    above = {"key": "1", "name": "ASEAN", "short": "", "kind": "regional"}
    found = compute([event(1, mechanisms=[below, above]), event(2, mechanisms=[above])])["by_mechanism"]

    assert (found["1"]["events.hosted"]["value"], found["2"]["events.hosted"]["value"]) == (2, 1)


def test_money_of_two_currencies_is_two_sums():
    dollars = [{"source": "host", "amount": "1500.50", "currency": "USD", "decimals": 2}]
    money = compute([row(1), row(2), row(3, funding=dollars)])["money"]

    assert {key: figure["amount"] for key, figure in money.items()} == {
        "money.outbound.planned.VND": "240000000.00",
        "money.outbound.planned.USD": "1500.50",
    }
    assert Ref.parse("money.outbound.planned.USD").look_up(compute([row(3, funding=dollars)]))["rows"] == [
        "DR-2026-0003"
    ]
    unknown = compute([row(1), row(2, funding=[])])["money"]["money.outbound.planned.VND"]
    assert unknown["qualifier"] == "at_least"


@pytest.mark.parametrize(
    "text", ["outbound.led@month=2026-03", "events.hosted@mechanism=7", "outbound.led@estimate=den-het-ky"]
)
def test_references_of_every_dimension_read_back(text):
    ref = Ref.parse(text)

    assert Ref.from_query(ref.key, ref.query) == ref


def test_a_list_of_the_rows_of_a_kind_leaves_out_what_is_still_to_come():
    rows = [row(1), row(2, expected=True), visit(1)]

    assert [each["number"] for each in of_kind(rows, RowKind.OUTBOUND)] == ["DR-2026-0001"]
    assert [each["number"] for each in expected_of(rows, RowKind.OUTBOUND)] == ["DR-2026-0002"]
