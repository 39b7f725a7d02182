"""The closed lists of plans and visits (domain.md A2, C1, C2)."""

from __future__ import annotations

from enum import nonmember

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class OutboundState(models.TextChoices):
    PLANNED = "planned", _("Draft")
    IN_APPROVAL = "in_approval", _("In approval")
    RETURNED = "returned", _("Returned for completion")
    AWAITING_DECISION = "awaiting_decision", _("Awaiting the decision")
    DECIDED = "decided", _("Decided")
    TRAVELLING = "travelling", _("Travelling")
    REPORT_DUE = "report_due", _("Report due")
    COMPLETED = "completed", _("Completed")
    POSTPONED = "postponed", _("Postponed")
    CANCELLED = "cancelled", _("Cancelled")
    REJECTED = "rejected", _("Rejected")

    #: Trips that were decided on, and so count in reports.
    COUNTED = nonmember(("decided", "travelling", "report_due", "completed"))
    #: Trips that do not take place, or not in their days.
    CALLED_OFF = nonmember(("postponed", "cancelled", "rejected"))
    #: Trips that take something of their line of the plan: those on their way and those that were decided on.
    TAKES_OF_PLAN = nonmember(
        ("in_approval", "returned", "awaiting_decision", "decided", "travelling", "report_due", "completed")
    )
    #: Trips that hold a person's days: a second one in the same days is an overlap.
    HOLDS_DAYS = nonmember(
        ("planned", "in_approval", "returned", "awaiting_decision", "decided", "travelling", "report_due", "completed")
    )


class ReportState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    FILED = "filed", _("Filed")
    RETURNED = "returned", _("Returned for completion")
    ACCEPTED = "accepted", _("Accepted")


class DatePrecision(models.TextChoices):
    """How exactly the days of a trip are known; a source of the past may name only the month or the year."""

    DAY = "day", _("to the day")
    MONTH = "month", _("to the month")
    YEAR = "year", _("to the year")


class Mode(models.TextChoices):
    """Whether the ministry leads the delegation or accompanies senior leaders (A-01, A-02): counted apart."""

    LED = "led", _("Led by the ministry")
    ACCOMPANYING = "accompanying", _("Accompanying senior leaders")


class PlanLevel(models.TextChoices):
    """Who approved the plan that a line stands in (W002-15)."""

    PM = "pm", _("Ministry plan approved by the Prime Minister")
    MINISTRY = "ministry", _("Plan approved by the Minister")


class PlanKind(models.TextChoices):
    """What a line of the plan plans."""

    OUTBOUND = "outbound", _("Outbound delegation")
    INBOUND = "inbound", _("Inbound delegation")
    EVENT = "event", _("International event")


class PlanState(models.TextChoices):
    """Where an annual plan stands (domain.md C2); it awaits its issue once everybody has agreed."""

    DRAFT = "draft", pgettext_lazy("plan", "Draft")
    CONSULTING = "consulting", _("In consultation")
    SUBMITTED = "submitted", pgettext_lazy("plan", "Submitted")
    AWAITING_ISSUE = "awaiting_issue", _("Awaiting issue")
    APPROVED = "approved", pgettext_lazy("plan", "Approved")
    REVISING = "revising", _("Under revision")
    CLOSED = "closed", pgettext_lazy("plan", "Closed")
    REJECTED = "rejected", pgettext_lazy("plan", "Not approved")

    #: Lines can still be written.
    TAKES_LINES = nonmember(("draft", "consulting"))
    #: The unit's people read a plan from the consultation on.
    OPEN_TO_UNITS = nonmember(("consulting", "submitted", "awaiting_issue", "approved", "revising", "closed"))
    #: Trips are filed against the lines of these.
    IN_FORCE = nonmember(("approved", "revising", "closed"))


class RevisionState(models.TextChoices):
    """Where a revision of an approved plan stands."""

    COLLECTING = "collecting", _("Collecting changes")
    SUBMITTED = "submitted", pgettext_lazy("plan", "Submitted")
    AWAITING_ISSUE = "awaiting_issue", _("Awaiting issue")
    APPROVED = "approved", pgettext_lazy("plan", "Approved")
    CANCELLED = "cancelled", pgettext_lazy("plan", "Cancelled")
    REJECTED = "rejected", pgettext_lazy("plan", "Not approved")

    LIVE = nonmember(("collecting", "submitted", "awaiting_issue"))


class ChangeAction(models.TextChoices):
    """What a revision does to the plan."""

    ADD = "add", _("Add a line")
    CHANGE = "change", _("Change a line")
    DROP = "drop", _("Take a line out")


class RequestState(models.TextChoices):
    """What the ICD made of a unit's request for a change."""

    REQUESTED = "requested", _("Requested")
    ACCEPTED = "accepted", _("Taken into the revision")
    DECLINED = "declined", _("Not taken in")


class LineState(models.TextChoices):
    """Where a line stands. Until the plan is approved: proposed, taken in, merged or declined; afterwards moved or dropped.

    DRAFT: the unit still writes it. DONE: carried out, for visits and events that have no file of their own here.
    """

    DRAFT = "draft", _("Being written by the unit")
    PROPOSED = "proposed", _("Proposed")
    ACCEPTED = "accepted", _("In the plan")
    MERGED = "merged", _("Merged into another line")
    DECLINED = "declined", _("Not taken in")
    DONE = "done", _("Carried out")
    MOVED = "moved", _("Moved to another year")
    DROPPED = "dropped", _("Not carried out")

    #: What everybody reads of a plan that is open to them; the rest is between the unit and the ICD.
    IN_PLAN = nonmember(("accepted", "done", "moved", "dropped"))


class SettlementReason(models.TextChoices):
    """Why something planned was moved, dropped, put off or cancelled; counted in statistics (F000-11)."""

    EPIDEMIC = "epidemic", _("Epidemic")
    FORCE_MAJEURE = "force_majeure", _("Natural disaster, conflict or another force majeure")
    HOST = "host", _("The partner changed its plan")
    LEADER = "leader", _("The leader's calendar")
    MONEY = "money", _("No money")
    PRIORITY = "priority", _("Other priorities of the ministry")
    NO_PERMISSION = "no_permission", _("Not permitted")
    MERGED = "merged", _("Combined with another activity")
    ONLINE = "online", _("Held online instead")
    OTHER = "other", _("Another reason")


class ChangeKind(models.TextChoices):
    """What is asked after the decision on a trip was issued; each takes a route and gets a decision of its own (C17)."""

    AMEND = "amend", _("Amend")
    EXTEND = "extend", _("Extend")
    POSTPONE = "postpone", _("Put off")
    CANCEL = "cancel", _("Call off")
    ONLINE = "online", _("Move online")

    #: The trip goes on with another content, which is written in the form of trips.
    WITH_CONTENT = nonmember(("amend", "extend"))
    #: The trip does not take place as decided.
    STOPPING = nonmember(("postpone", "cancel", "online"))


class ChangeState(models.TextChoices):
    """The codes are those of trips where they mean the same: the form and the lists treat both alike."""

    PLANNED = "planned", _("Request being written")
    IN_APPROVAL = "in_approval", _("In approval")
    RETURNED = "returned", _("Returned for completion")
    AWAITING_DECISION = "awaiting_decision", _("Awaiting the decision")
    IN_FORCE = "in_force", _("In effect")
    REJECTED = "rejected", _("Rejected")
    DROPPED = "dropped", _("Dropped")

    #: Submitted and not yet answered: the calendar waits for the answer.
    UNDER_WAY = nonmember(("in_approval", "awaiting_decision"))


class NewDecision(models.TextChoices):
    """How the new decision stands to the old one."""

    AMENDING = "amending", _("Decision amending the old one; the rest of it stands")
    REPLACING = "replacing", _("Decision replacing the old one altogether")


class Part(models.TextChoices):
    """A person's part in a delegation (R-14)."""

    HEAD = "head", _("Head of delegation")
    DEPUTY_HEAD = "deputy_head", _("Deputy head of delegation")
    MEMBER = "member", _("Member")
    SECRETARY = "secretary", _("Secretary")
    INTERPRETER = "interpreter", _("Interpreter")


class MemberClass(models.TextChoices):
    """On trips with senior leaders: official member or entourage (F001-05)."""

    OFFICIAL = "official", _("Official member")
    ENTOURAGE = "entourage", _("Entourage")


class Purpose(models.TextChoices):
    """Why a delegation travels (A-05)."""

    SIGNING = "signing", _("Sign an agreement")
    RELATIONS = "relations", _("Establish or widen relations")
    STUDY = "study", _("Learn from experience")
    NATIONAL_REPORT = "national_report", _("Defend a national report")
    CONFERENCE = "conference", _("Attend a conference or workshop")
    NEGOTIATION = "negotiation", _("Negotiate or work with a partner")
    TRAINING = "training", _("Training")
    OTHER = "other", _("Other")


class FundingSource(models.TextChoices):
    STATE_BUDGET = "state_budget", _("State budget")
    HOST = "host", _("Paid by the host")
    PROJECT = "project", _("Project or programme")
    OWN_INCOME = "own_income", _("The unit's own income")
    OTHER = "other", _("Other source")


class AttachmentKind(models.TextChoices):
    """What is handed in with a trip. Only the invitation is required; the portal prints the rest itself."""

    INVITATION = "invitation", _("Invitation letter")
    COMPOSITION = "composition", _("Document on the delegation's composition")
    PROGRAMME = "programme", _("Programme")
    OPINION = "opinion", _("Written opinion")
    DECISION_SCAN = "decision_scan", _("Scan of a decision on paper")
    OTHER = "other", _("Other document")


class Checklist(models.TextChoices):
    """The two lists by which a trip is prepared (W004-03)."""

    CONTENT = "content", _("Content")
    PROTOCOL = "protocol", _("Protocol and formalities")


class PreparedKind(models.TextChoices):
    """Which kind of file a task of the lists prepares."""

    OUTBOUND = "outbound", _("Outbound delegation")
    INBOUND = "inbound", _("Inbound delegation")


class PreparedFor(models.TextChoices):
    """How often a task of the list stands in it: once, or once per country or traveller."""

    TRIP = "trip", _("once for the trip or visit")
    COUNTRY = "country", _("for each country")
    MEMBER = "member", _("for each traveller of ours")


class PreparationCondition(models.TextChoices):
    """On which trips, or for whom, a task is asked at all."""

    ALWAYS = "", pgettext_lazy("condition", "always")
    SIGNING = "signing", _("when an agreement is to be signed")
    CENTRALLY_MANAGED = "centrally_managed", _("for leaders managed by the Party's central bodies")
    WITH_VISA = "with_visa", _("when the guests need a visa")
    FROM_ABROAD = "from_abroad", _("when the guests come from abroad")
    INTERPRETED = "interpreted", _("when there is interpreting")


class Particulars(models.TextChoices):
    """What is written down when a task is done, besides who and when."""

    NONE = "", _("nothing more")
    DOCUMENT = "document", _("number and date of a document")
    PASSPORT = "passport", _("kind and last day of the passport")


class Anchor(models.TextChoices):
    """From which day the due day of a task is counted."""

    DEPARTURE = "departure", _("before departure (of guests: before arrival)")
    RETURN = "return", _("after return (of guests: after they leave)")


class PreparationState(models.TextChoices):
    OPEN = "open", _("To do")
    DONE = "done", _("Done")
    NOT_NEEDED = "not_needed", _("Not needed")


class PassportKind(models.TextChoices):
    """B.8: who travels on which passport is the law's, so the portal only writes down which it is."""

    DIPLOMATIC = "diplomatic", _("Diplomatic passport")
    OFFICIAL = "official", _("Official passport")
    ORDINARY = "ordinary", _("Ordinary passport")


class ExpenseItem(models.TextChoices):
    """What a trip costs, per person and per group (domain.md B.6)."""

    TICKET = "ticket", _("Tickets")
    LODGING = "lodging", _("Lodging")
    MEALS = "meals", _("Meals and incidentals")
    TRANSFER = "transfer", _("Transport from airport, station or border")
    VISA = "visa", _("Visa and passport fees")
    INSURANCE = "insurance", _("Medical insurance")
    CONFERENCE_FEE = "conference_fee", _("Conference fee")
    WAITING = "waiting", _("Waiting at the airport")
    FREIGHT = "freight", _("Freight of luggage and documents")
    VEHICLE = "vehicle", _("Daily vehicle")
    TELECOM = "telecom", _("Telephone, fax, internet")
    RECEPTION = "reception", _("Receptions")
    GIFT = "gift", _("Presents")
    OTHER = "other", _("Other costs")

    #: For the delegation as a whole, not for its people one by one.
    OF_GROUP = nonmember(("freight", "vehicle", "telecom", "reception", "gift"))
    #: For which a circular sets amounts by country; in its order of payment per night, day, or lump sum.
    BY_COUNTRY = nonmember(("lodging", "meals", "transfer"))


class PersonClass(models.TextChoices):
    """The two classes of people for which the circulars set different amounts."""

    A = "A", _("Class A")
    B = "B", _("Class B")


class PlanPaperKind(models.TextChoices):
    """A paper on which the planning of a year rests, kept as a scan with its number and date."""

    ORIENTATION = "orientation", _("Orientation document")
    CALL = "call", _("Call to the units")
    APPROVAL = "approval", _("Approval of the plan")
    OTHER = "other", _("Other document")


class PlanAttachmentKind(models.TextChoices):
    """What is kept with an annual plan or its revision."""

    ORIENTATION = "orientation", _("Orientation document")
    UNIT_LETTER = "unit_letter", _("Letter of a unit")
    OPINION = "opinion", _("Written opinion")
    OTHER = "other", _("Other document")
