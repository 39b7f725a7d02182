"""The memory of every change cannot be rewritten: tried against the real tables."""

from __future__ import annotations

import datetime as dt

import pghistory
import pgtrigger
import pytest
from django.apps import apps
from django.db import InternalError, connection, transaction

from intlcoop.audit.models import SecurityEvent
from intlcoop.people.choices import Role
from intlcoop.people.models import Appointment
from tests.intlcoop.audit.factories import SecurityEventFactory
from tests.intlcoop.people.factories import AppointmentFactory, UserFactory

pytestmark = pytest.mark.django_db

EVENT_TABLES = sorted(model._meta.db_table for model in pghistory.core.event_models())


def run(sql):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(sql)


def test_every_tracked_model_of_every_room_keeps_inserts_updates_and_deletes():
    labels = {}
    for model in pghistory.core.event_models():
        labels.setdefault(model.pgh_tracked_model, set()).update(t.label for t in model.pgh_trackers or ())
    registered = {(model, trigger.name) for model, trigger in pgtrigger.registered()}
    for model in labels:
        assert {(model, "insert_insert"), (model, "update_update"), (model, "delete_delete")} <= registered, model


@pytest.mark.parametrize("table", EVENT_TABLES)
def test_an_event_table_cannot_be_emptied(table):
    with pytest.raises(InternalError, match="Cannot truncate"):
        run(f'TRUNCATE "{table}"')


@pytest.mark.parametrize("table", EVENT_TABLES)
def test_an_event_table_has_its_guards_in_the_database(table):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgname FROM pg_trigger WHERE tgrelid = %s::regclass AND tgenabled = 'O' AND NOT tgisinternal",
            [f'"{table}"'],
        )
        names = " ".join(row[0] for row in cursor.fetchall())
    assert "append_only" in names
    assert "no_truncate" in names


@pytest.mark.parametrize(
    "sql", ["UPDATE people_userevent SET full_name = 'x'", "DELETE FROM people_userevent", "TRUNCATE people_userevent"]
)
def test_a_remembered_change_is_neither_changed_nor_deleted_nor_emptied_away(sql):
    UserFactory()
    with pytest.raises(InternalError, match="pgtrigger: Cannot"):
        run(sql)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE audit_securityevent SET actor_name = 'x'",
        "DELETE FROM audit_securityevent",
        "TRUNCATE audit_securityevent",
    ],
)
def test_a_security_event_is_neither_changed_nor_deleted_nor_emptied_away(sql):
    SecurityEventFactory()
    with pytest.raises(InternalError, match="pgtrigger: Cannot"):
        run(sql)
    assert SecurityEvent.objects.count() == 1


def test_changes_past_the_orm_are_remembered_too():
    person = UserFactory(full_name="Trước")
    run(f"UPDATE people_user SET full_name = 'Sau' WHERE id = {person.pk}")
    run(f"DELETE FROM people_user WHERE id = {person.pk}")
    events = apps.get_model("people", "UserEvent").objects.filter(pgh_obj_id=person.pk).order_by("pgh_id")
    assert [(event.pgh_label, event.full_name) for event in events] == [
        ("insert", "Trước"),
        ("update", "Sau"),
        ("delete", "Sau"),
    ]


def test_secrets_and_computed_columns_are_not_copied():
    names = {field.name for field in apps.get_model("people", "UserEvent")._meta.get_fields()}
    assert not names & {"password", "last_login", "sort_key", "search_text"}


def test_who_asked_stands_in_the_event():
    person = UserFactory()
    with pghistory.context(user=person.pk, url="/x/", action="people:appointment_create"):
        appointment = AppointmentFactory(role=Role.OFFICER, valid_from=dt.date(2026, 1, 1))
    event = apps.get_model("people", "AppointmentEvent").objects.get(pgh_obj_id=appointment.pk)
    assert event.pgh_context == {"user": person.pk, "url": "/x/", "action": "people:appointment_create"}
    assert Appointment.objects.count() == 1
