"""Who is asking, and what are they in the ministry today? One small frozen answer, loaded once per request."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from django.db.models import Exists, OuterRef
from django.utils import timezone

from intlcoop.people.choices import Role, UnitFunction
from intlcoop.people.models import Appointment, OrgUnit

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from intlcoop.people.models import User


class Holding(NamedTuple):
    """One appointment, as far as rights depend on it."""

    role: str
    unit_id: int
    unit_code: str
    unit_function: str
    unit_class: str
    acting: bool

    @property
    def in_charge(self) -> bool:
        """Head of the unit, or deputy in charge with the head's rights."""
        return self.role == Role.HEAD or (self.role == Role.DEPUTY_HEAD and self.acting)


@dataclass(frozen=True, slots=True)
class Principal:
    """What a person is on a day.

    `appointments` are those in units that exist on that day. An administrator or auditor holds no business role: all
    other appointments of such a person are left out. `own_unit_ids` and `headed_unit_ids` include the units merged
    into the own ones, and `own_unit_ids` also a unit that ended under its people's feet.
    """

    user_id: int | None
    name: str
    appointments: tuple[Holding, ...] = ()
    own_unit_ids: frozenset[int] = frozenset()
    headed_unit_ids: frozenset[int] = frozenset()
    is_first_administrator: bool = False

    def has(self, role: str, function: str | None = None) -> bool:
        """Whether one appointment has this role, in a unit with this function if one is named."""
        return any(
            held.role == role and (function is None or held.unit_function == function) for held in self.appointments
        )

    def has_function(self, function: str) -> bool:
        """Whether one business appointment is in a unit with this function."""
        return any(
            held.unit_function == function and held.role not in Role.OUTSIDE_BUSINESS for held in self.appointments
        )

    def is_unit_head_of(self, unit_id: int | None) -> bool:
        """Head, or deputy in charge, of this unit or of the one that it was merged into."""
        return unit_id in self.headed_unit_ids

    @property
    def is_minister(self) -> bool:
        return self.has(Role.MINISTER)

    @property
    def is_deputy_minister(self) -> bool:
        return self.has(Role.DEPUTY_MINISTER)

    @property
    def is_leadership(self) -> bool:
        return self.is_minister or self.is_deputy_minister

    @property
    def is_icd(self) -> bool:
        return self.has_function(UnitFunction.ICD)

    @property
    def is_icd_head(self) -> bool:
        return any(held.in_charge and held.unit_function == UnitFunction.ICD for held in self.appointments)

    @property
    def is_clerk(self) -> bool:
        return self.has(Role.CLERK, UnitFunction.CLERK)

    @property
    def is_personnel(self) -> bool:
        return self.has_function(UnitFunction.PERSONNEL)

    @property
    def is_finance(self) -> bool:
        return self.has_function(UnitFunction.FINANCE)

    @property
    def is_legal(self) -> bool:
        return self.has_function(UnitFunction.LEGAL)

    @property
    def is_administrator(self) -> bool:
        return self.is_first_administrator or self.has(Role.ADMINISTRATOR)

    @property
    def is_auditor(self) -> bool:
        return self.has(Role.AUDITOR)

    @property
    def sees_everything_submitted(self) -> bool:
        """ICD, leadership, auditors and administrators read every submitted file of every unit (W002-07, W002-08)."""
        return self.is_icd or self.is_leadership or self.is_auditor or self.is_administrator


NOBODY = Principal(user_id=None, name="")
_CACHE = "_principal_by_day"


def principal_of(user: User | AnonymousUser, on: dt.date | None = None) -> Principal:
    """What this person is on that day (default: today). Costs one query the first time, nothing afterwards.

    A second query follows only where a unit was merged into one of the person's own. Somebody not logged in, or whose
    account is closed, is nobody.
    """
    day = on or timezone.localdate()
    if user.pk is None or not user.is_active:
        return NOBODY
    cached: dict[dt.date, Principal] | None = getattr(user, _CACHE, None)
    if cached is None:
        cached = {}
        setattr(user, _CACHE, cached)
    if day not in cached:
        cached[day] = _load(user, day)
    return cached[day]


def forget(user: User) -> None:
    """Drop what was remembered, after an appointment of this person changed."""
    if hasattr(user, _CACHE):
        delattr(user, _CACHE)


def _load(user: User, day: dt.date) -> Principal:
    merged = OrgUnit.objects.filter(merged_into=OuterRef("unit_id"), valid_until__lt=day)
    held = list(
        Appointment.objects.of(user)
        .on(day)
        .select_related("unit")
        .annotate(unit_has_merged=Exists(merged))
        .order_by("pk")
    )
    outside = [appointment for appointment in held if appointment.role in Role.OUTSIDE_BUSINESS]
    counted = outside or held
    holdings = tuple(
        Holding(a.role, a.unit_id, a.unit.code, a.unit.function, a.unit.unit_class, a.acting)
        for a in counted
        if a.unit.holds_on(day)
    )
    with_merged = {a.unit_id for a in counted if a.unit_has_merged}
    return Principal(
        user_id=user.pk,
        name=user.full_name,
        appointments=holdings,
        own_unit_ids=_with_lineage({a.unit_id for a in counted if not outside}, with_merged, day),
        headed_unit_ids=_with_lineage({h.unit_id for h in holdings if h.in_charge}, with_merged, day),
        is_first_administrator=user.is_superuser and not held,
    )


def _with_lineage(unit_ids: set[int], with_merged: set[int], day: dt.date) -> frozenset[int]:
    """The units and what was merged into them; asks the database only about units that something was merged into."""
    older = unit_ids & with_merged
    return frozenset(unit_ids | (OrgUnit.objects.lineage_ids(older, day) if older else set()))


def own_unit(user: User) -> OrgUnit | None:
    """The unit for which this person files: that of their oldest appointment that holds today."""
    held = user.appointments.on(timezone.localdate()).exclude(role__in=Role.OUTSIDE_BUSINESS)
    appointment = held.select_related("unit").order_by("valid_from", "pk").first()
    return appointment.unit if appointment else None
