"""Who plans: the units that are asked, and the people in them who answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from intlcoop.people.choices import Role, UnitType
from intlcoop.people.models import Appointment, OrgUnit, User

if TYPE_CHECKING:
    import datetime as dt

#: Who in a unit hears of the plan: its head, a deputy in charge, the focal point.
ANSWERING = Q(role__in=(Role.HEAD, Role.FOCAL)) | Q(role=Role.DEPUTY_HEAD, acting=True)
STAFF = (Role.OFFICER, Role.FOCAL, Role.HEAD, Role.DEPUTY_HEAD)


def units_asked(on: dt.date | None = None) -> QuerySet[OrgUnit]:
    """Every unit below the ministry in which somebody works; divisions answer through their department."""
    day = on or timezone.localdate()
    staffed = Appointment.objects.in_business(day).filter(unit=OuterRef("pk"), role__in=STAFF)
    return (
        OrgUnit.objects.on(day)
        .filter(Exists(staffed), parent__isnull=False)
        .exclude(unit_type=UnitType.DIVISION)
        .order_by("position", "code")
    )


def answering(units: QuerySet[OrgUnit], on: dt.date | None = None) -> QuerySet[User]:
    """The people who answer for these units: heads, deputies in charge, focal points."""
    day = on or timezone.localdate()
    led = Appointment.objects.in_business(day).filter(ANSWERING, person=OuterRef("pk"), unit__in=units)
    return User.objects.active().filter(Exists(led)).order_by("sort_key", "pk")


def everybody_planning(*, except_for: User | None = None) -> list[User]:
    """Who is told when something happens to the plan of the whole ministry."""
    return [user for user in answering(units_asked()) if except_for is None or user.pk != except_for.pk]
