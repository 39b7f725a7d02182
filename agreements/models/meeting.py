"""The meetings that a mechanism holds again and again, with their session numbers (F002-10 … F002-25, F000-07)."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from agreements.choices import DatePrecision, MeetingKind, SessionFormat, SessionPart, SessionStatus
from agreements.models.mechanism import Mechanism, precision_field
from agreements.querysets import OfMechanismQuerySet, SessionQuerySet
from intlcoop.audit.tracking import tracked
from intlcoop.people.models import OrgUnit
from intlcoop.workflow.models import Case


@tracked()
class MeetingSeries(models.Model):
    """One sort of meeting of a mechanism: its senior officials' meeting, a working group, a consultation."""

    mechanism = models.ForeignKey(
        Mechanism, models.PROTECT, related_name="series", verbose_name=_("mechanism of cooperation")
    )
    name_vi = models.CharField(_("name in Vietnamese"), max_length=300)
    name_en = models.CharField(_("name in English"), max_length=300, blank=True)
    short_name = models.CharField(_("short name"), max_length=40, blank=True)
    kind = models.CharField(_("kind of meeting"), max_length=16, choices=MeetingKind)
    unit = models.ForeignKey(
        OrgUnit, models.PROTECT, null=True, blank=True, related_name="meeting_series", verbose_name=_("lead unit")
    )
    note = models.TextField(_("note"), max_length=2000, blank=True)
    is_active = models.BooleanField(_("still meets"), default=True)
    is_sample = models.BooleanField(_("sample data"), default=False, editable=False)
    sort_key = models.CharField(max_length=1000, editable=False, db_collation="C")
    search_text = models.TextField(editable=False)

    objects = OfMechanismQuerySet.as_manager()

    class Meta:
        verbose_name = _("series of meetings")
        verbose_name_plural = _("series of meetings")
        ordering = ["sort_key", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["mechanism", "name_vi"],
                name="meetingseries_once",
                violation_error_message=_("The mechanism has a series of this name already."),
            ),
        ]

    def __str__(self) -> str:
        return self.name_vi

    def get_absolute_url(self) -> str:
        return f"{reverse('agreements:mechanism', args=[self.mechanism_id])}#chuoi-{self.pk}"


@tracked(exclude=["last_on"])
class MeetingSession(models.Model):
    """One session, known to the day, the month or the year. Its status is a fact that people write down, no decision.

    `on` is the first day that the date can mean and `last_on` the last one (the end of the month, of a meeting of several
    days). `source_says_held`: the source speaks of it as past although its day lay after the source's own (X-02).
    """

    series = models.ForeignKey(
        MeetingSeries, models.PROTECT, related_name="sessions", verbose_name=_("series of meetings")
    )
    number = models.PositiveSmallIntegerField(_("session number"), null=True, blank=True)
    title = models.CharField(_("title of this session"), max_length=300, blank=True)
    on = models.DateField(_("day of the session"), null=True, blank=True)
    precision = precision_field()
    until = models.DateField(_("last day of the session"), null=True, blank=True)
    last_on = models.DateField(null=True, blank=True, editable=False)
    place = models.CharField(_("place of the session"), max_length=160, blank=True)
    format = models.CharField(_("form of the session"), max_length=10, choices=SessionFormat, blank=True)
    part = models.CharField(_("our part in it"), max_length=8, choices=SessionPart, default=SessionPart.ATTEND)
    status = models.CharField(_("what is known"), max_length=10, choices=SessionStatus, default=SessionStatus.PLANNED)
    unit = models.ForeignKey(
        OrgUnit,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="meeting_sessions",
        verbose_name=_("unit that goes"),
    )
    case = models.ForeignKey(
        Case,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="meeting_sessions",
        verbose_name=_("file of the delegation or event"),
    )
    result = models.TextField(_("result of the session"), max_length=4000, blank=True)
    source_text = models.CharField(_("where this is written"), max_length=300, blank=True)
    source_says_held = models.BooleanField(_("the source speaks of it as past"), default=False, editable=False)
    is_sample = models.BooleanField(_("sample data"), default=False, editable=False)
    search_text = models.TextField(editable=False, default="")

    objects = SessionQuerySet.as_manager()

    class Meta:
        verbose_name = _("session")
        verbose_name_plural = _("sessions")
        ordering = [F("on").desc(nulls_last=True), "-number", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["series", "number"],
                name="meetingsession_number_once",
                violation_error_message=_("The series has a session of this number already."),
            ),
            models.CheckConstraint(
                name="meetingsession_days_in_order",
                condition=Q(until__isnull=True) | Q(on__isnull=False, until__gte=F("on")),
                violation_error_message=_("The last day of the session cannot be before its first."),
            ),
            models.CheckConstraint(
                name="meetingsession_day_and_precision",
                condition=Q(on__isnull=True, precision=DatePrecision.UNKNOWN)
                | (Q(on__isnull=False) & ~Q(precision=DatePrecision.UNKNOWN)),
            ),
            models.CheckConstraint(
                name="meetingsession_held_has_a_day",
                condition=~Q(status__in=SessionStatus.TOOK_PLACE) | Q(on__isnull=False),
                violation_error_message=_("Say when it took place: the day, the month or the year."),
            ),
        ]
        indexes = [models.Index(fields=["status", "on"], name="meetingsession_status_on")]

    def __str__(self) -> str:
        return self.title or str(self.series)
