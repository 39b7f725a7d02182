"""Who holds an office on a day, who may act in it, and who is above it?

An office is a code, for some codes together with a unit (that of the file). Codes stand in route rules and steps;
people never do. Every function here answers for one day; many answers in one request cost no more than one, because
`kept_rosters` (entered by `people.middleware` for each request) keeps the day's roster.
"""

from __future__ import annotations

import contextlib
import contextvars
import datetime as dt
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Final

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from intlcoop.people.choices import Role, UnitFunction
from intlcoop.people.holders import Holder
from intlcoop.people.holders import by_order as by_order
from intlcoop.people.holders import signature_lines as signature_lines
from intlcoop.people.principals import principal_of
from intlcoop.people.ranks import rank_of as rank_of
from intlcoop.people.ranks import ranks_of as ranks_of
from intlcoop.people.roster import ANY as ANY
from intlcoop.people.roster import PAPERWORK, Roster
from intlcoop.people.roster import Matter as Matter
from intlcoop.people.titles import full_title

if TYPE_CHECKING:
    from intlcoop.people.models import Appointment, OrgUnit, Substitution, User

PRIME_MINISTER: Final = "prime_minister"
MINISTER: Final = "minister"
DEPUTY_MINISTER: Final = "deputy_minister"
ICD_HEAD: Final = "icd_head"
ICD_OFFICER: Final = "icd_officer"
UNIT_HEAD: Final = "unit_head"
UNIT_OFFICE: Final = "unit_office"
ORG_PERSONNEL: Final = "org_personnel"
FINANCE: Final = "finance"
LEGAL: Final = "legal"
CLERK: Final = "clerk"
CLERK_HEAD: Final = "clerk_head"
EXTERNAL: Final = "external"

#: Offices outside the ministry: nobody logs in for them, their answers are recorded.
OUTSIDE: Final = (PRIME_MINISTER, EXTERNAL)
#: Offices whose holder depends on the unit of the file.
OF_UNIT: Final = (UNIT_HEAD, UNIT_OFFICE, DEPUTY_MINISTER)

_LABELS = {
    PRIME_MINISTER: _("Prime Minister"),
    MINISTER: _("Minister"),
    DEPUTY_MINISTER: _("Deputy Minister in charge"),
    ICD_HEAD: _("Head of International Cooperation"),
    ICD_OFFICER: _("Official of International Cooperation"),
    UNIT_HEAD: _("Head of the unit"),
    UNIT_OFFICE: _("Clerk's office of the unit"),
    ORG_PERSONNEL: _("Personnel and Organisation"),
    FINANCE: _("Planning and Finance"),
    LEGAL: _("Legal Affairs"),
    CLERK: _("Clerk"),
    CLERK_HEAD: _("Head of the clerk's office"),
    EXTERNAL: _("Body outside the ministry"),
}
ALL: Final = tuple(_LABELS)

_HOLDERS: dict[str, Callable[[Roster, OrgUnit | None, Matter], list[Holder]]] = {
    PRIME_MINISTER: lambda roster, unit, matter: [],
    EXTERNAL: lambda roster, unit, matter: [],
    MINISTER: lambda roster, unit, matter: roster.minister(matter),
    DEPUTY_MINISTER: lambda roster, unit, matter: roster.deputy_minister(unit, matter),
    ICD_HEAD: lambda roster, unit, matter: roster.function_head(UnitFunction.ICD, matter),
    ICD_OFFICER: lambda roster, unit, matter: roster.officers(UnitFunction.ICD),
    UNIT_HEAD: lambda roster, unit, matter: roster.unit_head(unit, matter),
    UNIT_OFFICE: lambda roster, unit, matter: roster.unit_office(unit),
    ORG_PERSONNEL: lambda roster, unit, matter: roster.function_staff(UnitFunction.PERSONNEL),
    FINANCE: lambda roster, unit, matter: roster.function_staff(UnitFunction.FINANCE),
    LEGAL: lambda roster, unit, matter: roster.function_staff(UnitFunction.LEGAL),
    CLERK: lambda roster, unit, matter: roster.clerks(),
    CLERK_HEAD: lambda roster, unit, matter: roster.function_head(UnitFunction.CLERK, matter),
}

#: Separation of duties climbs here. The heads of finance, legal and personnel are among the holders of their office.
_ABOVE = {
    ICD_OFFICER: ICD_HEAD,
    ICD_HEAD: DEPUTY_MINISTER,
    UNIT_HEAD: DEPUTY_MINISTER,
    UNIT_OFFICE: UNIT_HEAD,
    ORG_PERSONNEL: DEPUTY_MINISTER,
    FINANCE: DEPUTY_MINISTER,
    LEGAL: DEPUTY_MINISTER,
    CLERK: CLERK_HEAD,
    CLERK_HEAD: DEPUTY_MINISTER,
    DEPUTY_MINISTER: MINISTER,
    MINISTER: PRIME_MINISTER,
}

_kept: contextvars.ContextVar[dict[dt.date, Roster] | None] = contextvars.ContextVar("kept_rosters", default=None)


@contextlib.contextmanager
def kept_rosters() -> Iterator[None]:
    """Within this block the roster of a day is loaded once. Appointments made by `people.services` are seen at once."""
    token = _kept.set({})
    try:
        yield
    finally:
        _kept.reset(token)


def forget() -> None:
    """Drop the kept rosters, after an appointment, supervision, substitution, unit or title changed."""
    kept = _kept.get()
    if kept is not None:
        kept.clear()


def roster_of(on: dt.date) -> Roster:
    """The roster of this day: kept inside `kept_rosters`, fresh elsewhere. Pass it on where many answers are needed."""
    kept = _kept.get()
    if kept is None:
        return Roster(on)
    return kept.setdefault(on, Roster(on))


def holders_of(code: str, unit: OrgUnit | None, on: dt.date, matter: Matter = ANY) -> list[Holder]:
    """Who may act in this office on this day: its holder first, then who stands in. Empty for offices outside.

    `unit` is the unit of the file; offices that do not depend on it ignore it. Raises KeyError for an unknown code.
    """
    return _HOLDERS[code](roster_of(on), unit, matter)


def signers_for_minister(on: dt.date, matter: Matter = ANY) -> list[Holder]:
    """Who may sign a decision of the minister on this day: the minister, who stands in, and every deputy minister KT."""
    return roster_of(on).signers_for_minister(matter)


def can_act(user: User, code: str, unit: OrgUnit | None, on: dt.date, matter: Matter = ANY) -> Holder | None:
    """In what capacity this person may act in the office on this day; None if not at all."""
    return next((holder for holder in holders_of(code, unit, on, matter) if holder.user.pk == user.pk), None)


def personal_holder(user: User, code: str, unit: OrgUnit | None, on: dt.date, matter: Matter = ANY) -> Holder:
    """The capacity of somebody to whom a step was assigned by name: as holder of the office, else by own appointment.

    Raises ValueError if the person holds no business appointment on that day.
    """
    holder = can_act(user, code, unit, on, matter) or roster_of(on).holder_by_own_appointment(user)
    if holder is None:
        message = f"{user.pk} holds no business appointment on {on}"
        raise ValueError(message)
    return holder


def offices_of(user: User, on: dt.date, matter: Matter = ANY) -> dict[str, frozenset[int]]:
    """The offices in which this person may act on this day: code to unit ids (of the file), empty unless in OF_UNIT.

    The inverse of `can_act`, for queues: one query over steps instead of one question per step.
    """
    roster = roster_of(on)
    if user.pk not in roster.by_person:
        return {}
    found: dict[str, frozenset[int]] = {}
    for code in ALL:
        units: list[OrgUnit | None] = [*roster.units.values()] if code in OF_UNIT else [None]
        mine = [unit for unit in units if any(h.user.pk == user.pk for h in _HOLDERS[code](roster, unit, matter))]
        if mine:
            found[code] = frozenset(unit.pk for unit in mine if unit is not None)
    return found


def may_hold_one(user: User, on: dt.date) -> bool:
    """Whether the roster of this day can name this person at all: asked of what the person is, without the roster."""
    parts = (*Role.LEADING, *PAPERWORK)
    held = principal_of(user, on).appointments
    return any(each.role in parts or each.unit_function != UnitFunction.NONE for each in held)


def stood_in_for(user: User, on: dt.date) -> list[Substitution]:
    """The substitutions by which this person stands in for somebody on this day."""
    if not may_hold_one(user, on):
        return []
    rows = roster_of(on).substitutions.values()
    return [row for of_person in rows for row in of_person if row.substitute_id == user.pk]


def has_ceilings(on: dt.date) -> bool:
    """Whether somebody stands in on this day for files up to a sum only."""
    return any(row.ceiling is not None for rows in roster_of(on).substitutions.values() for row in rows)


def next_higher(code: str, unit: OrgUnit | None = None) -> str | None:
    """The office that acts when nobody in this one may; above the minister the Prime Minister, above whom nobody.

    `unit` stays the unit of the file: the deputy minister above any office is the one in charge of that unit.
    """
    return _ABOVE.get(code)


def office_label(code: str) -> str:
    """The office's name in the language of the page. Raises KeyError for an unknown code."""
    return str(_LABELS[code])


def title_of(appointment: Appointment, language: str = "vi") -> str:
    """What the holder of this appointment is called: own title if one was given, else the title of the office."""
    return full_title(roster_of(timezone.localdate()).titles, appointment).of(language)
