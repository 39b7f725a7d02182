"""The two checklists of a trip: what stands in them, until when, who writes on them, and who is reminded."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from delegations import services
from delegations.choices import Part, PreparationState, Purpose
from delegations.models import ItineraryLeg, OutboundDelegation, PreparationItem, PreparationTask
from delegations.queries.preparation import add_months, line_of, lists_of, no_longer_asked
from delegations.queries.preparation_due import due_of, prepared_by, reminders
from intlcoop.catalogues.models import Country
from intlcoop.notifications.digest import send_digests
from intlcoop.notifications.models import Notice
from intlcoop.operations.demo.clock import at
from intlcoop.people.choices import Rank
from intlcoop.people.models import User
from intlcoop.regulations.models import Holiday, Parameter
from intlcoop.regulations.queries import calendar
from intlcoop.regulations.working_days import add_working_days, is_working_day
from intlcoop.workflow.refusals import Conflict, NotAllowed, Refused
from intlcoop.workflow.timeline import timeline_of
from tests.delegations.factories import fresh, member, submit, trip

DEPARTS = dt.date(2027, 4, 20)  # a Tuesday; 16/4 (Giỗ Tổ Hùng Vương), 30/4 and 1/5 are days off


@pytest.mark.parametrize(
    ("day", "count", "expected"),
    [
        ("2026-08-31", 6, "2027-02-28"),
        ("2027-08-31", 6, "2028-02-29"),
        ("2026-12-31", 2, "2027-02-28"),
        ("2026-01-15", 12, "2027-01-15"),
    ],
)
def test_months_end_where_the_month_ends(day, count, expected):
    assert add_months(dt.date.fromisoformat(day), count) == dt.date.fromisoformat(expected)


@pytest.fixture
def made(ministry):
    """A trip of one person of ours to Thailand, submitted."""
    with at(dt.date(2027, 1, 11)):
        found = trip(
            ministry, departs_on=DEPARTS, returns_on=DEPARTS + dt.timedelta(days=3), out_of_plan_reason="Mời sau"
        )
        submit(found, ministry)
    return again(found)


def again(found: OutboundDelegation) -> OutboundDelegation:
    return OutboundDelegation.objects.select_related("case__unit").get(pk=found.pk)


def keys(found):
    return {line.key for line in lists_of(again(found))}


pytestmark = pytest.mark.django_db


def test_the_lists_follow_from_countries_and_people(made, ministry):
    person = ministry.chuyenvien2
    assert {"talking-points", "gifts", "visa__c-th", f"passport__p-{person.pk}"} <= keys(made)
    assert not any(key.startswith(("party-permission", "signing-texts")) for key in keys(made))
    ItineraryLeg.objects.create(delegation=made, country=Country.objects.get(iso2="LA"), position=2)
    User.objects.filter(pk=person.pk).update(is_centrally_managed=True)
    OutboundDelegation.objects.filter(pk=made.pk).update(purpose=Purpose.SIGNING)
    assert {"visa__c-la", f"party-permission__p-{person.pk}", "signing-texts"} <= keys(made)


def test_due_days_are_counted_in_working_days_from_departure_and_return(made, ministry):
    lines = {line.task.code: line for line in lists_of(made)}
    days_off = calendar()
    assert lines["talking-points"].due_on == add_working_days(DEPARTS, -5, days_off) == dt.date(2027, 4, 12)
    assert lines["passport-returned"].due_on == add_working_days(made.returns_on, 5, days_off)
    Holiday.objects.create(day=dt.date(2027, 4, 15), name_vi="Nghỉ thêm", name_en="Extra")
    moved = {line.task.code: line for line in lists_of(again(made))}
    assert moved["talking-points"].due_on == dt.date(2027, 4, 9)
    assert all(is_working_day(line.due_on, calendar()) for line in moved.values())


def test_the_time_to_return_a_passport_is_the_parameter_of_that_day(made):
    row = Parameter.objects.get(key="outbound.passport_return_working_days")
    Parameter.objects.filter(pk=row.pk).update(valid_until=dt.date(2027, 3, 31))
    row.pk, row.value, row.valid_from = None, 2, dt.date(2027, 4, 1)
    row.save(force_insert=True)
    line = next(line for line in lists_of(made) if line.task.code == "passport-returned")
    assert line.due_on == add_working_days(made.returns_on, 2, calendar())


def test_a_task_that_changes_tomorrow_leaves_todays_trips_alone(made, ministry):
    task = PreparationTask.objects.get(code="gifts")
    services.change_task(
        task,
        actor=ministry.vutruong,
        valid_from=DEPARTS + dt.timedelta(days=1),
        reason="Đổi mẫu",
        fields={"working_days": 9},
    )
    line = line_of(again(made), "gifts")
    assert (line.task.pk, line.task.working_days) == (task.pk, 5)
    OutboundDelegation.objects.filter(pk=made.pk).update(departs_on=DEPARTS + dt.timedelta(days=1))
    assert line_of(again(made), "gifts").task.working_days == 9


@pytest.mark.parametrize("name", ["htqt", "truonghoc", "chuyenvien", "kiemtoan"])
def test_only_administrators_and_the_head_of_the_icd_change_the_tasks(ministry, name):
    task = PreparationTask.objects.get(code="gifts")
    with pytest.raises(NotAllowed):
        services.end_task(task, actor=ministry.person(name), last_day=DEPARTS, reason="x")
    services.end_task(task, actor=ministry.quantri, last_day=DEPARTS, reason="Không còn dùng")
    assert PreparationTask.objects.get(code="gifts").valid_until == DEPARTS


def test_two_wordings_of_a_task_never_hold_on_one_day(ministry):
    task = PreparationTask.objects.get(code="gifts")
    task.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        task.save(force_insert=True)
    with pytest.raises(Refused):
        services.change_task(
            PreparationTask.objects.get(code="gifts"),
            actor=ministry.quantri,
            valid_from=dt.date(2019, 1, 1),
            reason="Sai ngày",
            fields={},
        )


def test_what_is_done_is_kept_with_who_and_when_and_stands_in_the_history(made, ministry):
    services.tick(made, line_of(made, "gifts"), actor=ministry.chuyenvien)
    item = PreparationItem.objects.get()
    assert (item.state, item.done_by, item.done_on) == ("done", ministry.chuyenvien, timezone.localdate())
    services.tick(again(made), line_of(again(made), "gifts"), actor=ministry.htqt)
    item.refresh_from_db()
    assert item.done_by == ministry.chuyenvien
    told = [
        (entry.actor_name, entry.changes)
        for entry in timeline_of(fresh(made.case))
        if "Tặng phẩm" in str(entry.changes)
    ]
    assert told


def test_a_document_and_a_passport_are_asked_for_their_particulars(made, ministry):
    person = ministry.chuyenvien2
    for key in ("note-verbale__c-th", f"passport__p-{person.pk}"):
        with pytest.raises(Refused):
            services.save_preparation(made, line_of(made, key), actor=ministry.htqt, state=PreparationState.DONE)
    with pytest.raises(Refused):
        services.save_preparation(made, line_of(made, "gifts"), actor=ministry.htqt, state=PreparationState.NOT_NEEDED)
    assert not PreparationItem.objects.exists()


def passport(made, ministry, ends: dt.date, **more):
    key = f"passport__p-{ministry.chuyenvien2.pk}"
    return services.save_preparation(
        made,
        line_of(made, key),
        actor=ministry.htqt,
        state=PreparationState.DONE,
        passport_kind="official",
        passport_expires_on=ends,
        **more,
    )


def test_a_passport_that_ends_too_soon_is_flagged(made, ministry):
    key = f"passport__p-{ministry.chuyenvien2.pk}"
    passport(made, ministry, dt.date(2027, 10, 19))
    assert "20/10/2027" in line_of(again(made), key).alarm
    passport(again(made), ministry, dt.date(2027, 10, 20))
    assert line_of(again(made), key).alarm == ""


def test_no_number_of_a_passport_is_kept(made, ministry):
    with pytest.raises(Refused):
        passport(made, ministry, dt.date(2030, 1, 1), note="Số C1234567")
    names = {field.name for field in PreparationItem._meta.get_fields()}
    assert not {name for name in names if "passport" in name} - {"passport_kind", "passport_expires_on"}


def test_what_was_done_for_a_country_stays_when_the_country_leaves(made, ministry):
    services.tick(made, line_of(made, "visa__c-th"), actor=ministry.htqt)
    made.legs.update(country=Country.objects.get(iso2="LA"))
    lines = lists_of(again(made))
    assert [item.subject for item in no_longer_asked(again(made), lines)] == ["c-th"]
    assert line_of(again(made), "visa__c-la").is_open


def test_the_list_of_members_can_be_written_anew_without_losing_a_passport(made, ministry):
    passport(made, ministry, dt.date(2030, 1, 1))
    made.members.all().delete()
    made.members.create(**member(ministry.chuyenvien2, Part.HEAD, Rank.OFFICIAL))
    assert line_of(again(made), f"passport__p-{ministry.chuyenvien2.pk}").state == PreparationState.DONE


@pytest.mark.parametrize(("name", "may"), [
    ("chuyenvien", True), ("chuyenvien3", True), ("htqt", True), ("lanhdaodonvi", True),
    ("vanthu", False), ("taichinh", False), ("botruong", False), ("quantri", False), ("kiemtoan", False), ("truonghoc", False),
])  # fmt: skip
def test_the_filing_unit_and_the_icd_keep_the_lists(made, ministry, name, may):
    line = line_of(made, "gifts")
    if may:
        assert services.tick(made, line, actor=ministry.person(name)).state == PreparationState.DONE
    else:
        with pytest.raises(NotAllowed):
            services.tick(made, line, actor=ministry.person(name))


def test_two_who_write_at_once_do_not_overwrite_each_other(made, ministry):
    line = line_of(made, "gifts")
    services.save_preparation(made, line, actor=ministry.htqt, state="open", owner=ministry.chuyenvien3, seen="-")
    with pytest.raises(Conflict):
        services.save_preparation(made, line, actor=ministry.chuyenvien, state="done", seen="-")


# --- reminders ------------------------------------------------------------------------------------------------------


def told(day):
    with at(day):
        return {(r.person.username, r.key.split("-", 2)[2].rsplit("-20", 1)[0], r.section) for r in reminders(day)}


def test_each_task_is_reminded_of_before_on_and_after_its_day_and_only_once(made, ministry):
    due = line_of(made, "talking-points").due_on
    days_off = calendar()
    before, after = add_working_days(due, -1, days_off), add_working_days(due, 1, days_off)
    for day, section in ((before, "soon"), (due, "today"), (after, "overdue")):
        assert ("chuyenvien", "talking-points", section) in told(day)
    with at(due):
        assert send_digests(due) >= 1
        told_once = Notice.objects.filter(recipient=ministry.chuyenvien).count()
        send_digests(due)
        assert Notice.objects.filter(recipient=ministry.chuyenvien).count() == told_once


def test_the_owner_is_reminded_and_what_is_done_is_not(made, ministry):
    due = line_of(made, "talking-points").due_on
    services.save_preparation(
        made, line_of(made, "talking-points"), actor=ministry.htqt, state="open", owner=ministry.htqt2
    )
    assert ("htqt2", "talking-points", "today") in told(due)
    services.tick(again(made), line_of(again(made), "talking-points"), actor=ministry.htqt2)
    assert not [entry for entry in told(due) if entry[1] == "talking-points"]


def test_after_departure_only_the_passport_is_still_reminded_of(made, ministry):
    key = f"passport-returned__p-{ministry.chuyenvien2.pk}"
    late = line_of(made, key).due_on + dt.timedelta(days=3)
    assert {entry[1] for entry in told(late)} == {key}


def test_a_trip_that_was_called_off_is_not_prepared(made, ministry):
    type(made.case).objects.filter(pk=made.case.pk).update(state="cancelled")
    assert told(line_of(made, "gifts").due_on) == set()
    with pytest.raises(NotAllowed):
        services.tick(again(made), line_of(made, "gifts"), actor=ministry.htqt)


def due_now(user, today):
    trips = OutboundDelegation.objects.filter(prepared_by(user, today)).select_related("case__unit", "case__created_by")
    return due_of(user, list(trips), today)


def test_what_is_due_stands_on_the_first_page(made, ministry, client):
    due = line_of(made, "talking-points").due_on
    with at(due):
        (found,) = due_now(ministry.chuyenvien, due)
        assert found.trip.pk == made.pk
        assert due_now(ministry.chuyenvien3, due) == []
        client.force_login(ministry.chuyenvien)
        text = client.get("/").content.decode()
    assert f"/doan-ra/{made.case.number}/chuan-bi/" in text
    assert "Đề cương trao đổi" in text


def test_looking_costs_the_same_for_one_and_for_three_trips(made, ministry, django_assert_num_queries):
    due = line_of(made, "talking-points").due_on
    with at(due):
        with django_assert_num_queries(7):
            list(reminders(due))
        for _times in range(2):
            more = trip(
                ministry,
                departs_on=DEPARTS,
                returns_on=DEPARTS,
                out_of_plan_reason="x",
                warning_reason="x",
                country="LA",
            )
            submit(more, ministry)
        with django_assert_num_queries(7):
            assert len({r.key.split("-")[1] for r in reminders(due)}) == 3
