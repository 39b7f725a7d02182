"""What belongs to an event: who speaks, who is invited and comes, who prepares what, and the report on its result."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from delegations.event_choices import Answer, EventPart, EventSide, GuestRank, WorkState, Workstream
from delegations.models.event import InternationalEvent
from delegations.querysets import EventPersonQuerySet, OfEventQuerySet
from intlcoop.audit.tracking import tracked
from intlcoop.catalogues.models import Country
from intlcoop.people.models import OrgUnit


@tracked()
class EventPerson(models.Model):
    """Somebody who is invited to an event: name and post as the source writes them, in whatever script; what they answered."""

    event = models.ForeignKey(InternationalEvent, models.CASCADE, related_name="people")
    part = models.CharField(_("part in the event"), max_length=12, choices=EventPart, default=EventPart.DELEGATE)
    side = models.CharField(_("side"), max_length=8, choices=EventSide, default=EventSide.FOREIGN)
    full_name = models.CharField(_("full name"), max_length=160)
    post = models.CharField(_("post"), max_length=200, blank=True)
    body = models.CharField(_("unit or body"), max_length=200, blank=True)
    country = models.ForeignKey(
        Country, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("country")
    )
    rank = models.CharField(_("rank as the law asks"), max_length=12, choices=GuestRank, default=GuestRank.OTHER)
    subject = models.CharField(_("subject of the speech"), max_length=300, blank=True)
    answer = models.CharField(_("answer"), max_length=12, choices=Answer, default=Answer.NOT_INVITED)
    invited_on = models.DateField(_("invited on"), null=True, blank=True)
    answered_on = models.DateField(_("answered on"), null=True, blank=True)
    attended = models.BooleanField(_("was there"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)
    position = models.PositiveIntegerField(default=0, editable=False)

    objects = EventPersonQuerySet.as_manager()

    class Meta:
        verbose_name = _("person of the event")
        verbose_name_plural = _("people of the event")
        ordering = ["event", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "full_name", "body"],
                name="eventperson_once",
                violation_error_message=_("This person of this body is in the list already."),
            ),
            models.CheckConstraint(
                name="eventperson_answers_an_invitation",
                condition=~Q(answer=Answer.NOT_INVITED) | Q(answered_on__isnull=True),
                violation_error_message=_("Nobody answers before being invited. Choose the answer, or clear its day."),
            ),
        ]

    def __str__(self) -> str:
        return self.full_name


@tracked()
class EventWork(models.Model):
    """One task of a team that prepares the event: who does it, until when."""

    event = models.ForeignKey(InternationalEvent, models.CASCADE, related_name="work")
    stream = models.CharField(_("team"), max_length=16, choices=Workstream, default=Workstream.CONTENT)
    title = models.CharField(_("what is to be done"), max_length=300)
    unit = models.ForeignKey(
        OrgUnit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("unit that does it")
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="event_work",
        verbose_name=_("who does it"),
    )
    due_on = models.DateField(_("due on"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=WorkState, default=WorkState.OPEN, editable=False)
    done_on = models.DateField(_("done on"), null=True, blank=True, editable=False)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
        verbose_name=_("marked by"),
    )
    note = models.CharField(_("note"), max_length=300, blank=True)
    position = models.PositiveSmallIntegerField(default=0, editable=False)

    objects = OfEventQuerySet.as_manager()

    class Meta:
        verbose_name = _("task of an event")
        verbose_name_plural = _("tasks of an event")
        ordering = ["event", "stream", "due_on", "position", "pk"]
        constraints = [
            models.CheckConstraint(
                name="eventwork_done_when",
                condition=~Q(state=WorkState.DONE) | Q(done_on__isnull=False, done_by__isnull=False),
            )
        ]
        indexes = [models.Index(fields=["state", "due_on"], name="eventwork_state_due")]

    def __str__(self) -> str:
        return self.title

    @property
    def is_late(self) -> bool:
        return self.state == WorkState.OPEN and self.due_on is not None and self.due_on < timezone.localdate()


@tracked()
class EventReport(models.Model):
    """The report on the result of an event that we held (Mẫu 02): due so many days after its last day."""

    event = models.OneToOneField(InternationalEvent, models.CASCADE, related_name="report")
    vietnamese_count = models.PositiveIntegerField(_("Vietnamese participants"), null=True, blank=True)
    foreign_count = models.PositiveIntegerField(_("foreign participants"), null=True, blank=True)
    countries_text = models.CharField(_("countries and organisations"), max_length=600, blank=True)
    content = models.TextField(_("what was discussed"), max_length=8000, blank=True)
    results = models.TextField(_("results"), max_length=8000, blank=True)
    assessment = models.TextField(_("assessment; what stayed open"), max_length=4000, blank=True)
    recommendations = models.TextField(_("recommendations"), max_length=4000, blank=True)
    spent_vnd = models.DecimalField(_("spent (đồng)"), max_digits=16, decimal_places=0, null=True, blank=True)
    number = models.CharField(_("number of the report"), max_length=60, blank=True)
    sent_on = models.DateField(_("sent on"), null=True, blank=True)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False, verbose_name=_("written by")
    )

    objects = OfEventQuerySet.as_manager()

    class Meta:
        verbose_name = _("report on an event")
        verbose_name_plural = _("reports on events")
        ordering = ["event"]
        constraints = [
            models.CheckConstraint(
                name="eventreport_money_not_negative",
                condition=Q(spent_vnd__isnull=True) | Q(spent_vnd__gte=0),
                violation_error_message=_("An amount cannot be negative."),
            )
        ]

    def __str__(self) -> str:
        return str(self.event)
