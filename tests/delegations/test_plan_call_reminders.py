"""Units that have not answered the call of a planning year are reminded, and the ICD hears the day after who is silent."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import transaction
from django.utils import timezone

from delegations import notifications
from delegations.choices import PlanState
from delegations.models import PlanYear
from delegations.queries.plan_board import silent_units
from delegations.services import plan_years, unit_proposals
from intlcoop.notifications.models import DigestLine
from intlcoop.operations.demo.clock import at
from intlcoop.regulations.models import Holiday
from intlcoop.workflow import tasks
from intlcoop.workflow.models import Case
from tests.delegations import plans as p
from tests.ministry import build_ministry

pytestmark = pytest.mark.django_db

#: A Friday; the call is due on it, and the Monday after is the first working day on which it is overdue.
DUE = dt.date(2026, 8, 7)
DAY = dt.timedelta(days=1)


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic(), at(DUE - 30 * DAY):
        ministry = build_ministry()
        yield ministry, p.open_year(ministry, 2027, proposals_due_on=DUE)
        transaction.set_rollback(True)


@pytest.fixture
def ministry(world, db):
    return world[0]


@pytest.fixture
def opened(world, db):
    with at(DUE - 30 * DAY):
        opened = PlanYear.objects.get(pk=world[1].pk)
        plan_years.call_units(opened, actor=world[0].htqt)
    return opened


def said(day: dt.date) -> dict[str, set[str]]:
    """{who: levels at which they are reminded on this morning}."""
    found: dict[str, set[str]] = {}
    with at(day):
        for reminder in notifications.unanswered_calls(day):
            found.setdefault(reminder.person.username, set()).add(reminder.key.rpartition("-")[2])
    return found


def test_silent_units_are_reminded_and_the_icd_hears_of_them_the_day_after(opened):
    assert said(DUE - 2 * DAY) == {}
    before = said(DUE - DAY)
    assert before["lanhdaodonvi"] == before["truonghoc"] == {"soon"}
    assert "chuyenvien" not in before  # the head and the focal point answer
    assert said(DUE)["truonghoc"] == {"today"}
    after = said(DUE + 3 * DAY)
    assert after["truonghoc"] == {"overdue"}
    assert after["htqt"] == {"silent"}
    assert after["vutruong"] == {"overdue", "silent"}  # heads a unit that is silent itself


def test_the_line_for_the_icd_names_the_silent_units(opened, ministry):
    with at(DUE - DAY):
        unit_proposals.plan_nothing(opened, ministry.unit("CSDP"), actor=ministry.lanhdaodonvi)
    assert ministry.unit("CSDP") not in silent_units(opened)
    monday = DUE + 3 * DAY
    assert "lanhdaodonvi" not in said(monday)
    with at(monday):
        (line,) = [r for r in notifications.unanswered_calls(monday) if r.person == ministry.htqt]
    assert "Trường Đại học Phát triển vùng" in line.text()
    assert "Vụ Chính sách địa phương" not in line.text()
    assert "07/08/2026" in line.text()


def test_each_is_told_once_and_never_on_a_day_off(opened, ministry):
    with at(DUE + DAY):  # a Saturday
        assert tasks.remind(None) == {"told": 0}
    for day in (3, 4, 5):
        with at(DUE + day * DAY):
            tasks.remind(None)
    lines = DigestLine.objects.filter(recipient=ministry.htqt, key__startswith="call-2027")
    assert [line.day for line in lines] == [DUE + 3 * DAY]


def test_a_last_day_on_a_day_off_moves_and_so_do_the_reminders(opened):
    Holiday.objects.create(day=DUE, name_vi="Nghỉ thêm", name_en="Extra")
    assert set(said(DUE + 3 * DAY)["truonghoc"]) == {"today"}
    with at(DUE + 3 * DAY):
        texts = {reminder.text() for reminder in notifications.unanswered_calls(DUE + 3 * DAY)}
    assert all("10/08/2026" in text and "07/08/2026" not in text for text in texts)
    assert texts


@pytest.mark.parametrize("reason", ["not called", "no day", "submitted"])
def test_nobody_is_asked_where_nothing_is_asked_for(opened, reason):
    if reason == "not called":
        PlanYear.objects.update(called_at=None)
    elif reason == "no day":
        PlanYear.objects.update(proposals_due_on=None)
    else:
        Case.objects.filter(kind="plan").update(state=PlanState.SUBMITTED, first_submitted_at=timezone.now())
    assert said(DUE) == {}
