"""The trip report: what was done, what was not, what should follow (domain.md B.12)."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from agreements.models import Partner
from delegations.models.outbound import OutboundDelegation
from delegations.querysets import TripReportQuerySet
from intlcoop.audit.tracking import tracked
from intlcoop.workflow.models import Case


@tracked()
class TripReport(models.Model):
    case = models.OneToOneField(Case, models.PROTECT, related_name="trip_report")
    delegation = models.OneToOneField(OutboundDelegation, models.PROTECT, related_name="report")
    results = models.TextField(_("results"), max_length=8000, blank=True)
    not_achieved = models.TextField(_("what was not achieved, and why"), max_length=4000, blank=True)
    recommendations = models.TextField(_("recommendations and follow-up"), max_length=4000, blank=True)

    objects = TripReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("trip report")
        verbose_name_plural = _("trip reports")

    def __str__(self) -> str:
        return self.case.number


@tracked()
class ReportMeeting(models.Model):
    """One working meeting of the trip and its result."""

    report = models.ForeignKey(TripReport, models.CASCADE, related_name="meetings")
    held_on = models.DateField(_("date"), null=True, blank=True)
    counterpart = models.CharField(_("with whom"), max_length=300)
    partner = models.ForeignKey(
        Partner,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="report_meetings",
        verbose_name=_("in the list of partners"),
    )
    content = models.TextField(_("content"), max_length=4000, blank=True)
    result = models.TextField(_("result and commitments"), max_length=4000, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        ordering = ["report", "position", "pk"]

    def __str__(self) -> str:
        return self.counterpart
