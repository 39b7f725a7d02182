"""Which leaders are abroad, now or soon, with nobody to stand in for them?"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import get_language

from intlcoop.people import offices, registry
from intlcoop.people.choices import Role
from intlcoop.people.models import Substitution
from intlcoop.people.registry import Absence
from intlcoop.people.substituting import leads
from intlcoop.people.titles import full_title

if TYPE_CHECKING:
    from intlcoop.people.models import Appointment, User
    from intlcoop.people.roster import Roster

#: So far ahead somebody is reminded to name a substitute.
AHEAD = dt.timedelta(days=30)
DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unattended:
    """A leader who is abroad from `first` to `last` without a substitute for all files of these days."""

    person: User
    title: str
    first: dt.date
    last: dt.date
    number: str


def leaders(roster: Roster) -> dict[int, Appointment]:
    """Who can be stood in for on this day: by person, the appointment by which they lead."""
    found: dict[int, Appointment] = {}
    for appointment in roster.appointments:
        if appointment.role in Role.LEADING and leads(appointment):
            found.setdefault(appointment.person_id, appointment)
    return found


def without_substitute(on: dt.date, people: Iterable[int] | None = None) -> list[Unattended]:
    """Of these leaders (None: of all), by day of departure. One query besides the roster, three when somebody is abroad."""
    roster = offices.roster_of(on)
    known = leaders(roster)
    wanted = set(known) if people is None else set(known) & set(people)
    away = registry.absences(on, on + AHEAD, wanted)
    if not away:
        return []
    rows = Substitution.objects.in_force().overlapping(on, on + AHEAD).filter(person__in=wanted, kinds=[])
    covered: dict[int, list[Substitution]] = {}
    for row in rows:
        covered.setdefault(row.person_id, []).append(row)
    found = []
    for absence in away:
        if days := _open_days(absence, on, covered.get(absence.person_id, [])):
            leading = known[absence.person_id]
            title = full_title(roster.titles, leading).of(get_language() or "vi")
            found.append(
                Unattended(person=leading.person, title=title, first=days[0], last=days[-1], number=absence.number)
            )
    return found


def _open_days(absence: Absence, on: dt.date, rows: list[Substitution]) -> list[dt.date]:
    first = max(absence.first, on)
    days = [first + DAY * n for n in range((absence.last - first).days + 1)]
    return [day for day in days if not any(row.holds_on(day) for row in rows)]
