"""Rounds of comments: units read the draft of a report, say what they think of it, and the department answers each (W000-06)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from intlcoop.audit.tracking import tracked
from intlcoop.people.models import OrgUnit
from reports.models.year_end import YearEndReport
from reports.querysets import OfReportQuerySet, OpinionQuerySet


@tracked()
class CommentRound(models.Model):
    """One round on one version of the figures. At most one is open at a time."""

    report = models.ForeignKey(YearEndReport, models.PROTECT, related_name="comment_rounds")
    version = models.PositiveSmallIntegerField(_("version"), editable=False)
    due_on = models.DateField(_("units comment until"))
    message = models.TextField(_("what is asked"), max_length=4000, blank=True)
    opened_at = models.DateTimeField(_("opened at"), auto_now_add=True)
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False, verbose_name=_("opened by")
    )
    closed_at = models.DateTimeField(_("closed at"), null=True, editable=False)

    objects = OfReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("round of comments")
        verbose_name_plural = _("rounds of comments")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["report"], condition=Q(closed_at__isnull=True), name="commentround_one_open_per_report"
            )
        ]

    def __str__(self) -> str:
        return f"{self.report} · {self.version}"


@tracked()
class UnitOpinion(models.Model):
    """What one unit says in a round; `said_at` is empty until it has answered. `reply`: what the department makes of it."""

    round = models.ForeignKey(CommentRound, models.PROTECT, related_name="opinions")
    unit = models.ForeignKey(OrgUnit, models.PROTECT, related_name="report_opinions", verbose_name=_("unit"))
    agrees = models.BooleanField(_("agrees to the draft"), default=False)
    text = models.TextField(pgettext_lazy("report", "comment of the unit"), max_length=5000, blank=True)
    said_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False, verbose_name=_("said by")
    )
    said_at = models.DateTimeField(_("said at"), null=True, editable=False)
    reply = models.TextField(_("answer of the department"), max_length=4000, blank=True)

    objects = OpinionQuerySet.as_manager()

    class Meta:
        verbose_name = _("opinion of a unit on a report")
        verbose_name_plural = _("opinions of units on reports")
        ordering = ["unit__position", "unit__code", "pk"]
        constraints = [models.UniqueConstraint(fields=["round", "unit"], name="unitopinion_one_per_unit")]

    def __str__(self) -> str:
        return f"{self.round} · {self.unit}"
