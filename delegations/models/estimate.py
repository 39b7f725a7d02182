"""What a trip will cost, line by line, and what it did cost, by source."""

from __future__ import annotations

from decimal import Decimal

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from delegations.choices import ExpenseItem, FundingSource, PersonClass
from delegations.models.norms import PerDiemNorm
from delegations.models.outbound import DelegationMember, OutboundDelegation
from intlcoop.audit.tracking import tracked
from intlcoop.catalogues.models import Country, Currency


@tracked()
class TripEstimate(models.Model):
    """The head of a trip's estimate: of which day its rates of exchange are, and what should be known besides."""

    delegation = models.OneToOneField(OutboundDelegation, models.CASCADE, related_name="estimate")
    rates_on = models.DateField(_("rates of the day"))
    note = models.TextField(_("explanation"), max_length=2000, blank=True)

    class Meta:
        verbose_name = _("cost estimate")
        verbose_name_plural = _("cost estimates")

    def __str__(self) -> str:
        return str(self.delegation)


@tracked()
class EstimateItem(models.Model):
    """One line: for these people (or the delegation as a whole) so many nights, days or times at this amount.

    An empty `unit_amount` is not known yet. `rate` is the đồng for one unit of the currency, kept as it was on the estimate's
    day; empty as long as the finance department has entered none.
    """

    delegation = models.ForeignKey(OutboundDelegation, models.CASCADE, related_name="estimate_items")
    item = models.CharField(_("item"), max_length=16, choices=ExpenseItem)
    country = models.ForeignKey(
        Country, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("country")
    )
    person_class = models.CharField(_("class"), max_length=1, choices=PersonClass, blank=True)
    people = models.ManyToManyField(
        DelegationMember, through="EstimatePerson", related_name="estimate_items", verbose_name=_("for whom")
    )
    quantity = models.DecimalField(
        _("nights, days or times"), max_digits=6, decimal_places=1, validators=[MinValueValidator(Decimal("0.1"))]
    )
    unit_amount = models.DecimalField(
        _("amount for one"),
        max_digits=16,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal(0))],
    )
    currency = models.ForeignKey(Currency, models.PROTECT, related_name="+", verbose_name=_("currency"))
    rate = models.DecimalField(_("rate"), max_digits=16, decimal_places=4, null=True, blank=True, editable=False)
    source = models.CharField(_("paid by"), max_length=14, choices=FundingSource, default=FundingSource.STATE_BUDGET)
    norm = models.ForeignKey(PerDiemNorm, models.PROTECT, null=True, blank=True, related_name="+", editable=False)
    over_reason = models.CharField(_("why more than the norm"), max_length=300, blank=True)
    note = models.CharField(_("note"), max_length=200, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("line of the estimate")
        verbose_name_plural = _("lines of the estimate")
        ordering = ["delegation", "position", "pk"]
        constraints = [
            models.CheckConstraint(
                name="estimateitem_quantity_positive",
                condition=Q(quantity__gt=0),
                violation_error_message=_(
                    "Nights, days or times must be more than zero; remove a line that is not needed."
                ),
            ),
            models.CheckConstraint(
                name="estimateitem_not_negative",
                condition=Q(unit_amount__isnull=True) | Q(unit_amount__gte=0),
                violation_error_message=_("An amount cannot be negative."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_item_display()} {self.quantity} x {self.unit_amount} {self.currency_id}"


@tracked()
class EstimatePerson(models.Model):
    """For whom a line counts. Whoever leaves the delegation leaves the line, and its amount follows."""

    item = models.ForeignKey(EstimateItem, models.CASCADE, related_name="shares")
    member = models.ForeignKey(DelegationMember, models.CASCADE, related_name="+")

    class Meta:
        verbose_name = _("person of a line")
        verbose_name_plural = _("people of lines")
        constraints = [models.UniqueConstraint(fields=["item", "member"], name="estimateperson_once")]

    def __str__(self) -> str:
        return str(self.member)


@tracked()
class TripSettlement(models.Model):
    """What the trip did cost (U001-02). The finance department closes it; from then on it stands."""

    delegation = models.OneToOneField(OutboundDelegation, models.PROTECT, related_name="settlement")
    note = models.TextField(_("remarks, vouchers"), max_length=2000, blank=True)
    closed_at = models.DateTimeField(_("closed at"), null=True, editable=False)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False)

    class Meta:
        verbose_name = _("settlement")
        verbose_name_plural = _("settlements")
        constraints = [
            models.CheckConstraint(
                name="tripsettlement_closed_by_somebody",
                condition=Q(closed_at__isnull=True, closed_by__isnull=True)
                | Q(closed_at__isnull=False, closed_by__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return str(self.delegation)


@tracked()
class SettlementLine(models.Model):
    """Planned against spent, of one source in one currency; never converted."""

    settlement = models.ForeignKey(TripSettlement, models.CASCADE, related_name="lines")
    source = models.CharField(_("source"), max_length=14, choices=FundingSource)
    currency = models.ForeignKey(Currency, models.PROTECT, related_name="+", verbose_name=_("currency"))
    planned = models.DecimalField(_("planned"), max_digits=16, decimal_places=2, default=Decimal(0))
    spent = models.DecimalField(
        _("spent"), max_digits=16, decimal_places=2, null=True, blank=True, validators=[MinValueValidator(Decimal(0))]
    )
    reason = models.CharField(_("why it differs"), max_length=600, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("line of the settlement")
        verbose_name_plural = _("lines of the settlement")
        ordering = ["settlement", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["settlement", "source", "currency"],
                name="settlementline_once",
                violation_error_message=_("This source stands here twice in the same currency."),
            ),
            models.CheckConstraint(
                name="settlementline_not_negative",
                condition=Q(planned__gte=0) & (Q(spent__isnull=True) | Q(spent__gte=0)),
                violation_error_message=_("An amount cannot be negative."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_source_display()} {self.planned} {self.spent}"

    @property
    def difference(self) -> Decimal | None:
        """What was spent more (positive) or less than planned."""
        return None if self.spent is None else self.spent - self.planned
