"""Schemes and programmes that trips, agreements and projects serve (F000-13, F001-12, F002-14, C1 63-65)."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from agreements.choices import ProgrammeKind
from agreements.querysets import ProgrammeQuerySet
from intlcoop.audit.tracking import tracked
from intlcoop.people.models import OrgUnit
from intlcoop.regulations.models import Instrument
from intlcoop.web.naming import TwoNames


@tracked()
class Programme(TwoNames):
    """One scheme, target programme or action programme, with the decision that approved it and its horizon in years."""

    kind = models.CharField(_("kind"), max_length=18, choices=ProgrammeKind)
    name_vi = models.CharField(_("name in Vietnamese"), max_length=300, unique=True)
    name_en = models.CharField(_("name in English"), max_length=300, blank=True)
    short_name = models.CharField(_("short name"), max_length=60, blank=True)
    instrument = models.ForeignKey(
        Instrument,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="programmes",
        verbose_name=_("approving document"),
    )
    lead_unit = models.ForeignKey(
        OrgUnit, models.PROTECT, null=True, blank=True, related_name="programmes", verbose_name=_("lead unit")
    )
    from_year = models.PositiveSmallIntegerField(_("from year"), null=True, blank=True)
    until_year = models.PositiveSmallIntegerField(_("until year"), null=True, blank=True)
    goals = models.TextField(_("goals that international cooperation serves"), max_length=4000, blank=True)
    is_active = models.BooleanField(_("may be chosen"), default=True)
    is_sample = models.BooleanField(_("sample data"), default=False, editable=False)
    sort_key = models.CharField(max_length=700, editable=False, db_collation="C")
    search_text = models.TextField(editable=False)

    objects = ProgrammeQuerySet.as_manager()

    class Meta:
        verbose_name = _("scheme or programme")
        verbose_name_plural = _("schemes and programmes")
        ordering = ["sort_key", "pk"]
        constraints = [
            models.CheckConstraint(
                name="programme_years_in_order",
                condition=Q(until_year__isnull=True) | Q(from_year__isnull=True) | Q(until_year__gte=F("from_year")),
                violation_error_message=_("The last year cannot be before the first."),
            ),
        ]

    def get_absolute_url(self) -> str:
        return reverse("agreements:programme", args=[self.pk])
