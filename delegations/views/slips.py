"""The slip for the leader's folder: who orders one, and what became of the last order."""

from __future__ import annotations

from typing import Any

import rules
from django.http import HttpRequest

from delegations.models import OutboundDelegation, TripChange
from delegations.tasks import SLIP
from intlcoop.jobs.models import Job
from intlcoop.jobs.views import job_context


def may_order_slip(trip: OutboundDelegation | TripChange, user: Any) -> bool:
    """Of a trip or of a request to change one, once it was submitted."""
    return trip.case.first_submitted_at is not None and rules.has_perm("workflow.comment_case", user, trip.case)


def slip_context(request: HttpRequest, trip: OutboundDelegation | TripChange) -> dict[str, Any]:
    """The last order of a slip while it is under way or failed; a finished one lies among the files."""
    job = Job.objects.filter(kind=SLIP, params__case=trip.case.pk).order_by("-created_at").first()
    if job is None or not rules.has_perm("jobs.view_job", request.user, job):
        return {}
    return {"slip": job_context(request, job)}  # type: ignore[arg-type]
