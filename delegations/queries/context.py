"""What surrounds a trip for whoever decides on it: trips to the same country or for the same purpose, leaders away in its days.

Of trips that the reader may not open only number, title, unit and days are said. Each question looks at a span of days, so
that it costs the same among ten files and ten thousand.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Case as When_
from django.db.models import Count, Exists, F, IntegerField, OuterRef, Q, Value, When

from delegations.choices import DatePrecision, OutboundState
from delegations.models import ItineraryLeg, OutboundDelegation
from delegations.queries.travellers import COUNTED_PER_YEAR, own_ids, places_of
from intlcoop.people.choices import Rank
from intlcoop.workflow.models import Case

if TYPE_CHECKING:
    from intlcoop.people.models import User

#: So many days before and after the departure of a trip other trips are compared with it.
A_YEAR = dt.timedelta(days=365)
MOST_SHOWN = 12
LEADERSHIP = (Rank.MINISTER, Rank.DEPUTY_MINISTER)


@dataclass(frozen=True, slots=True, kw_only=True)
class SimilarTrips:
    """The nearest of them as rows (`same_country`, `same_purpose`, `places`), and how many there are in all."""

    rows: list[Any]
    same_country: int
    same_purpose: int

    @property
    def total(self) -> int:
        return self.same_country + self.same_purpose

    @property
    def more(self) -> int:
        return self.total - len(self.rows)


def similar_within_a_year(trip: OutboundDelegation, countries: set[int]) -> SimilarTrips:
    """Trips within twelve months before and after, to one of the same countries, or for the same kind of purpose."""
    if trip.departs_on is None:
        return SimilarTrips(rows=[], same_country=0, same_purpose=0)
    legs = ItineraryLeg.objects.filter(delegation=OuterRef("pk"), country__in=countries)
    near = (
        OutboundDelegation.objects.exclude(pk__in=own_ids(trip))
        .filter(departs_on__range=(trip.departs_on - A_YEAR, trip.departs_on + A_YEAR))
        .filter(case__state__in=(*COUNTED_PER_YEAR, OutboundState.RETURNED))
        .annotate(same_country=Exists(legs))
    )
    same_purpose = Q(purpose=trip.purpose) if trip.purpose else Q(pk__in=[])
    found = near.filter(Q(same_country=True) | same_purpose)
    counted = found.aggregate(
        country=Count("pk", filter=Q(same_country=True)), purpose=Count("pk", filter=Q(same_country=False))
    )
    weight = When_(
        When(same_purpose & Q(same_country=True), then=Value(0)),
        When(same_country=True, then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    rows = found.annotate(weight=weight, places=places_of()).select_related("case__unit")
    return SimilarTrips(
        rows=list(rows.order_by("weight", "-departs_on", "-pk")[:MOST_SHOWN]),
        same_country=counted["country"],
        same_purpose=counted["purpose"],
    )


def leaders_away(trip: OutboundDelegation) -> list[dict[str, Any]]:
    """The ministry's leaders who are on other trips in the days of this one."""
    if trip.departs_on is None or trip.returns_on is None:
        return []
    rows = (
        OutboundDelegation.objects.exclude(pk__in=own_ids(trip))
        .filter(departs_on__lte=trip.returns_on, returns_on__gte=trip.departs_on, date_precision=DatePrecision.DAY)
        .filter(case__state__in=(*COUNTED_PER_YEAR, OutboundState.RETURNED))
        .filter(members__rank__in=LEADERSHIP, members__person__isnull=False)
        .annotate(name=F("members__full_name"), rank=F("members__rank"), person=F("members__person_id"))
        .order_by("departs_on", "members__position", "pk")
    )
    names = ("name", "rank", "person", "case__number", "case__title", "case__unit__name_vi", "departs_on", "returns_on")
    return list(rows.values(*names)[:MOST_SHOWN])


def may_open(user: User, numbers: set[str]) -> set[str]:
    """Those of these files that the reader may open."""
    if not numbers:
        return set()
    return set(Case.objects.visible_to(user).filter(number__in=numbers).values_list("number", flat=True))
