"""Where a file of the past comes from: the line of the register that it was read from, as it stood there."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from delegations.models.inbound import InboundDelegation
from delegations.models.outbound import OutboundDelegation
from delegations.querysets import OfTripQuerySet
from delegations.visit_querysets import OfVisitQuerySet
from intlcoop.audit.tracking import tracked


class RegisterLine(models.Model):
    """The line of a register behind an imported file; what has no field of its own is kept as it was written.

    `fingerprint` is the same for the same trip or visit (days, head, unit, what it was), so that reading a register twice adds
    nothing twice.
    """

    source = models.CharField(_("register"), max_length=200)
    line = models.PositiveIntegerField(_("line"))
    fingerprint = models.CharField(max_length=64, unique=True, editable=False)
    request_paper = models.CharField(_("paper asking permission"), max_length=300, blank=True)
    permission_paper = models.CharField(_("paper giving permission"), max_length=300, blank=True)
    read_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("taken over by")
    )
    read_at = models.DateTimeField(_("taken over at"), auto_now_add=True)

    history_hidden = ("fingerprint",)

    class Meta:
        abstract = True
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.source}, {self.line}"


@tracked()
class ImportedTrip(RegisterLine):
    delegation = models.OneToOneField(OutboundDelegation, models.CASCADE, related_name="imported")
    unit_text = models.CharField(_("unit asking permission"), max_length=300, blank=True)
    amount_text = models.CharField(_("amount"), max_length=300, blank=True)
    funding_text = models.CharField(_("source of funds"), max_length=300, blank=True)
    report_text = models.CharField(_("report"), max_length=300, blank=True)
    remark = models.CharField(_("remark"), max_length=600, blank=True)

    objects = OfTripQuerySet.as_manager()

    class Meta(RegisterLine.Meta):
        verbose_name = _("line of a register")
        verbose_name_plural = _("lines of registers")


@tracked()
class ImportedVisit(RegisterLine):
    visit = models.OneToOneField(InboundDelegation, models.CASCADE, related_name="imported")
    guests_text = models.TextField(_("list of the delegation"), max_length=4000, blank=True)
    field_text = models.CharField(_("field"), max_length=300, blank=True)

    objects = OfVisitQuerySet.as_manager()

    class Meta(RegisterLine.Meta):
        verbose_name = _("line of a register of visits")
        verbose_name_plural = _("lines of registers of visits")
