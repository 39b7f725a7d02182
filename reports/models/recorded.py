"""Totals that a source states without naming what it counted: "20 công việc phối hợp" (F000-09)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from intlcoop.audit.tracking import tracked
from intlcoop.people.models import OrgUnit
from intlcoop.vietnamese.counts import count
from reports.choices import TotalKey, TotalQualifier
from reports.querysets import RecordedTotalQuerySet


@tracked()
class RecordedTotal(models.Model):
    """A figure taken over from a report, an article, a register, with its words. Rows that exist stand beside it; nothing is
    made up to fill it."""

    key = models.CharField(_("figure"), max_length=40, choices=TotalKey)
    unit = models.ForeignKey(
        OrgUnit,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="recorded_totals",
        verbose_name=_("unit"),
        help_text=_("Only when the total is of one unit and not of the whole ministry."),
    )
    first_day = models.DateField(_("counted from"), null=True, blank=True)
    last_day = models.DateField(_("counted until"))
    value = models.PositiveIntegerField(_("total"))
    qualifier = models.CharField(_("how exact"), max_length=10, choices=TotalQualifier, blank=True)
    source_text = models.CharField(_("where this is written"), max_length=300)
    quote = models.TextField(_("in its own words"), max_length=1000, blank=True)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)
    is_sample = models.BooleanField(_("sample data"), default=False, editable=False)

    objects = RecordedTotalQuerySet.as_manager()

    class Meta:
        verbose_name = _("recorded total")
        verbose_name_plural = _("recorded totals")
        ordering = ["-last_day", "key", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="recordedtotal_days_in_order",
                condition=Q(first_day__isnull=True) | Q(last_day__gte=F("first_day")),
                violation_error_message=_("The last day cannot be before the first."),
            ),
            models.UniqueConstraint(
                fields=["key", "unit", "last_day", "source_text"],
                name="recordedtotal_once_per_source",
                nulls_distinct=False,
                violation_error_message=_("This source states a total of this figure for this day already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_key_display()}: {self.words}"

    def get_absolute_url(self) -> str:
        return reverse("reports:total", args=[self.pk])

    @property
    def is_of_no_year(self) -> bool:
        """The source does not say since when it was counted, and it is no total of what there is in all."""
        return self.first_day is None and self.key not in TotalKey.IN_ALL

    @property
    def words(self) -> str:
        """ "hơn 20", as documents write it."""
        return count(self.value, self.qualifier or None)
