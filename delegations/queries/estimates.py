"""What does a trip cost, what is left of its plan line, and what did similar trips cost?"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.db.models import Count
from django.utils import timezone

from delegations import estimating
from delegations.choices import ExpenseItem, FundingSource, OutboundState
from delegations.models import EstimateItem, FundingItem, OutboundDelegation, PlanLine, TripEstimate
from delegations.queries.norms import NormBook
from delegations.queries.rates import RateBook

if TYPE_CHECKING:
    from intlcoop.workflow.models import Case

YEARS_COMPARED = 3
#: As many similar trips are looked at, the newest ones.
MOST_COMPARED = 50


def items_of(trips: Iterable[int]) -> Any:
    return (
        EstimateItem.objects.filter(delegation__in=list(trips))
        .select_related("currency", "country", "norm__currency", "norm__group")
        .prefetch_related("shares")
    )


def is_of_group(item: EstimateItem) -> bool:
    return item.item in ExpenseItem.OF_GROUP or (item.item == ExpenseItem.OTHER and not item.shares.all())


def line_of(item: EstimateItem, rate: Decimal | None) -> estimating.Line:
    return estimating.Line(
        key=item.pk,
        item=item.item,
        source=item.source,
        currency=item.currency.code,
        decimals=item.currency.decimals,
        quantity=item.quantity,
        unit_amount=item.unit_amount,
        rate=rate,
        people=tuple(share.member_id for share in item.shares.all()),
        of_group=is_of_group(item),
    )


class Sheet:
    """The estimate of one trip with everything that is computed from it; about six queries, whatever its length."""

    def __init__(self, trip: OutboundDelegation) -> None:
        self.trip = trip
        self.head: TripEstimate | None = TripEstimate.objects.filter(delegation=trip).first()
        self.items: list[EstimateItem] = list(items_of([trip.pk]))
        self.members = list(trip.members.all())

    def __bool__(self) -> bool:
        return bool(self.items)

    @property
    def rates_on(self) -> dt.date:
        return self.head.rates_on if self.head else timezone.localdate()

    @cached_property
    def rates(self) -> RateBook:
        return RateBook()

    @cached_property
    def norms(self) -> NormBook:
        return NormBook(self.trip.departs_on)

    def rate_of(self, item: EstimateItem) -> Decimal | None:
        """As it was when the line was written; a rate that was entered since counts from then on."""
        return item.rate if item.rate is not None else self.rates.on(item.currency.code, self.rates_on)

    @cached_property
    def lines(self) -> list[estimating.Line]:
        return [line_of(item, self.rate_of(item)) for item in self.items]

    @cached_property
    def totals(self) -> estimating.Totals:
        return estimating.totals(self.lines, [member.pk for member in self.members])

    def spans(self) -> dict[str, estimating.Span] | None:
        return spans_of(self.trip)

    def is_over(self, item: EstimateItem) -> bool | None:
        """Whether the amount is above its norm; None when that cannot be said for want of a rate."""
        norm = item.norm
        if norm is None:
            return False
        norm_rate = self.rates.on(norm.currency.code, self.rates_on) if norm.currency_id != item.currency_id else None
        return estimating.exceeds(
            item.unit_amount, self.rate_of(item), item.currency.code, norm.amount, norm_rate, norm.currency.code
        )


def spans_of(trip: OutboundDelegation) -> dict[str, estimating.Span] | None:
    """Days and nights by country (two letters)."""
    stays = [
        estimating.Stay(place=leg.country.iso2, first=leg.arrives_on, last=leg.leaves_on) for leg in trip.legs.all()
    ]
    return estimating.spans(stays, trip.departs_on, trip.returns_on)


# --- what trips cost -------------------------------------------------------------------------------------------------


def totals_of(trips: Sequence[OutboundDelegation]) -> dict[int, Decimal | None]:
    """What each trip costs without what its host pays, in đồng: by its estimate, else by what was asked for; None = unknown.

    Four queries for any number of trips. Sums in another currency take the rate of the estimate, else the one in force on the
    day of departure or the last before it.
    """
    ids = [trip.pk for trip in trips]
    rates = RateBook()
    lines: dict[int, list[estimating.Line]] = defaultdict(list)
    days = {trip.pk: trip.departs_on or timezone.localdate() for trip in trips}
    for item in items_of(ids):
        rate = item.rate if item.rate is not None else rates.near(item.currency.code, days[item.delegation_id])
        lines[item.delegation_id].append(line_of(item, rate))
    asked: dict[int, list[Decimal | None]] = defaultdict(list)
    funding = FundingItem.objects.filter(delegation__in=ids).exclude(source=FundingSource.HOST)
    for pk, amount, code in funding.values_list("delegation", "amount", "currency__code"):
        rate = rates.near(code, days[pk])
        asked[pk].append(None if rate is None else estimating.rounded(amount * rate))
    found: dict[int, Decimal | None] = {}
    for trip in trips:
        if trip.pk in lines:
            found[trip.pk] = estimating.totals(lines[trip.pk], ()).own
        elif trip.pk in asked:
            found[trip.pk] = estimating.plus(asked[trip.pk])
        else:
            found[trip.pk] = Decimal(0) if trip.host_pays_all else None
    return found


def total_vnd(trip: OutboundDelegation) -> Decimal | None:
    """What the trip costs the ministry in đồng; None while an amount or a rate is missing."""
    return totals_of([trip])[trip.pk]


def amounts_of_cases(cases: Sequence[Case]) -> dict[int, Decimal | None]:
    """What each file is decided on, in đồng, by the id of its case; a changed version is a file of its own."""
    trips = list(OutboundDelegation.everything.filter(case__in=[case.pk for case in cases]))
    costs = totals_of(trips)
    return {case.pk: Decimal(0) for case in cases} | {trip.case_id: costs[trip.pk] for trip in trips}


def per_head_vnd(trip: OutboundDelegation) -> Decimal | None:
    return estimating.per_head(total_vnd(trip), len(trip.members.all()))


# --- what is left of the plan ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """The money of a plan line, in đồng: planned, taken by other trips, left; `unknown` are trips whose cost is not known."""

    planned: Decimal
    taken: Decimal
    unknown: tuple[str, ...] = ()

    @property
    def left(self) -> Decimal:
        return self.planned - self.taken


def budget_of(line: PlanLine | None, *, without: OutboundDelegation | None = None) -> Budget | None:
    """What is left of a line for this trip; None when the plan says no amount, or one in a currency without a rate."""
    if line is None or line.amount is None or line.currency is None:
        return None
    rate = RateBook().near(line.currency.code, timezone.localdate())
    if rate is None:
        return None
    trips = line.trips.filter(case__state__in=OutboundState.TAKES_OF_PLAN).select_related("case")
    others = [trip for trip in trips if without is None or trip.pk != without.pk]
    costs = totals_of(others) if others else {}
    return Budget(
        planned=estimating.rounded(line.amount * rate),
        taken=sum((cost for cost in costs.values() if cost is not None), Decimal(0)),
        unknown=tuple(trip.case.number for trip in others if costs[trip.pk] is None),
    )


# --- similar trips ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class SimilarTrip:
    trip: OutboundDelegation
    per_head: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What trips to the same countries, or to such with the same norms, cost per head in the last three years."""

    trips: tuple[SimilarTrip, ...]

    @property
    def median(self) -> Decimal | None:
        return estimating.median([each.per_head for each in self.trips])

    @property
    def lowest(self) -> Decimal:
        return min(each.per_head for each in self.trips)

    @property
    def highest(self) -> Decimal:
        return max(each.per_head for each in self.trips)


def similar_trips(trip: OutboundDelegation, norms: NormBook | None = None) -> Comparison:
    """Trips that were decided on, departing in the three years before this one; those without known cost are left out."""
    day = trip.departs_on or timezone.localdate()
    countries = {leg.country_id for leg in trip.legs.all()}
    if not countries:
        return Comparison(trips=())
    countries = (norms or NormBook(day)).neighbours(countries)
    trips = list(
        OutboundDelegation.objects.counted()
        .exclude(pk=trip.pk)
        .filter(departs_on__range=(years_before(day, YEARS_COMPARED), day))
        .filter(pk__in=OutboundDelegation.objects.filter(legs__country__in=countries).values("pk"))
        .select_related("case__unit")
        .annotate(size=Count("members"))
        .order_by("-departs_on", "-pk")[:MOST_COMPARED]
    )
    costs = totals_of(trips) if trips else {}
    found = [(each, estimating.per_head(costs[each.pk], each.size)) for each in trips]
    return Comparison(trips=tuple(SimilarTrip(trip=each, per_head=cost) for each, cost in found if cost))


def years_before(day: dt.date, years: int) -> dt.date:
    """The same day that many years earlier; of 29 February the day before 1 March."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


# --- for the engine -----------------------------------------------------------------------------------------------------


def wording_of(sheet: Sheet) -> list[str]:
    """The lines as the history keeps them."""
    names = {member.pk: member.full_name for member in sheet.members}
    return [
        " | ".join(
            (
                item.item,
                item.country.iso2 if item.country else "",
                item.person_class,
                ", ".join(names.get(key, "") for key in line.people),
                f"{item.quantity:f}",
                "" if item.unit_amount is None else f"{item.unit_amount:f}",
                item.currency.code,
                item.source,
                item.over_reason,
                item.note,
            )
        )
        for item, line in zip(sheet.items, sheet.lines, strict=True)
    ]


def grown_money(sheet: Sheet, funding: Sequence[FundingItem]) -> dict[str, Decimal]:
    """By how much the estimate of a source goes beyond what was asked for, in đồng: {"state_budget": 5000000}.

    A decision on money binds what was asked for; an estimate that grows beyond it asks for more.
    """
    asked: dict[str, list[Decimal | None]] = defaultdict(list)
    for item in funding:
        rate = sheet.rates.on(item.currency.code, sheet.rates_on)
        asked[item.source].append(None if rate is None else estimating.rounded(item.amount * rate))
    found = {}
    for source, estimated in sheet.totals.by_source.items():
        before = estimating.plus(asked[source])
        if source == FundingSource.HOST or estimated is None or before is None:
            continue
        if estimated > before and not estimating.agree(before, estimated):
            found[source] = estimated - before
    return found
