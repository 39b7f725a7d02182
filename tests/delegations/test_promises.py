"""What a trip is for our partners: it wakes them, its report gives commitments, and before the next one they are asked for."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from agreements.models import Commitment, Dealing
from delegations.choices import OutboundState
from delegations.event_choices import EventState
from delegations.models import InternationalEvent, OutboundDelegation
from delegations.queries.promises import reminders
from delegations.services import save_report
from delegations.workflows import move_with_the_calendar
from intlcoop.workflow import engine
from intlcoop.workflow.models import Case
from intlcoop.workflow.services import open_case
from tests.agreements.agreed import agreement
from tests.agreements.factories import PartnerFactory
from tests.agreements.promises import promise
from tests.delegations import factories as f
from tests.delegations.typing import typed

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()


@pytest.fixture
def host():
    return PartnerFactory(name_vi="Bộ Nội vụ Thái Lan (thử)")


def back(ministry, host, **more) -> OutboundDelegation:
    """A trip that is on its way and came back yesterday."""
    made = f.trip(ministry, **more)
    gone = {"departs_on": TODAY - dt.timedelta(days=4), "returns_on": TODAY - dt.timedelta(days=1)}
    OutboundDelegation.objects.filter(pk=made.pk).update(host_partner=host, **gone)
    Case.objects.filter(pk=made.case_id).update(state=OutboundState.TRAVELLING, first_submitted_at=timezone.now())
    return OutboundDelegation.objects.get(pk=made.pk)


def reported(ministry, trip, *meetings):
    return save_report(
        trip,
        actor=ministry.chuyenvien,
        fields={"results": "Tốt", "recommendations": "Gửi tài liệu cho bạn"},
        meetings=[{"counterpart": "Cục Lưu trữ", "result": "Bạn gửi chuyên gia", **row} for row in meetings],
    )


def test_a_trip_that_came_back_is_a_dealing_with_host_and_agreement_once(ministry, host):
    trip, other = back(ministry, host), PartnerFactory()
    served = agreement(ministry, host, other)
    trip.agreements.set([served])
    assert move_with_the_calendar(TODAY) == 1
    rows = Dealing.objects.filter(case=trip.case)
    assert {(row.partner, row.agreement, row.kind, row.on) for row in rows} == {
        (host, served, "trip", trip.departs_on),
        (other, served, "trip", trip.departs_on),
    }
    assert served not in type(served).objects.dormant(TODAY)


def test_a_trip_that_never_left_is_none(ministry, host):
    trip = back(ministry, host)
    Case.objects.filter(pk=trip.case_id).update(state=OutboundState.DECIDED)
    from delegations.services import note_trip
    from delegations.workflows import OUTBOUND

    note_trip(trip)
    engine.apply(engine.lock(trip.case), OUTBOUND["cancel_decided"], actor=None)
    assert not Dealing.objects.filter(case=trip.case).exists()


def test_a_filed_report_says_with_whom_and_says_it_anew_when_filed_again(ministry, host):
    trip, met = back(ministry, host), PartnerFactory()
    move_with_the_calendar(TODAY)
    report = reported(ministry, trip, {"partner": met, "held_on": trip.departs_on}, {"partner": None})
    engine.fire(report.case, "file", actor=ministry.chuyenvien)
    assert [row.partner for row in Dealing.objects.filter(case=trip.case, kind="meeting")] == [met]
    engine.fire(Case.objects.get(pk=report.case_id), "ask_for_more", actor=ministry.htqt, comment="Sai đối tác")
    report = type(report).objects.get(pk=report.pk)
    reported(ministry, trip, {"partner": host, "held_on": trip.departs_on})
    engine.fire(Case.objects.get(pk=report.case_id), "file", actor=ministry.chuyenvien)
    assert [row.partner for row in Dealing.objects.filter(case=trip.case, kind="meeting")] == [host]
    assert Dealing.objects.filter(case=trip.case, kind="trip", partner=host).count() == 1


def test_a_held_event_is_a_dealing_with_its_host(ministry, host):
    case = open_case("event", title="Hội thảo", unit=ministry.unit("CSDP"), actor=ministry.htqt)
    InternationalEvent.objects.create(case=case, starts_on=TODAY, ends_on=TODAY, host_partner=host)
    engine.fire(case, "hold", actor=ministry.htqt)
    assert Case.objects.get(pk=case.pk).state == EventState.HELD
    assert Dealing.objects.get().partner == host


def test_a_row_of_the_report_becomes_a_commitment_with_one_press(go, ministry, host):
    trip = back(ministry, host)
    move_with_the_calendar(TODAY)
    report = reported(ministry, trip, {"partner": None, "result": "Bạn cử hai chuyên gia sang trong quý I"})
    engine.fire(report.case, "file", actor=ministry.chuyenvien)
    meeting, url = report.meetings.get(), f"/doan-ra/{trip.case.number}/bao-cao/"
    client = go("chuyenvien")
    link = f"/cam-ket/them/?tu={report.case.number}&amp;dong={meeting.pk}"
    text = client.get(url).content.decode()
    assert link in text
    assert f"dong={'kien-nghi'}" in text
    form = client.get(link.replace("&amp;", "&")).context["form"]
    filled = {name: form.initial[name] for name in ("title", "partner", "born_number")}
    assert filled == {
        "title": "Bạn cử hai chuyên gia sang trong quý I", "partner": host, "born_number": report.case.number,
    }  # fmt: skip
    sent = {"title": filled["title"], "partner": host.pk, "born_number": filled["born_number"], "side": "partners"}
    client.post(link.replace("&amp;", "&"), sent | {"unit": ministry.unit("CSDP").pk})
    made = Commitment.objects.get()
    assert (made.born_in, made.born_key, made.side) == (report.case, str(meeting.pk), "partners")
    assert made.case.number in client.get(url).content.decode()
    assert report.case.number in client.get(made.get_absolute_url()).content.decode()
    text = client.get(f"{link.partition('&amp;')[0]}&dong=999999999999999999999").content.decode()
    assert "Ghi cam kết" in text


def test_before_a_trip_its_page_and_its_checklist_show_what_is_owed_there(go, ministry, host):
    trip, neighbour = f.trip(ministry), PartnerFactory(country=f.Country.objects.get(iso2="TH"))
    OutboundDelegation.objects.filter(pk=trip.pk).update(host_partner=host)
    promise(ministry, "Hứa với cơ quan mời", partner=host)
    promise(ministry, "Hứa với cơ quan khác ở Thái Lan", partner=neighbour)
    promise(ministry, "Hứa với nước khác", partner=PartnerFactory())
    for url in (trip.get_absolute_url(), f"{trip.get_absolute_url()}chuan-bi/"):
        text = go("chuyenvien").get(url).content.decode()
        assert "Hứa với cơ quan mời" in text, url
        assert "Hứa với cơ quan khác ở Thái Lan" in text
        assert "Hứa với nước khác" not in text
    Case.objects.filter(pk=trip.case_id).update(state=OutboundState.COMPLETED)
    assert "Hứa với cơ quan mời" not in go("chuyenvien").get(trip.get_absolute_url()).content.decode()


def test_owner_and_filer_are_asked_before_the_trip_who_may_not_read_it_is_not(ministry, host):
    trip = f.trip(ministry)
    departs = TODAY + dt.timedelta(days=30)
    OutboundDelegation.objects.filter(pk=trip.pk).update(host_partner=host, departs_on=departs)
    promise(ministry, "Của đơn vị", partner=host, owner=ministry.chuyenvien2)
    promise(ministry, "Của vụ khác", partner=host, unit="HTQT", owner=ministry.htqt)
    assert not list(reminders(TODAY))
    Case.objects.filter(pk=trip.case_id).update(state=OutboundState.IN_APPROVAL)
    assert not list(reminders(TODAY - dt.timedelta(days=1)))
    told = {(each.person.username, "Của đơn vị" in each.text()) for each in reminders(TODAY)}
    assert told == {("chuyenvien2", True), ("chuyenvien", True), ("htqt", False)}


def test_the_form_takes_the_agreements_that_a_trip_carries_out(go, ministry, host):
    trip = f.trip(ministry)
    OutboundDelegation.objects.filter(pk=trip.pk).update(host_partner=host)
    fit, own, far = (
        agreement(ministry, host, unit="HTQT"),
        agreement(ministry),
        agreement(ministry, PartnerFactory(), unit="HTQT"),
    )
    agreement(ministry, host, state="expired")
    client = go("chuyenvien")
    Case.objects.filter(number=fit.case.number).update(unit=ministry.unit("CSDP"))
    url = f"{trip.get_absolute_url()}sua/"
    form = client.get(url).context["form"]
    assert {pk for pk, _label in form.fields["agreements"].choices} == {fit.pk, own.pk}
    trip = OutboundDelegation.objects.get(pk=trip.pk)
    assert client.post(url, typed(trip, agreements=[fit.pk])).status_code == 302
    assert list(trip.agreements.all()) == [fit]
    trip = OutboundDelegation.objects.get(pk=trip.pk)
    assert client.post(url, typed(trip, agreements=[far.pk])).context["form"].errors["agreements"]
    assert list(trip.agreements.all()) == [fit]


def test_the_page_of_a_partner_shows_plan_lines_and_coming_trips(go, ministry, host):
    trip, line = f.trip(ministry), f.plan_line(ministry)
    OutboundDelegation.objects.filter(pk=trip.pk).update(host_partner=host)
    line.partner = host
    line.save()
    text = go("chuyenvien").get(host.get_absolute_url()).content.decode()
    assert trip.case.number.replace("DR", "ĐR") in text
    assert line.title in text
    brief = go("chuyenvien").get(f"{host.get_absolute_url()}tom-tat/").content.decode()
    assert trip.case.title in brief
    hidden = go("truonghoc").get(f"{host.get_absolute_url()}tom-tat/").content.decode()
    assert trip.case.title not in hidden
