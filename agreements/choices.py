"""The closed lists of this app: partners, what we sign with them, what was promised, in which mechanisms and projects."""

from __future__ import annotations

from enum import nonmember

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class DatePrecision(models.TextChoices):
    """How exactly a day of the past is known (F002-21); a source may name the month or the year only, or no date at all."""

    DAY = "day", _("to the day")
    MONTH = "month", _("to the month")
    YEAR = "year", _("to the year")
    UNKNOWN = "unknown", _("not stated in the source")


class PartnerKind(models.TextChoices):
    FOREIGN_MINISTRY = "foreign_ministry", _("Foreign ministry or agency")
    EMBASSY = "embassy", _("Embassy or consulate")
    UN_AGENCY = "un_agency", _("United Nations agency")
    IFI = "ifi", _("International financial institution")
    INTERGOVERNMENTAL = "intergovernmental", _("Intergovernmental organisation")
    INGO = "ingo", _("International non-governmental organisation")
    NGO = "ngo", _("Non-governmental organisation")
    UNIVERSITY = "university", _("University or institute")
    ARCHIVE = "archive", _("Archive")
    DONOR_GROUP = "donor_group", _("Group of donors")
    OTHER = "other", _("Other")

    #: Those that belong to no country; of the others a country that is not there is not known.
    INTERNATIONAL = nonmember(("un_agency", "ifi", "intergovernmental", "ingo", "donor_group"))


class PartnerTier(models.TextChoices):
    """How close a partner is to the ministry (W000-08, F002-41)."""

    STRATEGIC = "strategic", _("Strategic partner")
    TRADITIONAL = "traditional", _("Traditional partner")
    NEW = "new", _("New partner")


class NameKind(models.TextChoices):
    """Why a partner carries another name besides its own three."""

    ALIAS = "alias", _("Also written as")
    ABBREVIATION = "abbreviation", _("Abbreviation")
    FORMER = "former", _("Former name")
    MERGED = "merged", _("Name of a partner merged into this one")


class LinkOutcome(models.TextChoices):
    """What a merger of partners did with a row that pointed to the merged one."""

    MOVED = "moved", _("moved")
    ASIDE = "aside", _("left aside, because the partner that stays has the same already")
    MADE = "made", _("made by the merger")


class DealingKind(models.TextChoices):
    """What happened between a partner and the ministry: what keeps a partner and an agreement from sleeping."""

    TRIP = "trip", _("Outbound delegation")
    VISIT = "visit", _("Visit received")
    EVENT = "event", _("International event")
    SIGNING = "signing", _("Signing")
    MEETING = "meeting", _("Meeting")
    EXCHANGE = "exchange", _("Exchange of documents or letters")


class ProgrammeKind(models.TextChoices):
    """What trips, agreements and projects serve (C1 63-65)."""

    SCHEME = "scheme", _("Scheme")
    TARGET_PROGRAMME = "target_programme", _("National Target Programme")
    ACTION_PROGRAMME = "action_programme", _("Action programme or plan")


class MechanismKind(models.TextChoices):
    """What sort of multilateral frame a mechanism is (F004-04, F004-08, F000-07)."""

    REGIONAL = "regional", _("Regional mechanism")
    INTERREGIONAL = "interregional", _("Global or inter-regional forum")
    SUB_REGIONAL = "sub_regional", _("Sub-regional mechanism")
    UN_BODY = "un_body", _("Body of the United Nations system")
    BILATERAL = "bilateral", _("Bilateral committee or dialogue")
    DOMESTIC = "domestic", _("Coordination inside the country")


class MechanismPart(models.TextChoices):
    """What we are in a mechanism, for a term (R-21, A-14)."""

    MEMBER = "member", pgettext_lazy("mechanism", "Member")
    FOCAL_POINT = "focal_point", pgettext_lazy("mechanism", "Focal point")
    ROTATING_CHAIR = "rotating_chair", _("Rotating chair")
    LEAD = "lead", _("Leads the work inside the country")
    OBSERVER = "observer", pgettext_lazy("mechanism", "Observer")


class MeetingKind(models.TextChoices):
    """Which meetings a mechanism holds again and again (A-09, A-10, A-11, A-12, A-20)."""

    HEADS = "heads", _("Meeting of ministers or heads")
    SENIOR_OFFICIALS = "senior_officials", _("Senior officials' meeting (SOM)")
    PREPARATORY = "preparatory", _("Preparatory meeting")
    FOCAL_POINTS = "focal_points", _("Meeting of focal points")
    WORKING_GROUP = "working_group", _("Working group")
    COORDINATION = "coordination", _("Coordination or partners' conference")
    CONSULTATION = "consultation", _("Consultation workshop")
    FORUM = "forum", pgettext_lazy("meeting", "Forum")
    WORKSHOP = "workshop", _("Workshop or seminar")
    BRIEFING = "briefing", _("Regular briefing")


class SessionFormat(models.TextChoices):
    IN_PERSON = "in_person", _("In person")
    ONLINE = "online", _("Online")
    HYBRID = "hybrid", _("Hybrid")


class SessionPart(models.TextChoices):
    """Whether we hold a session or take part in one that others hold (A-14)."""

    HOST = "host", _("We hold it")
    ATTEND = "attend", _("We take part")


class SessionStatus(models.TextChoices):
    """What is known of a session. A day in the future is never "held" (X-02)."""

    PLANNED = "planned", pgettext_lazy("meeting", "Planned")
    HELD = "held", pgettext_lazy("meeting", "Held")
    MISSED = "missed", pgettext_lazy("meeting", "Held without us")
    CANCELLED = "cancelled", pgettext_lazy("meeting", "Cancelled")

    #: Those that took place, with or without us.
    TOOK_PLACE = nonmember(("held", "missed"))


class LawRelation(models.TextChoices):
    """What a domestic document is to a mechanism or a convention (F002-19, F002-20)."""

    BASIS = "basis", _("Basis of our part")
    CARRIES_OUT = "carries_out", _("Carries it out")
    TRANSPOSES = "transposes", _("Takes it into domestic law")
    GUIDES = "guides", _("Guides its carrying out")


class TreatyReportState(models.TextChoices):
    """Where a national report on a convention stands; the department records each move (W000-01, W001-01)."""

    DRAFTING = "drafting", _("Being drafted")
    CONSULTING = "consulting", _("Opinions being collected")
    SUBMITTED = "submitted", _("Submitted to the Prime Minister")
    APPROVED = "approved", pgettext_lazy("national report", "Approved")
    SENT = "sent", _("Sent to the treaty body")
    DEFENDED = "defended", _("Defended")
    CANCELLED = "cancelled", pgettext_lazy("national report", "Cancelled")

    #: Nothing is owed any more.
    FINISHED = nonmember(("sent", "defended", "cancelled"))


class TreatyPaperKind(models.TextChoices):
    """The links of the chain Tờ trình - decision - scheme (W001-01), and what else belongs to it."""

    SUBMISSION = "submission", _("Submission (Tờ trình)")
    DECISION = "decision", pgettext_lazy("national report", "Decision")
    LETTER = "letter", _("Official letter")
    TEXT = "text", _("Text of the report or scheme")


class Regime(models.TextChoices):
    """Under which law a paper stands: only the second asks the Ministry of Foreign Affairs and reports within 15 days."""

    TREATY = "treaty", _("Treaty")
    INTERNATIONAL_AGREEMENT = "agreement", _("International agreement under Law 70/2020")
    COOPERATION_PAPER = "paper", _("Cooperation paper outside Law 70/2020")


class AgreementKind(models.TextChoices):
    """The names that papers carry (C1 46-53); the last four are those of treaties."""

    MOU = "mou", _("Memorandum of Understanding")
    COOPERATION_AGREEMENT = "cooperation", _("Cooperation agreement")
    COOPERATION_PLAN = "plan", _("Cooperation plan")
    COOPERATION_PROGRAMME = "programme", _("Cooperation programme")
    LETTER_OF_INTENT = "intent", _("Letter of intent")
    DECLARATION = "declaration", _("Statement or declaration")
    COMMUNIQUE = "communique", _("Communiqué")
    AGREED_MINUTES = "minutes", _("Agreed minutes")
    OTHER = "other", _("Other name")
    CONVENTION = "convention", _("Convention")
    TREATY = "treaty", _("Treaty of State")
    TREATY_AGREEMENT = "treaty_agreement", _("Treaty-level agreement")
    PROTOCOL = "protocol", _("Protocol to a treaty")

    OF_TREATIES = nonmember(("convention", "treaty", "treaty_agreement", "protocol", "other"))


class InNameOf(models.TextChoices):
    """In whose name a paper is signed (Law 70/2020; a vụ signs none)."""

    STATE = "state", _("The State")
    GOVERNMENT = "government", _("The Government")
    MINISTRY = "ministry", _("The ministry")
    CUC = "cuc", _("A department with the rank of cục")
    UNIT = "unit", _("An attached unit, outside Law 70/2020")


class TermKind(models.TextChoices):
    FIXED = "fixed", _("Fixed term")
    AUTO_RENEWED = "auto_renewed", _("Renewed by itself")
    OPEN_ENDED = "open_ended", _("Open-ended, with a review date")


class AgreementState(models.TextChoices):
    """Where an agreement stands (domain.md C2). "Expiring" and "Inherited" are marks worked out from dates and units."""

    PROPOSED = "proposed", pgettext_lazy("agreement", "Proposed")
    IN_APPROVAL = "in_approval", _("Opinions and approval under way")
    RETURNED = "returned", _("Returned for completion")
    CLEARED = "cleared", _("Cleared for signing")
    SIGNED = "signed", _("Signed")
    IN_FORCE = "in_force", _("In force")
    SUSPENDED = "suspended", _("Suspended")
    EXPIRED = "expired", _("Expired")
    TERMINATED = "terminated", _("Terminated")
    REPLACED = "replaced", _("Replaced by a newer one")
    CANCELLED = "cancelled", _("Cancelled")
    REJECTED = "rejected", _("Rejected")

    #: Those that were signed at some time: what the register of agreements counts.
    CONCLUDED = nonmember(("signed", "in_force", "suspended", "expired", "terminated", "replaced"))
    #: Those that oblige today.
    LIVING = nonmember(("signed", "in_force", "suspended"))
    #: Those that will never be signed.
    GIVEN_UP = nonmember(("cancelled", "rejected"))


class NoteAudience(models.TextChoices):
    """Who may read a note on a partner (feature 19)."""

    EVERYBODY = "everybody", _("Everybody with an account")
    INNER = "inner", _("The department of cooperation and the ministry's leaders")


class Procedure(models.TextChoices):
    """In which order of work an agreement is prepared (Law 70/2020, articles 35-41 for the shortened one)."""

    STANDARD = "standard", _("Usual procedure")
    SHORT = "short", _("Shortened procedure")


class Concern(models.TextChoices):
    """What a draft touches that asks for the opinion of another body besides (Law 70/2020, article 25)."""

    DEFENCE = "defence", _("Defence")
    SECURITY = "security", _("Security, public order")
    INVESTMENT = "investment", _("Investment")
    SENSITIVE = "sensitive", _("A politically or diplomatically sensitive matter")


class TextLanguage(models.TextChoices):
    """In which languages the text is made out; there is a Vietnamese text or a Vietnamese translation."""

    VI = "vi", _("Vietnamese")
    EN = "en", _("English")
    FR = "fr", _("French")
    RU = "ru", _("Russian")
    ZH = "zh", _("Chinese")
    LO = "lo", _("Lao")
    KM = "km", _("Khmer")
    JA = "ja", _("Japanese")
    KO = "ko", _("Korean")
    DE = "de", _("German")
    ES = "es", _("Spanish")
    OTHER = "other", _("Another language")


class SigningAuthority(models.TextChoices):
    """By what right somebody signs."""

    OFFICE = "office", _("By their own office")
    AUTHORISED = "authorised", _("Authorised in writing")


class AgreementFile(models.TextChoices):
    """What is handed in with the file of an agreement or of its change (at most 20 letters: CaseAttachment.kind)."""

    DRAFT_VI = "draft_vi", _("Draft in Vietnamese")
    DRAFT_FOREIGN = "draft_foreign", _("Draft in the foreign language")
    TRANSLATION = "translation", _("Vietnamese translation")
    OPINION = "opinion", _("Opinion received")
    ACCEPTANCE = "acceptance", _("Explanation of how opinions were taken in")
    AUTHORISATION = "authorisation", _("Authorisation to sign")
    SIGNED = "signed", _("Signed text")
    NOTE = "note", _("Note, decision or letter on a change")
    PLAN = "implementation", _("Plan of implementation")
    OTHER = "other", _("Other document")

    #: The texts on which opinions are given and which approval binds.
    BINDING = nonmember(("draft_vi", "draft_foreign", "translation"))


class ChangeAct(models.TextChoices):
    """What becomes of a concluded agreement (Law 70/2020, articles 33 and 34)."""

    AMEND = "amend", _("Amend, supplement")
    EXTEND = "extend", _("Extend")
    SUSPEND = "suspend", _("Suspend")
    RESUME = "resume", _("Carry on after a suspension")
    TERMINATE = "terminate", _("Terminate")
    WITHDRAW = "withdraw", _("Withdraw from it")

    #: Those that say something else in the text or term, and are signed with the other side.
    WRITTEN = nonmember(("amend", "extend"))


class AmendmentState(models.TextChoices):
    PROPOSED = "proposed", pgettext_lazy("agreement", "Proposed")
    IN_APPROVAL = "in_approval", _("Opinions and approval under way")
    RETURNED = "returned", _("Returned for completion")
    CLEARED = "cleared", pgettext_lazy("change of agreement", "Cleared")
    SETTLED = "settled", _("Recorded, not yet in force")
    IN_FORCE = "in_force", _("In force")
    CANCELLED = "cancelled", _("Cancelled")
    REJECTED = "rejected", _("Rejected")

    CLOSED = nonmember(("in_force", "cancelled", "rejected"))


class DutyCause(models.TextChoices):
    """After what something has to be done within a term."""

    SIGNED = "signed", _("after signing")
    CHANGED = "changed", _("after an amendment or extension")
    ENDED = "ended", _("after suspension, termination or withdrawal")
    REORGANISED = "reorganised", _("after a reorganisation of units")
    APPROVED = "approved", _("after approval")


class ItemSource(models.TextChoices):
    """Where an item of a dossier comes from: a file that is handed in, or what the form says (the portal prints it)."""

    FILE = "file", _("file")
    FIELD = "field", _("field of the form")


class CommitmentSide(models.TextChoices):
    OURS = "ours", _("Ours")
    PARTNERS = "partners", _("The partner's")


class CommitmentState(models.TextChoices):
    """A commitment is kept when a second person has seen the evidence; overdue is worked out from its due date."""

    OPEN = "open", pgettext_lazy("commitment", "Open")
    CLAIMED = "claimed", _("Reported as carried out, awaiting verification")
    KEPT = "kept", _("Carried out")
    DROPPED = "dropped", _("No longer required")

    UNFINISHED = nonmember(("open", "claimed"))


class Standing(models.TextChoices):
    """How a commitment stands on a day (agreements.implementing says by which rule)."""

    ON_TIME = "on_time", _("Carried out in time")
    LATE = "late", _("Carried out late")
    OVERDUE = "overdue", _("Overdue")
    UNVERIFIED = "unverified", _("Due, reported as carried out, not verified yet")
    UNDER_WAY = "under_way", _("Under way, not yet due")
    DROPPED = "dropped", _("No longer required")


#: The kind of attachment that proves that a commitment was carried out.
EVIDENCE = "evidence"
