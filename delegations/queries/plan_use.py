"""What is left of a line of the plan: planned, less what trips under way and decided take of it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, OuterRef, Subquery
from django.utils import timezone

from delegations.choices import OutboundState
from delegations.estimating import rounded
from delegations.models import DelegationMember, OutboundDelegation, PlanLine
from delegations.queries.estimates import totals_of
from delegations.queries.rates import RateBook
from intlcoop.catalogues.models import Country


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """One measure of a line. `planned` is None where the plan says nothing; then nothing is left or exceeded."""

    planned: Decimal | int | None
    used: Decimal | int

    @property
    def left(self) -> Any:
        return None if self.planned is None else self.planned - self.used


@dataclass(frozen=True, slots=True, kw_only=True)
class LineUse:
    """A line with what its trips take of it; `trips` are their case numbers.

    `money` is in đồng, as estimates count it; its plan is None where the line names no amount or its currency has no rate.
    `unknown` are trips whose cost is not known yet.
    """

    line: PlanLine
    persons: Share
    days: Share
    money: Share
    countries: tuple[Country, ...] = ()
    trips: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()


def use_of(line: PlanLine, *, without: OutboundDelegation | None = None) -> LineUse:
    """What the trips of a line take of it, without one trip (and the approved trip that it changes)."""
    trips = list(taking(line, without))
    costs = totals_of(trips) if trips else {}
    return LineUse(
        line=line,
        persons=Share(planned=line.persons, used=sum(trip.people or 0 for trip in trips)),
        days=Share(planned=line.days, used=sum(trip.days or 0 for trip in trips)),
        money=Share(planned=planned_money(line), used=sum((cost for cost in costs.values() if cost), Decimal(0))),
        countries=tuple(line.countries.all()),
        trips=tuple(trip.case.number for trip in trips),
        unknown=tuple(trip.case.number for trip in trips if costs[trip.pk] is None),
    )


def planned_money(line: PlanLine) -> Decimal | None:
    """The amount of the line in đồng, by today's rate."""
    if line.amount is None or line.currency is None:
        return None
    rate = RateBook().near(line.currency.code, timezone.localdate())
    return None if rate is None else rounded(line.amount * rate)


def taking(line: PlanLine, without: OutboundDelegation | None) -> Any:
    """The trips that take something of a line, with the number of their people."""
    members = DelegationMember.objects.filter(delegation=OuterRef("pk")).order_by().values("delegation")
    left_out = [pk for pk in (without.pk, getattr(without, "amends_id", None)) if pk] if without is not None else []
    return (
        OutboundDelegation.objects.filter(plan_line=line, case__state__in=OutboundState.TAKES_OF_PLAN)
        .exclude(pk__in=left_out)
        .select_related("case")
        .annotate(people=Subquery(members.annotate(n=Count("pk")).values("n")))
        .order_by("departs_on", "pk")
    )
