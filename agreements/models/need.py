"""What units look for abroad, and which partners were thought of for it (W004-01, U002-05, U002-06)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from agreements.guidance import MatchState, NeedKind
from agreements.guidance_querysets import NeedQuerySet
from agreements.models.partner import Partner
from intlcoop.audit.tracking import tracked
from intlcoop.catalogues.models import CooperationField, Country
from intlcoop.people.models import OrgUnit
from intlcoop.workflow.models import Case


@tracked()
class CooperationNeed(models.Model):
    """A need of a unit. Its first line, the unit and its state stand on its case (NC-…)."""

    case = models.OneToOneField(Case, models.PROTECT, related_name="need")
    kind = models.CharField(_("what is looked for"), max_length=12, choices=NeedKind)
    detail = models.TextField(_("content"), max_length=4000, blank=True)
    fields = models.ManyToManyField(
        CooperationField, blank=True, related_name="+", verbose_name=_("fields of cooperation")
    )
    countries = models.ManyToManyField(
        Country, blank=True, related_name="+", verbose_name=_("countries that it looks to")
    )
    wanted_by = models.DateField(_("needed by"), null=True, blank=True)
    result = models.TextField(_("what came of it"), max_length=4000, blank=True, editable=False)
    search_text = models.TextField(editable=False)

    objects = NeedQuerySet.as_manager()

    class Meta:
        verbose_name = _("cooperation need")
        verbose_name_plural = _("cooperation needs")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.case.number

    def get_absolute_url(self) -> str:
        return reverse("agreements:need", args=[self.case.number])


@tracked()
class NeedMatch(models.Model):
    """A partner that was thought of for a need, and what it said."""

    need = models.ForeignKey(CooperationNeed, models.CASCADE, related_name="matches", verbose_name=_("need"))
    partner = models.ForeignKey(Partner, models.PROTECT, related_name="need_matches", verbose_name=_("partner"))
    state = models.CharField(_("what it said"), max_length=10, choices=MatchState, default=MatchState.PROPOSED)
    note = models.CharField(_("note"), max_length=500, blank=True)
    unit = models.ForeignKey(
        OrgUnit, models.PROTECT, null=True, blank=True, related_name="+", editable=False, verbose_name=_("unit")
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False, verbose_name=_("written by")
    )
    changed_at = models.DateTimeField(_("written at"), auto_now=True)

    class Meta:
        verbose_name = _("partner thought of for a need")
        verbose_name_plural = _("partners thought of for needs")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["need", "partner"],
                name="needmatch_once",
                violation_error_message=_("This partner is already among those thought of for the need."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.need} · {self.partner}"
