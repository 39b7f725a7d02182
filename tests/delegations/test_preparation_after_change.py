"""The checklists of a trip that changed: new tasks for new countries and people, days counted anew, what was done stays done."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from delegations import services
from delegations.choices import OutboundState, Part, PreparationState
from delegations.models import OutboundDelegation, PreparationItem, TripChange
from delegations.queries.preparation import done_before_change, line_of, lists_of, no_longer_asked
from intlcoop.catalogues.models import Country
from intlcoop.regulations.queries import calendar
from intlcoop.regulations.working_days import add_working_days
from tests.delegations import changing as c
from tests.delegations import factories as f

pytestmark = pytest.mark.django_db


def lines_of(trip):
    return {line.key: line for line in lists_of(c.again(trip))}


def test_the_lists_follow_an_applied_change(client, ministry):
    trip = c.decided(ministry, members=[f.member(ministry.chuyenvien2, Part.HEAD), f.member(ministry.chuyenvien3)])
    stays, leaves, comes = (ministry.person(name).pk for name in ("chuyenvien2", "chuyenvien3", "chuyenvien4"))
    passport = {"passport_kind": "official", "passport_expires_on": trip.departs_on + dt.timedelta(days=2000)}
    for key, values in {
        "visa__c-th": {},
        "gifts": {},
        f"passport__p-{stays}": passport,
        f"passport__p-{leaves}": passport,
    }.items():
        services.save_preparation(
            c.again(trip), line_of(c.again(trip), key), actor=ministry.chuyenvien, state=PreparationState.DONE, **values
        )
    PreparationItem.objects.update(done_on=timezone.localdate() - dt.timedelta(days=1))
    before = lines_of(trip)

    change = c.ask(ministry, trip)
    days = {name: getattr(trip, name) + dt.timedelta(days=14) for name in ("departs_on", "returns_on")}
    first, second = days["departs_on"], days["departs_on"] + dt.timedelta(days=2)
    change = c.rewrite(
        ministry, change, **days, warning_reason="Phía bạn đổi lịch.",
        members=[f.member(ministry.chuyenvien2, Part.HEAD), f.member(ministry.chuyenvien4)],
        legs=[
            {"country": Country.objects.get(iso2="TH"), "arrives_on": first, "leaves_on": second},
            {"country": Country.objects.get(iso2="LA"), "arrives_on": second, "leaves_on": days["returns_on"]},
        ],
    )  # fmt: skip
    # While the change is only asked for, nothing is prepared anew.
    assert {key: line.due_on for key, line in lines_of(trip).items()} == {key: x.due_on for key, x in before.items()}
    c.put_in_force(ministry, change)

    trip = c.again(trip)
    assert trip.case.state == OutboundState.DECIDED
    after = lines_of(trip)
    assert set(after) - set(before) == {
        *(key.replace("c-th", "c-la") for key in before if key.endswith("c-th")),
        *(key.replace(f"p-{leaves}", f"p-{comes}") for key in before if key.endswith(f"p-{leaves}")),
    }
    assert after["visa__c-la"].is_open
    assert after[f"passport__p-{comes}"].is_open
    kept = ("visa__c-th", "gifts", f"passport__p-{stays}")
    assert [after[key].state for key in kept] == [PreparationState.DONE] * len(kept)
    assert after["gifts"].due_on == add_working_days(trip.departs_on, -after["gifts"].task.working_days, calendar())
    assert after["gifts"].due_on != before["gifts"].due_on
    left = no_longer_asked(trip, after.values())
    assert [item.subject for item in left] == [f"p-{leaves}"]

    found, earlier = done_before_change(trip, after.values())
    assert found == TripChange.objects.get(pk=change.pk)
    assert {line.key for line in earlier} == set(kept)
    client.force_login(ministry.chuyenvien)
    page = client.get(f"/doan-ra/{trip.case.number}/chuan-bi/").content.decode()
    assert "Các việc sau đã làm trước khi thay đổi" in page
    # Done again after the change, it is no longer asked about.
    PreparationItem.objects.update(done_on=timezone.localdate())
    assert done_before_change(c.again(trip), lists_of(c.again(trip))) == (None, [])


def test_a_change_of_members_alone_asks_nothing_again(ministry):
    trip = c.decided(ministry, members=[f.member(ministry.chuyenvien2, Part.HEAD), f.member(ministry.chuyenvien3)])
    services.tick(trip, line_of(trip, "gifts"), actor=ministry.chuyenvien)
    PreparationItem.objects.update(done_on=timezone.localdate() - dt.timedelta(days=1))
    change = c.ask(ministry, trip)
    change = c.rewrite(ministry, change, members=[f.member(ministry.chuyenvien2, Part.HEAD)])
    c.put_in_force(ministry, change)
    trip = OutboundDelegation.objects.get(pk=trip.pk)
    assert trip.members.count() == 1
    assert done_before_change(trip, lists_of(trip)) == (None, [])
