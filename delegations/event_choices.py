"""The closed lists of international events (domain.md A-07 to A-14, B.5, C2)."""

from __future__ import annotations

from enum import nonmember

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class EventState(models.TextChoices):
    """Where an event stands. One that we only attend goes from planned to held; nobody permits it here."""

    PLANNED = "planned", _("To be held")
    PRINCIPLE = "principle", _("Asking to host in principle")
    PRINCIPLE_AGREED = "principle_agreed", _("Hosting agreed in principle")
    REQUESTED = "requested", _("Permission requested")
    RETURNED = "returned", _("Returned for completion")
    AWAITING_PAPER = "awaiting_paper", _("Awaiting the paper of permission")
    PERMITTED = "permitted", _("Permitted")
    HELD = "held", _("Held")
    REPORT_DUE = "report_due", _("Report due")
    COMPLETED = "completed", _("Completed")
    CANCELLED = "cancelled", _("Cancelled")
    REJECTED = "rejected", _("Rejected")

    #: Events that took place, and so count in reports.
    COUNTED = nonmember(("held", "report_due", "completed"))
    #: Events that do not take place.
    CALLED_OFF = nonmember(("cancelled", "rejected"))
    #: Events still ahead, whose guests and work are being prepared.
    AHEAD = nonmember(
        ("planned", "principle", "principle_agreed", "requested", "returned", "awaiting_paper", "permitted")
    )
    #: States in which somebody may still be asked for permission.
    BEFORE_PERMISSION = nonmember(("planned", "principle_agreed", "returned"))


class EventFormat(models.TextChoices):
    """How an event is held (F002-05)."""

    IN_PERSON = "in_person", _("In person")
    ONLINE = "online", _("Online")
    HYBRID = "hybrid", _("Hybrid")
    #: Only of events that were taken over.
    UNKNOWN = "unknown", pgettext_lazy("event", "Format not stated in the source")

    #: With people who join from elsewhere, so with end-points.
    WITH_ENDPOINTS = nonmember(("online", "hybrid"))
    #: What a person may choose of an event of today.
    OFFERED = nonmember(("in_person", "online", "hybrid"))


class EventKind(models.TextChoices):
    """What sort of meeting it is (A-07 to A-12)."""

    CONFERENCE = "conference", pgettext_lazy("event", "Conference")
    WORKSHOP = "workshop", pgettext_lazy("event", "Workshop")
    PANEL = "panel", pgettext_lazy("event", "Panel discussion")
    TALK = "talk", pgettext_lazy("event", "Talk on a subject")
    FORUM = "forum", pgettext_lazy("event", "Forum")
    HEADS = "heads", pgettext_lazy("event", "Meeting of ministers or heads")
    SENIOR_OFFICIALS = "senior_officials", pgettext_lazy("event", "Senior officials' meeting (SOM)")
    PREPARATORY = "preparatory", pgettext_lazy("event", "Preparatory meeting")
    FOCAL_POINTS = "focal_points", pgettext_lazy("event", "Meeting of focal points")
    WORKING_GROUP = "working_group", pgettext_lazy("event", "Meeting of a working group")
    CONSULTATION = "consultation", pgettext_lazy("event", "Consultation workshop")
    COORDINATION = "coordination", pgettext_lazy("event", "Coordination conference")
    PARTNERS = "partners", pgettext_lazy("event", "Partners' conference")


class EventRole(models.TextChoices):
    """What we are at the event (A-14). Whoever hosts needs a permission; rotating chairs host too."""

    HOST = "host", _("We hold it")
    ATTEND = "attend", _("We take part")
    CHAIR = "chair", _("We hold it as rotating chair")

    HOSTING = nonmember(("host", "chair"))


class EventTopic(models.TextChoices):
    """What an event is about, as far as the law asks (QĐ 06/2020, article 3 clause 1). In the order of weight."""

    STATE_SECRETS = "state_secrets", _("State secrets")
    SOVEREIGNTY = "sovereignty", _("Sovereignty")
    SECURITY = "security", _("Security")
    DEFENCE = "defence", _("Defence")
    ETHNIC_AFFAIRS = "ethnic_affairs", _("Ethnic affairs")
    RELIGION = "religion", _("Religion")
    HUMAN_RIGHTS = "human_rights", _("Human rights")
    OTHER = "other", _("Another topic")

    #: Never written into this system.
    SECRET = nonmember("state_secrets")


class GuestRank(models.TextChoices):
    """The highest rank among the foreign guests, as far as the law asks. In the order of weight."""

    MINISTER = "minister", _("Minister, head or above, of a country, territory or international organisation")
    AMBASSADOR = "ambassador", _("Ambassador or head of a representative office")
    OTHER = "other", _("Below")


class HostLevel(models.TextChoices):
    """Who holds the event on our side."""

    MINISTRY = "ministry", _("The ministry")
    UNIT = "unit", _("A unit of the ministry")


class Stage(models.TextChoices):
    """What is asked for: first hosting in principle (article 6), then the permission itself (articles 3 and 4)."""

    PRINCIPLE = "principle", _("hosting in principle")
    PERMISSION = "permission", _("permission to hold")


class Authority(models.TextChoices):
    """Who permits an event."""

    PRIME_MINISTER = "prime_minister", _("Prime Minister")
    MINISTER = "minister", _("Minister")


class EventPart(models.TextChoices):
    """What somebody is at an event."""

    CHAIR = "chair", _("Chair")
    SPEAKER = "speaker", _("Speaker")
    DELEGATE = "delegate", pgettext_lazy("event", "Delegate")
    GUEST = "guest", _("Guest")
    SECRETARIAT = "secretariat", _("Secretariat")


class EventSide(models.TextChoices):
    FOREIGN = "foreign", _("Foreign")
    VIETNAM = "vietnam", _("Vietnamese")


class Answer(models.TextChoices):
    """What came of an invitation."""

    NOT_INVITED = "not_invited", _("Not invited yet")
    INVITED = "invited", _("Invited, no answer yet")
    ACCEPTED = "accepted", _("Will come")
    ONLINE = "online", _("Will join online")
    SENDS_OTHER = "sends_other", _("Sends somebody else")
    DECLINED = "declined", _("Will not come")

    COMING = nonmember(("accepted", "online"))


class Workstream(models.TextChoices):
    """The teams of a big event (W002-14)."""

    CONTENT = "content", _("Content")
    LOGISTICS = "logistics", _("Logistics")
    COMMUNICATIONS = "communications", _("Information and communications")


class WorkState(models.TextChoices):
    OPEN = "open", _("To do")
    DONE = "done", _("Done")
    NOT_NEEDED = "not_needed", _("Not needed")


class EventFile(models.TextChoices):
    """What is kept with the file of an event."""

    SCHEME = "scheme", _("Scheme (Mẫu 01)")
    CONSENT = "consent", _("Written consent to hosting")
    INVITATION = "invitation", _("Invitation letter")
    PROGRAMME = "programme", _("Programme")
    OPINION = "opinion", _("Written opinion")
    PERMISSION = "permission", _("Document of permission")
    MATERIAL = "material", _("Conference material")
    REPORT = "report", _("Report on the result")
    OTHER = "other", _("Other document")
    PRINTED_SCHEME = "pdf_de-an", _("Scheme, as printed")
    PRINTED_REQUEST = "pdf_xin-phep", _("Letter asking for permission, as printed")
    PRINTED_INVITATION = "pdf_giay-moi", _("Invitation, as printed")
    PRINTED_REPORT = "pdf_bao-cao", _("Report on the result, as printed")

    #: What people hand in; the rest the portal prints.
    HANDED_IN = nonmember(
        ("scheme", "consent", "invitation", "programme", "opinion", "permission", "material", "report", "other")
    )
