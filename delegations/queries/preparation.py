"""What has to be prepared for a trip or a visit, until when, and what is done: the tasks in force joined with what is kept.

The list follows from the file as it is now, so a country or traveller that comes or goes changes it by itself. A task is
asked of a trip if it holds on the day of departure, of a visit if it holds on the day of arrival.
"""

from __future__ import annotations

import calendar as months
import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import prefetch_related_objects
from django.utils import timezone
from django.utils.translation import gettext as _

from delegations.choices import (
    Anchor,
    ChangeKind,
    Checklist,
    Particulars,
    PreparationCondition,
    PreparationState,
    PreparedFor,
    PreparedKind,
    Purpose,
)
from delegations.models import InboundDelegation, OutboundDelegation, PreparationItem, PreparationTask
from delegations.visit_choices import VisaNeed, VisitForm
from intlcoop.regulations.choices import ParameterKey, Unit
from intlcoop.regulations.models import Parameter
from intlcoop.regulations.queries import calendar
from intlcoop.regulations.working_days import Calendar, add_working_days, working_days_between
from intlcoop.vietnamese.dates import table_date

NOBODY = PreparationItem()
#: Both kinds of files are prepared by lists of their own.
Prepared = OutboundDelegation | InboundDelegation
#: How many working days before its day a task is reminded of; on the day itself when no row says more.
REMINDER_DAYS = "workflow.reminder_working_days_before"


@dataclass(frozen=True, slots=True, kw_only=True)
class ToPrepare:
    """One line of a list: the task, for which country or traveller, its due day, and what is kept of it (or nothing yet)."""

    task: PreparationTask
    subject: str = ""
    subject_name: str = ""
    due_on: dt.date | None = None
    days_left: int | None = None
    item: PreparationItem = NOBODY
    alarm: str = ""

    @property
    def key(self) -> str:
        """As an address names it: "passport__p-12"."""
        return f"{self.task.code}__{self.subject}" if self.subject else self.task.code

    @property
    def name(self) -> str:
        return f"{self.task.name}: {self.subject_name}" if self.subject_name else self.task.name

    @property
    def state(self) -> str:
        return self.item.state

    @property
    def is_open(self) -> bool:
        return self.item.state == PreparationState.OPEN

    @property
    def is_late(self) -> bool:
        return self.is_open and self.days_left is not None and self.days_left < 0

    @property
    def citation(self) -> str:
        return self.task.citation

    @property
    def asks_more(self) -> bool:
        """Whether it takes more than a tick to say that it is done."""
        return bool(self.task.particulars)


class Rulebook:
    """Tasks of one kind of file, the parameters that they name, and the calendar: three queries for any number of files."""

    def __init__(self, days_off: Calendar | None = None, kind: str = PreparedKind.OUTBOUND) -> None:
        self.calendar = days_off or calendar()
        self.tasks = list(PreparationTask.objects.filter(file_kind=kind))
        keys = {task.parameter for task in self.tasks if task.parameter} | {
            ParameterKey.PASSPORT_VALIDITY,
            REMINDER_DAYS,
        }
        self.parameters = list(Parameter.objects.filter(key__in=keys))

    def value(self, key: str, on: dt.date) -> int | None:
        found = self.row(key, on)
        return int(found.value) if found else None

    def row(self, key: str, on: dt.date) -> Parameter | None:
        return next((row for row in self.parameters if row.key == key and row.holds_on(on)), None)

    def tasks_on(self, day: dt.date) -> list[PreparationTask]:
        return [task for task in self.tasks if task.holds_on(day)]

    def due_on(self, task: PreparationTask, file: Prepared) -> dt.date | None:
        """Counted in working days back from the first day, or on from the last; the parameter as it holds on that day, in the
        days that it counts in."""
        first, last = days_of(file)
        after = task.anchor == Anchor.RETURN
        day = last if after else first
        if day is None:
            return None
        row = self.row(task.parameter, day) if task.parameter else None
        days = task.working_days if row is None else int(row.value)
        if not days:
            return day
        try:
            if row is not None and row.unit == Unit.DAYS:
                return day + dt.timedelta(days=days if after else -days)
            return add_working_days(day, days if after else -days, self.calendar)
        except OverflowError:
            return None

    def passport_until(self, departs_on: dt.date) -> dt.date | None:
        """The day until which a passport has to be valid at least, for a trip that departs on this day."""
        needed = self.value(ParameterKey.PASSPORT_VALIDITY, departs_on)
        return None if needed is None else add_months(departs_on, needed)


def kind_of(file: Prepared) -> str:
    return PreparedKind.INBOUND if isinstance(file, InboundDelegation) else PreparedKind.OUTBOUND


def days_of(file: Prepared) -> tuple[dt.date | None, dt.date | None]:
    """From which day back, and from which day on, its tasks are counted."""
    if isinstance(file, InboundDelegation):
        return file.arrives_on, file.leaves_on
    return file.departs_on, file.returns_on


def lists_of(file: Prepared, book: Rulebook | None = None, today: dt.date | None = None) -> list[ToPrepare]:
    """Everything on both lists of a file, in their order. Reads a trip's members and legs, and the preparation."""
    book, today = book or Rulebook(kind=kind_of(file)), today or timezone.localdate()
    prefetch_related_objects([file], "preparation__owner", "preparation__done_by")
    kept = {(item.code, item.subject): item for item in file.preparation.all()}
    found = []
    for task in book.tasks_on(days_of(file)[0] or today):
        for subject, name in subjects_of(task, file):
            due = book.due_on(task, file)
            item = kept.get((task.code, subject), NOBODY)
            found.append(
                ToPrepare(
                    task=task,
                    subject=subject,
                    subject_name=name,
                    due_on=due,
                    days_left=None if due is None else working_days_between(today, due, book.calendar),
                    item=item,
                    alarm="" if isinstance(file, InboundDelegation) else passport_alarm(item, task, file, book),
                )
            )
    return found


def subjects_of(task: PreparationTask, file: Prepared) -> list[tuple[str, str]]:
    """(key, name) of each country or traveller that the task stands for; ("", "") once for the file; [] when it is not asked."""
    if isinstance(file, InboundDelegation):
        return [("", "")] if asked_of_visit(task, file) else []
    trip = file
    if task.condition == PreparationCondition.SIGNING and trip.purpose != Purpose.SIGNING:
        return []
    if task.prepared_for == PreparedFor.COUNTRY:
        legs = {f"c-{leg.country.iso2.lower()}": leg.country.name for leg in trip.legs.all()}
        return list(legs.items())
    if task.prepared_for == PreparedFor.MEMBER:
        only_central = task.condition == PreparationCondition.CENTRALLY_MANAGED
        return [
            (f"p-{member.person_id}", member.full_name)
            for member in trip.members.all()
            if member.person is not None and (member.person.is_centrally_managed or not only_central)
        ]
    return [("", "")]


def asked_of_visit(task: PreparationTask, visit: InboundDelegation) -> bool:
    """Whether the guests of this visit need it; a task for travellers of ours is never asked of guests."""
    if task.prepared_for != PreparedFor.TRIP:
        return False
    holds = {
        PreparationCondition.WITH_VISA: visit.visa == VisaNeed.NEEDED,
        PreparationCondition.FROM_ABROAD: visit.form == VisitForm.FULL,
        PreparationCondition.INTERPRETED: bool(visit.languages),
    }
    return not task.condition or holds.get(PreparationCondition(task.condition), False)


def passport_alarm(item: PreparationItem, task: PreparationTask, trip: OutboundDelegation, book: Rulebook) -> str:
    """The red flag of B.8: a passport that ends too soon after departure."""
    ends = item.passport_expires_on
    if task.particulars != Particulars.PASSPORT or ends is None or trip.departs_on is None:
        return ""
    needed = book.passport_until(trip.departs_on)
    if needed is None or ends >= needed:
        return ""
    return _("The passport is valid until %(ends)s; for this trip it has to be valid until %(needed)s at least.") % {
        "ends": table_date(ends),
        "needed": table_date(needed),
    }


def no_longer_asked(trip: Prepared, lines: Iterable[ToPrepare]) -> list[PreparationItem]:
    """What was done for a country or traveller that has left the trip; kept, because it was done."""
    asked = {(line.task.code, line.subject) for line in lines}
    return [
        item
        for item in trip.preparation.all()
        if (item.code, item.subject) not in asked and item.state == PreparationState.DONE
    ]


def done_before_change(trip: OutboundDelegation, lines: Iterable[ToPrepare]) -> tuple[Any, list[ToPrepare]]:
    """The last change that moved the days or places of the trip, and what had been done before it: a ticket, an insurance, a
    note verbale may have to be done again. (None, []) when nothing has moved."""
    changes = trip.changes.in_force().filter(kind__in=ChangeKind.WITH_CONTENT).select_related("case")  # type: ignore[attr-defined]
    change = changes.order_by("-applied_at").first()
    if change is None:
        return None, []
    before = change.before["content"]["time_place"]
    now = {
        "from": str(trip.departs_on),
        "to": str(trip.returns_on),
        "countries": sorted({leg.country.iso2 for leg in trip.legs.all()}),
    }
    day = timezone.localdate(change.applied_at)
    earlier = [line for line in lines if line.item.done_on is not None and line.item.done_on < day]
    return (change, earlier) if earlier and any(before[key] != now[key] for key in now) else (None, [])


def by_checklist(lines: Iterable[ToPrepare]) -> list[tuple[Any, list[ToPrepare]]]:
    """(checklist, its lines), content first."""
    rows = list(lines)
    return [(checklist, [line for line in rows if line.task.checklist == checklist]) for checklist in Checklist]


def line_of(file: Prepared, key: str) -> ToPrepare | None:
    """The line of this key, if the file asks it now."""
    return next((line for line in lists_of(file) if line.key == key), None)


def add_months(day: dt.date, count: int) -> dt.date:
    """The same day of a later month, or its last: 31/8 and 6 months give 28/2 (or 29/2). No day lies beyond year 9999."""
    year, month = divmod(day.month - 1 + count, 12)
    year += day.year
    if year > dt.MAXYEAR:
        return dt.date.max
    return dt.date(year, month + 1, min(day.day, months.monthrange(year, month + 1)[1]))
