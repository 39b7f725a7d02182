"""Which tasks of the preparation are due, for whom: on the first page, and in the message of the morning."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef, Prefetch, Q, prefetch_related_objects
from django.urls import reverse
from django.utils.translation import gettext as _

from delegations.choices import Anchor, DatePrecision, OutboundState, PreparationState
from delegations.models import DelegationMember, ItineraryLeg, OutboundDelegation, PreparationItem
from delegations.queries.preparation import REMINDER_DAYS, Rulebook, ToPrepare, lists_of
from intlcoop.notifications.digest import Reminder
from intlcoop.regulations.working_days import Calendar
from intlcoop.vietnamese.dates import table_date
from intlcoop.web.file_numbers import shown

if TYPE_CHECKING:
    from intlcoop.people.models import User

S = OutboundState
#: From the day on which a trip is submitted; what was called off or refused needs no preparation.
PREPARED = (S.IN_APPROVAL, S.AWAITING_DECISION, S.DECIDED, S.TRAVELLING, S.REPORT_DUE, S.COMPLETED)
#: What was not returned by then is no longer reminded of; it still stands on the trip.
LOOKED_BACK = dt.timedelta(days=60)
LOOKED_AHEAD = dt.timedelta(days=90)


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """The open tasks of one trip that are due soon, today or since a while; `due_on` is the first of their days."""

    trip: Any
    lines: tuple[ToPrepare, ...]

    @property
    def due_on(self) -> dt.date:
        return min(line.due_on for line in self.lines if line.due_on)

    @property
    def days_left(self) -> int:
        return min(line.days_left for line in self.lines if line.days_left is not None)

    @property
    def url(self) -> str:
        return reverse("delegations:preparation", args=[self.trip.case.number])


def prepared_now(today: dt.date) -> Q:
    """Trips that depart soon or came back lately."""
    return Q(
        amends__isnull=True,
        case__state__in=PREPARED,
        date_precision=DatePrecision.DAY,
        imported__isnull=True,
        departs_on__lte=today + LOOKED_AHEAD,
        returns_on__gte=today - LOOKED_BACK,
    )


def prepared_by(user: User, today: dt.date) -> Q:
    """Those that this person filed, or has an open task of."""
    tasks = PreparationItem.objects.filter(delegation=OuterRef("pk"), owner=user, state=PreparationState.OPEN)
    return prepared_now(today) & (Q(case__created_by=user) | Q(Exists(tasks)))


def with_lists(trips: Sequence[Any]) -> Sequence[Any]:
    """The same trips, with everything that their lists are made from."""
    prefetch_related_objects(
        trips,
        Prefetch("members", DelegationMember.objects.select_related("person")),
        Prefetch("legs", ItineraryLeg.objects.select_related("country")),
        Prefetch("preparation", PreparationItem.objects.select_related("owner", "done_by")),
    )
    return trips


def due_of(user: User, trips: Sequence[Any], today: dt.date, days_off: Calendar | None = None) -> list[Due]:
    """What this person has to prepare now of trips that are `prepared_by` them: their tasks, and what nobody owns."""
    if not trips:
        return []
    with_lists(trips)
    book = Rulebook(days_off)
    ahead = book.value(REMINDER_DAYS, today) or 0
    found = []
    for trip in trips:
        lines = [line for line in due_lines(trip, book, today, ahead) if answers_for(line, trip).pk == user.pk]
        if lines:
            found.append(Due(trip=trip, lines=tuple(lines)))
    return found


def due_lines(trip: Any, book: Rulebook, today: dt.date, ahead: int) -> Iterator[ToPrepare]:
    """Open tasks whose day is near or past. What was due before departure is moot once the delegation has left."""
    departed = trip.departs_on < today or trip.case.state in (S.TRAVELLING, S.REPORT_DUE, S.COMPLETED)
    for line in lists_of(trip, book, today):
        if not line.is_open or line.days_left is None or line.days_left > ahead:
            continue
        if departed != (line.task.anchor == Anchor.RETURN):
            continue
        yield line


def answers_for(line: ToPrepare, trip: Any) -> User:
    return line.item.owner or trip.case.created_by


def reminders(today: dt.date) -> Iterable[Reminder]:
    """For the message of the morning: each task once before its day, once on it and once after."""
    book = Rulebook()
    ahead = book.value(REMINDER_DAYS, today) or 0
    trips = OutboundDelegation.objects.filter(prepared_now(today)).select_related("case__unit", "case__created_by")
    for trip in with_lists(list(trips.order_by("departs_on", "pk"))):
        for line in due_lines(trip, book, today, ahead):
            section = "overdue" if line.is_late else ("today" if line.days_left == 0 else "soon")
            yield Reminder(
                person=answers_for(line, trip),
                key=f"prepare-{trip.pk}-{line.key}-{line.due_on}-{section}",
                section=section,
                text=_Words(trip.case.number, line),
                url=reverse("delegations:preparation", args=[trip.case.number]),
            )


@dataclass(frozen=True, slots=True)
class _Words:
    """The text of a reminder, in the reader's language when it is asked for."""

    number: str
    line: ToPrepare

    def __call__(self) -> str:
        return _("%(number)s, preparation: %(task)s (due %(day)s)") % {
            "number": shown(self.number),
            "task": self.line.name,
            "day": table_date(self.line.due_on) if self.line.due_on else "",
        }
