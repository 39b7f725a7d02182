"""Writes on what belongs to an event: its people, its work, its report. A list of people can change who permits it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import rules
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from delegations.event_choices import Answer, EventState, WorkState
from delegations.models import EventPerson, EventReport, EventWork, InternationalEvent
from delegations.queries.event_parts import may_tick
from intlcoop.workflow import engine
from intlcoop.workflow.refusals import NotAllowed, Refused
from intlcoop.workflow.rows import sentences, write
from intlcoop.workflow.services import record_content

if TYPE_CHECKING:
    from intlcoop.people.models import User
    from intlcoop.workflow.models import Case

#: More people than that stand in no list that somebody looks after; a pasted mistake is stopped here.
MOST_PEOPLE = 5000
PEOPLE_NAMED = 10


def _locked(event: InternationalEvent, actor: User, states: Sequence[str] = ()) -> Case:
    locked = engine.lock(event.case)
    event.case = locked
    if not rules.has_perm("delegations.edit_event", actor, event) or (states and locked.state not in states):
        raise NotAllowed(_("This file can no longer be changed here."))
    return locked


#: People are invited, answer, and are ticked off afterwards: until the report closes the file.
PEOPLE_IN = (*EventState.AHEAD, EventState.HELD, EventState.REPORT_DUE)


@transaction.atomic
def save_person(person: EventPerson, *, actor: User, fields: Mapping[str, Any]) -> EventPerson:
    """Raises NotAllowed, Refused."""
    locked = _locked(person.event, actor, PEOPLE_IN)
    if person.pk is None:
        person.position = _next_position(person.event)
    values = dict(fields)
    if values.get("answer") not in (None, Answer.NOT_INVITED) and not values.get("invited_on"):
        values["invited_on"] = person.invited_on or timezone.localdate()
    write(person, values)
    record_content(locked, actor=actor)
    return person


@transaction.atomic
def add_people(event: InternationalEvent, rows: Sequence[Mapping[str, Any]], *, actor: User) -> tuple[int, int]:
    """(added, left out because they were in the list). All or none. Raises NotAllowed, Refused."""
    locked = _locked(event, actor, PEOPLE_IN)
    known = set(event.people.values_list("full_name", "body"))
    fresh = [row for row in rows if (row["full_name"], row.get("body", "")) not in known]
    if len(known) + len(fresh) > MOST_PEOPLE:
        raise Refused(_("A list has at most %(n)s people.") % {"n": MOST_PEOPLE})
    first = _next_position(event)
    people = [EventPerson(event=event, position=first + place, **row) for place, row in enumerate(fresh)]
    _check(people)
    EventPerson.objects.bulk_create(people)
    record_content(locked, actor=actor)
    return len(people), len(rows) - len(fresh)


def _check(people: Sequence[EventPerson]) -> None:
    found = []
    for person in people:
        try:
            person.clean_fields(exclude=["event"])
        except ValidationError as error:
            found.append(f"{person.full_name}: {' '.join(sentences(error))}")
    if found:
        raise Refused(found[:PEOPLE_NAMED])


def _next_position(event: InternationalEvent) -> int:
    last = event.people.aggregate(last=Max("position"))["last"]
    return 0 if last is None else last + 1


@transaction.atomic
def remove_person(person: EventPerson, *, actor: User) -> None:
    """Take somebody out of the list; the history keeps the row. Raises NotAllowed."""
    locked = _locked(person.event, actor, PEOPLE_IN)
    person.delete()
    record_content(locked, actor=actor)


@transaction.atomic
def invite_everybody(event: InternationalEvent, *, actor: User) -> int:
    """Note that the invitations to all who have none yet went out today; returns how many. Raises NotAllowed, Refused."""
    _locked(event, actor, PEOPLE_IN)
    if event.is_hosted and event.case.state not in (EventState.PERMITTED, EventState.HELD, EventState.REPORT_DUE):
        raise Refused(_("Invitations go out once the event is permitted."))
    waiting = list(event.people.filter(answer=Answer.NOT_INVITED))
    today = timezone.localdate()
    for person in waiting:
        person.answer, person.invited_on = Answer.INVITED, today
    EventPerson.objects.bulk_update(waiting, ["answer", "invited_on"])
    return len(waiting)


# --- work -------------------------------------------------------------------------------------------------------------


@transaction.atomic
def save_work(row: EventWork, *, actor: User, fields: Mapping[str, Any]) -> EventWork:
    """Raises NotAllowed, Refused."""
    _locked(row.event, actor, EventState.AHEAD)
    if row.pk is None:
        last = row.event.work.aggregate(last=Max("position"))["last"]
        row.position = 0 if last is None else last + 1
    write(row, fields)
    return row


@transaction.atomic
def settle_work(row: EventWork, state: str, *, actor: User) -> EventWork:
    """Done, not needed, or open again: by whoever runs the event, or who does the task. Raises NotAllowed, Refused."""
    locked = engine.lock(row.event.case)
    row.event.case = locked
    runs = rules.has_perm("delegations.edit_event", actor, row.event)
    if locked.state in EventState.CALLED_OFF or not (runs or may_tick(actor, row)):
        raise NotAllowed(_("A task is marked by whoever does it or by the unit that holds the event."))
    if state not in WorkState.values:
        raise Refused(_("Choose what became of the task."))
    done = state == WorkState.DONE
    values = {"state": state, "done_on": timezone.localdate() if done else None, "done_by": actor if done else None}
    write(row, values)
    return row


@transaction.atomic
def remove_work(row: EventWork, *, actor: User) -> None:
    _locked(row.event, actor, EventState.AHEAD)
    row.delete()


# --- report -----------------------------------------------------------------------------------------------------------


@transaction.atomic
def save_event_report(event: InternationalEvent, *, actor: User, fields: Mapping[str, Any]) -> EventReport:
    """The report on the result, from the day on which the event was held until the file is closed. Raises NotAllowed, Refused."""
    _locked(event, actor, (EventState.HELD, EventState.REPORT_DUE))
    report = EventReport.objects.filter(event=event).first() or EventReport(event=event, written_by=actor)
    write(report, fields)
    return report
