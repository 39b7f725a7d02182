"""The papers of trips, of requests to change one, and of plans, by the last part of their address; for Word and for PDF."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from delegations.exports import change_submission, decision, estimate, members, opinion, plan, report, submission
from delegations.exports import particulars as p
from delegations.models import AnnualPlan, OutboundDelegation, TripChange, TripReport

if TYPE_CHECKING:
    from intlcoop.exporting.papers import Paper
    from intlcoop.workflow.models import Case

TRIP, CHANGE, PLAN = "outbound", "trip_change", "plan"


def report_of(trip: OutboundDelegation) -> Paper | None:
    found = TripReport.objects.filter(delegation=trip).first()
    return report.trip_report(trip, found) if found is not None else None


TRIP_PAPERS: Final[dict[str, Callable[[OutboundDelegation], Paper | None]]] = {
    "danh-sach": members.member_list,
    "to-trinh": submission.to_leader,
    "to-trinh-thu-tuong": submission.to_prime_minister,
    "xin-y-kien": opinion.opinion_letter,
    "quyet-dinh": decision.decision,
    "du-toan": estimate.estimate,
    "bao-cao": report_of,
}
CHANGE_PAPERS: Final[dict[str, Callable[[TripChange], Paper]]] = {
    "to-trinh": change_submission.to_leader,
    "to-trinh-thu-tuong": change_submission.to_prime_minister,
}
PLAN_PAPERS: Final[dict[str, Callable[[AnnualPlan], Paper]]] = {
    "ke-hoach": plan.plan_paper,
    "to-trinh": plan.submission,
}


def paper_of(case: Case, name: str) -> Paper | None:
    """The paper as the data stand now; None where this file has no such paper."""
    if case.kind == TRIP and name in TRIP_PAPERS:
        return TRIP_PAPERS[name](p.load(case.number))
    if case.kind == CHANGE and name in CHANGE_PAPERS:
        change = TripChange.objects.filter(case=case, closed_at__isnull=True).first()
        return CHANGE_PAPERS[name](change) if change is not None else None
    if case.kind == PLAN and name in PLAN_PAPERS:
        return PLAN_PAPERS[name](AnnualPlan.objects.select_related("case").get(case=case))
    return None
