"""By what amounts a trip is estimated: tables of per-diem norms by country group and class, and rates of exchange.

The structure is that of the circulars (domain.md B.6); their figures are entered by the ministry, never shipped.
"""

from __future__ import annotations

from decimal import Decimal

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeOperators
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from delegations.choices import ExpenseItem, PersonClass
from delegations.querysets import DatedRulesQuerySet, OpenRulesQuerySet
from intlcoop.audit.tracking import tracked
from intlcoop.catalogues.models import Country, Currency
from intlcoop.people.choices import Rank
from intlcoop.people.models import WHOLE_DAYS, Dated
from intlcoop.regulations.models import Instrument

DAYS_IN_ORDER = Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from"))


@tracked()
class NormTable(Dated):
    """The norms of one circular, for trips that depart in these days. Two tables never hold on the same day."""

    instrument = models.ForeignKey(
        Instrument, models.PROTECT, related_name="norm_tables", verbose_name=_("legal instrument")
    )
    class_a_ranks = ArrayField(
        models.CharField(max_length=16, choices=Rank),
        verbose_name=_("ranks paid as class A"),
        default=list,
        blank=True,
        help_text=_("Everybody else is paid as class B."),
    )
    note = models.CharField(_("note"), max_length=600, blank=True)
    needs_check = models.BooleanField(_("to be checked"), default=True)

    objects = DatedRulesQuerySet.as_manager()

    class Meta:
        verbose_name = _("table of norms")
        verbose_name_plural = _("tables of norms")
        ordering = ["-valid_from"]
        constraints = [
            ExclusionConstraint(
                name="normtable_one_at_a_time",
                expressions=[(WHOLE_DAYS, RangeOperators.OVERLAPS)],
                violation_error_message=_("Another table of norms holds in these days already."),
            ),
            models.CheckConstraint(name="normtable_days_in_order", condition=DAYS_IN_ORDER),
        ]

    def __str__(self) -> str:
        return str(self.instrument)

    def get_absolute_url(self) -> str:
        return reverse("delegations:norm_table", args=[self.pk])


@tracked()
class CountryGroup(models.Model):
    """Countries for which a table sets the same amounts."""

    table = models.ForeignKey(NormTable, models.PROTECT, related_name="groups", verbose_name=_("table of norms"))
    name = models.CharField(_("name"), max_length=120)
    is_rest = models.BooleanField(
        _("all other countries"), default=False, help_text=_("Takes every country that stands in no other group.")
    )
    position = models.PositiveSmallIntegerField(_("position in lists"), default=100)
    is_sample = models.BooleanField(_("sample"), default=False, editable=False)

    objects = OpenRulesQuerySet.as_manager()

    class Meta:
        verbose_name = _("country group")
        verbose_name_plural = _("country groups")
        ordering = ["table", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["table", "name"],
                name="countrygroup_name_once",
                violation_error_message=_("This table has a group of that name already."),
            ),
            models.UniqueConstraint(
                fields=["table"],
                condition=Q(is_rest=True),
                name="countrygroup_one_rest",
                violation_error_message=_("Another group of this table takes all other countries already."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


@tracked()
class GroupedCountry(models.Model):
    """A country's place in a table: in one group only."""

    table = models.ForeignKey(NormTable, models.CASCADE, related_name="+")
    group = models.ForeignKey(CountryGroup, models.CASCADE, related_name="countries")
    country = models.ForeignKey(Country, models.PROTECT, related_name="+", verbose_name=_("country"))

    class Meta:
        verbose_name = _("country of a group")
        verbose_name_plural = _("countries of groups")
        ordering = ["group", "country__sort_key"]
        constraints = [models.UniqueConstraint(fields=["table", "country"], name="groupedcountry_once")]

    def __str__(self) -> str:
        return str(self.country)


@tracked()
class PerDiemNorm(Dated):
    """The highest amount for one item, per unit of it (night, day, lump). Never edited in place: a new amount is a new row."""

    group = models.ForeignKey(CountryGroup, models.PROTECT, related_name="norms", verbose_name=_("country group"))
    person_class = models.CharField(_("class"), max_length=1, choices=PersonClass)
    item = models.CharField(_("item"), max_length=16, choices=ExpenseItem)
    amount = models.DecimalField(
        _("amount"), max_digits=16, decimal_places=2, validators=[MinValueValidator(Decimal(0))]
    )
    currency = models.ForeignKey(Currency, models.PROTECT, related_name="+", verbose_name=_("currency"))
    citation = models.CharField(_("article, annex"), max_length=200, blank=True)
    reason = models.CharField(_("reason for this entry"), max_length=300)
    needs_check = models.BooleanField(_("to be checked"), default=True)
    is_sample = models.BooleanField(_("sample"), default=False, editable=False)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)
    entered_at = models.DateTimeField(auto_now_add=True)

    objects = DatedRulesQuerySet.as_manager()

    class Meta:
        verbose_name = _("per-diem norm")
        verbose_name_plural = _("per-diem norms")
        ordering = ["group", "item", "person_class", "-valid_from"]
        constraints = [
            ExclusionConstraint(
                name="perdiemnorm_one_at_a_time",
                expressions=[
                    ("group", RangeOperators.EQUAL),
                    ("person_class", RangeOperators.EQUAL),
                    ("item", RangeOperators.EQUAL),
                    (WHOLE_DAYS, RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("This norm has an amount in these days already."),
            ),
            models.CheckConstraint(name="perdiemnorm_days_in_order", condition=DAYS_IN_ORDER),
            models.CheckConstraint(
                name="perdiemnorm_not_negative",
                condition=Q(amount__gte=0),
                violation_error_message=_("An amount cannot be negative."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.group} {self.get_item_display()} {self.person_class}: {self.amount} {self.currency_id}"


@tracked()
class ExchangeRate(Dated):
    """How many đồng one unit of a currency is worth on these days, and who says so. Entered by the finance department."""

    valid_until = models.DateField(_("until"))  # type: ignore[assignment]  # a rate always ends, unlike its base
    currency = models.ForeignKey(Currency, models.PROTECT, related_name="rates", verbose_name=_("currency"))
    rate = models.DecimalField(
        _("đồng for one unit"), max_digits=16, decimal_places=4, validators=[MinValueValidator(Decimal("0.0001"))]
    )
    source = models.CharField(_("source"), max_length=200)
    is_sample = models.BooleanField(_("sample"), default=False, editable=False)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)
    entered_at = models.DateTimeField(auto_now_add=True)

    objects = DatedRulesQuerySet.as_manager()

    class Meta:
        verbose_name = _("rate of exchange")
        verbose_name_plural = _("rates of exchange")
        ordering = ["-valid_from", "currency"]
        constraints = [
            ExclusionConstraint(
                name="exchangerate_one_at_a_time",
                expressions=[("currency", RangeOperators.EQUAL), (WHOLE_DAYS, RangeOperators.OVERLAPS)],
                violation_error_message=_("This currency has a rate in these days already."),
            ),
            models.CheckConstraint(name="exchangerate_days_in_order", condition=Q(valid_until__gte=F("valid_from"))),
            models.CheckConstraint(
                name="exchangerate_positive",
                condition=Q(rate__gt=0),
                violation_error_message=_("A rate is larger than zero."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.currency.code} {self.rate} {self.valid_from:%d/%m/%Y}"

    def get_absolute_url(self) -> str:
        return reverse("delegations:rate", args=[self.pk])
