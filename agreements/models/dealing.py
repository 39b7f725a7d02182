"""What happened with a partner, and when: timeline, brief, dormancy and implementation index read only this."""

from __future__ import annotations

from django.db import models
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from agreements.choices import DatePrecision, DealingKind
from agreements.models.agreement import InternationalAgreement
from agreements.models.partner import Partner
from agreements.querysets import DealingQuerySet
from intlcoop.audit.tracking import tracked
from intlcoop.people.models import OrgUnit
from intlcoop.workflow.models import Case


@tracked()
class Dealing(models.Model):
    """Written by the effects of rooms above (a trip, a visit, an event happened) and of this one (a signing).

    Without a case it is history that somebody wrote down. `unit` is ours, at that time.
    """

    partner = models.ForeignKey(Partner, models.PROTECT, related_name="dealings", verbose_name=_("partner"))
    agreement = models.ForeignKey(
        InternationalAgreement,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="dealings",
        verbose_name=_("agreement"),
    )
    case = models.ForeignKey(
        Case, models.PROTECT, null=True, blank=True, related_name="dealings", verbose_name=_("file")
    )
    unit = models.ForeignKey(OrgUnit, models.PROTECT, related_name="dealings", verbose_name=_("unit"))
    kind = models.CharField(_("kind"), max_length=10, choices=DealingKind)
    on = models.DateField(_("day"))
    precision = models.CharField(_("day known"), max_length=8, choices=DatePrecision, default=DatePrecision.DAY)
    title = models.CharField(_("what happened"), max_length=300)
    is_sample = models.BooleanField(_("sample data"), default=False, editable=False)

    objects = DealingQuerySet.as_manager()

    class Meta:
        verbose_name = _("dealing with a partner")
        verbose_name_plural = _("dealings with partners")
        ordering = [F("on").desc(), "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "partner", "agreement", "kind"],
                name="dealing_once",
                nulls_distinct=False,
                condition=models.Q(case__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["partner", "-on"], name="dealing_partner_on"),
            models.Index(fields=["agreement", "-on"], name="dealing_agreement_on"),
        ]

    def __str__(self) -> str:
        return self.title
