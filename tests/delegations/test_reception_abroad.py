"""On a trip too there is a programme, meetings are written down, gifts change hands: on the pages that visits have."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from delegations.exports.minutes import minutes
from delegations.exports.programme import programme as programme_paper
from delegations.models import Gift, MeetingRecord, ProgrammeItem
from delegations.queries.programme import clashes
from delegations.services import reception as services
from intlcoop.exporting.decree30 import paper_html
from intlcoop.people.registry import Absence
from tests.delegations import factories as f

pytestmark = pytest.mark.django_db


@pytest.fixture
def ministry(built, db):
    return built


def url(name: str, trip, *args: object) -> str:
    return reverse(f"delegations:{name}", args=[trip.case.number, *args])


def record(trip, **more: object) -> dict[str, object]:
    data = {"title": "Hội đàm", "held_on": f"{trip.departs_on:%d/%m/%Y}", "topics": "Hợp tác đào tạo."}
    points = {"points-TOTAL_FORMS": 1, "points-INITIAL_FORMS": 0, "points-0-text": "Trao đổi chuyên gia hằng năm."}
    return data | points | more


def item(trip, **more: object) -> dict[str, object]:
    day = f"{trip.departs_on:%d/%m/%Y}"
    return {"what": "Làm việc với Bộ bạn", "what_en": "Meeting", "day": day, "half": "1_morning", "leader": ""} | more


def gift(trip) -> dict[str, object]:
    data = {"direction": "given", "given_on": f"{trip.departs_on:%d/%m/%Y}", "quantity": 1, "description": "Tranh lụa"}
    return data | {"giver": "Trưởng đoàn", "receiver": "Bộ trưởng nước bạn"}


def test_what_a_trip_talked_about_agreed_and_gave_is_written_down_and_read_on_its_page(go, decided):
    client = go("chuyenvien")
    begun = client.get(url("record_new", decided)).content.decode()
    assert decided.members.first().full_name in begun
    assert "Thành phần phía nước ngoài" in begun
    for name, data in (("programme_item_new", item), ("record_new", record), ("gift_of_file", gift)):
        assert client.get(url(name, decided)).status_code == 200
        assert client.post(url(name, decided), data(decided)).status_code == 302
    page = client.get(decided.get_absolute_url()).content.decode()
    made = MeetingRecord.objects.get()
    assert made.get_absolute_url() in page
    assert Gift.objects.get().get_absolute_url() in page
    assert "Mở chương trình" in page
    point = made.points.get()
    promise = reverse(
        "agreements:commitment_create", query={"tu": decided.case.number, "dong": f"bb-{made.pk}-{point.pk}"}
    )
    assert "Trao đổi chuyên gia hằng năm." in client.get(promise).content.decode()
    assert "2. Phía nước ngoài" in str(paper_html(minutes(made)))
    assert "Phía đối tác" in str(paper_html(programme_paper(decided.case)))


def test_a_trip_that_is_not_decided_is_asked_for_no_meetings_yet(go, ministry):
    page = go("chuyenvien").get(f.trip(ministry).get_absolute_url()).content.decode()
    assert "Lập chương trình" in page
    assert "bien-ban/them/" not in page
    assert "qua-tang/them/" not in page


def test_others_write_nothing_on_a_trip(go, ministry, decided):
    for name, status in (("kiemtoan", 403), ("truonghoc", 404), ("htqt", 403)):
        client = go(name)
        for page in ("record_new", "gift_of_file", "programme_item_new"):
            assert client.get(url(page, decided)).status_code == status, (name, page)
        if status == 403:
            assert "bien-ban/them/" not in client.get(decided.get_absolute_url()).content.decode()


def test_whoever_travels_is_not_away_from_the_programme_of_this_very_trip(ministry, decided, monkeypatch):
    from delegations.queries import programme as queries

    fields = {"day": decided.departs_on, "half": "1_morning", "what": "Hội đàm", "leader": ministry.thutruong}
    mine = services.save_item(decided.case, None, actor=ministry.chuyenvien, fields=fields)
    mine = ProgrammeItem.objects.select_related("case", "leader").get(pk=mine.pk)
    day, person = decided.departs_on, ministry.thutruong.pk
    own = Absence(person_id=person, first=day, last=day, number=decided.case.number)
    other = Absence(person_id=person, first=day, last=day + dt.timedelta(days=1), number="DR-2026-0777")
    monkeypatch.setattr(queries, "absences", lambda first, last, people: [own])
    assert clashes([mine]) == {}
    monkeypatch.setattr(queries, "absences", lambda first, last, people: [own, other])
    assert len(clashes([mine])[mine.pk]) == 1


def test_the_page_of_a_trip_costs_the_same_with_one_row_of_each_and_with_three(go, decided):
    client = go("chuyenvien")

    def add() -> None:
        for name, data in (("programme_item_new", item), ("record_new", record), ("gift_of_file", gift)):
            assert client.post(url(name, decided), data(decided)).status_code == 302

    def count() -> int:
        with CaptureQueriesContext(connection) as seen:
            assert client.get(decided.get_absolute_url()).status_code == 200
        return len(seen)

    add()
    count()
    once = count()
    add()
    add()
    assert count() == once
