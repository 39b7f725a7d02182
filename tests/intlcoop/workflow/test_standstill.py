"""Why a file stops here: where, with whom, for how long, what comes next; on its page, in lists, and who may look at all."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone

from intlcoop.workflow.choices import Outcome
from intlcoop.workflow.deciding import decide
from intlcoop.workflow.models import Step
from intlcoop.workflow.process import Process
from intlcoop.workflow.standstill import Clock
from tests.delegations import factories as f
from tests.intlcoop.workflow.test_reminding import DAY, MONDAY, clock  # noqa: F401

pytestmark = pytest.mark.django_db

STANDING = "/ho-so/dang-dung/"


def clock_of(case) -> Clock:
    case = f.fresh(case)
    return Clock(Process(case), list(case.status_changes.all()))


def rows(client, **query):
    return client.get(STANDING, query).context["object_list"]


def test_a_file_says_where_it_is_with_whom_for_how_long_and_what_comes_next(clock, ministry):  # noqa: F811
    case = f.submit(f.trip(ministry), ministry)
    clock(MONDAY + 7 * DAY)  # a weekend lies between
    (here,) = clock_of(case).standstills()
    assert ministry.lanhdaodonvi.full_name in here.who
    assert (here.days, here.left, here.since) == (5, -3, MONDAY)
    assert "thẩm định" in here.next_


def test_two_side_by_side_are_two_reasons_and_each_waits_for_the_other(clock, ministry):  # noqa: F811
    case = f.submit(f.trip(ministry), ministry)
    f.agree(f.open_step(case), ministry)
    found = clock_of(case).standstills()
    assert len(found) == 2
    assert all("sau khi xong cả" in each.next_ for each in found)


def test_the_clock_counts_each_office_the_filer_included(clock, ministry):  # noqa: F811
    case = f.submit(f.trip(ministry), ministry)
    clock(MONDAY + DAY)
    f.agree(f.open_step(case), ministry)
    clock(MONDAY + 3 * DAY)
    step = Step.objects.open().get(case=case, office="icd_officer")
    decide(step, Outcome.RETURN, actor=ministry.htqt, comment="Bổ sung thư mời")
    clock(MONDAY + 8 * DAY)
    held = {row.office: row for row in clock_of(case).held()}
    unit = held[str(case.unit)]
    assert (unit.days, unit.has_it, unit.times) == (3, True, 2)
    heads = held["Lãnh đạo đơn vị"]
    assert (heads.days, heads.late, heads.has_it) == (1, 0, False)
    (here,) = clock_of(case).standstills()
    assert here.due == MONDAY + 7 * DAY
    assert here.left == -1
    assert ministry.chuyenvien.full_name in here.who


def test_late_days_are_counted_beyond_the_last_day(clock, ministry):  # noqa: F811
    case = f.submit(f.trip(ministry), ministry)
    clock(MONDAY + 4 * DAY)
    f.agree(f.open_step(case), ministry)
    held = {row.office: row for row in clock_of(case).held()}
    assert held["Lãnh đạo đơn vị"].late == 2


def test_a_draft_waits_for_nobody(ministry):
    assert clock_of(f.trip(ministry).case).standstills() == []


def test_the_page_of_the_trip_shows_it(go, ministry, case):
    text = go("htqt").get(f"/doan-ra/{case.number}/").text
    assert "Hồ sơ đang ở:" in text
    assert "Bước tiếp theo:" in text
    assert "Ai giữ hồ sơ bao lâu" in text


# --- the list of all ----------------------------------------------------------------------------------------------


def test_the_list_shows_what_waits_and_what_was_sent_back_with_reasons(go, ministry, case):
    returned = f.submit(f.trip(ministry, days_ahead=f.FAR + 20), ministry)
    decide(f.open_step(returned), Outcome.RETURN, actor=ministry.lanhdaodonvi, comment="Bổ sung")
    f.trip(ministry, days_ahead=f.FAR + 40)  # a draft
    answer = go("vutruong").get(STANDING)
    assert [row.number for row in answer.context["object_list"]] == [case.number, returned.number]
    assert ministry.lanhdaodonvi.full_name in answer.text
    assert "trình lại hồ sơ đã hoàn thiện" in answer.text
    assert [row.number for row in rows(go("vutruong"), han="bo_sung")] == [returned.number]
    assert [row.number for row in rows(go("vutruong"), noi_giu="unit_head")] == [case.number]
    assert [row.number for row in rows(go("vutruong"), noi_giu="clerk")] == []
    assert len(rows(go("vutruong"), han="nonsense", trang="x", sap_xep="?")) == 2


def test_overdue_files_are_found_by_the_filter_and_in_the_list_of_trips(go, ministry, case):
    Step.objects.filter(case=case).update(due_on=timezone.localdate() - 7 * DAY)
    other = f.submit(f.trip(ministry, days_ahead=f.FAR + 20), ministry)
    assert [row.number for row in rows(go("vutruong"), han="qua_han")] == [case.number]
    assert [row.number for row in rows(go("vutruong"), han="con_han")] == [other.number]
    trips = go("vutruong").get("/doan-ra/", {"dung": "qua_han"})
    assert [row.case.number for row in trips.context["object_list"]] == [case.number]
    assert "quá hạn" in trips.text


@pytest.mark.parametrize(
    ("who", "code"),
    [
        ("htqt", 200),
        ("botruong", 200),
        ("lanhdaodonvi", 200),
        ("kiemtoan", 200),
        ("chuyenvien", 403),
        ("taichinh", 403),
    ],
)
def test_who_may_watch(go, case, who, code):
    assert go(who).get(STANDING).status_code == code


def test_a_head_of_another_unit_does_not_see_the_file(go, case):
    assert rows(go("hieutruong")).count() == 0


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_one_and_many(go, ministry, count, django_assert_num_queries):
    for turn in range(count):
        f.submit(f.trip(ministry, days_ahead=f.FAR + 10 * turn), ministry)
    client = go("htqt")
    client.get(STANDING)
    with django_assert_num_queries(12):
        client.get(STANDING)


def test_the_export_has_the_same_rows(go, case):
    answer = go("htqt").get(STANDING, {"xuat": "csv"})
    assert "ĐR-2026" in answer.content.decode("utf-8-sig")
    assert go("htqt").get(STANDING, {"xuat": "xlsx"}).status_code == 200


# --- lateness by unit ---------------------------------------------------------------------------------------------

LATENESS = "/doan-ra/nop-muon/"


def test_late_files_are_counted_by_unit(go, ministry, clock):  # noqa: F811
    f.submit(f.trip(ministry, days_ahead=60), ministry)
    late = f.trip(ministry, days_ahead=8, warning_reason="Thư mời đến muộn.")
    f.submit(late, ministry)
    (row,) = go("htqt").get(LATENESS, {"nam": "2026"}).context["rows"]
    assert (str(row.unit.code), row.filed, row.late, row.share) == ("CSDP", 2, 1, 50)
    assert row.least == 6
    assert go("htqt").get(LATENESS, {"nam": "x", "xuat": "xlsx"}).status_code == 200
    assert go("chuyenvien").get(LATENESS).status_code == 403
    assert reverse("delegations:lateness") in go("htqt").get(STANDING).text


@pytest.mark.parametrize("count", [1, 3])
def test_lateness_costs_the_same_for_one_and_many(go, ministry, count, django_assert_num_queries):
    for turn in range(count):
        f.submit(f.trip(ministry, days_ahead=f.FAR + 10 * turn), ministry)
    client = go("htqt")
    client.get(LATENESS)
    with django_assert_num_queries(9):
        client.get(LATENESS)
