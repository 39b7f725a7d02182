"""The papers on which the planning of a year rests: orientation, call to the units, approval of a plan, each as a scan."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from delegations.choices import PlanPaperKind
from delegations.models.plan import AnnualPlan, PlanYear
from delegations.querysets import PlanPaperQuerySet
from intlcoop.audit.tracking import tracked
from intlcoop.documents.models import Attachment

#: The scans in addresses of downloads: /tep/ke-hoach/…
FILES = "ke-hoach"


@tracked()
class PlanPaper(Attachment):
    """One paper of a year, or of one of its plans. Taken out it stays on record, but nobody downloads it any more."""

    year = models.ForeignKey(PlanYear, models.PROTECT, related_name="papers", verbose_name=_("year"))
    plan = models.ForeignKey(
        AnnualPlan, models.PROTECT, null=True, blank=True, related_name="scans", verbose_name=_("plan")
    )
    kind = models.CharField(_("kind of document"), max_length=12, choices=PlanPaperKind)
    number = models.CharField(_("number of the document"), max_length=60)
    dated = models.DateField(_("date of the document"))
    withdrawn_at = models.DateTimeField(_("taken out at"), null=True, editable=False)

    objects = PlanPaperQuerySet.as_manager()

    class Meta(Attachment.Meta):
        verbose_name = _("paper of a planning year")
        verbose_name_plural = _("papers of planning years")
        ordering = ["year", "dated", "pk"]
        constraints = [
            *Attachment.Meta.constraints,
            models.CheckConstraint(
                name="planpaper_approval_of_a_plan",
                condition=~Q(kind=PlanPaperKind.APPROVAL) | Q(plan__isnull=False),
                violation_error_message=_("Say which plan this paper approves."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number}"
