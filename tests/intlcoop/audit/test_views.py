"""The security log and the history pages."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from intlcoop.audit.choices import SecurityEventKind
from intlcoop.audit.models import SecurityEvent
from tests.intlcoop.audit.factories import SecurityEventFactory
from tests.intlcoop.people.factories import build_ministry

pytestmark = pytest.mark.django_db


@pytest.fixture
def ministry():
    return build_ministry()


@pytest.mark.parametrize("who", ["administrator", "auditor"])
def test_administrators_and_auditors_read_the_log(client, ministry, who):
    client.force_login(getattr(ministry, who))
    SecurityEventFactory(actor_name="Người Đã Tải", kind=SecurityEventKind.DOWNLOAD, target="thu-moi.pdf")
    page = client.get(reverse("audit:security_events")).text
    assert "Người Đã Tải" in page
    assert "thu-moi.pdf" in page


@pytest.mark.parametrize("who", ["staff", "icd_head", "minister", "clerk"])
@pytest.mark.parametrize("name", ["security_events", "person_history", "unit_history"])
def test_nobody_else_does_and_the_try_is_in_the_log(client, ministry, who, name):
    client.force_login(getattr(ministry, who))
    arguments = [] if name == "security_events" else [1]
    assert client.get(reverse(f"audit:{name}", args=arguments)).status_code == 403
    assert SecurityEvent.objects.filter(kind=SecurityEventKind.PERMISSION_DENIED).count() == 1


def test_a_stranger_is_sent_to_the_login_page(client):
    response = client.get(reverse("audit:security_events"))
    assert response.status_code == 302
    assert response.url.startswith(reverse("account_login"))


@pytest.fixture
def log(ministry, client):
    """Three events of three days; the login of the reader itself is in the log too."""
    client.force_login(ministry.auditor)
    at = timezone.make_aware(dt.datetime(2026, 11, 20, 23, 30))
    for day, kind, name in ((0, "login", "An"), (1, "download", "Bình"), (2, "login_failed", "Cúc")):
        SecurityEventFactory(at=at + dt.timedelta(days=day), kind=kind, actor_name=name, ip=f"10.0.0.{day}")

    def shown(**query):
        response = client.get(reverse("audit:security_events"), query)
        return {row.actor_name for row in response.context["page_obj"]} & {"An", "Bình", "Cúc"}

    return shown


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({}, {"An", "Bình", "Cúc"}),
        ({"loai": "download"}, {"Bình"}),
        ({"tu": "21/11/2026"}, {"Bình", "Cúc"}),
        ({"den": "20/11/2026"}, {"An"}),
        ({"tu": "21/11/2026", "den": "21/11/2026"}, {"Bình"}),
        ({"q": "cúc"}, {"Cúc"}),
        ({"q": "10.0.0.1"}, {"Bình"}),
        ({"q": "không ai"}, set()),
        ({"tu": "hôm qua"}, {"An", "Bình", "Cúc"}),
    ],
)
def test_the_log_is_narrowed_by_kind_day_and_text(log, query, expected):
    assert log(**query) == expected


def test_taking_the_log_away_is_in_the_log(client, ministry):
    client.force_login(ministry.auditor)
    response = client.get(reverse("audit:security_events"), {"xuat": "csv"})
    assert response.headers["Content-Type"].startswith("text/csv")
    event = SecurityEvent.objects.get(kind=SecurityEventKind.EXPORT)
    assert event.actor == ministry.auditor


@pytest.mark.parametrize("count", [1, 3])
def test_the_log_costs_the_same_for_one_and_many(client, ministry, count, django_assert_num_queries):
    SecurityEventFactory.create_batch(count, actor=ministry.staff)
    client.force_login(ministry.auditor)
    client.get(reverse("audit:security_events"))
    with django_assert_num_queries(7):
        client.get(reverse("audit:security_events"))


def test_the_history_of_a_person_tells_of_offices_and_substitutions(client, ministry):
    client.force_login(ministry.administrator)
    page = client.get(reverse("audit:person_history", args=[ministry.unit_head.pk])).text
    assert "Vụ Địa phương" in page
    assert client.get(reverse("audit:person_history", args=[0])).status_code == 404


def test_the_history_of_a_unit_tells_of_its_people(client, ministry):
    client.force_login(ministry.auditor)
    page = client.get(reverse("audit:unit_history", args=[ministry.unit.pk])).text
    assert "Người lanhdaodonvi" in page
