"""A report that somebody ordered, the snapshot that it is drawn from, and the files made of it."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from intlcoop.audit.tracking import append_only, tracked
from intlcoop.documents.models import StoredFile
from intlcoop.jobs.models import Job
from intlcoop.workflow.models import Case
from reports.choices import OutputFormat, Variant, Window
from reports.querysets import OutputQuerySet, YearEndReportQuerySet

if TYPE_CHECKING:
    from intlcoop.people.models import User


@tracked()
class YearEndReport(models.Model):
    """An order for the report of a year. Number, state and who ordered it stand on its case, how far it is on its job.

    `own_windows`: the kinds of rows that count in another window than the rest, {"event": "statutory"} (queries.windows.Scope).
    `outline`: which sections the report has, in their order (queries.narrative.outline); empty: those of the variant.
    """

    case = models.OneToOneField(Case, models.PROTECT, related_name="year_end_report")
    job = models.OneToOneField(Job, models.PROTECT, related_name="year_end_report")
    year = models.PositiveSmallIntegerField(_("year"))
    window = models.CharField(_("period"), max_length=10, choices=Window, default=Window.CALENDAR)
    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day"))
    as_of = models.DateField(_("figures as of"))
    own_windows = models.JSONField(_("periods of their own"), default=dict, blank=True, editable=False)

    variant = models.CharField(_("arrangement"), max_length=16, choices=Variant, default=Variant.ACTIVITY)
    outline = models.JSONField(_("sections"), default=list, blank=True, editable=False)

    objects = YearEndReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("year-end report")
        verbose_name_plural = _("year-end reports")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                name="yearendreport_days_in_order",
                condition=Q(last_day__gte=F("first_day")),
                violation_error_message=_("The last day cannot be before the first."),
            ),
            models.CheckConstraint(
                name="yearendreport_as_of_in_or_after_window",
                condition=Q(as_of__gte=F("first_day")),
                violation_error_message=_("The figures cannot be of a day before the period begins."),
            ),
            models.CheckConstraint(name="yearendreport_window_known", condition=Q(window__in=Window.values)),
            models.CheckConstraint(name="yearendreport_variant_known", condition=Q(variant__in=Variant.values)),
        ]

    def __str__(self) -> str:
        return self.case.number

    def get_absolute_url(self) -> str:
        return reverse("reports:report", args=[self.case.number])

    @property
    def ordered_by(self) -> User:
        return self.case.created_by

    @property
    def snapshot(self) -> Snapshot | None:
        """The version that holds: the latest one, None before the first is frozen. One query, a large row: keep what you get."""
        return self.snapshots.order_by("-version").first()

    @property
    def pdf(self) -> ReportOutput | None:
        """The newest PDF of the latest version that has one. Reads `outputs`, so prefetch them for a list."""
        made = [output for output in self.outputs.all() if output.format == OutputFormat.PDF]
        return max(made, key=lambda output: (output.version, output.pk), default=None)


class Snapshot(models.Model):
    """What the records said at one moment, frozen: everything that the report prints is drawn from here. Figures that are
    collected anew make the next `version`; the latest is the one that holds, and none is ever changed.

    `rows`: one object for each thing that is counted (queries.gathering). `figures`: {"figures": {KEY: figure}, "by_unit":
    {CODE: {KEY: figure}}, "by_country" …, "estimate", "years", "money"} (queries.figures.compute). `sections`: the composed text
    as blocks (queries.narrative). `gaps`: sentences about what is missing. `paper`: head and foot as they are to be printed.
    `parameters`: the dated rules that were used, with their legal basis. `background`: what is told without being counted
    (queries.story). `sha256`: over the canonical JSON of all this, without the moment.
    """

    report = models.ForeignKey(YearEndReport, models.PROTECT, related_name="snapshots")
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    at = models.DateTimeField(_("taken at"))
    filters = models.JSONField(default=dict)
    parameters = models.JSONField(default=list)
    rows = models.JSONField(default=list)
    figures = models.JSONField(default=dict)
    sections = models.JSONField(default=list)
    gaps = models.JSONField(default=list)
    paper = models.JSONField(default=dict)
    background = models.JSONField(default=dict)
    sha256 = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("snapshot")
        verbose_name_plural = _("snapshots")
        ordering = ["report", "version"]
        constraints = [models.UniqueConstraint(fields=["report", "version"], name="snapshot_one_per_version")]
        triggers = append_only()

    def __str__(self) -> str:
        return self.sha256[:12]

    @property
    def as_of(self) -> dt.date:
        """The day of its figures; the report's own day moves on when they are collected anew."""
        return dt.date.fromisoformat(self.filters["as_of"])

    @property
    def numbers(self) -> list[str]:
        """The numbers of the files that were counted."""
        return [row["number"] for row in self.rows]

    @property
    def content(self) -> dict[str, Any]:
        """All that the hash is taken over."""
        names = ("filters", "parameters", "rows", "figures", "sections", "gaps", "paper")
        # What was frozen before there was a background is sealed without it.
        background = {"background": self.background} if self.background else {}
        return {name: getattr(self, name) for name in names} | background


@tracked()
class ReportOutput(StoredFile):
    """A finished file of a report, in private storage under the name of its content. One per version, format and content:
    `printed_sha256` is taken over what was printed (queries.sections.print_hash), so a text that is edited later shows that the
    file is of before."""

    report = models.ForeignKey(YearEndReport, models.PROTECT, related_name="outputs")
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    printed_sha256 = models.CharField(max_length=64, blank=True, default="")
    format = models.CharField(_("format"), max_length=5, choices=OutputFormat)
    pages = models.PositiveIntegerField(_("pages"), null=True)
    made_at = models.DateTimeField(_("made at"), auto_now_add=True)

    objects = OutputQuerySet.as_manager()

    class Meta:
        verbose_name = _("file of a report")
        verbose_name_plural = _("files of reports")
        ordering = ["report", "version", "format", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["report", "version", "format", "printed_sha256"], name="reportoutput_one_per_print"
            ),
            models.CheckConstraint(
                name="reportoutput_is_whole", condition=~Q(file="") & ~Q(sha256="") & Q(size__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return self.original_name
