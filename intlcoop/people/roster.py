"""Who holds which office on one day? The whole ministry in memory: a handful of queries, then no more.

A `Roster` is loaded piece by piece, each piece when it is first needed, and answers for any number of offices. It is
never older than the request (or the block of `offices.kept_rosters`) that made it.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.db.models import OuterRef, Q, Subquery

from intlcoop.people.choices import Role, SignatureForm, UnitFunction
from intlcoop.people.holders import Holder
from intlcoop.people.models import Appointment, OrgUnit, Substitution, Supervision, User
from intlcoop.people.titles import Title, load_titles, office_title


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """What an office is asked to act on: a file of this kind (None: of any), which concerns these people.

    Nobody stands in for somebody whom the file concerns: it would be decided in that person's name. `amount` gives the sum of
    the file in đồng, asked only where a substitution has a ceiling; a file whose sum is not known stays with the leader.
    Without `amount` nothing is asked.
    """

    kind: str | None = None
    concerned: frozenset[int] = frozenset()
    amount: Callable[[], Decimal | None] | None = field(default=None, compare=False)

    def admits(self, row: Substitution) -> bool:
        if row.person_id in self.concerned or (row.kinds and self.kind is not None and self.kind not in row.kinds):
            return False
        if row.ceiling is None or self.amount is None:
            return True
        amount = self.amount()
        return amount is not None and amount <= row.ceiling


ANY = Matter()
ROLE_ORDER = {role: number for number, role in enumerate(Role.values)}
#: Who does a unit's own paperwork, in this order.
PAPERWORK = (Role.CLERK, Role.FOCAL)
STAFF = (Role.HEAD, Role.DEPUTY_HEAD, Role.OFFICER, Role.FOCAL)


class Roster:
    """The holders of all offices on one day. `unit` below is the unit of a file, an OrgUnit or None."""

    def __init__(self, on: dt.date) -> None:
        self.on = on

    # --- what is loaded -----------------------------------------------------------------------------------------

    @cached_property
    def appointments(self) -> list[Appointment]:
        """Those by which somebody leads, does a unit's paperwork, or works in a unit that plays a part in everybody's files."""
        rows = (
            Appointment.objects.in_business(self.on)
            .filter(Q(role__in=(*Role.LEADING, *PAPERWORK)) | ~Q(unit__function=UnitFunction.NONE))
            .select_related("person", "unit")
        )
        return sorted(
            rows,
            key=lambda a: (ROLE_ORDER[a.role], not a.acting, a.unit.position, a.person.sort_key, a.person_id, a.pk),
        )

    @cached_property
    def by_role(self) -> dict[str, list[Appointment]]:
        return _grouped(self.appointments, "role")

    @cached_property
    def by_unit(self) -> dict[int, list[Appointment]]:
        return _grouped(self.appointments, "unit_id")

    @cached_property
    def by_person(self) -> dict[int, list[Appointment]]:
        return _grouped(self.appointments, "person_id")

    @cached_property
    def substitutions(self) -> dict[int, list[Substitution]]:
        """By the person who is away."""
        return _grouped(Substitution.objects.on(self.on).order_by("valid_from", "pk"), "person_id")

    @cached_property
    def units(self) -> dict[int, Any]:
        """All units, each with the id of the deputy minister in charge of it on this day (`in_charge_id`)."""
        in_charge = Supervision.objects.on(self.on).filter(unit=OuterRef("pk")).values("deputy_minister_id")[:1]
        return {unit.pk: unit for unit in OrgUnit.objects.annotate(in_charge_id=Subquery(in_charge))}

    @cached_property
    def titles(self) -> dict[tuple[str, str, str], Title]:
        return load_titles()

    # --- offices ------------------------------------------------------------------------------------------------

    def minister(self, matter: Matter = ANY) -> list[Holder]:
        seats = [self._own(a) for a in self._in_role(Role.MINISTER)]
        acting = [self._kt(a) for a in self._in_role(Role.DEPUTY_MINISTER) if a.acting]
        return self._with_stand_ins([*seats, *acting], matter=matter)

    def signers_for_minister(self, matter: Matter = ANY) -> list[Holder]:
        """Who may sign a decision of the minister: the minister, or any deputy KT. (Decree 30/2020, article 13)."""
        deputies = [self._kt(a) for a in self._in_role(Role.DEPUTY_MINISTER)]
        return _once_each([*self.minister(matter), *deputies])

    def deputy_minister(self, unit: OrgUnit | None, matter: Matter = ANY) -> list[Holder]:
        """The one in charge of the unit (or of a unit above it), else every deputy minister; they sign KT."""
        deputies = self._in_role(Role.DEPUTY_MINISTER)
        ids = {a.person_id for a in deputies}
        in_charge = next((who for who in self._supervisors(unit) if who in ids), None)
        return self._with_stand_ins(
            [self._kt(a) for a in deputies if in_charge is None or a.person_id == in_charge],
            unit=unit,
            matter=matter,
        )

    def unit_head(self, unit: OrgUnit | None, matter: Matter = ANY) -> list[Holder]:
        """Head, deputies in charge, and who stands in for them, in the unit that carries on this one's business."""
        if unit is None:
            return []
        unit = self.current(unit)
        own = self.by_unit.get(unit.pk, [])
        heads = [self._own(a) for a in own if a.role == Role.HEAD]
        acting = [self._kt(a) for a in own if a.role == Role.DEPUTY_HEAD and a.acting]
        return self._with_stand_ins([*heads, *acting], unit=unit, matter=matter)

    def unit_office(self, unit: OrgUnit | None) -> list[Holder]:
        """Who does a unit's own paperwork: its clerks, else its focal points for international cooperation."""
        own = self.by_unit.get(self.current(unit).pk, []) if unit is not None else []
        found = ([a for a in own if a.role == role] for role in PAPERWORK)
        return _once_each(self._own(a) for a in next(filter(None, found), []))

    def function_head(self, function: str, matter: Matter = ANY) -> list[Holder]:
        return [holder for unit in self._function_units(function) for holder in self.unit_head(unit, matter)]

    def function_staff(self, function: str, roles: Iterable[str] = STAFF) -> list[Holder]:
        """Everybody of the units with this function, heads first."""
        rows = [a for a in self.appointments if a.unit.function == function and a.role in roles]
        return _once_each([self._kt(a) if a.acting else self._own(a) for a in rows])

    def officers(self, function: str) -> list[Holder]:
        """The people of the units with this function who are not at their head."""
        heads = {holder.user.pk for holder in self.function_head(function) if holder.on_behalf_of is None}
        return [holder for holder in self.function_staff(function) if holder.user.pk not in heads]

    def clerks(self) -> list[Holder]:
        return self.function_staff(UnitFunction.CLERK, (Role.CLERK,))

    def holder_by_own_appointment(self, user: User) -> Holder | None:
        """In what capacity this person acts when no office is asked for: by the highest appointment."""
        rows = self.by_person.get(user.pk)
        if not rows:
            staff = Appointment.objects.in_business(self.on).of(user).select_related("person", "unit")
            rows = sorted(staff, key=lambda a: (ROLE_ORDER[a.role], a.pk))
        if not rows:
            return None
        leads = rows[0].acting or rows[0].role == Role.DEPUTY_MINISTER
        return self._kt(rows[0]) if leads else self._own(rows[0])

    # --- how a capacity is made ---------------------------------------------------------------------------------

    def current(self, unit: OrgUnit) -> OrgUnit:
        """The unit that carries on this one's business on this day."""
        seen = {unit.pk}
        while not unit.holds_on(self.on) and unit.merged_into_id and unit.merged_into_id not in seen:
            unit = self.units[unit.merged_into_id]
            seen.add(unit.pk)
        return unit

    def chief_title(self, appointment: Appointment) -> Title:
        """The title of the head for whom a deputy with this appointment signs."""
        role = Role.MINISTER if appointment.role == Role.DEPUTY_MINISTER else Role.HEAD
        return office_title(self.titles, role, appointment.unit)

    def minister_title(self) -> Title:
        seat = next(iter(self._in_role(Role.MINISTER)), None)
        root = seat.unit if seat else next((u for u in self.units.values() if u.parent_id is None), OrgUnit())
        return office_title(self.titles, Role.MINISTER, root)

    def capacity(self, form: str, person_id: int, seat: Appointment) -> Appointment | None:
        """The appointment by which this person can stand in, in this form, for who holds `seat`; None if there is none.

        KT. and TL.+KT.: a deputy in the same unit (deputy ministers also for one another). TL.: the head of a unit, for
        the minister. TUQ.: the head of another unit, for whoever is at the head of this one.
        """
        own = self.by_person.get(person_id, [])
        leads_ministry = seat.role in (Role.MINISTER, Role.DEPUTY_MINISTER)
        if form == SignatureForm.KT and leads_ministry:
            fits = [a for a in own if a.role == Role.DEPUTY_MINISTER]
        elif form in (SignatureForm.KT, SignatureForm.TL_KT):
            fits = [a for a in own if a.role == Role.DEPUTY_HEAD and a.unit_id == seat.unit_id and not leads_ministry]
        elif form == SignatureForm.TL:
            fits = [a for a in own if a.role == Role.HEAD and seat.role == Role.MINISTER]
        elif form == SignatureForm.TUQ:
            fits = [
                a for a in own
                if a.role == Role.HEAD and a.unit_id != seat.unit_id and seat.role in (Role.MINISTER, Role.HEAD)
            ]  # fmt: skip
        else:
            fits = []
        return fits[0] if fits else None

    def is_subordinate(self, unit: OrgUnit, above: OrgUnit) -> bool:
        """Whether `unit` stands somewhere below `above` in the tree."""
        return self._is_below(unit, {above.pk})

    def _own(self, appointment: Appointment) -> Holder:
        return Holder(appointment=appointment, form=SignatureForm.OWN, roster=self)

    def _kt(self, appointment: Appointment) -> Holder:
        return Holder(appointment=appointment, form=SignatureForm.KT, roster=self)

    def _in_role(self, role: str) -> list[Appointment]:
        return self.by_role.get(role, [])

    def _supervisors(self, unit: OrgUnit | None) -> Iterator[int]:
        """The deputy ministers in charge of the unit, of the one above it, and so on up the tree."""
        node = self.current(unit) if unit is not None else None
        seen: set[int] = set()
        while node is not None and node.pk not in seen:
            seen.add(node.pk)
            if in_charge := self.units[node.pk].in_charge_id:
                yield in_charge
            node = self.current(self.units[node.parent_id]) if node.parent_id else None

    def _function_units(self, function: str) -> list[OrgUnit]:
        """The units with this function, without those that stand below another one with it."""
        found = {a.unit_id: a.unit for a in self.appointments if a.unit.function == function}
        if len(found) > 1:
            found = {pk: unit for pk, unit in found.items() if not self._is_below(unit, set(found))}
        return sorted(found.values(), key=lambda unit: (unit.position, unit.pk))

    def _is_below(self, unit: OrgUnit, others: set[int]) -> bool:
        seen: set[int] = set()
        while unit.parent_id and unit.parent_id not in seen:
            if unit.parent_id in others:
                return True
            seen.add(unit.parent_id)
            unit = self.units[unit.parent_id]
        return False

    def _office_of(self, row: Substitution) -> int | None:
        """For which unit's office somebody stands in; a merger or a new name takes the substitution along."""
        return self.current(self.units[row.unit_id]).pk if row.unit_id else None

    def _with_stand_ins(self, holders: list[Holder], unit: OrgUnit | None = None, matter: Matter = ANY) -> list[Holder]:
        """The holders, then who stands in for one of them in this matter. Nobody stands in for a stand-in."""
        found = list(holders)
        for seat in [holder.appointment for holder in holders]:
            covered = {None, seat.unit_id, unit.pk if unit else None}
            for row in self.substitutions.get(seat.person_id, []):
                own = self.capacity(row.form, row.substitute_id, seat)
                here = row.unit_id in covered or self._office_of(row) in covered
                if own is not None and here and matter.admits(row):
                    found.append(Holder(own, row.form, roster=self, seat=seat, substitution=row))
        return _once_each(found)


def _once_each(holders: Iterable[Holder]) -> list[Holder]:
    """Each person once, in the first capacity."""
    return list({holder.user.pk: holder for holder in reversed(list(holders))}.values())[::-1]


def _grouped(rows: Iterable[Any], attribute: str) -> dict[Any, list[Any]]:
    groups: dict[Any, list[Any]] = defaultdict(list)
    for row in rows:
        groups[getattr(row, attribute)].append(row)
    return dict(groups)
