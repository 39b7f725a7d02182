"""What units send for the report of a period: the call that asks them, their texts by heading, what they confirm as nothing."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from intlcoop.audit.tracking import tracked
from intlcoop.people.models import OrgUnit
from intlcoop.workflow.models import Case
from reports.choices import CALL_WINDOWS, NOTHING_KEYS, PartHeading, Window
from reports.querysets import OfPartQuerySet, PartQuerySet, ReportCallQuerySet


@tracked()
class ReportCall(models.Model):
    """The department asks units for their part of the report of a period, until a day."""

    year = models.PositiveSmallIntegerField(_("year"))
    window = models.CharField(_("period"), max_length=10, choices=CALL_WINDOWS, default=Window.CALENDAR)
    due_on = models.DateField(_("units send until"))
    message = models.TextField(_("what is asked"), max_length=4000, blank=True)
    sent_at = models.DateTimeField(_("call sent at"), editable=False)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False, verbose_name=_("call sent by")
    )
    is_sample = models.BooleanField(_("sample data"), default=False, editable=False)

    objects = ReportCallQuerySet.as_manager()

    class Meta:
        verbose_name = _("call for parts of a report")
        verbose_name_plural = _("calls for parts of reports")
        ordering = ["-year", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["year", "window"],
                name="reportcall_once_per_period",
                violation_error_message=_("The units have been asked for this period already."),
            ),
            models.CheckConstraint(
                name="reportcall_window_known", condition=Q(window__in=[key for key, _l in CALL_WINDOWS])
            ),
        ]

    def __str__(self) -> str:
        return gettext("Report of %(year)s: %(period)s") % {"year": self.year, "period": self.get_window_display()}

    def get_absolute_url(self) -> str:
        return reverse("reports:call", args=[self.pk])


@tracked()
class UnitPart(models.Model):
    """The part of one unit. Number, unit, state stand on its case (PBC-…)."""

    case = models.OneToOneField(Case, models.PROTECT, related_name="unit_part")
    call = models.ForeignKey(ReportCall, models.PROTECT, related_name="parts")
    unit = models.ForeignKey(OrgUnit, models.PROTECT, related_name="report_parts", verbose_name=_("unit"))

    objects = PartQuerySet.as_manager()

    class Meta:
        verbose_name = _("part of a unit")
        verbose_name_plural = _("parts of units")
        ordering = ["unit__position", "unit__code", "pk"]
        constraints = [models.UniqueConstraint(fields=["call", "unit"], name="unitpart_one_per_unit")]

    def __str__(self) -> str:
        return self.case.number

    def get_absolute_url(self) -> str:
        return reverse("reports:part", args=[self.case.number])


@tracked()
class PartText(models.Model):
    """What the unit says under one heading; the headings are sections of the report."""

    part = models.ForeignKey(UnitPart, models.CASCADE, related_name="texts")
    heading = models.CharField(_("heading"), max_length=20, choices=PartHeading)
    text = models.TextField(_("text"), max_length=5000)

    objects = OfPartQuerySet.as_manager()

    class Meta:
        verbose_name = _("text of a unit's part")
        verbose_name_plural = _("texts of units' parts")
        ordering = ["part", "pk"]
        constraints = [models.UniqueConstraint(fields=["part", "heading"], name="parttext_one_per_heading")]

    def __str__(self) -> str:
        return self.get_heading_display()


@tracked()
class Confirmation(models.Model):
    """ "Không phát sinh": the unit says that there was nothing of this kind. It counts once the part is accepted."""

    part = models.ForeignKey(UnitPart, models.CASCADE, related_name="confirmations")
    key = models.CharField(_("figure"), max_length=40, choices=NOTHING_KEYS)

    objects = OfPartQuerySet.as_manager()

    class Meta:
        verbose_name = _("confirmed as nothing")
        verbose_name_plural = _("confirmed as nothing")
        ordering = ["part", "key"]
        constraints = [models.UniqueConstraint(fields=["part", "key"], name="confirmation_once")]

    def __str__(self) -> str:
        return self.get_key_display()
