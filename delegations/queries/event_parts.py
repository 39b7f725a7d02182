"""What the pages of an event show of its people and its work, and whom they offer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from delegations.event_choices import Answer, EventSide, EventState, WorkState, Workstream
from delegations.models import EventWork, InternationalEvent
from delegations.queries.events import event_report_due
from delegations.rules import FILERS
from intlcoop.notifications.digest import Reminder
from intlcoop.people import offices
from intlcoop.people.choices import UnitFunction
from intlcoop.people.models import Appointment, OrgUnit, User
from intlcoop.people.principals import principal_of
from intlcoop.regulations.queries import calendar
from intlcoop.regulations.working_days import move_to_working_day, working_days_between
from intlcoop.vietnamese.dates import table_date
from intlcoop.web.file_numbers import shown
from intlcoop.workflow.reminding import Terms, left_words

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True, slots=True, kw_only=True)
class Stream:
    """A team with its tasks in the order of their days."""

    label: str
    rows: list[EventWork] = field(default_factory=list)
    open: int = 0


def streams_of(event: InternationalEvent) -> list[Stream]:
    """The three teams, each with its tasks. One query."""
    rows = list(event.work.select_related("unit", "owner", "done_by"))
    return [
        Stream(
            label=str(stream.label),
            rows=[row for row in rows if row.stream == stream],
            open=sum(row.stream == stream and row.state == WorkState.OPEN for row in rows),
        )
        for stream in Workstream
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Headcount:
    """Who is invited and who comes."""

    all: int
    foreign: int
    invited: int
    coming: int
    declined: int
    silent: int


def headcount(event: InternationalEvent) -> Headcount:
    """One query."""
    found = event.people.order_by().aggregate(
        all=Count("pk"),
        foreign=Count("pk", filter=Q(side=EventSide.FOREIGN)),
        invited=Count("pk", filter=~Q(answer=Answer.NOT_INVITED)),
        coming=Count("pk", filter=Q(answer__in=Answer.COMING)),
        declined=Count("pk", filter=Q(answer=Answer.DECLINED)),
        silent=Count("pk", filter=Q(answer=Answer.INVITED)),
    )
    return Headcount(**found)


def units_for_work(event: InternationalEvent) -> QuerySet[OrgUnit]:
    """The event's own unit, the units that help, and the department of international cooperation."""
    wanted = Q(pk=event.case.unit_id) | Q(events_coordinated=event) | Q(function=UnitFunction.ICD)
    return OrgUnit.objects.filter(wanted).distinct()


def staff_for_work(event: InternationalEvent, on: dt.date) -> QuerySet[User]:
    """Who works today in one of these units."""
    held = Appointment.objects.on(on).filter(unit__in=units_for_work(event).values("pk"), role__in=FILERS)
    return User.objects.filter(is_active=True, pk__in=held.values("person"))


def may_tick(user: User, row: EventWork) -> bool:
    """The person who does it, or anybody of the unit that does it."""
    return row.owner_id == user.pk or row.unit_id in principal_of(user).own_unit_ids


# --- reminders --------------------------------------------------------------------------------------------------------


def reminders(day: dt.date) -> Iterator[Reminder]:
    """The sources of the morning's digest: reports that are owed, and tasks of events that are still ahead."""
    yield from owed_event_reports(day)
    yield from owed_event_work(day)


def owed_event_reports(day: dt.date) -> Iterator[Reminder]:
    """To the filer: write the report; overdue also to the head of the unit and the ICD."""
    terms, days = Terms.on(day), calendar()
    owing = InternationalEvent.objects.hosted().filter(case__state__in=[EventState.HELD, EventState.REPORT_DUE])
    for event in owing.select_related("case__created_by", "case__unit"):
        if (due := event_report_due(event)) is None:
            continue
        left = working_days_between(day, due, days)
        text: Callable[[], str] = partial(_report_words, event, due, left)
        url = reverse("delegations:event_report", args=[event.case.number])
        if level := terms.level(left):
            yield Reminder(
                person=event.case.created_by, key=f"event-report-{event.pk}-{level}", section=level, text=text, url=url
            )
        if terms.escalates(left):
            for person in _above(event, day):
                if person.pk != event.case.created_by_id:
                    key = f"event-report-{event.pk}-escalated"
                    yield Reminder(person=person, key=key, section="others", text=text, url=event.get_absolute_url())


def owed_event_work(day: dt.date) -> Iterator[Reminder]:
    """To whoever does it; a task of a unit without a name goes to whoever filed the event."""
    terms, days = Terms.on(day), calendar()
    rows = EventWork.objects.filter(
        state=WorkState.OPEN, due_on__isnull=False, event__case__state__in=EventState.AHEAD
    ).select_related("owner", "event__case__created_by")
    for row in rows:
        assert row.due_on is not None
        due = move_to_working_day(row.due_on, days)
        left = working_days_between(day, due, days)
        if level := terms.level(left):
            yield Reminder(
                person=row.owner or row.event.case.created_by,
                key=f"event-work-{row.pk}-{due:%Y%m%d}-{level}",
                section=level,
                text=partial(_work_words, row, due, left),
                url=f"{row.event.get_absolute_url()}#cong-viec",
            )


def _above(event: InternationalEvent, day: dt.date) -> list[User]:
    codes = (offices.UNIT_HEAD, offices.ICD_OFFICER)
    found = [holder.user for code in codes for holder in offices.holders_of(code, event.case.unit, day)]
    return list({person.pk: person for person in found}.values())


def _report_words(event: InternationalEvent, due: dt.date, left: int) -> str:
    values: dict[str, Any] = {"number": shown(event.case.number), "day": table_date(due), "left": left_words(left)}
    return _("%(number)s: report on the result of the event by %(day)s, %(left)s") % values


def _work_words(row: EventWork, due: dt.date, left: int) -> str:
    values = {
        "number": shown(row.event.case.number),
        "what": row.title,
        "day": table_date(due),
        "left": left_words(left),
    }
    return _("%(number)s: %(what)s by %(day)s, %(left)s") % values
