"""Where an event begins and shows: from its line of the plan, in the calendar, and what its form offers."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from delegations.models import InternationalEvent
from tests.delegations.eventing import hosted
from tests.delegations.factories import plan_line


@pytest.fixture
def ministry(built, db):
    return built


def url(event: InternationalEvent, part: str = "") -> str:
    return f"/hoi-nghi/{event.case.number}/{part}"


def text_of(response) -> str:
    assert response.status_code == 200, response.status_code
    return response.content.decode()


def test_an_event_is_filed_from_its_line_and_stands_on_it_and_in_the_calendar(go, ministry):
    line = plan_line(ministry)
    line.kind = "event"
    line.save()
    client = go("chuyenvien")
    page = text_of(client.get(f"/ke-hoach/dong/{line.pk}/"))
    assert f"/hoi-nghi/lap/?dong={line.pk}" in page
    assert line.title in text_of(client.get(f"/hoi-nghi/lap/?dong={line.pk}"))
    sent = {"title": "Hội nghị theo kế hoạch", "kind": "conference", "role": "host", "format": "in_person"}
    day = timezone.localdate() + dt.timedelta(days=60)
    sent |= {"starts_on": day.strftime("%d/%m/%Y"), "dong": line.pk}
    client.post("/hoi-nghi/lap/", sent)
    event = InternationalEvent.objects.get()
    assert event.plan_line == line
    assert "Hội nghị theo kế hoạch" in text_of(client.get(f"/ke-hoach/dong/{line.pk}/"))
    assert "Hội nghị theo kế hoạch" in text_of(client.get(f"/lich/?thang={day:%Y-%m}"))
    assert "Hội nghị theo kế hoạch" not in text_of(go("truonghoc").get(f"/lich/?thang={day:%Y-%m}"))
    for strange in ("x", "9" * 30, "٣"):
        assert client.get(f"/hoi-nghi/lap/?dong={strange}").status_code == 200


def test_only_an_event_that_was_taken_over_may_leave_its_form_open(go, ministry):
    client = go("chuyenvien")
    assert 'value="unknown"' not in text_of(client.get("/hoi-nghi/lap/"))
    sent = {"title": "Hội thảo", "kind": "workshop", "role": "host", "format": "unknown"}
    assert "format" in client.post("/hoi-nghi/lap/", sent).context["form"].errors
    event = hosted(ministry)
    assert 'value="unknown"' not in text_of(client.get(url(event, "sua/")))
    InternationalEvent.objects.filter(pk=event.pk).update(format="unknown")
    assert 'value="unknown"' in text_of(client.get(url(event, "sua/")))
    assert "Nguồn không nêu hình thức" in text_of(client.get(url(event)))
