"""The closed lists of visits that we receive (domain.md A-06, B.6, B.9, C2)."""

from __future__ import annotations

from enum import nonmember

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class InboundState(models.TextChoices):
    """Where a visit stands (C2); the codes are those of trips where they mean the same."""

    REQUESTED = "requested", pgettext_lazy("visit", "Requested")
    IN_APPROVAL = "in_approval", _("In approval")
    RETURNED = "returned", _("Returned for completion")
    ACCEPTED = "accepted", pgettext_lazy("visit", "Accepted")
    PREPARING = "preparing", pgettext_lazy("visit", "Being prepared")
    RECEIVED = "received", pgettext_lazy("visit", "Received")
    REPORT_DUE = "report_due", _("Report due")
    COMPLETED = "completed", _("Completed")
    POSTPONED = "postponed", _("Postponed")
    CANCELLED = "cancelled", _("Cancelled")
    REJECTED = "rejected", _("Rejected")

    #: Visits that took place, and so count in reports in the window of their arrival (contracts.md).
    COUNTED = nonmember(("received", "report_due", "completed"))
    #: Agreed to and still to come: prepared, and watched by the alarm.
    EXPECTED = nonmember(("accepted", "preparing"))
    #: Visits that do not take place, or not in their days.
    CALLED_OFF = nonmember(("postponed", "cancelled", "rejected"))
    #: Visits that hold the days of their host.
    HOLDS_DAYS = nonmember(
        ("requested", "in_approval", "returned", "accepted", "preparing", "received", "report_due", "completed")
    )
    #: Visits that take something of their line of the plan.
    TAKES_OF_PLAN = nonmember(
        ("in_approval", "returned", "accepted", "preparing", "received", "report_due", "completed")
    )
    #: Content that was agreed to is still written until the guests have left.
    OPEN = nonmember(("requested", "in_approval", "returned", "accepted", "preparing", "received", "report_due"))


class VisitForm(models.TextChoices):
    """Two forms of one file: a guest who lives here is received within minutes of paperwork, a delegation is prepared."""

    SHORT = "short", _("Guests who are already in Viet Nam")
    FULL = "full", _("Delegation coming from abroad")


class MeetingForm(models.TextChoices):
    """How the guests are received (C1 26, 27, 31)."""

    COURTESY_CALL = "courtesy_call", _("Courtesy call")
    WORKING_SESSION = "working", _("Working session")
    TALKS = "talks", _("Talks")
    AUDIENCE = "audience", _("Audience")


class VisitLevel(models.TextChoices):
    """The level of a visit by Decree 18/2022/NĐ-CP (domain.md B.9)."""

    STATE = "state", pgettext_lazy("visit", "State visit")
    OFFICIAL = "official", pgettext_lazy("visit", "Official visit")
    WORKING = "working", pgettext_lazy("visit", "Working visit")
    INTERNAL = "internal", pgettext_lazy("visit", "Internal visit")
    PRIVATE = "private", pgettext_lazy("visit", "Private visit")
    TRANSIT = "transit", pgettext_lazy("visit", "Transit")


class VisaNeed(models.TextChoices):
    """Whether the guests need a visa: by this the term of notice is chosen (domain.md B.10)."""

    NOT_NEEDED = "not_needed", _("No visa is needed")
    NEEDED = "needed", _("A visa is needed")


class GuestRank(models.TextChoices):
    """The rank of a guest, highest first, in the steps by which Circular 35/2026 tells classes of guests apart (B.6)."""

    TOP = "top", _("Head of state, of government or of parliament, UN Secretary-General")
    DEPUTY_HEAD = "deputy_head", _("Deputy Prime Minister, Foreign Minister, head of an international organisation")
    MINISTER = "minister", _("Minister or equivalent")
    DEPUTY_MINISTER = "deputy_minister", _("Deputy Minister or equivalent")
    AMBASSADOR = "ambassador", _("Ambassador, head of a representative office")
    DIRECTOR = "director", _("Head of a department or equivalent")
    OFFICIAL = "official", pgettext_lazy("guest", "Official, expert")
    OTHER = "other", pgettext_lazy("guest", "Other guest")


class GuestClass(models.TextChoices):
    """The class by which the norms of reception are chosen (D4, B.6)."""

    SPECIAL = "special", pgettext_lazy("guest class", "Special")
    A = "A", pgettext_lazy("guest class", "Class A")
    B = "B", pgettext_lazy("guest class", "Class B")
    C = "C", pgettext_lazy("guest class", "Class C")
    OTHER = "other", pgettext_lazy("guest class", "Other foreign guests")


class GuestPart(models.TextChoices):
    """A guest's part in the delegation."""

    HEAD = "head", _("Head of delegation")
    DEPUTY_HEAD = "deputy_head", _("Deputy head of delegation")
    MEMBER = "member", _("Member")
    SECRETARY = "secretary", _("Secretary")
    INTERPRETER = "interpreter", _("Interpreter")
    SPOUSE = "spouse", _("Spouse")
    ENTOURAGE = "entourage", _("Entourage")


class VisitAttachmentKind(models.TextChoices):
    """What is handed in with a visit; the portal prints lists and programme itself."""

    REQUEST = "request", _("Request or notice of the visit")
    CONSENT = "consent", _("Letter of consent")
    MEMBER_LIST = "member_list", pgettext_lazy("visit", "List of the guests")
    PROGRAMME = "programme", _("Programme")
    RESIDENCE = "residence", _("Residence declaration, notice to the police")
    OPINION = "opinion", _("Written opinion")
    OTHER = "other", _("Other document")
