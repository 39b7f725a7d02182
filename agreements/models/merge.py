"""Two rows that turned out to be one partner: what was moved when, so that it can be taken back (F6)."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from agreements.choices import LinkOutcome
from agreements.models.partner import Partner
from agreements.querysets import MergeQuerySet
from intlcoop.audit.tracking import append_only, tracked


@tracked()
class PartnerMerge(models.Model):
    """`merged` was found to be `kept`. The merged row stays and leads there; until `undo_until` all of it can be taken back."""

    merged = models.ForeignKey(Partner, models.PROTECT, related_name="merges", verbose_name=_("merged partner"))
    kept = models.ForeignKey(Partner, models.PROTECT, related_name="absorbed", verbose_name=_("partner that stays"))
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    merged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("merged by")
    )
    merged_at = models.DateTimeField(_("merged at"), auto_now_add=True)
    undo_until = models.DateField(_("can be taken back until"))
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("taken back by"),
    )
    undone_at = models.DateTimeField(_("taken back at"), null=True, blank=True)

    objects = MergeQuerySet.as_manager()

    class Meta:
        verbose_name = _("merger of partners")
        verbose_name_plural = _("mergers of partners")
        ordering = ["-merged_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["merged"],
                name="partnermerge_once",
                condition=Q(undone_at__isnull=True),
                violation_error_message=_("This partner is merged already."),
            ),
            models.CheckConstraint(name="partnermerge_of_two", condition=~Q(merged=F("kept"))),
        ]

    def __str__(self) -> str:
        return f"{self.merged} → {self.kept}"

    def get_absolute_url(self) -> str:
        return reverse("agreements:merge", args=[self.pk])


class MovedLink(models.Model):
    """One row of some table that pointed to a partner of the merger, and what was done with it.

    `model` is the table ("delegations.outbounddelegation"), `row` its key, `field` its link. `was` is the partner that it
    pointed to before, `became` the one after; a row that would have stood there twice was left (ASIDE) and still points to the
    merged partner. MADE rows came into being by the merger: the names that the kept partner took over.
    """

    merge = models.ForeignKey(PartnerMerge, models.PROTECT, related_name="links", verbose_name=_("merger"))
    model = models.CharField(_("table"), max_length=80)
    field = models.CharField(_("link"), max_length=60)
    row = models.CharField(_("row"), max_length=40)
    outcome = models.CharField(_("what was done"), max_length=6, choices=LinkOutcome)
    was = models.ForeignKey(Partner, models.PROTECT, null=True, related_name="+", verbose_name=_("before"))
    became = models.ForeignKey(Partner, models.PROTECT, null=True, related_name="+", verbose_name=_("after"))

    class Meta:
        verbose_name = _("link moved by a merger")
        verbose_name_plural = _("links moved by mergers")
        ordering = ["pk"]
        triggers: ClassVar = append_only()

    def __str__(self) -> str:
        return f"{self.model} {self.row}"
