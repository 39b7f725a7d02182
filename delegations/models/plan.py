"""The annual plan and its lines: what a trip has to come from, or say why not."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from delegations.choices import PlanLevel
from intlcoop.audit.tracking import tracked
from intlcoop.people.models import OrgUnit


@tracked()
class AnnualPlan(models.Model):
    """The plan of a year at one level. Its approval document is the legal basis of every trip on its lines."""

    year = models.PositiveSmallIntegerField(_("year"))
    level = models.CharField(_("level"), max_length=10, choices=PlanLevel)
    title = models.CharField(_("title"), max_length=300)
    approval_number = models.CharField(_("number of the approval"), max_length=60, blank=True)
    approved_on = models.DateField(_("approved on"), null=True, blank=True)
    is_sample = models.BooleanField(_("sample data"), default=False, editable=False)

    class Meta:
        verbose_name = _("annual plan")
        verbose_name_plural = _("annual plans")
        ordering = ["-year", "level", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["year", "level"], name="annualplan_one_per_year_and_level"),
            models.CheckConstraint(
                name="annualplan_approval_complete",
                condition=Q(approval_number="", approved_on__isnull=True)
                | (~Q(approval_number="") & Q(approved_on__isnull=False)),
                violation_error_message=_("Number and date of the approval belong together."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.year})"

    @property
    def is_approved(self) -> bool:
        return self.approved_on is not None


@tracked()
class PlanLine(models.Model):
    plan = models.ForeignKey(AnnualPlan, models.PROTECT, related_name="lines", verbose_name=_("plan"))
    position = models.PositiveSmallIntegerField(_("number in the plan"))
    title = models.CharField(_("title"), max_length=300)
    unit = models.ForeignKey(OrgUnit, models.PROTECT, related_name="plan_lines", verbose_name=_("unit"))
    is_sample = models.BooleanField(_("sample data"), default=False, editable=False)

    class Meta:
        verbose_name = _("line of the plan")
        verbose_name_plural = _("lines of the plan")
        ordering = ["plan", "position"]
        constraints = [models.UniqueConstraint(fields=["plan", "position"], name="planline_unique")]

    def __str__(self) -> str:
        return f"{self.position}. {self.title}"
