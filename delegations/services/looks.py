"""What would be said of a trip if it stood as it is being typed? Written, read and taken back: nothing of it stays."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from django.db import transaction

from delegations.models import OutboundDelegation
from delegations.services.trips import save_rows
from intlcoop.workflow.refusals import Refused
from intlcoop.workflow.rows import Rows, write

Answer = TypeVar("Answer")


def as_if(
    trip: OutboundDelegation,
    *,
    fields: Mapping[str, Any],
    rows: Mapping[str, Rows | None],
    read: Callable[[OutboundDelegation], Answer],
) -> Answer:
    """`read` the trip as it would be with these values; as it is where they cannot be kept.

    `read` must have asked the database for all that it needs when it returns.
    """
    try:
        with transaction.atomic():
            changed = _fresh(trip)
            write(changed, fields)
            save_rows(changed, **rows)
            answer = read(_fresh(trip))
            transaction.set_rollback(True)
            return answer
    except Refused:
        return read(_fresh(trip))


def _fresh(trip: OutboundDelegation) -> OutboundDelegation:
    found: OutboundDelegation = (
        OutboundDelegation.everything.select_related(
            "case__unit", "case__created_by", "plan_line__plan", "plan_line__currency"
        )
        .prefetch_related("members", "legs__country", "funding__currency")
        .get(pk=trip.pk)
    )
    return found
