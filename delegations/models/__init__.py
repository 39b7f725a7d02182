"""PLANS AND VISITS: annual plans, outbound delegations and what came of them."""

from delegations.models.outbound import DelegationMember, FundingItem, ItineraryLeg, OutboundDelegation
from delegations.models.plan import AnnualPlan, PlanLine, PlanYear
from delegations.models.report import ReportMeeting, TripReport

__all__ = [
    "AnnualPlan",
    "DelegationMember",
    "FundingItem",
    "ItineraryLeg",
    "OutboundDelegation",
    "PlanLine",
    "PlanYear",
    "ReportMeeting",
    "TripReport",
]
