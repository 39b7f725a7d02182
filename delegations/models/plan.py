"""The annual plan and its lines: what a trip has to come from, or say why not (features H1-H6)."""

from __future__ import annotations

from decimal import Decimal

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Deferrable, F, Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from agreements.models import Partner
from delegations.choices import FundingSource, LineState, PlanKind, PlanLevel, Purpose, SettlementReason
from delegations.querysets import AnnualPlanQuerySet, PlanLineQuerySet, PlanYearQuerySet
from intlcoop.audit.tracking import tracked
from intlcoop.catalogues.models import CooperationField, Country, Currency
from intlcoop.people.choices import Rank
from intlcoop.people.models import OrgUnit
from intlcoop.vietnamese.numbers import roman
from intlcoop.workflow.models import Case


@tracked()
class PlanYear(models.Model):
    """The planning of one year: the orientation that opens it, the call to the units, the round of adjustments (W003-03).

    Two years are open at once: this year's plans run while next year's are drafted (W002-13).
    """

    year = models.PositiveSmallIntegerField(_("year"), unique=True)
    orientation_title = models.CharField(_("orientation document"), max_length=300, blank=True)
    orientation_number = models.CharField(_("its number"), max_length=60, blank=True)
    orientation_date = models.DateField(_("its date"), null=True, blank=True)
    orientation_text = models.TextField(_("what the plan is to serve"), max_length=8000, blank=True)
    proposals_due_on = models.DateField(_("units propose until"), null=True, blank=True)
    called_at = models.DateTimeField(_("call sent at"), null=True, editable=False)
    adjustments_due_on = models.DateField(_("units ask for adjustments until"), null=True, blank=True)
    is_sample = models.BooleanField(_("sample data"), default=False, editable=False)

    objects = PlanYearQuerySet.as_manager()

    class Meta:
        verbose_name = _("planning year")
        verbose_name_plural = _("planning years")
        ordering = ["-year"]

    def __str__(self) -> str:
        return str(self.year)

    def get_absolute_url(self) -> str:
        return reverse("delegations:plan_year", args=[self.year])


@tracked()
class AnnualPlan(models.Model):
    """The plan of a year at one level. Its approval document is the legal basis of every trip on its lines.

    Frozen from approval on: afterwards only an approved `PlanRevision` changes lines, and `version` counts those. `case` is
    empty for a plan of the past that is known by its approval alone.
    """

    case = models.OneToOneField(Case, models.PROTECT, null=True, blank=True, related_name="plan", editable=False)
    year = models.PositiveSmallIntegerField(_("year"))
    level = models.CharField(_("level"), max_length=10, choices=PlanLevel)
    title = models.CharField(_("title"), max_length=300)
    version = models.PositiveSmallIntegerField(_("version"), default=1, editable=False)
    approval_number = models.CharField(_("number of the approval"), max_length=60, blank=True)
    approved_on = models.DateField(_("approved on"), null=True, blank=True)
    consultation_due_on = models.DateField(_("units comment until"), null=True, blank=True)
    is_sample = models.BooleanField(_("sample data"), default=False, editable=False)

    objects = AnnualPlanQuerySet.as_manager()

    class Meta:
        verbose_name = _("annual plan")
        verbose_name_plural = _("annual plans")
        ordering = ["-year", "level", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["year", "level"], name="annualplan_one_per_year_and_level"),
            models.CheckConstraint(
                name="annualplan_approval_complete",
                condition=Q(approval_number="", approved_on__isnull=True)
                | (~Q(approval_number="") & Q(approved_on__isnull=False)),
                violation_error_message=_("Number and date of the approval belong together."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.year})"

    def get_absolute_url(self) -> str:
        """The file; a plan of the past without one is its lines."""
        if self.case is None:
            return reverse("delegations:plan_lines", query={"nam": self.year, "cap": self.level})
        return reverse("delegations:plan", args=[self.case.number])

    @property
    def is_approved(self) -> bool:
        return self.approved_on is not None


@tracked()
class PlanLine(models.Model):
    """One planned delegation or event. A line needs a title only while it is drafted; what it plans is empty where unknown.

    `persons` and `days` are per trip, `amount` for the whole line in `currency`. Trips are filed against lines of an approved
    plan in state ACCEPTED.
    """

    plan = models.ForeignKey(AnnualPlan, models.PROTECT, related_name="lines", verbose_name=_("plan"))
    position = models.PositiveSmallIntegerField(_("number in the plan"))
    kind = models.CharField(_("kind"), max_length=10, choices=PlanKind, default=PlanKind.OUTBOUND)
    state = models.CharField(_("state"), max_length=10, choices=LineState, default=LineState.ACCEPTED, editable=False)
    title = models.CharField(_("title"), max_length=300)
    unit = models.ForeignKey(OrgUnit, models.PROTECT, related_name="plan_lines", verbose_name=_("unit"))
    head_rank = models.CharField(_("led by"), max_length=16, choices=Rank, blank=True)
    leader = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("leader of the ministry concerned"),
    )
    countries = models.ManyToManyField(Country, blank=True, related_name="+", verbose_name=_("countries"))
    partner = models.ForeignKey(
        Partner, models.PROTECT, null=True, blank=True, related_name="plan_lines", verbose_name=_("partner")
    )
    partner_text = models.CharField(_("partner, as the unit names it"), max_length=300, blank=True)
    purpose = models.CharField(_("kind of purpose"), max_length=16, choices=Purpose, blank=True)
    purpose_text = models.TextField(_("purpose and content"), max_length=4000, blank=True)
    field = models.ForeignKey(
        CooperationField,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("field of cooperation"),
    )
    month = models.PositiveSmallIntegerField(
        _("month"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(12)]
    )
    quarter = models.PositiveSmallIntegerField(
        _("quarter"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(4)]
    )
    persons = models.PositiveSmallIntegerField(_("number of people"), null=True, blank=True)
    days = models.PositiveSmallIntegerField(_("number of days"), null=True, blank=True)
    amount = models.DecimalField(
        _("money"), max_digits=16, decimal_places=2, null=True, blank=True, validators=[MinValueValidator(Decimal(0))]
    )
    currency = models.ForeignKey(
        Currency, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("currency")
    )
    funding_source = models.CharField(_("source of the money"), max_length=14, choices=FundingSource, blank=True)
    basis = models.CharField(_("basis"), max_length=600, blank=True)
    note = models.CharField(_("note"), max_length=600, blank=True)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("proposed by"),
        editable=False,
    )
    reply = models.TextField(_("answer of the ICD"), max_length=2000, blank=True, editable=False)
    carried_from = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="carried_to", editable=False
    )
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="merged", editable=False
    )
    settled_reason = models.CharField(
        _("why it was not carried out as planned"), max_length=16, choices=SettlementReason, blank=True, editable=False
    )
    settled_text = models.CharField(_("explanation"), max_length=600, blank=True, editable=False)
    is_sample = models.BooleanField(_("sample data"), default=False, editable=False)

    objects = PlanLineQuerySet.as_manager()

    class Meta:
        verbose_name = _("line of the plan")
        verbose_name_plural = _("lines of the plan")
        ordering = ["plan", "position"]
        constraints = [
            # Deferred: lines are numbered anew in one go when the plan is submitted.
            models.UniqueConstraint(
                fields=["plan", "position"], name="planline_unique", deferrable=Deferrable.DEFERRED
            ),
            models.CheckConstraint(
                name="planline_month_or_quarter",
                condition=Q(month__isnull=True) | Q(quarter__isnull=True),
                violation_error_message=_("Give the month or the quarter, not both."),
            ),
            models.CheckConstraint(
                name="planline_money_not_negative",
                condition=Q(amount__isnull=True) | Q(amount__gte=0),
                violation_error_message=_("An amount cannot be negative."),
            ),
            models.CheckConstraint(
                name="planline_not_merged_into_itself",
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("pk")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.position}. {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("delegations:plan_line", args=[self.pk])

    @property
    def when_words(self) -> str:
        """ "Tháng 5", "Quý II"; empty when neither is known."""
        if self.month:
            return gettext("Month %(n)s") % {"n": self.month}
        return gettext("Quarter %(n)s") % {"n": roman(self.quarter)} if self.quarter else ""
