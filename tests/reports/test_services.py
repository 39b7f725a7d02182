"""Ordering, freezing and giving out a report."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.db import DatabaseError, connection, transaction
from django.utils import translation

from delegations.models import OutboundDelegation
from intlcoop.jobs.choices import JobState
from intlcoop.jobs.models import Job
from intlcoop.people.models import OrgUnit
from intlcoop.regulations.models import Parameter
from intlcoop.workflow.refusals import NotAllowed, Refused
from reports.choices import Key, Window
from reports.models import Snapshot, YearEndReport
from reports.services import (
    cancel_report,
    content_hash,
    freeze,
    is_intact,
    order_report,
    report_json,
    retry_report,
)
from tests.reports.factories import accompanying_trip, fresh, ordered, past_trip, year_2022

TODAY = dt.date(2026, 11, 22)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(dt.datetime(2026, 11, 22, 3, 0, tzinfo=dt.UTC), tick=True):
        yield


# --- ordering ---------------------------------------------------------------------------------------------------


def test_an_order_gives_number_case_and_job_at_once(ministry):
    report = ordered(ministry)

    assert report.case.number == "BC-2026-0001"
    assert report.case.state == "ordered"
    assert report.case.unit.code == "HTQT"
    assert report.ordered_by == ministry.quantri
    assert report.job.kind == "year_end_report"
    assert report.job.state == JobState.QUEUED
    assert (report.first_day, report.last_day, report.as_of) == (dt.date(2026, 1, 1), dt.date(2026, 12, 31), TODAY)


def test_the_figures_of_a_past_year_are_of_its_end(ministry):
    assert ordered(ministry, 2022).as_of == dt.date(2022, 12, 31)


def test_the_statutory_window_follows_the_parameter(ministry):
    report = ordered(ministry, window=Window.STATUTORY)

    assert (report.first_day, report.last_day) == (dt.date(2025, 12, 15), dt.date(2026, 12, 14))


def test_days_of_ones_own(ministry):
    first, last = dt.date(2026, 1, 1), dt.date(2026, 6, 30)
    report = ordered(ministry, window=Window.CUSTOM, first_day=first, last_day=last)

    assert (report.first_day, report.last_day, report.as_of) == (first, last, last)


@pytest.mark.parametrize(
    ("order", "sentence"),
    [
        ({"year": 1999}, "2000"),
        ({"year": 2027}, "01/01/2027"),
        ({"as_of": dt.date(2026, 11, 23)}, "still to come"),
        ({"as_of": dt.date(2025, 12, 31)}, "before the period begins"),
        ({"window": Window.CUSTOM}, "first and the last day"),
        (
            {"window": Window.CUSTOM, "first_day": dt.date(2026, 3, 2), "last_day": dt.date(2026, 3, 1)},
            "before the first",
        ),
    ],
)
def test_an_impossible_order_is_refused_with_a_sentence(ministry, order, sentence):
    with translation.override("en"), pytest.raises(Refused, match=sentence):
        ordered(ministry, **({"year": 2026} | order))

    assert not Job.objects.filter(kind="year_end_report").exists()
    assert YearEndReport.objects.count() == 0


def test_without_the_rule_of_the_statutory_year_the_order_is_refused(ministry):
    Parameter.objects.filter(key="report.year_cutoff").update(valid_until=dt.date(2020, 1, 1))

    with pytest.raises(Refused):
        ordered(ministry, window=Window.STATUTORY)


def test_an_empty_ministry_is_told_what_is_missing(ministry):
    OrgUnit.objects.update(valid_until=dt.date(2026, 1, 1))

    with pytest.raises(Refused):
        ordered(ministry)


@pytest.mark.parametrize("who", ["quantri", "vutruong", "htqt", "htqt2"])
def test_administrators_and_the_icd_may_order(ministry, who):
    assert ordered(ministry, by=who).ordered_by == ministry.person(who)


@pytest.mark.parametrize("who", ["kiemtoan", "botruong", "thutruong", "chuyenvien", "lanhdaodonvi", "tccb", "vanthu"])
def test_everybody_else_may_not(ministry, who):
    with pytest.raises(NotAllowed):
        ordered(ministry, by=who)


def test_the_same_order_while_it_is_under_way_gives_the_same_report(ministry):
    first = ordered(ministry)
    second = ordered(ministry, by="htqt")

    assert second.pk == first.pk
    assert ordered(ministry, window=Window.STATUTORY).pk != first.pk
    assert ordered(ministry, as_of=dt.date(2026, 11, 1)).pk != first.pk


def test_the_same_order_after_the_end_is_a_new_report(ministry):
    first = ordered(ministry)
    cancel_report(first, actor=ministry.quantri)

    assert ordered(ministry).pk != first.pk


def test_order_and_job_stand_or_fall_together(ministry):
    with transaction.atomic():
        ordered(ministry)
        transaction.set_rollback(True)

    assert not Job.objects.filter(kind="year_end_report").exists()
    assert not YearEndReport.objects.exists()


# --- cancel and retry -------------------------------------------------------------------------------------------


def test_whoever_ordered_it_and_administrators_cancel_and_order_again(ministry):
    report = ordered(ministry, by="htqt")

    with pytest.raises(NotAllowed):
        cancel_report(report, actor=ministry.vutruong)
    cancel_report(report, actor=ministry.quantri)
    assert fresh(report).case.state == "cancelled"
    with pytest.raises(NotAllowed):
        retry_report(fresh(report), actor=ministry.kiemtoan)
    retry_report(fresh(report), actor=ministry.htqt)
    assert fresh(report).job.state == JobState.QUEUED


def test_what_has_ended_cannot_be_cancelled_and_what_runs_not_ordered_again(ministry):
    report = ordered(ministry)

    with pytest.raises(Refused):
        retry_report(report, actor=ministry.quantri)
    cancel_report(report, actor=ministry.quantri)
    with pytest.raises(Refused):
        cancel_report(fresh(report), actor=ministry.quantri)


# --- the snapshot -----------------------------------------------------------------------------------------------


def test_a_snapshot_is_taken_once_and_then_reused(ministry):
    past_trip(ministry)
    report = ordered(ministry)
    first = freeze(report)
    past_trip(ministry, departs=dt.date(2026, 5, 1))

    assert freeze(report).pk == first.pk
    assert freeze(report).rows == first.rows


def test_a_change_afterwards_leaves_the_frozen_report_alone(ministry):
    trip = past_trip(ministry, "Tên cũ", planned=True)
    report = ordered(ministry)
    before = report_json_of(report)
    OutboundDelegation.objects.filter(pk=trip.pk).update(departs_on=dt.date(2025, 1, 1), returns_on=dt.date(2025, 1, 2))
    trip.members.all().delete()
    trip.case.title = "Tên mới"
    trip.case.save()

    assert report_json_of(report) == before
    assert ordered(ministry, as_of=dt.date(2026, 11, 21)) != report


def report_json_of(report):
    freeze(report)
    return report_json(report)


def test_the_database_refuses_to_change_or_delete_a_snapshot(ministry):
    snapshot = freeze(ordered(ministry))

    for change in (
        lambda: Snapshot.objects.filter(pk=snapshot.pk).update(gaps=[]),
        lambda: Snapshot.objects.filter(pk=snapshot.pk).delete(),
    ):
        with pytest.raises(DatabaseError, match="Cannot update or delete"), transaction.atomic():
            change()


def test_the_hash_is_taken_over_what_the_database_gives_back(ministry):
    past_trip(ministry, "Đoàn có “dấu ngoặc” & <thẻ>", planned=True)
    snapshot = Snapshot.objects.get(pk=freeze(ordered(ministry)).pk)

    assert is_intact(snapshot)
    assert snapshot.sha256 == content_hash(snapshot.content)
    snapshot.gaps = [*snapshot.gaps, "thêm"]
    assert not is_intact(snapshot)


def test_the_same_records_give_the_same_hash_whoever_orders(ministry):
    past_trip(ministry)
    first = freeze(ordered(ministry))
    cancel_report(first.report, actor=ministry.quantri)

    assert freeze(ordered(ministry, by="htqt")).sha256 == first.sha256


def test_the_rules_that_were_used_are_kept(ministry):
    assert freeze(ordered(ministry)).parameters == []
    assert freeze(ordered(ministry, window=Window.STATUTORY)).parameters[0]["key"] == "report.year_cutoff"


# --- the contract's JSON ----------------------------------------------------------------------------------------


def test_the_json_has_exactly_the_shape_of_the_contract(ministry):
    past_trip(ministry, planned=True)
    accompanying_trip(ministry)
    report = ordered(ministry)
    snapshot = freeze(report)
    found = report_json(report)

    assert set(found) == {
        "kind", "year", "window", "as_of", "snapshot", "figures", "gaps", "sections", "estimate", "years", "money",
        "by_unit", "by_country", "by_mechanism", "by_channel", "by_form", "by_month",
    }  # fmt: skip
    assert (found["kind"], found["year"], found["as_of"]) == ("year_end", 2026, "2026-11-22")
    assert found["window"] == {"from": "2026-01-01", "to": "2026-12-31"}
    assert found["snapshot"]["sha256"] == snapshot.sha256
    assert dt.datetime.fromisoformat(found["snapshot"]["at"]) == snapshot.at
    assert set(found["figures"]) <= set(Key)
    for figures in (found["figures"], *found["by_unit"].values()):
        for figure in figures.values():
            assert set(figure) == {"value", "qualifier", "rows", "source"}
    assert set(found["by_unit"]) == {"CSDP", "HTQT"}
    assert set(found["by_unit"]["HTQT"]) == {"staff.quota", "staff.filled", "staff.vacant"}


def test_the_year_2022_of_the_article(ministry):
    year_2022(ministry)
    found = report_json_of(ordered(ministry, 2022))["figures"]

    assert {key: figure["value"] for key, figure in found.items() if not key.startswith("staff.")} == {
        "outbound.total": 7,
        "outbound.inter_agency": 2,
        "outbound.led": 5,
        "outbound.accompanying": 2,
        "outbound.persons": 3,
        "outbound.countries": 3,
    }
    assert found["outbound.persons"]["qualifier"] == found["outbound.countries"]["qualifier"] == "at_least"
    assert len(found["outbound.led"]["rows"]) == 5


def test_before_the_figures_are_frozen_there_is_no_json(ministry):
    with pytest.raises(Snapshot.DoesNotExist):
        report_json(ordered(ministry))


@pytest.mark.django_db(transaction=True)
def test_freezing_outside_a_transaction_reads_one_moment(ministry):
    past_trip(ministry)
    report = order_report(2026, actor=ministry.quantri)

    assert not connection.in_atomic_block
    assert freeze(report).rows[0]["number"].startswith("DR-2026-")
