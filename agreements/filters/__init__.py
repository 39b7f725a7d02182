"""The filters of this room's lists, by what they narrow."""

from agreements.filters.agreements import AgreementFilter
from agreements.filters.commitments import CommitmentFilter
from agreements.filters.mechanisms import MechanismFilter, SessionFilter, TreatyReportFilter
from agreements.filters.partners import DealingFilter, PartnerFilter
from agreements.filters.programmes import ProgrammeFilter
from agreements.filters.projects import ProjectFilter

__all__ = [
    "AgreementFilter",
    "CommitmentFilter",
    "DealingFilter",
    "MechanismFilter",
    "PartnerFilter",
    "ProgrammeFilter",
    "ProjectFilter",
    "SessionFilter",
    "TreatyReportFilter",
]
