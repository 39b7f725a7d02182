"""What is left of a line of the plan: planned, less what trips under way and decided take of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import Count, F, OuterRef, Q, Subquery, Sum

from delegations.choices import FundingSource, OutboundState
from delegations.models import DelegationMember, FundingItem, OutboundDelegation, PlanLine
from intlcoop.catalogues.models import Country

#: Trips that take something of their line: those on their way and those that were decided on.
TAKING = (
    OutboundState.IN_APPROVAL,
    OutboundState.RETURNED,
    OutboundState.AWAITING_DECISION,
    *OutboundState.COUNTED,
)


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
    """A line with what its trips take of it; `trips` are their case numbers, `unconverted` money in other currencies."""

    line: PlanLine
    persons: Share
    days: Share
    money: Share
    countries: tuple[Country, ...] = ()
    trips: tuple[str, ...] = ()
    unconverted: tuple[tuple[Decimal, str], ...] = field(default=())


def use_of(line: PlanLine, *, without: OutboundDelegation | None = None) -> LineUse:
    """What the trips of a line take of it, without one trip (and the approved trip that it changes): four queries."""
    trips = list(taking(line, without))
    pks = [trip.pk for trip in trips]
    money = spent(line, pks)
    code = line.currency.code if line.currency else "VND"
    return LineUse(
        line=line,
        persons=Share(planned=line.persons, used=sum(trip.people or 0 for trip in trips)),
        days=Share(planned=line.days, used=sum(trip.days or 0 for trip in trips)),
        money=Share(planned=line.amount, used=money.pop(code, Decimal(0))),
        countries=tuple(line.countries.all()),
        trips=tuple(trip.case.number for trip in trips),
        unconverted=tuple((amount, other) for other, amount in sorted(money.items()) if amount),
    )


def taking(line: PlanLine, without: OutboundDelegation | None) -> Any:
    """The trips that take something of a line, with the number of their people."""
    members = DelegationMember.objects.filter(delegation=OuterRef("pk")).order_by().values("delegation")
    left_out = [pk for pk in (without.pk, getattr(without, "amends_id", None)) if pk] if without is not None else []
    return (
        OutboundDelegation.objects.filter(plan_line=line, case__state__in=TAKING)
        .exclude(pk__in=left_out)
        .select_related("case")
        .annotate(people=Subquery(members.annotate(n=Count("pk")).values("n")))
        .order_by("departs_on", "pk")
    )


def spent(line: PlanLine, trips: list[int]) -> dict[str, Decimal]:
    """Money of these trips by currency: of the line's own source if it names one, else of all but the host."""
    named = Q(source=line.funding_source) if line.funding_source else ~Q(source=FundingSource.HOST)
    rows = (
        FundingItem.objects.filter(named, delegation__in=trips)
        .order_by()
        .values(code=F("currency__code"))
        .annotate(sum=Sum("amount"))
    )
    return {row["code"]: row["sum"] for row in rows}


def money_of(line: PlanLine, items: Any) -> dict[str, Decimal]:
    """The same over funding rows in memory: what one trip asks of the line, by currency."""
    found: dict[str, Decimal] = {}
    for item in items:
        counts = item.source == line.funding_source if line.funding_source else item.source != FundingSource.HOST
        if counts:
            found[item.currency.code] = found.get(item.currency.code, Decimal(0)) + item.amount
    return found
