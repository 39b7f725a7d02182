"""Logins, failed logins and logouts leave a trace, through the real login page."""

from __future__ import annotations

import pytest
from django.contrib.auth import authenticate
from django.urls import reverse

from intlcoop.audit.choices import SecurityEventKind
from intlcoop.audit.models import SecurityEvent
from tests.intlcoop.people.factories import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db


def log_in(client, username, password):
    return client.post(reverse("account_login"), {"login": username, "password": password})


def test_login_and_logout_are_written_down(client):
    person = UserFactory(full_name="Trần Thị Vào")
    log_in(client, person.username, PASSWORD)
    client.post(reverse("account_logout"))
    kinds = list(SecurityEvent.objects.order_by("pk").values_list("kind", "actor", "actor_name", "ip"))
    assert kinds == [
        (SecurityEventKind.LOGIN, person.pk, "Trần Thị Vào", "127.0.0.1"),
        (SecurityEventKind.LOGOUT, person.pk, "Trần Thị Vào", "127.0.0.1"),
    ]


def test_a_failed_login_keeps_the_name_that_was_tried_and_no_password(client):
    person = UserFactory()
    log_in(client, person.username, "sai-mat-khau-roi")
    event = SecurityEvent.objects.get()
    assert (event.kind, event.actor, event.actor_name) == (SecurityEventKind.LOGIN_FAILED, None, person.username)
    assert "sai-mat-khau-roi" not in str(event.detail)


def test_a_name_of_any_length_is_written_down_short():
    assert authenticate(None, username="x" * 5000, password="y") is None
    assert SecurityEvent.objects.get().actor_name == "x" * 60
