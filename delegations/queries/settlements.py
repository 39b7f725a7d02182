"""What was planned for a trip, by source and currency, and how its settlement stands."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from delegations.models import OutboundDelegation, TripSettlement


def planned_rows(trip: OutboundDelegation) -> list[dict[str, Any]]:
    """What the approved file asks for: one row per source and currency, in the order of the form."""
    found: dict[tuple[str, int], dict[str, Any]] = {}
    for item in trip.funding.select_related("currency"):
        key = (item.source, item.currency_id)
        row = found.setdefault(key, {"source": item.source, "currency": item.currency, "planned": Decimal(0)})
        row["planned"] += item.amount
    return list(found.values())


def settlement_of(trip: OutboundDelegation) -> TripSettlement | None:
    return (
        TripSettlement.objects.filter(delegation=trip)
        .select_related("closed_by")
        .prefetch_related("lines__currency")
        .first()
    )
