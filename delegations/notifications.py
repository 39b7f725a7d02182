"""Whom does a morning remind of what is owed: a returned file, a trip report, the answer of a unit to the call of a year.

The sources of `notifications.digest`, which asks them on working days only.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from django.db.models import OuterRef, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from delegations.choices import OutboundState, ReportState
from delegations.models import OutboundDelegation, PlanYear
from delegations.queries.owing import completion_due, report_due, term
from delegations.queries.plan_board import silent_units
from delegations.queries.planning_people import answering
from intlcoop.notifications.digest import Reminder
from intlcoop.people import offices
from intlcoop.people.models import OrgUnit
from intlcoop.regulations.choices import ParameterKey
from intlcoop.regulations.queries import calendar
from intlcoop.regulations.working_days import Calendar, move_to_working_day, working_days_between
from intlcoop.vietnamese.dates import table_date
from intlcoop.web.file_numbers import shown
from intlcoop.workflow.models import StatusChange
from intlcoop.workflow.reminding import Terms, left_words

if TYPE_CHECKING:
    from intlcoop.people.models import User

#: So many silent units are named in one line; the page of the year has them all.
UNITS_NAMED = 12


@dataclass(frozen=True, slots=True)
class Owed:
    """Something that a trip owes: which page it is done on, and what it is called."""

    trip: Any
    key: str
    due: dt.date
    page: str
    what: Callable[[], str]


def returned_files(day: dt.date) -> Iterator[Reminder]:
    """To the filer: complete the file that came back. Each return has its own clock."""
    terms, days = Terms.on(day), calendar()
    changes = StatusChange.objects.filter(case=OuterRef("case"), to_state=OutboundState.RETURNED).order_by("-pk")
    trips = OutboundDelegation.objects.filter(case__state=OutboundState.RETURNED).select_related(
        "case__created_by", "case__unit"
    )
    for trip in trips.annotate(back=Subquery(changes.values("at")[:1]), turn=Subquery(changes.values("pk")[:1])):
        due = completion_due(timezone.localdate(trip.back or trip.case.changed_at), days)
        if due is not None:
            key = f"complete-{trip.case_id}-{trip.turn}"
            owed = Owed(trip, key, due, "delegations:edit", _completion_words)
            yield from _levels(owed, day, days, terms, [trip.case.created_by])


def owed_reports(day: dt.date) -> Iterator[Reminder]:
    """To filer and members: write the report; overdue also to the head of the unit and the ICD."""
    terms, days, allowed = Terms.on(day), calendar(), term(ParameterKey.REPORT_DUE, day)
    trips = OutboundDelegation.objects.filter(case__state=OutboundState.REPORT_DUE, returns_on__isnull=False).exclude(
        report__case__state__in=[ReportState.FILED, ReportState.ACCEPTED]
    )
    for trip in trips.select_related("case__created_by", "case__unit").prefetch_related("members__person"):
        assert trip.returns_on is not None
        if (due := report_due(trip.returns_on, allowed, days)) is None:
            continue
        owing = [trip.case.created_by, *(member.person for member in trip.members.all() if member.person)]
        owed = Owed(trip, f"report-{trip.case_id}", due, "delegations:report_edit", _report_words)
        yield from _levels(owed, day, days, terms, owing)


def _completion_words() -> str:
    return _("complete the file that was sent back")


def _report_words() -> str:
    return _("file the trip report")


def _levels(owed: Owed, day: dt.date, days: Calendar, terms: Terms, owing: Iterable[User]) -> Iterator[Reminder]:
    left, number = working_days_between(day, owed.due, days), owed.trip.case.number
    people = {person.pk: person for person in owing}
    if level := terms.level(left):
        text = partial(_owing_words, owed, left)
        for person in people.values():
            url = reverse(owed.page, args=[number])
            yield Reminder(person=person, key=f"{owed.key}-{level}", section=level, text=text, url=url)
    if terms.escalates(left):
        text = partial(_owing_words, owed, left, of_unit=True)
        for person in _above(owed.trip, day):
            if person.pk not in people:
                url = reverse("delegations:trip", args=[number])
                yield Reminder(person=person, key=f"{owed.key}-escalated", section="others", text=text, url=url)


def _above(trip: Any, day: dt.date) -> list[User]:
    """The head of the unit that owes, and the ICD that waits."""
    codes = (offices.UNIT_HEAD, offices.ICD_OFFICER)
    found = [holder.user for code in codes for holder in offices.holders_of(code, trip.case.unit, day)]
    return list({person.pk: person for person in found}.values())


def _owing_words(owed: Owed, left: int, *, of_unit: bool = False) -> str:
    number, unit = shown(owed.trip.case.number), owed.trip.case.unit
    values = {
        "number": _("%(number)s of %(unit)s") % {"number": number, "unit": unit} if of_unit else number,
        "what": owed.what(),
        "day": table_date(owed.due),
        "left": left_words(left),
    }
    return _("%(number)s: %(what)s by %(day)s, %(left)s") % values


# --- the call of a planning year ------------------------------------------------------------------------------------


def unanswered_calls(day: dt.date) -> Iterator[Reminder]:
    """To whoever answers for a unit: send the list or say "không phát sinh"; when the day has passed, to the ICD who is silent.

    A last day on a day off moves to the next working day. Nobody is asked about a year whose plans take no lines any more.
    """
    terms, days = Terms.on(day), calendar()
    for opened in PlanYear.objects.called():
        assert opened.proposals_due_on is not None  # `called` has only years with a day
        due = move_to_working_day(opened.proposals_due_on, days)
        left = working_days_between(day, due, days)
        level = terms.level(left)
        if level and (silent := silent_units(opened)):
            # A due day that is moved begins its own count.
            key = f"call-{opened.year}-{due:%Y%m%d}"
            yield from _to_units(opened, silent, f"{key}-{level}", level, day, partial(_call_words, opened, due, left))
            if left < 0:
                yield from _to_icd(opened, silent, f"{key}-silent", day, due)


def _to_units(
    opened: PlanYear, silent: list[OrgUnit], key: str, section: str, day: dt.date, text: Callable[[], str]
) -> Iterator[Reminder]:
    url = reverse("delegations:plan_proposals", args=[opened.year])
    units = OrgUnit.objects.filter(pk__in=[unit.pk for unit in silent])
    for person in answering(units, day):
        yield Reminder(person=person, key=key, section=section, text=text, url=url)


def _to_icd(opened: PlanYear, silent: list[OrgUnit], key: str, day: dt.date, due: dt.date) -> Iterator[Reminder]:
    text, url = partial(_silent_words, opened, due, silent), f"{opened.get_absolute_url()}#don-vi"
    found = [
        holder.user
        for code in (offices.ICD_OFFICER, offices.ICD_HEAD)
        for holder in offices.holders_of(code, None, day)
    ]
    for person in {person.pk: person for person in found}.values():
        yield Reminder(person=person, key=key, section="others", text=text, url=url)


def _call_words(opened: PlanYear, due: dt.date, left: int) -> str:
    text = _("Plan of %(year)s: send your unit's proposals or answer “nothing planned” by %(day)s, %(left)s")
    return text % {"year": opened.year, "day": table_date(due), "left": left_words(left)}


def _silent_words(opened: PlanYear, due: dt.date, silent: list[OrgUnit]) -> str:
    names = "; ".join(str(unit) for unit in silent[:UNITS_NAMED])
    if len(silent) > UNITS_NAMED:
        names = _("%(names)s and %(n)s more") % {"names": names, "n": len(silent) - UNITS_NAMED}
    text = _("Plan of %(year)s: not answered by %(day)s: %(n)s units (%(names)s)")
    return text % {"year": opened.year, "day": table_date(due), "n": len(silent), "names": names}
