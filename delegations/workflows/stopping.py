"""Putting off and calling off a trip that has no decision yet, or a visit, with a reason that statistics can count."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.db import transaction

from delegations.services import settle_trip
from delegations.services.visits import settle_visit
from intlcoop.workflow import engine

if TYPE_CHECKING:
    from delegations.models import InboundDelegation, OutboundDelegation
    from intlcoop.people.models import User
    from intlcoop.workflow.models import StatusChange


@transaction.atomic
def stop_trip(
    trip: OutboundDelegation,
    transition: str,
    *,
    actor: User,
    reason_code: str,
    reason: str,
    request_id: uuid.UUID | None = None,
    expected_version: int | None = None,
) -> StatusChange:
    """Fire "postpone" or "cancel" with its kind of reason. Raises what the engine raises; then no reason is kept either."""
    change = engine.fire(
        trip.case, transition, actor=actor, comment=reason, request_id=request_id, expected_version=expected_version
    )
    settle_trip(trip, reason_code)
    return change


@transaction.atomic
def stop_visit(
    visit: InboundDelegation,
    transition: str,
    *,
    actor: User,
    reason_code: str,
    reason: str,
    request_id: uuid.UUID | None = None,
    expected_version: int | None = None,
) -> StatusChange:
    """The same of a visit."""
    change = engine.fire(
        visit.case, transition, actor=actor, comment=reason, request_id=request_id, expected_version=expected_version
    )
    settle_visit(visit, reason_code)
    return change
