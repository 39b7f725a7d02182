"""The heir of a merged unit finds in every list what the other unit planned, travelled and held."""

from __future__ import annotations

import datetime as dt

import pytest
from django.http import QueryDict
from django.utils import timezone

from delegations.filters import EventFilter, PlanLineFilter
from delegations.models import InternationalEvent, OutboundDelegation, PlanLine
from delegations.queries.radar import Radar
from intlcoop.people.reorganising import Decision, merge_units
from intlcoop.workflow.models import Case
from tests.delegations import factories as f

pytestmark = pytest.mark.django_db


@pytest.fixture
def merged(ministry):
    """The academy carries on what the university had; a trip, an event and a line of the university's."""
    university, academy = ministry.unit("DHPT"), ministry.unit("CSDP")
    trip = f.trip(ministry)
    Case.objects.filter(pk=trip.case_id).update(unit=university, state="decided", first_submitted_at=timezone.now())
    case = Case.objects.create(kind="event", number="HN-2026-0901", title="Hội thảo", unit=university,
                               created_by=ministry.htqt, state="planned", first_submitted_at=timezone.now())  # fmt: skip
    InternationalEvent.objects.create(case=case, format="online", starts_on=trip.departs_on)
    line = f.plan_line(ministry)
    PlanLine.objects.filter(pk=line.pk).update(unit=university)
    decision = Decision(on=timezone.localdate() - dt.timedelta(days=1), number="1/QĐ", decided_on=dt.date(2026, 1, 1))
    merge_units([university], academy, decision=decision, actor=None)
    return ministry, academy, trip, line


def narrowed(filterset, model, unit, user):
    query = QueryDict(f"don_vi={unit.pk}")
    request = type("Request", (), {"user": user, "GET": query})()
    return set(filterset(query, model.objects.all(), request=request).qs.values_list("pk", flat=True))


def test_lines_events_and_calendar_of_the_heir(merged):
    ministry, academy, trip, line = merged
    assert line.pk in narrowed(PlanLineFilter, PlanLine, academy, ministry.vutruong)
    assert narrowed(EventFilter, InternationalEvent, academy, ministry.vutruong)
    departs = OutboundDelegation.objects.get(pk=trip.pk).departs_on
    month = Radar(ministry.vutruong, departs.year, departs.month, unit=academy.pk)
    assert trip.case.number in {stay.number for stay in month.stays}


def test_another_unit_finds_none_of_it(merged):
    ministry, _academy, trip, line = merged
    other = ministry.unit("TCCB")
    assert line.pk not in narrowed(PlanLineFilter, PlanLine, other, ministry.vutruong)
    assert not narrowed(EventFilter, InternationalEvent, other, ministry.vutruong)
    departs = OutboundDelegation.objects.get(pk=trip.pk).departs_on
    month = Radar(ministry.vutruong, departs.year, departs.month, unit=other.pk)
    assert trip.case.number not in {stay.number for stay in month.stays}
