"""Deadlines in working days: who is reminded when, who hears of what is overdue, and what happens when the calendar changes."""

from __future__ import annotations

import datetime as dt
import zoneinfo

import pytest
from django.urls import reverse
from django.utils import timezone

from intlcoop.jobs.models import Job
from intlcoop.notifications import digest
from intlcoop.notifications.models import DigestLine, Notice
from intlcoop.people.models import Appointment
from intlcoop.people.services import record_substitution, revoke_substitution
from intlcoop.regulations.models import Holiday, Parameter
from intlcoop.regulations.registry import tell_calendar_changed
from intlcoop.workflow import tasks
from intlcoop.workflow.choices import Outcome, StepKind
from intlcoop.workflow.deadlines import refresh_acting_offices
from intlcoop.workflow.deciding import close_overdue_opinions, decide
from intlcoop.workflow.models import Decision, Step
from intlcoop.workflow.process import Process, decider_words
from intlcoop.workflow.step_cautions import step_cautions
from tests.delegations import factories as f

pytestmark = pytest.mark.django_db

HANOI = zoneinfo.ZoneInfo("Asia/Ho_Chi_Minh")
MONDAY = dt.date(2026, 8, 3)
DAY = dt.timedelta(days=1)


def at(day: dt.date, hour: int = 9) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(hour), HANOI)


@pytest.fixture
def clock(time_machine):
    def move(day: dt.date, hour: int = 9) -> None:
        time_machine.move_to(at(day, hour), tick=False)

    move(MONDAY)
    return move


def morning() -> dict:
    """What the periodic job does, without the machinery of jobs."""
    return tasks.remind(None)


def told(person) -> list[str]:
    return list(DigestLine.objects.filter(recipient=person).order_by("pk").values_list("key", flat=True))


def digests(person) -> list[Notice]:
    return list(Notice.objects.filter(recipient=person, event_key__startswith="digest-").order_by("pk"))


def test_the_head_is_reminded_before_the_last_day_on_it_and_once_when_it_is_past(clock, ministry):
    """Submitted on Monday, two working days: due on Wednesday."""
    case = f.submit(f.trip(ministry), ministry)
    step = f.open_step(case)
    assert step.due_on == MONDAY + 2 * DAY
    head = ministry.lanhdaodonvi
    seen = []
    for day in range(9):
        clock(MONDAY + day * DAY, 7)
        morning()
        morning()  # the job may be repeated
        seen.append([key.rpartition("-")[2] for key in told(head)])
    assert seen[0] == []
    assert seen[1] == ["soon"]
    assert seen[2] == ["soon", "today"]
    assert seen[3] == ["soon", "today", "overdue"]
    assert seen[-1] == seen[3]
    assert len(digests(head)) == 3


def test_what_is_overdue_reaches_the_office_above_and_the_head_of_the_unit(clock, ministry):
    step = f.walk_to_appraisal(f.submit(f.trip(ministry), ministry), ministry)
    assert step.due_on is not None
    clock(step.due_on + DAY)
    morning()
    assert not told(ministry.vutruong)
    clock(step.due_on + 5 * DAY if (step.due_on + 2 * DAY).weekday() >= 5 else step.due_on + 2 * DAY)
    morning()
    for name in ("vutruong", "lanhdaodonvi"):
        assert f"step-{step.pk}-escalated" in told(ministry.person(name))
    assert f"step-{step.pk}-escalated" not in told(ministry.htqt)
    assert "quá hạn" in digests(ministry.vutruong)[0].body
    assert "VND" not in digests(ministry.vutruong)[0].body


def test_nobody_is_reminded_on_a_day_off_and_the_job_is_not_even_ordered(clock, ministry):
    f.submit(f.trip(ministry), ministry)
    saturday = MONDAY + 5 * DAY
    assert tasks.on_working_days(saturday) is None
    clock(saturday)
    assert morning() == {"told": 0}
    Holiday.objects.create(day=MONDAY + 7 * DAY, name_vi="Nghỉ", name_en="Off")
    assert tasks.on_working_days(MONDAY + 7 * DAY) is None
    assert tasks.on_working_days(MONDAY + 8 * DAY) is not None
    assert not DigestLine.objects.exists()


def test_five_things_are_one_mail(clock, ministry):
    for n in range(5):
        f.submit(f.trip(ministry, days_ahead=f.FAR + 10 * n), ministry)
    clock(MONDAY + DAY)
    Job.objects.all().delete()
    morning()
    head = ministry.lanhdaodonvi
    assert len(told(head)) == 5
    (notice,) = digests(head)
    assert "5 việc" in notice.subject
    assert Job.objects.filter(kind="mail", params__notice=notice.pk).count() == 1
    assert notice.body.count("\n- ") == 5


def test_a_parameter_says_when(clock, ministry):
    Parameter.objects.filter(key="workflow.reminder_working_days_before").update(value=0)
    step = f.open_step(f.submit(f.trip(ministry), ministry))
    clock(MONDAY + DAY)
    morning()
    assert not told(ministry.lanhdaodonvi)
    clock(step.due_on)
    morning()
    assert told(ministry.lanhdaodonvi) == [f"step-{step.pk}-today"]


# --- the calendar changes -----------------------------------------------------------------------------------------


def test_a_holiday_entered_later_moves_the_last_day_of_open_steps_only(clock, ministry):
    case = f.submit(f.trip(ministry), ministry)
    done = f.open_step(case)
    before = done.due_on
    clock(MONDAY, 10)
    step = f.walk_to_appraisal(case, ministry)
    due = step.due_on
    Holiday.objects.create(day=due, name_vi="Nghỉ đột xuất", name_en="Off")
    tell_calendar_changed()
    step.refresh_from_db()
    done.refresh_from_db()
    assert step.due_on == due + DAY if (due + DAY).weekday() < 5 else due + 3 * DAY
    assert done.due_on == before
    Holiday.objects.filter(day=due).delete()
    tell_calendar_changed()
    step.refresh_from_db()
    assert step.due_on == due


def test_an_opinion_due_before_days_off_is_closed_on_the_next_working_day_and_is_no_consent(clock, ministry):
    case = f.submit(f.trip(ministry), ministry)
    f.walk_to(case, ministry, kind=StepKind.OPINION, office="finance")
    step = Step.objects.open().get(case=case, kind=StepKind.OPINION)
    friday = step.due_on + (4 - step.due_on.weekday()) * DAY
    Step.objects.filter(pk=step.pk).update(due_on=friday)
    clock(friday + DAY, 1)
    assert close_overdue_opinions(timezone.localdate()) == 0
    clock(friday + 3 * DAY, 1)
    assert close_overdue_opinions(timezone.localdate()) == 1
    decision = Decision.objects.get(step=step)
    assert (decision.outcome, decision.decided_by) == (Outcome.NO_ANSWER, None)
    next_step = f.walk_to(case, ministry, kind=StepKind.APPRAISE, office="icd_head")
    texts = [caution.text for caution in step_cautions(next_step, Process(next_step.case), ministry.vutruong)]
    assert any("chưa trả lời" in text and "Không được coi là đồng ý" in text for text in texts)


# --- hands --------------------------------------------------------------------------------------------------------


def substitute(ministry, first, last, **fields):
    given = {"form": "KT", "valid_from": first, "valid_until": last, "actor": ministry.vutruong} | fields
    return record_substitution(ministry.vutruong, ministry.phovutruong, **given)


def test_waiting_files_move_on_the_first_day_come_back_after_the_last_and_both_are_told(clock, ministry, client):
    case = f.submit(f.trip(ministry), ministry)
    step = f.walk_to(case, ministry, kind=StepKind.APPRAISE, office="icd_head")
    row = substitute(ministry, MONDAY + DAY, MONDAY + 2 * DAY, document="05/QĐ-HTQT")
    assert not told(ministry.phovutruong)
    clock(MONDAY + DAY, 7)
    morning()
    assert f"substitution-{row.pk}-begins" in told(ministry.phovutruong)
    assert "ĐR-2026-0001" in DigestLine.objects.get(key=f"substitution-{row.pk}-begins").text
    client.force_login(ministry.phovutruong)
    assert step.case.title in client.get(reverse("reports:home")).text
    clock(MONDAY + 2 * DAY)
    decide(step, Outcome.AGREE, actor=ministry.phovutruong)
    decision = Decision.objects.get(step=step)
    assert (decision.on_behalf_of, decision.substitution, decision.signature_form) == (ministry.vutruong, row, "KT")
    words = decider_words(decision)
    assert ministry.vutruong.full_name in words
    assert ministry.phovutruong.full_name in words
    assert "05/QĐ-HTQT" in words
    clock(MONDAY + 3 * DAY, 7)
    morning()
    line = DigestLine.objects.get(key=f"substitution-{row.pk}-ends")
    assert line.recipient == ministry.vutruong
    assert "ĐR-2026-0001" in line.text


def test_a_substitution_that_begins_today_is_told_at_once_and_its_revocation_too(clock, ministry):
    case = f.submit(f.trip(ministry), ministry)
    f.walk_to(case, ministry, kind=StepKind.APPRAISE, office="icd_head")
    row = substitute(ministry, MONDAY, MONDAY + 3 * DAY)
    assert told(ministry.phovutruong) == [f"substitution-{row.pk}-begins"]
    clock(MONDAY + DAY)
    revoke_substitution(row, actor=ministry.vutruong)
    assert told(ministry.vutruong) == [f"substitution-{row.pk}-ends"]
    morning()
    assert told(ministry.phovutruong).count(f"substitution-{row.pk}-begins") == 1


def test_the_acting_office_follows_who_left_office(clock, ministry):
    """The head who filed the file leaves: its endorsement comes back down to the new head."""
    case = f.submit(f.trip(ministry, filer="lanhdaodonvi"), ministry, "lanhdaodonvi")
    step = f.open_step(case)
    assert step.acting_office == "deputy_minister"
    Appointment.objects.filter(person=ministry.lanhdaodonvi).update(valid_until=MONDAY)
    unit, head = ministry.unit("CSDP"), ministry.chuyenvien6
    Appointment.objects.filter(person=head).delete()
    Appointment.objects.create(person=head, unit=unit, role="head", valid_from=MONDAY + DAY)
    clock(MONDAY + DAY)
    assert refresh_acting_offices(timezone.localdate()) == 1
    step.refresh_from_db()
    assert step.acting_office == "unit_head"
    assert refresh_acting_offices(timezone.localdate()) == 0


def test_a_source_that_says_the_same_twice_is_heard_once(clock, ministry):
    reminder = digest.Reminder(person=ministry.htqt, key="x", section="today", text=lambda: "Một việc", url="/")
    assert digest.deliver([reminder, reminder], MONDAY) == 1
    assert digest.deliver([reminder], MONDAY + DAY) == 0
    assert len(digests(ministry.htqt)) == 1
