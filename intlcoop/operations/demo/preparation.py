"""Checklists of sample trips that are half done: one traveller's passport ends too soon, one note verbale is on its way."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from delegations.choices import OutboundState, PassportKind, PreparationState
from delegations.models import OutboundDelegation
from delegations.queries.preparation import lists_of
from delegations.services import save_preparation, tick
from intlcoop.people.models import User

TICKED = ("programme", "partner-brief", "visa", "insurance")


def build(people: Mapping[str, User]) -> int:
    """Write on the lists of trips that are decided or about to be; returns how many."""
    states = [OutboundState.AWAITING_DECISION, OutboundState.DECIDED]
    trips = OutboundDelegation.objects.filter(case__state__in=states, members__person__isnull=False).distinct()
    found = trips.select_related("case__unit", "case__created_by").order_by("departs_on", "pk")[:2]
    for number, trip in enumerate(found):
        _half_done(trip, people["htqt"], too_soon=number == 0)
    return len(found)


def _half_done(trip: OutboundDelegation, actor: User, *, too_soon: bool) -> None:
    for line in lists_of(trip):
        if line.task.code in TICKED:
            tick(trip, line, actor=actor)
        elif line.task.code == "passport" and trip.departs_on:
            save_preparation(
                trip,
                line,
                actor=actor,
                state=PreparationState.DONE,
                passport_kind=PassportKind.OFFICIAL,
                passport_expires_on=trip.departs_on + dt.timedelta(days=90 if too_soon else 900),
                note="minh họa",
            )
            too_soon = False
        elif line.task.code == "gifts":
            reason = "Phía mời không trao đổi tặng phẩm (minh họa)"
            save_preparation(trip, line, actor=actor, state=PreparationState.NOT_NEEDED, reason=reason)
        elif line.task.code == "note-verbale":
            save_preparation(
                trip, line, actor=actor, state=PreparationState.OPEN, owner=actor, note="Đã gửi hồ sơ (minh họa)"
            )
