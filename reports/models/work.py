"""Other counted work in one register: tasks with other bodies, reports, meetings, training, documents (A-18 to A-29)."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from agreements.choices import TextLanguage
from agreements.models import Partner
from intlcoop.audit.tracking import tracked
from intlcoop.people.models import OrgUnit
from intlcoop.workflow.models import Case
from reports.choices import Attendance, Audience, Direction, Frequency, InTheNameOf, MeetingSort, ReportSort, WorkKind
from reports.querysets import OfWorkQuerySet, WorkQuerySet


@tracked()
class WorkItem(models.Model):
    """One piece of work. Number, title, unit, who entered it and its state stand on its case (CV-…).

    Which fields a kind asks says `queries.work_kinds`; those of other kinds stay empty. `request_*` is the paper that
    begins it and `reply_*` the one that answers, whoever wrote which (`direction`).
    """

    case = models.OneToOneField(Case, models.PROTECT, related_name="work")
    kind = models.CharField(_("kind of work"), max_length=16, choices=WorkKind, editable=False)
    direction = models.CharField(_("which way"), max_length=10, choices=Direction, blank=True)
    report_sort = models.CharField(_("kind of report"), max_length=10, choices=ReportSort, blank=True)
    meeting_sort = models.CharField(_("kind of meeting"), max_length=10, choices=MeetingSort, blank=True)
    in_name_of = models.CharField(_("in whose name"), max_length=10, choices=InTheNameOf, blank=True)
    audience = models.CharField(_("who is taught"), max_length=10, choices=Audience, blank=True)
    frequency = models.CharField(_("how often"), max_length=12, choices=Frequency, blank=True)
    body = models.CharField(_("other body"), max_length=300, blank=True)
    partner = models.ForeignKey(
        Partner, models.PROTECT, null=True, blank=True, related_name="work_items", verbose_name=_("partner")
    )
    period = models.CharField(_("period covered"), max_length=80, blank=True)
    request_number = models.CharField(_("number of the request"), max_length=80, blank=True)
    request_on = models.DateField(_("date of the request"), null=True, blank=True)
    due_on = models.DateField(_("reply due on"), null=True, blank=True)
    reply_number = models.CharField(_("number of the reply"), max_length=80, blank=True)
    reply_on = models.DateField(_("date of the reply"), null=True, blank=True)
    starts_on = models.DateField(_("first day"), null=True, blank=True)
    ends_on = models.DateField(_("last day"), null=True, blank=True)
    attended_until = models.DateField(_("every meeting attended until"), null=True, blank=True)
    place = models.CharField(_("place"), max_length=200, blank=True)
    chair = models.CharField(_("chair"), max_length=200, blank=True)
    attendees = models.TextField(_("attendees"), max_length=4000, blank=True)
    languages = ArrayField(
        models.CharField(max_length=20, choices=TextLanguage), default=list, blank=True, verbose_name=_("languages")
    )
    needs = models.TextField(_("needs that it answers"), max_length=4000, blank=True)
    persons = models.PositiveIntegerField(_("number of people"), null=True, blank=True)
    days = models.PositiveSmallIntegerField(_("number of days"), null=True, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="work_items",
        verbose_name=_("who sees to it"),
    )
    content = models.TextField(_("content"), max_length=10000, blank=True)
    result = models.TextField(_("result"), max_length=10000, blank=True)
    source_text = models.CharField(_("where this is written"), max_length=300, blank=True)
    search_text = models.TextField(editable=False, default="")

    objects = WorkQuerySet.as_manager()

    class Meta:
        verbose_name = _("piece of work")
        verbose_name_plural = _("other work")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(name="workitem_kind_known", condition=Q(kind__in=WorkKind.values)),
            models.CheckConstraint(
                name="workitem_days_in_order",
                condition=Q(ends_on__isnull=True) | Q(starts_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                violation_error_message=_("The last day cannot be before the first."),
            ),
            models.CheckConstraint(
                name="workitem_attended_after_first",
                condition=Q(attended_until__isnull=True)
                | Q(starts_on__isnull=True)
                | Q(attended_until__gte=F("starts_on")),
                violation_error_message=_("They cannot have been attended before the first."),
            ),
            models.CheckConstraint(
                name="workitem_reply_after_request",
                condition=Q(reply_on__isnull=True) | Q(request_on__isnull=True) | Q(reply_on__gte=F("request_on")),
                violation_error_message=_("A reply cannot come before the request."),
            ),
            models.CheckConstraint(
                name="workitem_due_after_request",
                condition=Q(due_on__isnull=True) | Q(request_on__isnull=True) | Q(due_on__gte=F("request_on")),
                violation_error_message=_("A reply cannot be due before the request."),
            ),
        ]
        indexes = [
            models.Index(fields=["kind", "due_on"], name="workitem_kind_due"),
            models.Index(fields=["kind", "starts_on"], name="workitem_kind_starts"),
        ]

    def __str__(self) -> str:
        return self.case.number

    def get_absolute_url(self) -> str:
        return reverse("reports:work", args=[self.case.number])


@tracked()
class WorkOpinion(models.Model):
    """What a unit said at a meeting."""

    item = models.ForeignKey(WorkItem, models.CASCADE, related_name="opinions")
    unit = models.ForeignKey(
        OrgUnit, models.PROTECT, null=True, blank=True, related_name="work_opinions", verbose_name=_("unit")
    )
    speaker = models.CharField(_("who spoke"), max_length=200, blank=True)
    text = models.TextField(_("opinion"), max_length=4000)
    position = models.PositiveSmallIntegerField(default=0, editable=False)

    objects = OfWorkQuerySet.as_manager()

    class Meta:
        verbose_name = _("opinion at a meeting")
        verbose_name_plural = _("opinions at a meeting")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                name="workopinion_of_somebody",
                condition=Q(unit__isnull=False) | ~Q(speaker=""),
                violation_error_message=_("Say whose opinion it is: a unit, or who spoke."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.unit or self.speaker)


@tracked()
class WorkConclusion(models.Model):
    """A numbered conclusion. What somebody has to do by it becomes a commitment that names this row (`born_key`)."""

    item = models.ForeignKey(WorkItem, models.CASCADE, related_name="conclusions")
    text = models.TextField(_("conclusion"), max_length=4000)
    unit = models.ForeignKey(
        OrgUnit,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="work_conclusions",
        verbose_name=_("unit that carries it out"),
    )
    due_on = models.DateField(_("carry out by"), null=True, blank=True)
    position = models.PositiveSmallIntegerField(default=0, editable=False)

    objects = OfWorkQuerySet.as_manager()

    class Meta:
        verbose_name = _("conclusion of a meeting")
        verbose_name_plural = _("conclusions of a meeting")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.text[:80]

    @property
    def number(self) -> int:
        return self.position + 1


@tracked()
class WorkAttendance(models.Model):
    """One meeting of a series: whether it was held, and whether we were there (F000-07)."""

    item = models.ForeignKey(WorkItem, models.CASCADE, related_name="attendances")
    on = models.DateField(pgettext_lazy("attendance", "day of the meeting"))
    status = models.CharField(_("what is known"), max_length=10, choices=Attendance, default=Attendance.ATTENDED)
    attended_by = models.CharField(_("who went"), max_length=300, blank=True)
    note = models.CharField(_("note"), max_length=500, blank=True)
    position = models.PositiveSmallIntegerField(default=0, editable=False)

    objects = OfWorkQuerySet.as_manager()

    class Meta:
        verbose_name = _("meeting of a series")
        verbose_name_plural = _("meetings of a series")
        ordering = ["-on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["item", "on"],
                name="workattendance_once_a_day",
                violation_error_message=_("This day stands here already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.on:%d/%m/%Y}"
