"""What arriving guests still lack: which visits, what, for whom; one pass over ten thousand files."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from delegations.models import InboundDelegation, ProgrammeItem
from delegations.queries.visit_alarms import AlarmBook, alarm_of, alarms
from delegations.queries.visit_reminders import alarm_reminders, owed_results, task_reminders
from delegations.services import attach_to_visit, withdraw_from_visit
from delegations.visit_choices import VisitForm
from intlcoop.operations.demo.clock import at
from intlcoop.regulations.choices import ParameterKey
from intlcoop.regulations.models import Parameter
from intlcoop.workflow.models import Case
from tests.delegations import visiting as v
from tests.delegations.test_views_form import letter as signed

pytestmark = pytest.mark.django_db

LETTERS = ["visit-programme", "visit-consent", "visit-police", "visit-residence"]


def missing(today=None) -> dict[str, tuple[str, ...]]:
    found = alarms(InboundDelegation.objects.all(), today or timezone.localdate())
    return {alarm.visit.case.number: alarm.missing for alarm in found}


def settle(visit, ministry, codes) -> None:
    from delegations.queries.preparation import lists_of
    from delegations.services import save_preparation

    for line in lists_of(v.fresh(visit)):
        if line.task.code in codes:
            more = {"document_number": "1/CV", "document_date": timezone.localdate()} if line.asks_more else {}
            save_preparation(v.fresh(visit), line, actor=ministry.htqt, state="done", **more)


@pytest.mark.parametrize(("days", "alarmed"), [(0, True), (1, True), (3, True), (4, False)])
def test_the_alarm_begins_so_many_days_before_arrival(ministry, days, alarmed):
    visit = v.accepted(v.full(ministry, days_ahead=days, warning_reason="Gấp"), ministry)
    assert (visit.case.number in missing()) is alarmed


def test_each_letter_that_comes_in_leaves_the_alarm_and_the_last_ends_it(ministry):
    visit = v.accepted(v.full(ministry, days_ahead=2, warning_reason="Gấp"), ministry)
    number = visit.case.number
    assert len(missing()[number]) == 4
    for done, code in enumerate(LETTERS, start=1):
        settle(visit, ministry, [code])
        assert len(missing().get(number, ())) == 4 - done
    assert number not in missing()


def test_a_written_programme_is_no_gap_whether_ticked_off_or_not(ministry):
    visit = v.accepted(v.full(ministry, days_ahead=2, warning_reason="Gấp"), ministry)
    with_item = ProgrammeItem.objects.create(case_id=visit.case_id, day=visit.arrives_on, what="Hội đàm")
    assert "Thống nhất chương trình làm việc với phía khách" not in missing()[visit.case.number]
    with_item.delete()
    assert "Thống nhất chương trình làm việc với phía khách" in missing()[visit.case.number]


@pytest.mark.parametrize(
    ("kind", "answered"),
    [("consent", "Văn bản đồng ý cho đoàn vào"), ("programme", "Thống nhất chương trình làm việc với phía khách")],
)
def test_what_is_handed_in_need_not_be_ticked_off_and_taken_out_it_is_missing_again(ministry, kind, answered):
    visit = v.accepted(v.full(ministry, days_ahead=2, warning_reason="Gấp"), ministry)
    number = visit.case.number
    letter = attach_to_visit(v.fresh(visit), signed(), kind, actor=ministry.htqt, no_secret_declared=True)
    assert answered not in missing()[number]
    assert len(missing()[number]) == 3
    assert answered not in alarm_of(v.fresh(visit), AlarmBook(timezone.localdate())).missing, (
        "on the page of the file too"
    )
    withdraw_from_visit(v.fresh(visit), letter, actor=ministry.htqt)
    assert answered in missing()[number]


def test_a_visit_without_host_or_agreement_says_so(ministry):
    visit = v.submit(v.full(ministry, days_ahead=2, warning_reason="Gấp"), ministry)
    settle(visit, ministry, LETTERS)
    assert missing()[visit.case.number] == ("chưa được đồng ý tiếp",)
    InboundDelegation.objects.filter(pk=visit.pk).update(host=None, host_name="")
    assert missing()[visit.case.number] == ("chưa được đồng ý tiếp", "chưa có người tiếp")


def test_a_guest_who_lives_here_needs_no_letters_but_an_hour(ministry):
    visit = v.accepted(v.short(ministry, days_ahead=1), ministry)
    assert missing() == {}
    InboundDelegation.objects.filter(pk=visit.pk).update(meeting_time=None)
    assert missing() == {visit.case.number: ("chưa có giờ tiếp",)}


@pytest.mark.parametrize("state", ["requested", "received", "completed", "cancelled", "postponed", "rejected"])
def test_drafts_and_what_is_over_or_called_off_alarm_nobody(ministry, state):
    visit = v.accepted(v.full(ministry, days_ahead=2, warning_reason="Gấp"), ministry)
    Case.objects.filter(pk=visit.case_id).update(state=state)
    assert missing() == {}


def test_the_parameter_says_when_and_without_it_there_is_no_alarm(ministry):
    v.accepted(v.full(ministry, days_ahead=6, warning_reason="Gấp"), ministry)
    assert missing() == {}
    Parameter.objects.filter(key=ParameterKey.INBOUND_ALARM).update(value=7)
    assert len(missing()) == 1
    Parameter.objects.filter(key=ParameterKey.INBOUND_ALARM).delete()
    assert missing() == {}


def test_filer_owner_and_department_hear_of_it_every_morning(ministry):
    visit = v.full(ministry, filer="chuyenvien", unit="CSDP", days_ahead=2, warning_reason="Gấp")
    v.accepted(visit, ministry)
    told = list(alarm_reminders(timezone.localdate()))
    names = {reminder.person.username for reminder in told}
    assert {"chuyenvien", "htqt"} <= names
    assert "taichinh" not in names
    assert "Văn bản đồng ý cho đoàn vào" in told[0].text()
    tomorrow = list(alarm_reminders(timezone.localdate() + dt.timedelta(days=1)))
    assert {reminder.key for reminder in told}.isdisjoint({reminder.key for reminder in tomorrow})


def test_the_result_is_asked_for_and_its_delay_goes_higher(ministry):
    visit = v.received(v.short(ministry, days_ahead=0), ministry)
    Case.objects.filter(pk=visit.case_id).update(state="report_due")
    late = visit.leaves_on + dt.timedelta(days=30)
    people = {(reminder.person.username, reminder.section) for reminder in owed_results(late)}
    assert ("chuyenvien", "overdue") in people
    assert ("htqt", "others") in people


def test_tasks_of_a_visit_are_reminded_of_like_those_of_a_trip(ministry):
    visit = v.accepted(v.full(ministry, days_ahead=40), ministry)
    due = visit.arrives_on - dt.timedelta(days=2)
    with at(due):
        keys = [reminder.key for reminder in task_reminders(due)]
    assert any("visit-consent" in key for key in keys)
    assert not any("visit-thanks" in key for key in keys)


def test_many_files_are_one_pass(ministry, django_assert_num_queries):
    """All queries of the alarm, whatever the number: tasks, parameters, days off, visits, their lists."""
    visit = v.accepted(v.full(ministry, days_ahead=2, warning_reason="Gấp"), ministry)
    case = Case.objects.get(pk=visit.case_id)
    cases = Case.objects.bulk_create(
        Case(kind="inbound", number=f"DV-2099-{n:05d}", title="Đoàn", fold="doan", unit=case.unit, created_by=case.created_by,
             state="accepted", first_submitted_at=timezone.now()) for n in range(400)
    )  # fmt: skip
    first, far = v.ahead(2), v.ahead(200)
    InboundDelegation.objects.bulk_create(
        InboundDelegation(
            case=one, form=VisitForm.FULL, arrives_on=first if n < 50 else far, leaves_on=first if n < 50 else far
        )
        for n, one in enumerate(cases)
    )
    with django_assert_num_queries(6):
        found = alarms(InboundDelegation.objects.all(), timezone.localdate())
    assert len(found) == 51
