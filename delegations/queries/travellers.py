"""The other trips of the people of a trip: one question for all of them, whatever each of them is asked about afterwards."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import get_language

from delegations.choices import DatePrecision, OutboundState, Part
from delegations.models import DelegationMember, ItineraryLeg, OutboundDelegation
from intlcoop.people.choices import Role
from intlcoop.people.models import Appointment
from intlcoop.regulations.working_days import Calendar, move_to_working_day

#: Trips that count towards the number of trips of a person in a year: asked for or decided on.
COUNTED_PER_YEAR = (*OutboundState.COUNTED, OutboundState.IN_APPROVAL, OutboundState.AWAITING_DECISION)


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherTrip:
    """Number, title, unit and days of a trip on which a person is, and no more: so much is shown to whoever decides about
    that person, even where they may not open the file."""

    person: int
    part: str
    number: str
    title: str
    unit: str
    state: str
    first: dt.date | None
    last: dt.date | None
    exact: bool
    places: tuple[str, ...] = ()

    @property
    def is_counted(self) -> bool:
        return self.state in COUNTED_PER_YEAR

    def shares_days(self, first: dt.date | None, last: dt.date | None) -> bool:
        """A11: at least one day in common, also when one of the two encloses the other."""
        if not (self.exact and first and last and self.first and self.last):
            return False
        return self.first <= last and first <= self.last

    def owes_report(self) -> bool:
        return self.part == Part.HEAD and self.state == OutboundState.REPORT_DUE

    def report_due(self, days: int | None, calendar: Calendar) -> dt.date | None:
        """The last day for its report; a day off moves on."""
        if days is None or self.last is None:
            return None
        return move_to_working_day(self.last + dt.timedelta(days=days), calendar)


def own_ids(trip: OutboundDelegation) -> list[int]:
    """The trip itself, and the approved trip of which it is a new version: neither is "another" trip."""
    return [pk for pk in (trip.pk, getattr(trip, "amends_id", None)) if pk]


def other_trips(trip: OutboundDelegation, people: Collection[int]) -> list[OtherTrip]:
    """The live trips of these people in this and the next year, around the days of this trip, or with a report still owed."""
    if not people:
        return []
    day = trip.departs_on or timezone.localdate()
    first, last = min(day, timezone.localdate()).year, max(day, timezone.localdate()).year + 1
    years = Q(departs_on__range=(dt.date(first, 1, 1), dt.date(last, 12, 31)))
    days = Q(departs_on__lte=trip.returns_on, returns_on__gte=trip.departs_on) if trip.days else Q(pk__in=[])
    rows = (
        OutboundDelegation.objects.exclude(pk__in=own_ids(trip))
        .filter(members__person__in=people, case__state__in=OutboundState.HOLDS_DAYS)
        .filter(years | days | Q(case__state=OutboundState.REPORT_DUE))
        .annotate(places=places_of())
        .order_by("departs_on", "pk")
        .values("members__person_id", "members__part", "case__number", "case__title", "case__unit__name_vi",
                "case__state", "departs_on", "returns_on", "date_precision", "places")
    )  # fmt: skip
    return [_other(row) for row in rows if row["members__person_id"] in people]


def places_of() -> Any:
    """The countries of a trip in the language of the page, in the order of the itinerary."""
    name = "country__name_en" if get_language() == "en" else "country__name_vi"
    legs = ItineraryLeg.objects.filter(delegation=OuterRef("pk")).order_by("position", "pk")
    return ArraySubquery(legs.values(name))


def _other(row: dict[str, Any]) -> OtherTrip:
    return OtherTrip(
        person=row["members__person_id"],
        part=row["members__part"],
        number=row["case__number"],
        title=row["case__title"],
        unit=row["case__unit__name_vi"],
        state=row["case__state"],
        first=row["departs_on"],
        last=row["returns_on"],
        exact=row["date_precision"] == DatePrecision.DAY,
        places=tuple(dict.fromkeys(row["places"])),
    )


def key_leaders(people: Collection[int], on: dt.date) -> dict[str, set[int]]:
    """By unit, those of these people who lead it on a day: its head and deputies; for the ministry the minister and deputies."""
    found: dict[str, set[int]] = {}
    rows = Appointment.objects.in_business(on).filter(person__in=people, role__in=Role.LEADING)
    for unit, person in rows.values_list("unit__name_vi", "person_id") if people else ():
        found.setdefault(unit, set()).add(person)
    return found


def same_matter(trip: OutboundDelegation, countries: Collection[int]) -> Any:
    """Other led trips to one of these countries for the same kind of purpose, in the same field or with the same host."""
    matter = Q(pk__in=[])
    if trip.field_id:
        matter |= Q(field=trip.field_id)
    if trip.host_partner_id:
        matter |= Q(host_partner=trip.host_partner_id)
    legs = ItineraryLeg.objects.filter(delegation=OuterRef("pk"), country__in=countries)
    return (
        OutboundDelegation.objects.exclude(pk__in=own_ids(trip))
        .filter(matter, Exists(legs), mode=trip.mode, purpose=trip.purpose)
        .filter(case__state__in=COUNTED_PER_YEAR)
        .order_by("-departs_on", "-pk")
    )


def people_of(trip: OutboundDelegation) -> dict[int, DelegationMember]:
    """Our own people of a trip, by person."""
    return {member.person_id: member for member in trip.members.all() if member.person_id is not None}
