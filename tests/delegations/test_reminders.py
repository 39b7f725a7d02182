"""What a trip owes: completing a returned file, the report after coming back; who is reminded, and where it is listed."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from delegations.choices import OutboundState
from delegations.models import OutboundDelegation
from delegations.queries.owing import last_return_overdue, report_due, reports_overdue
from intlcoop.notifications.models import DigestLine, Notice
from intlcoop.regulations.working_days import Calendar
from intlcoop.workflow import tasks
from intlcoop.workflow.choices import Outcome
from intlcoop.workflow.deciding import decide
from intlcoop.workflow.models import Case
from tests.delegations import factories as f
from tests.intlcoop.workflow.test_reminding import DAY, MONDAY, clock  # noqa: F401

pytestmark = pytest.mark.django_db


def keys(person) -> list[str]:
    """The levels at which a person was told of what the trip owes; what it still needs to be prepared is another matter."""
    lines = DigestLine.objects.filter(recipient=person).exclude(key__startswith="prepare-")
    return [key.rpartition("-")[2] for key in lines.values_list("key", flat=True)]


def back_since(ministry, returned: dt.date, **fields) -> OutboundDelegation:
    made = f.trip(ministry, **fields)
    OutboundDelegation.objects.filter(pk=made.pk).update(departs_on=returned - 3 * DAY, returns_on=returned)
    Case.objects.filter(pk=made.case_id).update(state=OutboundState.REPORT_DUE, first_submitted_at=timezone.now())
    return made


def test_who_got_a_file_back_is_reminded_to_complete_it_and_each_return_has_its_own_clock(clock, ministry):  # noqa: F811
    """Two working days: back on Monday, due on Wednesday."""
    made = f.trip(ministry)
    case = f.submit(made, ministry)
    decide(f.open_step(case), Outcome.RETURN, actor=ministry.lanhdaodonvi, comment="Bổ sung")
    for day in range(8):
        clock(MONDAY + day * DAY, 7)
        tasks.remind(None)
    assert keys(ministry.chuyenvien) == ["soon", "today", "overdue"]
    assert keys(ministry.lanhdaodonvi) == ["escalated"]
    f.submit(made, ministry)
    decide(f.open_step(f.fresh(case)), Outcome.RETURN, actor=ministry.lanhdaodonvi, comment="Bổ sung nữa")
    clock(MONDAY + 8 * DAY, 7)
    tasks.remind(None)
    assert keys(ministry.chuyenvien)[3:] == ["soon"]


def test_filer_and_members_are_reminded_of_the_report_and_then_the_unit_and_the_icd(clock, ministry):  # noqa: F811
    """Back on Friday 17 July 2026; fifteen days later is a Saturday, so the report is due on Monday 3 August."""
    back_since(ministry, dt.date(2026, 7, 17))
    for day in (-3, 0, 1, 2):
        clock(MONDAY + day * DAY, 7)
        tasks.remind(None)
    assert keys(ministry.chuyenvien) == ["soon", "today", "overdue"]
    assert keys(ministry.chuyenvien2) == ["soon", "today", "overdue"]
    assert keys(ministry.lanhdaodonvi) == keys(ministry.htqt) == ["escalated"]
    texts = [notice.body for notice in Notice.objects.filter(recipient=ministry.chuyenvien)]
    assert any("nộp báo cáo kết quả chuyến đi" in text and "03/08/2026" in text for text in texts)


def test_overdue_reports_are_listed_by_a_filter_that_moves_with_days_off(go, clock, ministry):  # noqa: F811
    late = back_since(ministry, dt.date(2026, 7, 16))
    back_since(ministry, dt.date(2026, 7, 17))
    rows = go("htqt").get("/doan-ra/", {"dung": "bao_cao"}).context["object_list"]
    assert [row.pk for row in rows] == [late.pk]
    assert "Chưa nộp báo cáo chuyến đi" in go("htqt").get(f"/doan-ra/{late.case.number}/").text


@pytest.mark.parametrize("allowed", [0, 5, 15])
def test_the_query_for_overdue_reports_is_the_inverse_of_the_due_day(allowed):
    days = Calendar(days_off=frozenset({dt.date(2026, 9, 1), dt.date(2026, 9, 2)}))
    for n in range(40):
        today = dt.date(2026, 8, 20) + n * DAY
        last = last_return_overdue(today, allowed, days)
        assert report_due(last, allowed, days) < today
        assert report_due(last + DAY, allowed, days) >= today


def test_a_filed_report_is_not_owed(ministry):
    made = back_since(ministry, timezone.localdate() - 60 * DAY)
    assert list(reports_overdue(OutboundDelegation.objects.all(), timezone.localdate())) == [made]
    Case.objects.filter(pk=made.case_id).update(state=OutboundState.COMPLETED)
    assert not reports_overdue(OutboundDelegation.objects.all(), timezone.localdate()).exists()
