"""PLANS AND VISITS: annual plans, outbound delegations and what came of them."""

from delegations.models.change import TripChange
from delegations.models.estimate import EstimateItem, EstimatePerson, SettlementLine, TripEstimate, TripSettlement
from delegations.models.event import InternationalEvent
from delegations.models.event_parts import EventPerson, EventReport, EventWork
from delegations.models.imported import ImportedTrip, ImportedVisit
from delegations.models.inbound import InboundDelegation, InboundMember
from delegations.models.norms import CountryGroup, ExchangeRate, GroupedCountry, NormTable, PerDiemNorm
from delegations.models.outbound import DelegationMember, FundingItem, ItineraryLeg, OutboundDelegation
from delegations.models.plan import AnnualPlan, PlanLine, PlanYear
from delegations.models.plan_paper import PlanPaper
from delegations.models.planning import PlanRevision, PlanVersion, RevisionChange, UnitProposal
from delegations.models.preparation import PreparationItem, PreparationTask
from delegations.models.reception import (
    Gift,
    MeetingPhoto,
    MeetingPoint,
    MeetingRecord,
    ProgrammeItem,
    ReceptionCost,
    ReceptionNorm,
    VisitReception,
)
from delegations.models.report import ReportMeeting, TripReport

__all__ = [
    "AnnualPlan",
    "CountryGroup",
    "DelegationMember",
    "EstimateItem",
    "EstimatePerson",
    "EventPerson",
    "EventReport",
    "EventWork",
    "ExchangeRate",
    "FundingItem",
    "Gift",
    "GroupedCountry",
    "ImportedTrip",
    "ImportedVisit",
    "InboundDelegation",
    "InboundMember",
    "InternationalEvent",
    "ItineraryLeg",
    "MeetingPhoto",
    "MeetingPoint",
    "MeetingRecord",
    "NormTable",
    "OutboundDelegation",
    "PerDiemNorm",
    "PlanLine",
    "PlanPaper",
    "PlanRevision",
    "PlanVersion",
    "PlanYear",
    "PreparationItem",
    "PreparationTask",
    "ProgrammeItem",
    "ReceptionCost",
    "ReceptionNorm",
    "ReportMeeting",
    "RevisionChange",
    "SettlementLine",
    "TripChange",
    "TripEstimate",
    "TripReport",
    "TripSettlement",
    "UnitProposal",
    "VisitReception",
]
