"""PARTNERS AND WHAT WE SIGNED: partners, agreements, commitments, programmes, and what happened with whom."""

from agreements.models.agreement import AgreementParty, InternationalAgreement
from agreements.models.amendment import AgreementAmendment
from agreements.models.commitment import Commitment
from agreements.models.contact import Contact, ContactPost
from agreements.models.dealing import Dealing
from agreements.models.duty import AgreementDuty, DossierItem, DutyRule
from agreements.models.invitation import InvitationSignUp, OpenInvitation
from agreements.models.mechanism import LegalLink, Mechanism, MechanismRole
from agreements.models.meeting import MeetingSeries, MeetingSession
from agreements.models.merge import MovedLink, PartnerMerge
from agreements.models.need import CooperationNeed, NeedMatch
from agreements.models.note import PartnerNote
from agreements.models.partner import GroupMembership, Partner, PartnerGroup, PartnerName, PartnerUnit
from agreements.models.partner_news import NewsSubscription, PartnerNews
from agreements.models.programme import Programme
from agreements.models.project import (
    Disbursement,
    ForeignFundedProject,
    Locality,
    ProjectAmount,
    ProjectDonor,
    ProjectReport,
)
from agreements.models.question import Question, QuestionAnswer
from agreements.models.treaty import Convention, TreatyConsultation, TreatyPaper, TreatyReport, TreatyScheme

__all__ = [
    "AgreementAmendment",
    "AgreementDuty",
    "AgreementParty",
    "Commitment",
    "Contact",
    "ContactPost",
    "Convention",
    "CooperationNeed",
    "Dealing",
    "Disbursement",
    "DossierItem",
    "DutyRule",
    "ForeignFundedProject",
    "GroupMembership",
    "InternationalAgreement",
    "InvitationSignUp",
    "LegalLink",
    "Locality",
    "Mechanism",
    "MechanismRole",
    "MeetingSeries",
    "MeetingSession",
    "MovedLink",
    "NeedMatch",
    "NewsSubscription",
    "OpenInvitation",
    "Partner",
    "PartnerGroup",
    "PartnerMerge",
    "PartnerName",
    "PartnerNews",
    "PartnerNote",
    "PartnerUnit",
    "Programme",
    "ProjectAmount",
    "ProjectDonor",
    "ProjectReport",
    "Question",
    "QuestionAnswer",
    "TreatyConsultation",
    "TreatyPaper",
    "TreatyReport",
    "TreatyScheme",
]
