"""How early do units file their trips, and how late do offices answer? By unit, for one year of departures (W002-05)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils import timezone

from delegations.choices import DatePrecision, Mode
from delegations.models import OutboundDelegation
from intlcoop.people.models import OrgUnit
from intlcoop.regulations.choices import ParameterKey
from intlcoop.regulations.models import Parameter
from intlcoop.regulations.queries import calendar
from intlcoop.regulations.working_days import Calendar, working_days_between

if TYPE_CHECKING:
    from intlcoop.people.models import User


@dataclass(slots=True)
class UnitLateness:
    """`days` and `least` are working days between filing and departure, in all and at least."""

    unit: OrgUnit
    filed: int = 0
    late: int = 0
    days: int = 0
    least: int | None = None

    @property
    def average(self) -> int | None:
        return round(self.days / self.filed) if self.filed else None

    @property
    def share(self) -> int:
        """Per cent that was filed late."""
        return round(100 * self.late / self.filed) if self.filed else 0

    def count(self, left: int, asked: int | None) -> None:
        self.filed += 1
        self.days += left
        self.least = left if self.least is None else min(self.least, left)
        self.late += asked is not None and left < asked


def lateness_by_unit(user: User, year: int) -> list[UnitLateness]:
    """Units by their part of late files, the worst first. Three queries: trips, the dated term, the calendar.

    Trips with senior leaders and imported history are left out: nobody could file them earlier.
    """
    trips = (
        OutboundDelegation.objects.visible_to(user)
        .filter(departs_on__year=year, mode=Mode.LED, case__first_submitted_at__isnull=False)
        .filter(date_precision=DatePrecision.DAY)
        .exclude(case__status_changes__transition="import")
        .select_related("case__unit")
        .only("departs_on", "case__first_submitted_at", "case__unit")
    )
    days = calendar()
    terms = list(Parameter.objects.filter(key=ParameterKey.LEAD_TIME))
    found: dict[int, UnitLateness] = {}
    for trip in trips:
        assert trip.departs_on is not None
        row = found.setdefault(trip.case.unit_id, UnitLateness(trip.case.unit))
        row.count(working_days_ahead(trip, days), _term_on(terms, trip.departs_on))
    return sorted(found.values(), key=lambda row: (-row.late, -row.share, row.unit.position, row.unit.sort_key))


def working_days_ahead(trip: OutboundDelegation, days: Calendar) -> int:
    """Working days between the first submission and the departure; none when it was filed after it."""
    assert trip.departs_on is not None
    filed = timezone.localdate(trip.case.first_submitted_at)
    return max(working_days_between(filed, trip.departs_on, days), 0)


def _term_on(terms: Iterable[Parameter], day: dt.date) -> int | None:
    return next((int(term.value) for term in terms if term.holds_on(day)), None)


def years_with_trips(user: User) -> list[int]:
    """Newest first, this year always among them."""
    visible = OutboundDelegation.objects.visible_to(user).filter(~Q(departs_on=None))
    years = set(visible.order_by().values_list("departs_on__year", flat=True).distinct())
    return sorted(years | {timezone.localdate().year}, reverse=True)
