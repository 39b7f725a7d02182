"""Everything that a report counts: which rows, with what true of them, in which window, at what cost."""

from __future__ import annotations

import datetime as dt
import json

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agreements.models import Partner
from reports.choices import RowKind
from reports.queries.addresses import addresses
from reports.queries.figures import compute, expected_of, of_kind
from reports.queries.gathering import gather_all
from reports.queries.recorded import stated_in
from reports.queries.windows import Scope, calendar_year, statutory_year
from reports.queries.years import values_of, years_before
from tests.reports.factories import past_trip
from tests.reports.worlds import TODAY, commitment, event, partner, project, year_2026

pytestmark = pytest.mark.django_db
YEAR = calendar_year(2026)
STATUTORY = statutory_year(2026, {"from": "12-15", "until": "12-14"})


@pytest.fixture(scope="module", autouse=True)
def on_the_day():
    """Everything is entered and read on the day of the figures."""
    with time_machine.travel(dt.datetime(TODAY.year, TODAY.month, TODAY.day, 5, tzinfo=dt.UTC)):
        yield


@pytest.fixture(scope="module")
def world(on_the_day, built):
    return year_2026(built)


@pytest.fixture(scope="module")
def rows(world):
    return gather_all(Scope(YEAR, TODAY))


@pytest.fixture(scope="module")
def found(rows):
    return compute(json.loads(json.dumps(rows)))


@pytest.fixture
def ministry(db, built):
    return built


def titles(figure):
    return [item["text"] for item in figure["items"]]


def value(found, key):
    return found["figures"][key]["value"]


def test_every_row_has_a_number_of_its_own_a_kind_a_title_and_a_unit(rows):
    assert len({row["number"] for row in rows}) == len(rows)
    assert {row["kind"] for row in rows} == set(RowKind) - {
        RowKind.INBOUND,
        RowKind.TREATY_REPORT,
        RowKind.UNIT_PART,
        RowKind.PROGRAMME,
    }
    for row in rows:
        assert row["title"]
        assert set(row["unit"]) == {"code", "name", "position"}


def test_agreements_signed_and_their_countries_are_two_numbers(found):
    """F000-10: two with Laos and one with Cambodia are three agreements with agencies of two countries."""
    assert titles(found["figures"]["agreements.signed"]) == ["Ký năm 2026", "Ký lần hai", "Thỏa thuận không công bố"]
    assert titles(found["figures"]["agreements.countries"]) == ["Campuchia", "Lào"]


def test_stocks_stand_as_at_the_end_of_the_window(found):
    figures = found["figures"]
    assert value(found, "agreements.total") == 5, "what is signed next year is none yet"
    assert "Đã hết" not in titles(figures["agreements.in_force"])
    assert titles(figures["agreements.ended"]) == ["Đã hết"]
    assert titles(figures["agreements.dormant"]) == ["Ký năm 2020"]
    assert titles(figures["agreements.expiring"]) == ["Ký lần hai"]
    assert titles(figures["projects.active"]) == titles(figures["projects.approved"]) == ["Dự án"]
    assert titles(figures["projects.closed"]) == ["Dự án cũ"]


def test_what_is_not_to_be_published_is_counted_without_title_and_partner(rows):
    [row] = [row for row in of_kind(rows, RowKind.AGREEMENT) if row["hidden"]]
    assert "Kín" not in json.dumps(row, ensure_ascii=False)
    assert row["partners"] == []


def test_partners_are_new_by_what_is_dated_and_count_for_every_unit_that_works_with_them(found):
    assert "Viện Nghiên cứu Thái Lan" in titles(found["figures"]["partners.new"])
    assert "Bộ Nội vụ Lào" not in titles(found["figures"]["partners.new"]), "the university has known it since 2020"
    assert value(found, "partners.traditional") == 1
    for code in ("DHPT", "CSDP"):
        assert titles(found["by_unit"][code]["partners.total"]) == ["Bộ Nội vụ Lào"]
    assert found["by_channel"]["un"]["partners.total"]["value"] == 1


def test_commitments_kept_in_the_window_overdue_and_open_at_its_end(found):
    figures = found["figures"]
    assert titles(figures["commitments.kept"]) == ["Đã làm"]
    assert titles(figures["commitments.overdue"]) == ["Quá hạn"]
    assert titles(figures["commitments.open"]) == ["Quá hạn", "Chưa đến hạn"]


def test_a_commitment_kept_after_the_window_was_open_in_it(world):
    found = compute(gather_all(Scope(calendar_year(2025), dt.date(2025, 12, 31))))["figures"]
    assert "Đã làm trước" in titles(found["commitments.kept"])
    before = compute(gather_all(Scope(YEAR, dt.date(2026, 3, 1))))["figures"]
    assert "commitments.kept" not in before
    assert "Đã làm" in titles(before["commitments.open"])


def test_sessions_and_recurring_meetings_are_counted_apart_and_none_of_a_day_to_come(found):
    assert (value(found, "sessions.attended"), value(found, "sessions.missed")) == (1, 1)
    keys = ("meetings.held", "meetings.attended", "meetings.missed")
    assert [value(found, key) for key in keys] == [2, 1, 1]
    asean = next(
        row["mechanisms"][1]["key"] for row in gather_all(Scope(YEAR, TODAY)) if row["kind"] == RowKind.SESSION
    )
    assert found["by_mechanism"][asean]["sessions.attended"]["value"] == 1, "a meeting of ACCSM is one of ASEAN"
    assert found["by_mechanism"][asean]["events.hosted"]["value"] == 1


def test_posts_are_filled_by_persons_and_the_rest_is_vacant(found):
    quota, filled, vacant = (value(found, f"staff.{name}") for name in ("quota", "filled", "vacant"))
    assert (quota, quota - filled) == (13, vacant)
    assert filled == 4
    assert titles(found["figures"]["staff.filled"])[0].endswith("Vụ trưởng")


def test_the_plan_is_set_against_what_was_done(found):
    assert value(found, "plan.lines") == value(found, "plan.done") == 1


def test_what_is_decided_and_still_to_come_is_an_estimate_of_the_whole_year(rows, found):
    assert [row["title"] for row in expected_of(rows, RowKind.OUTBOUND)] == ["Đoàn sắp đi"]
    estimate = found["estimate"]
    assert titles(estimate["outbound.led"]) == ["Đoàn sắp đi"]
    assert (value(found, "outbound.led"), estimate["outbound.led"]["whole"]) == (1, 2)
    assert (estimate["outbound.countries"]["value"], estimate["outbound.countries"]["whole"]) == (2, 2), (
        "Laos is one country"
    )
    assert titles(estimate["events.attended"]) == ["Dự hội nghị"]
    assert "events.hosted" not in estimate, "nobody has permitted it yet"
    assert titles(estimate["agreements.signed"]) == ["Sắp ký"]
    assert estimate["sessions.attended"]["whole"] == 2
    assert compute(gather_all(Scope(YEAR, YEAR.last)))["estimate"] == {}


def test_money_is_summed_by_currency_and_a_lower_bound_where_a_file_says_nothing(found):
    money = found["money"]
    spent = money["money.outbound.spent.VND"]
    assert (spent["amount"], spent["qualifier"], spent["rows"]) == (
        "90000000.00",
        None,
        [found["figures"]["outbound.led"]["rows"][0]],
    )
    assert (money["money.projects.aid.USD"]["amount"], money["money.projects.counterpart.VND"]["amount"]) == (
        "1200000.50", "500000000.00",
    )  # fmt: skip


def test_a_trip_that_is_not_settled_makes_the_money_spent_a_lower_bound(ministry, world):
    past_trip(ministry, departs=dt.date(2026, 5, 1))
    money = compute(gather_all(Scope(YEAR, TODAY)))["money"]
    assert money["money.outbound.spent.VND"]["qualifier"] == "at_least"


def test_a_kind_of_rows_may_count_in_a_window_of_its_own(world):
    scope = Scope(YEAR, TODAY, {"event": STATUTORY})
    found = compute(gather_all(scope))["figures"]
    assert titles(found["events.attended"]) == ["Hội thảo cuối năm trước"]
    assert titles(found["outbound.led"]) == ["Đoàn đi Lào"]
    assert "events.attended" not in compute(gather_all(Scope(YEAR, TODAY)))["figures"]


def test_an_earlier_year_is_counted_as_its_own_report_would(ministry, world):
    past_trip(ministry, departs=dt.date(2025, 5, 1), countries=("LA", "TH"), members=3)
    event(ministry, "Hội nghị 2024", dt.date(2024, 2, 29))
    years = years_before(Scope(YEAR, TODAY))
    assert list(years) == ["2025", "2024", "2023", "2022", "2021"]
    own = compute(gather_all(Scope(calendar_year(2025), dt.date(2025, 12, 31))))["figures"]
    assert years["2025"] == {
        key: {"value": own[key]["value"], "qualifier": own[key]["qualifier"]} for key in years["2025"]
    }
    assert years["2025"]["outbound.countries"] == {"value": 2, "qualifier": None}
    assert years["2024"]["events.hosted"]["value"] == 1
    assert "partners.total" not in years["2025"], "nobody kept how many there were"
    assert values_of(Scope(calendar_year(2015), dt.date(2015, 12, 31))) == {}


def test_every_row_leads_the_reader_to_its_page_and_a_stranger_to_fewer(ministry, world, rows):
    found = addresses(ministry.htqt, rows)
    assert set(found) == {row["number"] for row in rows}
    assert found[f"partner-{world['laos'].pk}"] == world["laos"].get_absolute_url()
    assert world["trip"].case.number not in addresses(ministry.truonghoc, rows)


@pytest.mark.parametrize("times", [1, 3])
def test_gathering_costs_the_same_for_one_and_many(ministry, world, times):
    for number in range(times):
        donor = partner(ministry, f"Đối tác {times} {number}")
        project(ministry, f"Dự án {number}", donor, started_on=dt.date(2026, 2, 1))
        commitment(ministry, f"Cam kết {number}", due_on=dt.date(2026, 1, 5))
        event(ministry, f"Hội nghị {number}", dt.date(2026, 3, 1))
        past_trip(ministry, f"Đoàn {number}", departs=dt.date(2026, 3, 1 + number))
    with CaptureQueriesContext(connection) as queries:
        gather_all(Scope(YEAR, TODAY))
    assert len(queries) == 62


def test_a_total_of_a_unit_stands_among_the_figures_of_that_unit_only(ministry, world):
    from reports.models import RecordedTotal

    RecordedTotal.objects.create(
        key="partners.total", unit=ministry.unit("DHPT"), last_day=dt.date(2026, 3, 24), value=53,
        source_text="Hội nghị ngày 24/3", entered_by=ministry.htqt,
    )  # fmt: skip
    scope = Scope(YEAR, TODAY)
    found = compute(gather_all(scope), stated_in(scope))
    of_unit = found["by_unit"]["DHPT"]["partners.total"]
    assert (of_unit["value"], of_unit["source"], of_unit["until"]) == (53, "Hội nghị ngày 24/3", "2026-03-24")
    assert value(found, "partners.total") == Partner.objects.living().filter(is_proposed=False).count()
