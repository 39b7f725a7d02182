"""The events on the first page: for who filed one and for who has a task in it; never for others, and for one query more."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from delegations.event_choices import Workstream
from delegations.models import EventWork, InternationalEvent
from delegations.queries.events import event_report_due
from delegations.services import event_parts
from intlcoop.regulations.queries import calendar
from intlcoop.workflow.models import Case
from reports.queries.home import Home
from reports.queries.home_events import HomeEvents
from tests.delegations.eventing import fresh, hosted, submit

pytestmark = pytest.mark.django_db


def home_of(user) -> Home:
    return Home(user, timezone.localdate())


def told(user) -> list[str]:
    return [f"{task.why} {task.button}" for task in home_of(user).waiting]


@pytest.mark.parametrize(
    ("state", "said"),
    [
        ("planned", "Bản thảo chưa trình. Viết tiếp"),
        ("returned", "Hồ sơ được trả lại để bổ sung. Bổ sung hồ sơ"),
        ("principle_agreed", "Đã có chủ trương đăng cai; cần trình xin phép tổ chức. Mở hồ sơ"),
        ("held", "Hội nghị đã kết thúc; cần báo cáo kết quả. Viết báo cáo"),
        ("report_due", "Hội nghị đã kết thúc; cần báo cáo kết quả. Viết báo cáo"),
    ],
)
def test_an_event_waits_for_its_filer_and_for_nobody_else(ministry, state, said):
    event = hosted(ministry)
    Case.objects.filter(pk=event.case_id).update(state=state)
    assert told(ministry.chuyenvien) == [said]
    assert told(ministry.chuyenvien2) == []
    assert told(ministry.truonghoc) == []


@pytest.mark.parametrize("state", ["permitted", "completed", "cancelled", "rejected"])
def test_what_asks_nothing_does_not_wait(ministry, state):
    event = hosted(ministry)
    Case.objects.filter(pk=event.case_id).update(state=state)
    assert told(ministry.chuyenvien) == []


def test_the_report_is_due_on_the_day_that_the_file_says(ministry):
    event, today = hosted(ministry), timezone.localdate()
    InternationalEvent.objects.filter(pk=event.pk).update(starts_on=today - dt.timedelta(days=2), ends_on=today)
    Case.objects.filter(pk=event.case_id).update(state="report_due")
    [task] = home_of(ministry.chuyenvien).waiting
    assert task.due == event_report_due(fresh(event))
    assert task.due >= today + dt.timedelta(days=15)


def test_what_was_submitted_says_at_which_step_it_is(ministry):
    event = hosted(ministry)
    submit(event, ministry)
    [line] = home_of(ministry.chuyenvien).submitted
    assert (line.number, str(line.badge.label)) == (event.case.number, "Lãnh đạo đơn vị đề xuất")
    assert told(ministry.chuyenvien) == []


def test_a_task_that_is_due_soon_waits_for_its_owner(ministry):
    event, today = hosted(ministry), timezone.localdate()
    for title, days in (("Đặt phòng", 3), ("In tài liệu", 60)):
        fields = {
            "title": title,
            "owner": ministry.htqt,
            "stream": Workstream.LOGISTICS,
            "due_on": today + dt.timedelta(days=days),
        }
        event_parts.save_work(EventWork(event=event), actor=ministry.chuyenvien, fields=fields)
    [task] = home_of(ministry.htqt).waiting
    assert (task.why, task.due) == ("Cần chuẩn bị: Đặt phòng", today + dt.timedelta(days=3))
    assert task.act_url.endswith("#cong-viec")
    event_parts.settle_work(EventWork.objects.get(title="Đặt phòng"), "done", actor=ministry.htqt)
    assert told(ministry.htqt) == []


@pytest.mark.parametrize("rows", [1, 3])
def test_the_cost_is_the_same_for_one_and_for_three(ministry, rows, django_assert_num_queries):
    for n in range(rows):
        event = hosted(ministry, title=f"Hội thảo {n}")
        Case.objects.filter(pk=event.case_id).update(state="report_due")
    found = HomeEvents(ministry.chuyenvien, timezone.localdate(), calendar())
    list(found.duties)
    found = HomeEvents(ministry.chuyenvien, timezone.localdate(), calendar())
    with django_assert_num_queries(2):  # the offices of the person, the events
        assert len([*found.duties, *found.drafts, *found.submitted]) == rows
