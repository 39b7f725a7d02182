"""BY WHAT RULE: legal instruments, dated parameters with their legal basis, and days off (domain.md B.0, B.10)."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from intlcoop.audit.tracking import append_only, tracked
from intlcoop.people.models import WHOLE_DAYS, Dated
from intlcoop.regulations import registry
from intlcoop.regulations.choices import (
    DeadlineKind,
    HolidayKind,
    InstrumentKind,
    InstrumentRelation,
    RuleAct,
    RuleSort,
    Severity,
    Unit,
    parameter_keys,
)
from intlcoop.regulations.querysets import (
    InstrumentQuerySet,
    ParameterQuerySet,
    ReadableDatedQuerySet,
    ReadableQuerySet,
)


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
    is_sample = models.BooleanField(_("sample"), default=False)

    objects = InstrumentQuerySet.as_manager()

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

    def get_absolute_url(self) -> str:
        return reverse("regulations:instrument", args=[self.pk])


@tracked()
class InstrumentLink(models.Model):
    """One instrument is based on, details, guides or amends another. Taking the place of one stands in `replaced_by`."""

    instrument = models.ForeignKey(Instrument, models.CASCADE, related_name="links", verbose_name=_("legal instrument"))
    relation = models.CharField(_("relation"), max_length=10, choices=InstrumentRelation)
    other = models.ForeignKey(
        Instrument, models.PROTECT, related_name="linked_from", verbose_name=_("other legal instrument")
    )

    objects = ReadableQuerySet.as_manager()

    class Meta:
        verbose_name = _("link between legal instruments")
        verbose_name_plural = _("links between legal instruments")
        ordering = ["relation", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["instrument", "relation", "other"], name="instrumentlink_once"),
            models.CheckConstraint(
                name="instrumentlink_not_to_itself",
                condition=~Q(instrument=F("other")),
                violation_error_message=_("An instrument is not linked to itself."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.instrument}: {self.get_relation_display()} {self.other}"


def holds(row: Parameter | StatutoryDeadline, day: dt.date) -> bool:
    """Whether a row with open ends holds on this day."""
    return (row.valid_from is None or row.valid_from <= day) and (row.valid_until is None or day <= row.valid_until)


@tracked()
class Parameter(Dated):
    """The value of one rule in a span of days. Never edited in place: a new value is a new row, and no two overlap.

    `value` is a number in `unit`; for Unit.PERIOD {"from": "MM-DD", "until": "MM-DD"}, where a `from` later in the year
    than `until` lies in the year before; for Unit.DAY_OF_YEAR "MM-DD"; for Unit.WORDS a list of texts. An empty first
    day means "as far back as our files go": the default is the portal's, borrowed from the instrument that `citation`
    names.
    """

    valid_from = models.DateField(_("from"), null=True, blank=True)  # type: ignore[assignment]  # open, unlike its base
    key = models.CharField(_("parameter"), max_length=60, choices=parameter_keys)
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
        return holds(self, day)


@tracked()
class Holiday(models.Model):
    """A day off, or a weekend day that is worked in exchange for one."""

    day = models.DateField(_("day"), unique=True)
    name_vi = models.CharField(_("name in Vietnamese"), max_length=120)
    name_en = models.CharField(_("name in English"), max_length=120)
    kind = models.CharField(_("kind"), max_length=16, choices=HolidayKind, default=HolidayKind.DAY_OFF)
    needs_check = models.BooleanField(_("to be checked"), default=False)
    note = models.CharField(_("note"), max_length=300, blank=True)
    swapped_with = models.DateField(
        _("swapped with"), null=True, blank=True, help_text=_("The other day of the pair: one is off, one is worked.")
    )

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


@tracked()
class StatutoryDeadline(Dated):
    """A day of every year on which the law or a regulation expects something (domain.md B.11)."""

    valid_from = models.DateField(_("from"), null=True, blank=True)  # type: ignore[assignment]  # open, unlike its base
    # Of the shipped rows only, so that a corrected one is not shipped again.
    code = models.CharField(max_length=40, blank=True, editable=False)
    kind = models.CharField(_("kind"), max_length=8, choices=DeadlineKind, default=DeadlineKind.DEADLINE)
    day = models.PositiveSmallIntegerField(_("day"))
    month = models.PositiveSmallIntegerField(_("month"))
    what_vi = models.CharField(_("what is due, in Vietnamese"), max_length=300)
    what_en = models.CharField(_("what is due, in English"), max_length=300, blank=True)
    recipient = models.CharField(_("goes to"), max_length=160, blank=True)
    instrument = models.ForeignKey(
        Instrument, models.PROTECT, null=True, blank=True, related_name="deadlines", verbose_name=_("legal instrument")
    )
    citation = models.CharField(_("legal basis"), max_length=300)
    url = models.CharField(_("link"), max_length=300, blank=True)
    needs_check = models.BooleanField(_("to be checked"), default=True)
    is_sample = models.BooleanField(_("sample"), default=False)

    objects = ReadableDatedQuerySet.as_manager()

    class Meta:
        verbose_name = _("yearly deadline")
        verbose_name_plural = _("yearly deadlines")
        ordering = ["month", "day", "pk"]
        constraints = [
            models.UniqueConstraint(name="deadline_shipped_once", fields=["code"], condition=~Q(code="")),
            models.CheckConstraint(
                name="deadline_on_a_day_that_exists",
                condition=Q(day__gte=1)
                & (
                    Q(month__in=[1, 3, 5, 7, 8, 10, 12], day__lte=31)
                    | Q(month__in=[4, 6, 9, 11], day__lte=30)
                    | Q(month=2, day__lte=29)
                ),
                violation_error_message=_("There is no such day in this month."),
            ),
            models.CheckConstraint(
                name="deadline_days_in_order",
                condition=Q(valid_from__isnull=True)
                | Q(valid_until__isnull=True)
                | Q(valid_until__gte=F("valid_from")),
                violation_error_message=_("The last day cannot be before the first."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day:02d}/{self.month:02d} {self.what_vi}"

    def holds_on(self, day: dt.date) -> bool:
        return holds(self, day)


class RuleChange(models.Model):
    """Who changed which rule, when, why and to what; what is published stands in "Quy định mới". Only ever added to.

    `subject` is the rule in words; `key` the parameter, `year` the year of days off, where the change is about these.
    `before` and `after` are written as the page said them that day, so that they need no row that may be gone.
    """

    sort = models.CharField(_("sort of rule"), max_length=10, choices=RuleSort)
    act = models.CharField(_("what was done"), max_length=8, choices=RuleAct)
    subject = models.CharField(_("rule"), max_length=400)
    key = models.CharField(_("parameter"), max_length=60, blank=True)
    instrument = models.ForeignKey(
        Instrument, models.PROTECT, null=True, blank=True, related_name="changes", verbose_name=_("legal instrument")
    )
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)
    before = models.TextField(_("before"), blank=True)
    after = models.TextField(_("after"), blank=True)
    effective_from = models.DateField(_("from"), null=True, blank=True)
    reason = models.TextField(_("reason"))
    news = models.TextField(_("what is new for the units"), blank=True)
    is_published = models.BooleanField(_("published to the units"), default=False)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("changed by"))
    at = models.DateTimeField(_("changed at"), db_default=Now(), editable=False)

    objects = ReadableQuerySet.as_manager()

    class Meta:
        verbose_name = _("change of a rule")
        verbose_name_plural = _("changes of rules")
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(name="rule_change_news", fields=["-at"], condition=Q(is_published=True)),
            models.Index(name="rule_change_key", fields=["key", "-at"]),
        ]
        triggers = append_only()

    def __str__(self) -> str:
        return self.subject

    def get_absolute_url(self) -> str:
        """Where the rule stands today."""
        match self.sort:
            case RuleSort.PARAMETER:
                return reverse("regulations:parameter", args=[self.key])
            case RuleSort.INSTRUMENT if self.instrument_id:
                return reverse("regulations:instrument", args=[self.instrument_id])
            case RuleSort.HOLIDAY:
                return reverse("regulations:holidays") + (f"?nam={self.year}" if self.year else "")
            case RuleSort.DEADLINE:
                return reverse("regulations:deadlines")
        return registry.page_of_rule(self.sort, self.key) or reverse("regulations:rule_list")
