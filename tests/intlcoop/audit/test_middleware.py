"""Every change carries its request; refusals are written down."""

from __future__ import annotations

import pghistory
import pytest
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from intlcoop.audit.choices import SecurityEventKind
from intlcoop.audit.models import SecurityEvent
from intlcoop.people.models import User
from tests.intlcoop.people.factories import UserFactory

pytestmark = pytest.mark.django_db


@csrf_exempt
def rename(request):
    User.objects.filter(pk=request.user.pk).update(full_name="Tên Mới")
    return HttpResponse(request.request_id)


def refuse(request):
    raise PermissionDenied("Chỉ lãnh đạo đơn vị được ký.")


urlpatterns = [path("doi-ten/", rename, name="rename"), path("cam/", refuse, name="refuse")]


@pytest.fixture
def person(client):
    person = UserFactory()
    client.force_login(person)
    return person


def last_context(person):
    (table,) = pghistory.core.event_models(tracks_model=User)
    return table.objects.filter(pgh_obj_id=person.pk).latest("pgh_id").pgh_context


@pytest.mark.urls(__name__)
def test_a_change_carries_person_address_view_and_request(client, person):
    response = client.post("/doi-ten/", headers={"X-Request-ID": "abc-12345678"})
    assert last_context(person) == {
        "user": person.pk,
        "url": "/doi-ten/",
        "action": "rename",
        "request": "abc-12345678",
    }
    assert response.text == "abc-12345678"


@pytest.mark.urls(__name__)
def test_a_forged_request_id_is_replaced(client, person):
    response = client.post("/doi-ten/", headers={"X-Request-ID": "<script>alert(1)</script>"})
    assert response.text.isalnum()
    assert last_context(person)["request"] == response.text


@pytest.mark.urls(__name__)
def test_a_page_that_is_only_read_has_no_context(client, person):
    client.get("/doi-ten/")
    assert last_context(person) is None


@pytest.mark.urls(__name__)
def test_a_refusal_is_written_down(client, person):
    assert client.get("/cam/").status_code == 403
    event = SecurityEvent.objects.get(kind=SecurityEventKind.PERMISSION_DENIED)
    assert (event.actor, event.url, event.target, event.ip) == (
        person,
        "/cam/",
        "Chỉ lãnh đạo đơn vị được ký.",
        "127.0.0.1",
    )
    assert event.detail["method"] == "GET"
