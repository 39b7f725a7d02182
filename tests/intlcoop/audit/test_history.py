"""Who changed what, when, as a page prints it."""

from __future__ import annotations

import datetime as dt

import pghistory
import pytest
from django.utils import translation

from intlcoop.audit.history import FieldChange, entries_for
from intlcoop.people.choices import Role
from intlcoop.people.models import Appointment, OrgUnit
from tests.intlcoop.people.factories import AppointmentFactory, OrgUnitFactory, UserFactory

pytestmark = pytest.mark.django_db


def lines(entries):
    return [(entry.kind, entry.subject) for entry in entries]


def test_a_change_says_who_what_before_and_after():
    clerk = UserFactory(full_name="Lê Thị Ghi")
    unit = OrgUnitFactory(name_vi="Vụ Cũ")
    with pghistory.context(user=clerk.pk, url="/quan-tri/don-vi/", action="people:unit_change"):
        unit.name_vi = "Vụ Mới"
        unit.save()
    newest = entries_for([unit])[0]
    assert (newest.actor_name, newest.kind, newest.url, newest.view) == (
        "Lê Thị Ghi",
        "update",
        "/quan-tri/don-vi/",
        "people:unit_change",
    )
    assert [(change.before, change.after) for change in newest.changes] == [("Vụ Cũ", "Vụ Mới")]


def test_work_of_nobody_is_the_systems():
    unit = OrgUnitFactory()
    unit.position = 7
    unit.save()
    with pghistory.context(user=None):
        unit.position = 8
        unit.save()
    with translation.override("en"):
        assert {entry.actor_name for entry in entries_for([unit])} == {"The system"}


def test_references_choices_days_and_truth_values_are_words():
    old, new = OrgUnitFactory(name_vi="Bộ A"), OrgUnitFactory(name_vi="Bộ B")
    appointment = AppointmentFactory(unit=old, role=Role.DEPUTY_HEAD, valid_from=dt.date(2026, 1, 5))
    appointment.unit, appointment.acting, appointment.valid_until = new, True, dt.date(2026, 11, 22)
    appointment.save()
    changes = {(change.before, change.after) for change in entries_for([appointment])[0].changes}
    assert ("Bộ A", "Bộ B") in changes
    assert ("", "22/11/2026") in changes
    assert len(changes) == 3
    created = {change.after for change in entries_for([appointment])[-1].changes}
    assert "05/01/2026" in created
    assert str(Role.DEPUTY_HEAD.label) in created


def test_a_change_that_no_reader_understands_is_left_out():
    unit = OrgUnitFactory()
    OrgUnit.objects.filter(pk=unit.pk).update(sort_key="zzz")
    assert [kind for kind, _subject in lines(entries_for([unit]))] == ["insert"]


def test_rows_that_hang_on_it_are_followed_also_when_they_are_gone():
    person = UserFactory()
    unit = OrgUnitFactory(name_vi="Vụ Địa phương")
    kept = AppointmentFactory(person=person, unit=unit)
    gone = AppointmentFactory(person=person, unit=OrgUnitFactory(name_vi="Vụ Đã Rời"))
    AppointmentFactory()
    gone.delete()
    entries = entries_for([person], follow=[(Appointment, "person")])
    subjects = [(entry.kind, entry.subject.rpartition(": ")[2]) for entry in entries]
    assert subjects[0] == ("delete", f"Vụ Đã Rời · {Role.OFFICER.label}")
    assert ("insert", f"Vụ Địa phương · {Role.OFFICER.label}") in subjects
    assert len(entries) == 4
    assert kept.pk


def test_only_the_latest_are_given_when_asked():
    unit = OrgUnitFactory()
    for position in range(5):
        unit.position = position
        unit.save()
    newest = entries_for([unit], limit=2)
    assert [change.after for entry in newest for change in entry.changes] == ["4", "3"]


def test_it_costs_the_same_for_one_change_and_many(django_assert_num_queries):
    person = UserFactory()
    rows = [AppointmentFactory(person=person) for _number in range(3)]
    for row in rows:
        with pghistory.context(user=UserFactory().pk):
            row.title_vi = "Chuyên viên chính"
            row.save()
    # two event tables, the people who acted, and the people and units that fields point to
    with django_assert_num_queries(5):
        entries_for([person, rows[0]], follow=[(Appointment, "person")])


def test_a_change_is_a_value():
    assert FieldChange("a", "b", "c") == FieldChange("a", "b", "c")
