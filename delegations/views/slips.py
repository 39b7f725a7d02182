"""The slip for the leader's folder: who orders one, and what became of the last order."""

from __future__ import annotations

from typing import Any

import rules
from django.http import HttpRequest

from delegations.exports.prints import SLIPS
from delegations.models import OutboundDelegation, TripChange
from intlcoop.jobs.print_views import last_order


def may_order_slip(trip: OutboundDelegation | TripChange, user: Any) -> bool:
    """Of a trip or of a request to change one, once it was submitted."""
    return trip.case.first_submitted_at is not None and rules.has_perm("workflow.comment_case", user, trip.case)


def slip_context(request: HttpRequest, trip: OutboundDelegation | TripChange) -> dict[str, Any]:
    """The last order of a slip while it is under way or failed; a finished one lies among the files."""
    return {"slip": last_order(request, SLIPS.code, case=trip.case.pk)}
