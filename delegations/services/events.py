"""Writes on events: the file itself, its place in a series of meetings, its people, its work, its report."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

import rules
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from agreements.choices import SessionFormat, SessionStatus
from agreements.models import MeetingSeries, MeetingSession
from agreements.services.meetings import keep_session_of_file, note_session, release_session_of_file
from delegations.event_choices import EventState
from delegations.models import InternationalEvent
from intlcoop.catalogues.searching import search_text
from intlcoop.people.models import OrgUnit
from intlcoop.workflow import engine, registry
from intlcoop.workflow.refusals import NotAllowed, Refused
from intlcoop.workflow.rows import write
from intlcoop.workflow.services import mark_submitted, open_case, record_content

if TYPE_CHECKING:
    from intlcoop.people.models import User

SEARCHED = ("title_en", "short_name", "theme", "place", "mechanism", "host_text", "co_organisers")
#: What can be said only before the file goes on its way: it decides which way that is.
SETTLED_ON_THE_WAY = ("role", "needs_principle")


@transaction.atomic
def create_event(
    title: str,
    unit: OrgUnit,
    *,
    actor: User,
    fields: Mapping[str, Any] | None = None,
    units: Iterable[OrgUnit] | None = None,
    series: MeetingSeries | None = None,
    session_number: int | None = None,
    is_sample: bool = False,
) -> InternationalEvent:
    """A new event. One that we only attend is known to the ICD at once, as nobody has to permit it.

    Raises NotAllowed, Refused (bad values, a session that has its event already).
    """
    if not rules.has_perm("delegations.add_trip", actor):
        raise NotAllowed(_("You may not file events."))
    case = open_case("event", title=title, unit=unit, actor=actor, is_sample=is_sample)
    event = InternationalEvent(case=case)
    _write(event, fields or {}, units, series, session_number)
    if not event.is_hosted:
        mark_submitted(case)
    record_content(case, actor=actor)
    return event


@transaction.atomic
def update_event(
    event: InternationalEvent,
    *,
    actor: User,
    title: str,
    fields: Mapping[str, Any],
    units: Iterable[OrgUnit] | None = None,
    series: MeetingSeries | None = None,
    session_number: int | None = None,
    expected_version: int | None = None,
) -> InternationalEvent:
    """Write an event; decisions that no longer cover it reopen. Raises NotAllowed, Conflict, Refused."""
    locked = engine.lock(event.case, expected_version=expected_version)
    event = InternationalEvent.objects.select_related("session__series").get(pk=event.pk)
    event.case = locked
    editable = rules.has_perm("delegations.edit_event", actor, event)
    if not editable or locked.state not in registry.kind_of(locked).lifecycle.editable:
        raise NotAllowed(_("This file can no longer be changed here."))
    if locked.state not in (EventState.PLANNED, EventState.RETURNED):
        fields = {name: value for name, value in fields.items() if name not in SETTLED_ON_THE_WAY}
    _write(event, fields, units, series, session_number)
    if not event.is_hosted and locked.first_submitted_at is None:
        mark_submitted(locked)
    record_content(locked, actor=actor, title=title)
    return event


def _write(
    event: InternationalEvent,
    fields: Mapping[str, Any],
    units: Iterable[OrgUnit] | None,
    series: MeetingSeries | None,
    session_number: int | None,
) -> None:
    values = dict(fields)
    if "topics" in values:
        values["topics"] = sorted(set(values["topics"]))
    for name, value in values.items():
        setattr(event, name, value)
    event.search_text = search_text(*(getattr(event, name) for name in SEARCHED))
    write(event, {})
    if series is not None or session_number is not None or event.session_id is not None:
        place_in_series(event, series, session_number)
    if units is not None:
        event.coordinating_units.set(units)


def place_in_series(event: InternationalEvent, series: MeetingSeries | None, number: int | None) -> None:
    """Make the event the session of this number. Raises Refused when that session has its event already."""
    if series is None:
        if number is not None:
            raise Refused(_("Choose the series of meetings that the session number belongs to."))
        if event.session_id is not None:
            event.session = None
            event.save(update_fields=["session"])
        return
    taken = InternationalEvent.objects.filter(session__series=series, session__number=number).exclude(pk=event.pk)
    if number is not None and (other := taken.select_related("case").first()) is not None:
        raise Refused(
            _("Session %(number)s of “%(series)s” is the event %(file)s already. Correct the number.")
            % {"number": number, "series": series, "file": other.case.number}
        )
    try:
        with transaction.atomic():
            event.session = keep_session_of_file(
                series,
                number,
                current=event.session,
                case=event.case,
                starts_on=event.starts_on,
                ends_on=event.ends_on,
                place=event.place,
                format=event.format if event.format in SessionFormat.values else "",
                hosted=event.is_hosted,
                unit=event.case.unit,
            )
            event.save(update_fields=["session"])
    except IntegrityError as error:
        raise Refused(
            _("Session %(number)s of “%(series)s” was just written down by somebody else.")
            % {"number": number, "series": series}
        ) from error


def note_session_held(event: InternationalEvent) -> None:
    """The session of the series took place."""
    if event.session is not None and event.starts_on is not None:
        note_session(event.session, SessionStatus.HELD, on=event.starts_on, until=event.ends_on)


def release_session(event: InternationalEvent) -> None:
    """An event that does not take place leaves its session to another one."""
    if event.session is None:
        return
    session: MeetingSession = event.session
    event.session = None
    event.save(update_fields=["session"])
    release_session_of_file(session)


def agree_principle(event: InternationalEvent, on: dt.date) -> None:
    event.principle_agreed_on = on
    event.save(update_fields=["principle_agreed_on"])
