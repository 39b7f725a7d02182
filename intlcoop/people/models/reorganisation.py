"""What became of units: merged, renamed, split, by which decision and from which day (U002-03, F7)."""

from __future__ import annotations

import datetime as dt

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from intlcoop.people.choices import UnitChangeKind
from intlcoop.people.models.offices import OrgUnit
from intlcoop.people.querysets import UnitChangeQuerySet, UnitSuccessionQuerySet


@pghistory.track(exclude=["memory"])
class UnitChange(models.Model):
    """One reorganisation by one decision. `summary` names the units as they were called ("A, B → C").

    `memory` holds what undoing needs: days that were set, rows that were made. It can be undone until the day before it
    takes effect; from then on it is history.
    """

    kind = models.CharField(_("what happens"), max_length=10, choices=UnitChangeKind)
    effective_on = models.DateField(_("takes effect on"))
    decision_number = models.CharField(_("number of the decision"), max_length=80)
    decision_on = models.DateField(_("date of the decision"))
    decision_issuer = models.CharField(_("decided by"), max_length=160, blank=True)
    note = models.TextField(_("basis and note"), max_length=2000, blank=True)
    summary = models.CharField(_("units"), max_length=1000, editable=False)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("recorded by"),
    )
    recorded_at = models.DateTimeField(_("recorded at"), auto_now_add=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("undone by"),
    )
    undone_at = models.DateTimeField(_("undone at"), null=True, blank=True, editable=False)
    memory = models.JSONField(default=dict, blank=True, editable=False)

    objects = UnitChangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("reorganisation")
        verbose_name_plural = _("reorganisations")
        ordering = ["-effective_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="unitchange_decided_before",
                condition=Q(decision_on__lte=F("effective_on")),
                violation_error_message=_("A reorganisation cannot take effect before it is decided."),
            ),
        ]

    def __str__(self) -> str:
        return self.summary

    def get_absolute_url(self) -> str:
        try:
            return reverse("operations:unit_change", args=[self.pk])
        except NoReverseMatch:
            return ""

    def has_taken_effect(self, on: dt.date) -> bool:
        return self.undone_at is None and self.effective_on <= on


@pghistory.track()
class UnitSuccession(models.Model):
    """From the day of the change, `successor` carries on the business of `unit`; of several, the default one what was not
    given to another."""

    change = models.ForeignKey(UnitChange, models.PROTECT, related_name="successions", verbose_name=_("reorganisation"))
    unit = models.ForeignKey(OrgUnit, models.PROTECT, related_name="successions", verbose_name=_("unit"))
    successor = models.ForeignKey(OrgUnit, models.PROTECT, related_name="inheritances", verbose_name=_("successor"))
    is_default = models.BooleanField(default=True)

    history_name = ("unit", "successor")

    objects = UnitSuccessionQuerySet.as_manager()

    class Meta:
        verbose_name = _("succession")
        verbose_name_plural = _("successions")
        ordering = ["change", "-is_default", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["change", "unit", "successor"], name="unitsuccession_once"),
            models.CheckConstraint(name="unitsuccession_of_another", condition=~Q(unit=F("successor"))),
        ]

    def __str__(self) -> str:
        return f"{self.unit} → {self.successor}"
