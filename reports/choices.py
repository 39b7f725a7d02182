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
    CUSTOM = "custom", _("Days of my own choice")


class ReportState(models.TextChoices):
    ORDERED = "ordered", _("Being made")
    READY = "ready", _("Ready")
    FAILED = "failed", _("Could not be made")
    CANCELLED = "cancelled", _("Order cancelled")

    #: States in which the same report may be ordered once more.
    STOPPED = nonmember(("failed", "cancelled"))


class OutputFormat(models.TextChoices):
    PDF = "pdf", "PDF"


class Key(StrEnum):
    """The figures that this version can count; the names are those of the report's JSON and never change."""

    TOTAL = "outbound.total"
    LED = "outbound.led"
    ACCOMPANYING = "outbound.accompanying"
    IN_PLAN = "outbound.in_plan"
    OUT_OF_PLAN = "outbound.out_of_plan"
    PERSONS = "outbound.persons"
    COUNTRIES = "outbound.countries"
    VISITS = "inbound.total"
    GUESTS = "inbound.persons"
    HOSTED = "events.hosted"
    EVENTS_ATTENDED = "events.attended"
    TASKS = "coordination_tasks.total"
    TRAININGS = "trainings.total"
    TRAINED = "trainings.persons"


class RowKind(StrEnum):
    """What a row of a snapshot is; the values are those of the files' kinds. Rows frozen before there were others are trips."""

    OUTBOUND = "outbound"
    INBOUND = "inbound"
    EVENT = "event"
    WORK = "work"


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


class TotalQualifier(models.TextChoices):
    """How exact a stated total is; the values are those of `vietnamese.counts.Qualifier`."""

    MORE_THAN = "more_than", _("more than")
    AT_LEAST = "at_least", _("at least")
    ABOUT = "about", _("about")
