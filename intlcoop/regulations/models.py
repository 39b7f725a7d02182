"""BY WHAT RULE: legal instruments, dated parameters with their legal basis, and days off (domain.md B.0, B.10)."""

from __future__ import annotations

import datetime as dt

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from intlcoop.audit.tracking import tracked
from intlcoop.people.models import WHOLE_DAYS, Dated
from intlcoop.regulations.choices import HolidayKind, InstrumentKind, ParameterKey, Severity, Unit
from intlcoop.regulations.querysets import ParameterQuerySet, ReadableQuerySet


@tracked()
class Instrument(models.Model):
    """A legal instrument. A date is empty where our source does not state it; `needs_check` marks a weak source."""

    kind = models.CharField(_("kind"), max_length=16, choices=InstrumentKind)
    symbol = models.CharField(_("number and symbol"), max_length=60, unique=True)
    title = models.CharField(_("title"), max_length=300)
    issuer = models.CharField(_("issued by"), max_length=120)
    issued_on = models.DateField(_("issued on"), null=True, blank=True)
    effective_from = models.DateField(_("in force from"), null=True, blank=True)
    effective_to = models.DateField(_("in force until"), null=True, blank=True)
    replaced_by = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="replaces", verbose_name=_("replaced by")
    )
    url = models.URLField(_("link"), max_length=300, blank=True)
    needs_check = models.BooleanField(_("to be checked"), default=True)
    note = models.TextField(_("note"), blank=True)

    objects = ReadableQuerySet.as_manager()

    class Meta:
        verbose_name = _("legal instrument")
        verbose_name_plural = _("legal instruments")
        ordering = [F("issued_on").desc(nulls_last=True), "symbol"]
        constraints = [
            models.CheckConstraint(
                name="instrument_days_in_order",
                condition=Q(effective_to__isnull=True)
                | Q(effective_from__isnull=True)
                | Q(effective_to__gte=F("effective_from")),
                violation_error_message=_("The last day cannot be before the first."),
            ),
            models.CheckConstraint(
                name="instrument_not_replaced_by_itself",
                condition=Q(replaced_by__isnull=True) | ~Q(replaced_by=F("pk")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.symbol}"


@tracked()
class Parameter(Dated):
    """The value of one rule in a span of days. Never edited in place: a new value is a new row, and no two overlap.

    `value` is a number in `unit`; for Unit.PERIOD {"from": "MM-DD", "until": "MM-DD"}, where a `from` later in the year
    than `until` lies in the year before. An empty first day means "as far back as our files go": the default is the
    portal's, borrowed from the instrument that `citation` names.
    """

    valid_from = models.DateField(_("from"), null=True, blank=True)  # type: ignore[assignment]  # open, unlike its base
    key = models.CharField(_("parameter"), max_length=60, choices=ParameterKey)
    value = models.JSONField(_("value"))
    unit = models.CharField(_("unit"), max_length=12, choices=Unit)
    severity = models.CharField(_("effect"), max_length=8, choices=Severity)
    instrument = models.ForeignKey(
        Instrument, models.PROTECT, null=True, blank=True, related_name="parameters", verbose_name=_("legal instrument")
    )
    citation = models.CharField(_("legal basis"), max_length=300)
    needs_check = models.BooleanField(_("to be checked"), default=True)
    is_sample = models.BooleanField(_("sample"), default=False)

    objects = ParameterQuerySet.as_manager()

    class Meta:
        verbose_name = _("parameter")
        verbose_name_plural = _("parameters")
        ordering = ["key", F("valid_from").asc(nulls_first=True), "pk"]
        constraints = [
            ExclusionConstraint(
                name="parameter_one_value_at_a_time",
                expressions=[("key", RangeOperators.EQUAL), (WHOLE_DAYS, RangeOperators.OVERLAPS)],
                violation_error_message=_("This parameter already has a value in these days."),
            ),
            models.CheckConstraint(
                name="parameter_days_in_order",
                condition=Q(valid_from__isnull=True)
                | Q(valid_until__isnull=True)
                | Q(valid_until__gte=F("valid_from")),
                violation_error_message=_("The last day cannot be before the first."),
            ),
            models.CheckConstraint(name="parameter_severity_known", condition=Q(severity__in=Severity.values)),
        ]

    def __str__(self) -> str:
        return f"{self.key} = {self.value}"

    def holds_on(self, day: dt.date) -> bool:
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_until is None or day <= self.valid_until
        )


@tracked()
class Holiday(models.Model):
    """A day off, or a weekend day that is worked in exchange for one."""

    day = models.DateField(_("day"), unique=True)
    name_vi = models.CharField(_("name in Vietnamese"), max_length=120)
    name_en = models.CharField(_("name in English"), max_length=120)
    kind = models.CharField(_("kind"), max_length=16, choices=HolidayKind, default=HolidayKind.DAY_OFF)
    needs_check = models.BooleanField(_("to be checked"), default=False)
    note = models.CharField(_("note"), max_length=300, blank=True)

    objects = ReadableQuerySet.as_manager()

    class Meta:
        verbose_name = _("day off or swapped day")
        verbose_name_plural = _("days off and swapped days")
        ordering = ["day"]
        constraints = [
            models.CheckConstraint(
                name="holiday_worked_only_at_weekends",
                condition=Q(kind=HolidayKind.DAY_OFF) | Q(day__iso_week_day__gte=6),
                violation_error_message=_("Only a Saturday or Sunday can be swapped in."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.day:%d/%m/%Y} {self.name_vi}"
