"""The closed lists of this room: reports and their figures, and the register of other counted work."""

from __future__ import annotations

from enum import StrEnum, nonmember

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Window(models.TextChoices):
    """Which days belong to the year (feature J7)."""

    CALENDAR = "calendar", _("Calendar year")
    STATUTORY = "statutory", _("Statutory reporting year (15 December to 14 December)")
    FIRST_HALF = "h1", _("First six months of the statutory year")
    SECOND_HALF = "h2", _("Last six months of the statutory year")
    FIRST_QUARTER = "q1", _("Quarter I of the statutory year")
    SECOND_QUARTER = "q2", _("Quarter II of the statutory year")
    THIRD_QUARTER = "q3", _("Quarter III of the statutory year")
    FOURTH_QUARTER = "q4", _("Quarter IV of the statutory year")
    CUSTOM = "custom", _("Days of my own choice")

    #: Those that the rule about the statutory year lays down, whole or in part.
    OF_STATUTORY_YEAR = nonmember(("statutory", "h1", "h2", "q1", "q2", "q3", "q4"))


class ReportState(models.TextChoices):
    ORDERED = "ordered", _("Being made")
    READY = "ready", _("Ready")
    CONSULTING = "consulting", pgettext_lazy("report", "Units comment")
    IN_APPROVAL = "in_approval", pgettext_lazy("report", "Being approved")
    RETURNED = "returned", _("Returned for completion")
    APPROVED = "approved", pgettext_lazy("report", "Approved, to be issued")
    ISSUED = "issued", pgettext_lazy("report", "Issued")
    REJECTED = "rejected", _("Rejected")
    FAILED = "failed", _("Could not be made")
    CANCELLED = "cancelled", _("Order cancelled")

    #: States in which the same report may be ordered once more.
    STOPPED = nonmember(("failed", "cancelled"))
    #: Texts may be written and figures collected anew.
    OPEN = nonmember(("ready", "consulting", "returned"))
    #: Whoever approves reads what is printed: nothing changes any more.
    FROZEN = nonmember(("in_approval", "approved", "issued", "rejected"))


class Variant(models.TextChoices):
    """In which order a report tells what it tells (domain.md A5 S000 to S004); queries.narrative.variants has the outlines."""

    ACTIVITY = "activity", _("By kind of activity")
    CHANNEL = "channel", _("By channel of cooperation")
    LEADER_SESSION = "leader_session", _("For a working session with a leader")
    KICK_OFF = "kick_off", _("For the conference that sets the year's work going")


class OutputFormat(models.TextChoices):
    PDF = "pdf", "PDF"
    DOCX = "docx", "Word (DOCX)"
    XLSX = "xlsx", "Excel (XLSX)"
    HTML = "html", "HTML"

    #: What a browser is told of it.
    MEDIA_TYPES = nonmember(
        {
            "pdf": "application/pdf",
            "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "html": "text/html; charset=utf-8",
        }
    )


class Key(StrEnum):
    """The figures that this version can count; the names are those of the report's JSON and never change."""

    TOTAL = "outbound.total"
    LED = "outbound.led"
    ACCOMPANYING = "outbound.accompanying"
    IN_PLAN = "outbound.in_plan"
    OUT_OF_PLAN = "outbound.out_of_plan"
    INTER_AGENCY = "outbound.inter_agency"
    PERSONS = "outbound.persons"
    COUNTRIES = "outbound.countries"
    VISITS = "inbound.total"
    GUESTS = "inbound.persons"
    GUEST_COUNTRIES = "inbound.countries"
    HOSTED = "events.hosted"
    CHAIRED = "events.chaired"
    EVENTS_ATTENDED = "events.attended"
    SIGNED = "agreements.signed"
    SIGNED_COUNTRIES = "agreements.countries"
    IN_FORCE = "agreements.in_force"
    AGREEMENTS = "agreements.total"
    DORMANT = "agreements.dormant"
    ENDED = "agreements.ended"
    EXPIRING = "agreements.expiring"
    PARTNERS = "partners.total"
    NEW_PARTNERS = "partners.new"
    TRADITIONAL = "partners.traditional"
    STRATEGIC = "partners.strategic"
    PROJECTS = "projects.active"
    PROJECTS_APPROVED = "projects.approved"
    PROJECTS_CLOSED = "projects.closed"
    KEPT = "commitments.kept"
    OVERDUE = "commitments.overdue"
    OPEN = "commitments.open"
    TREATY_REPORTS = "treaty_reports.total"
    TREATY_SENT = "treaty_reports.sent"
    TREATY_DEFENDED = "treaty_reports.defended"
    MECHANISMS = "mechanisms.total"
    PROGRAMMES = "programmes.total"
    SESSIONS_HOSTED = "sessions.hosted"
    SESSIONS_ATTENDED = "sessions.attended"
    SESSIONS_MISSED = "sessions.missed"
    MEETINGS_HELD = "meetings.held"
    MEETINGS_ATTENDED = "meetings.attended"
    MEETINGS_MISSED = "meetings.missed"
    TASKS = "coordination_tasks.total"
    TRAININGS = "trainings.total"
    TRAINED = "trainings.persons"
    TRAININGS_FOREIGN = "trainings.foreign"
    REPORTS = "work.reports"
    COMMENTS = "work.comments"
    INTERNAL_MEETINGS = "work.meetings"
    LOCALITIES = "work.localities"
    DOCUMENTS = "work.documents"
    OUTREACH = "work.outreach"
    PUBLICITY = "work.publicity"
    STAFF_QUOTA = "staff.quota"
    STAFF_FILLED = "staff.filled"
    STAFF_VACANT = "staff.vacant"
    PLAN_LINES = "plan.lines"
    PLAN_DONE = "plan.done"
    PLAN_UNDER_WAY = "plan.under_way"
    PLAN_NOT_YET = "plan.not_yet"
    PLAN_MOVED = "plan.moved"
    PLAN_DROPPED = "plan.dropped"
    NEXT_OUTBOUND = "next_plan.outbound"
    NEXT_INBOUND = "next_plan.inbound"
    NEXT_EVENTS = "next_plan.events"
    UNITS_ASKED = "unit_reports.asked"
    UNITS_SENT = "unit_reports.received"
    UNITS_MISSING = "unit_reports.missing"


class RowKind(StrEnum):
    """What a row of a snapshot is; where it is a file, the value is the file's kind. Rows frozen before there were others are
    trips."""

    OUTBOUND = "outbound"
    INBOUND = "inbound"
    EVENT = "event"
    AGREEMENT = "agreement"
    PARTNER = "partner"
    PROJECT = "project"
    COMMITMENT = "commitment"
    TREATY_REPORT = "treaty_report"
    MECHANISM = "mechanism"
    PROGRAMME = "programme"
    SESSION = "session"
    MEETING = "meeting"
    WORK = "work"
    POST = "post"
    PLAN_LINE = "plan_line"
    UNIT_PART = "unit_part"


class Channel(models.TextChoices):
    """By which way we work with others (article 004): the order of sections of a report by channel."""

    UNITED_NATIONS = "un", _("United Nations and international organisations")
    REGIONAL = "regional", _("ASEAN")
    FORUM = "forum", _("Forums and sub-regional mechanisms")
    BILATERAL = "bilateral", _("Bilateral cooperation")
    NGO = "ngo", _("Non-governmental organisations and development partners")
    DOMESTIC = "domestic", _("Coordination inside the country")
    UNKNOWN = "", _("Not stated")


class PlanBasis(StrEnum):
    """Where a trip stands towards the plan. An accompanying trip stands neither in nor out of it."""

    IN = "in"
    OUT = "out"
    UNKNOWN = "unknown"
    NOT_ASKED = "not_asked"


# --- other counted work ---------------------------------------------------------------------------------------------


class WorkKind(models.TextChoices):
    """What the register of other work counts (domain.md A-18 to A-29); each kind asks its own fields of one form."""

    COORDINATION = "coordination", _("Coordination task")
    REPORT = "report", _("Periodic or ad-hoc report")
    COMMENT = "comment", _("Comments on a draft")
    MEETING = "meeting", _("Internal meeting or conference")
    LOCALITY = "locality", _("Report from a locality")
    RECURRING = "recurring", _("Recurring meeting")
    TRAINING = "training", pgettext_lazy("work", "Training course")
    DOCUMENTS = "documents", _("Exchange of documents")
    OUTREACH = "outreach", _("Spreading and urging international commitments")
    PUBLICITY = "publicity", _("Information in foreign languages")

    #: A leader approves these before they are sent (W001-03).
    APPROVED_FIRST = nonmember(("report", "comment"))
    #: Somebody owes a reply by a day: we, or those whom we asked.
    REPLIED = nonmember(("coordination", "report", "comment", "locality"))


class WorkState(models.TextChoices):
    OPEN = "open", pgettext_lazy("work", "Under way")
    IN_APPROVAL = "in_approval", pgettext_lazy("work", "Being approved")
    RETURNED = "returned", _("Returned for completion")
    APPROVED = "approved", pgettext_lazy("work", "Approved, to be sent")
    COMPLETED = "completed", pgettext_lazy("work", "Completed")
    CANCELLED = "cancelled", pgettext_lazy("work", "No longer done")
    REJECTED = "rejected", _("Rejected")

    #: Something is still to be done.
    UNFINISHED = nonmember(("open", "in_approval", "returned", "approved"))
    #: What counts in no figure.
    GIVEN_UP = nonmember(("cancelled", "rejected"))


class Direction(models.TextChoices):
    """Who asks, or sends: the same register keeps both ways (W003-02)."""

    INCOMING = "incoming", _("They ask or send, we answer")
    OUTGOING = "outgoing", _("We ask or send, they answer")


class ReportSort(models.TextChoices):
    PERIODIC = "periodic", _("Periodic report")
    AD_HOC = "ad_hoc", _("Ad-hoc report")


class MeetingSort(models.TextChoices):
    """Which meeting inside the house (A-29, W002-11)."""

    KICK_OFF = "kick_off", _("Conference to set the year's work going")
    REVIEW = "review", _("Review meeting")
    LEADER = "leader", _("Working session of a leader")
    OTHER = "other", _("Another meeting")


class InTheNameOf(models.TextChoices):
    """In whose name a report or a comment goes out: that decides who approves it."""

    MINISTRY = "ministry", _("The ministry")
    UNIT = "unit", _("The unit")


class Audience(models.TextChoices):
    """Who is taught (A-24, A-25)."""

    FOREIGN = "foreign", _("Foreign officials")
    OWN = "own", _("Own staff in international work")


class Frequency(models.TextChoices):
    """How often a meeting comes again; the grid asks about each month of a monthly one."""

    WEEKLY = "weekly", _("Every week")
    MONTHLY = "monthly", _("Every month")
    QUARTERLY = "quarterly", _("Every quarter")
    HALF_YEARLY = "half_yearly", _("Every half-year")
    YEARLY = "yearly", _("Every year")
    AS_NEEDED = "as_needed", _("As the need arises")


class Attendance(models.TextChoices):
    """What is known of one meeting of a series."""

    PLANNED = "planned", pgettext_lazy("attendance", "To come")
    ATTENDED = "attended", pgettext_lazy("attendance", "Attended")
    MISSED = "missed", pgettext_lazy("attendance", "Not attended")
    NOT_HELD = "not_held", pgettext_lazy("attendance", "Not held")

    #: Those of which a meeting that took place is known.
    HELD = nonmember(("attended", "missed"))


#: What is handed in with an item.
WORK_FILES = (
    ("request", _("Request or invitation")),
    ("draft", _("Draft text")),
    ("reply", _("Reply or document sent")),
    ("other", _("Other document")),
)
#: The kind of the file that the portal prints itself.
NOTICE_FILE = ("conclusions", _("Notice of conclusions"))


class TotalKey(models.TextChoices):
    """Figures of which a source may state a total without naming its rows (contracts.md); the values never change."""

    COORDINATION = "coordination_tasks.total", _("Coordination tasks")
    TRAININGS = "trainings.total", _("Training courses")
    TRAINED = "trainings.persons", _("People taught")
    ATTENDED = "meetings.attended", _("Recurring meetings attended")
    INBOUND = "inbound.total", _("Inbound delegations")
    INBOUND_PERSONS = "inbound.persons", _("Guests of inbound delegations")
    HOSTED = "events.hosted", _("International events held")
    ATTENDED_EVENTS = "events.attended", _("International events attended")
    AGREEMENTS = "agreements.signed", _("Agreements signed")
    AGREEMENT_COUNTRIES = "agreements.countries", _("Countries with which agreements were signed")
    MISSED = "meetings.missed", _("Recurring meetings not attended")
    LED = "outbound.led", _("Outbound delegations led by the ministry")
    ACCOMPANYING = "outbound.accompanying", _("Outbound delegations accompanying senior leaders")
    OUTBOUND_PERSONS = "outbound.persons", _("Person-trips")
    AGREEMENTS_IN_ALL = "agreements.total", _("Agreements signed so far")
    PARTNERS = "partners.total", _("Partners")

    #: How many there are, since whenever they began.
    IN_ALL = nonmember(("agreements.total", "partners.total"))


class TotalQualifier(models.TextChoices):
    """How exact a stated total is; the values are those of `vietnamese.counts.Qualifier`."""

    MORE_THAN = "more_than", _("more than")
    AT_LEAST = "at_least", _("at least")
    ABOUT = "about", _("about")


# --- parts of units -----------------------------------------------------------------------------------------------------

#: A call asks for a year, or for a part of it; not for days of one's own.
CALL_WINDOWS = [choice for choice in Window.choices if choice[0] != Window.CUSTOM]


class PartState(models.TextChoices):
    REQUESTED = "requested", pgettext_lazy("unit part", "Asked for")
    SUBMITTED = "submitted", pgettext_lazy("unit part", "Sent")
    RETURNED = "returned", pgettext_lazy("unit part", "Given back")
    ACCEPTED = "accepted", pgettext_lazy("unit part", "Accepted")

    #: The unit writes.
    OPEN = nonmember(("requested", "returned"))
    #: The unit has answered.
    RECEIVED = nonmember(("submitted", "accepted"))


class PartHeading(models.TextChoices):
    """What units write about; the values are those of the sections of the report into which it goes."""

    OUTBOUND = "outbound", _("Outbound delegations")
    INBOUND = "inbound", _("Inbound delegations, guests received")
    EVENTS = "events", _("International events")
    AGREEMENTS = "agreements", _("Agreements signed and carried out")
    PROJECTS = "projects", _("Programmes, projects and aid")
    WORK = "work", _("Coordination, training, information")
    LIMITS = "limits", _("Shortcomings and their causes")
    DIRECTIONS = "directions", _("Proposals for next year's work")
    PROPOSALS = "proposals", _("Requests to the leaders of the ministry")


#: Of what a unit may say that there was nothing.
NOTHING_KEYS = [
    (Key.TOTAL.value, _("Outbound delegations")),
    (Key.VISITS.value, _("Inbound delegations")),
    (Key.HOSTED.value, _("International events held")),
    (Key.EVENTS_ATTENDED.value, _("International events attended")),
    (Key.SIGNED.value, _("Agreements signed")),
    (Key.PROJECTS.value, _("Projects and aid being carried out")),
    (Key.TASKS.value, _("Coordination tasks")),
    (Key.TRAININGS.value, _("Training courses")),
]
