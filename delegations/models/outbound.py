"""An outbound delegation as one file: who goes where, when, why, invited by whom, paid by whom."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from agreements.models import InternationalAgreement, Partner, Programme
from delegations.choices import (
    DatePrecision,
    FundingSource,
    MemberClass,
    Mode,
    Part,
    Purpose,
    SettlementReason,
)
from delegations.models.plan import PlanLine
from delegations.querysets import OutboundQuerySet, RowsOfTripsManager, TripManager
from intlcoop.audit.tracking import tracked
from intlcoop.catalogues.models import CooperationField, Country, Currency
from intlcoop.people.choices import Rank
from intlcoop.workflow.models import Case


@tracked()
class OutboundDelegation(models.Model):
    """The trip itself. Number, title, unit, filer and state stand on its case. A draft needs a title only (A3).

    `plan_line` = None on a led trip means "phát sinh" and needs `out_of_plan_reason`. An accompanying trip stands neither in
    nor out of plan: its basis is the document on the delegation's composition.

    A row with `amends` is no trip but the changed version of one: what `TripChange` asks for, on the case of that change.
    `objects` leaves those out, so lists, overlaps and figures see each trip once; `everything` has them.
    """

    case = models.OneToOneField(Case, models.PROTECT, related_name="outbound")
    mode = models.CharField(_("form"), max_length=12, choices=Mode, default=Mode.LED)
    principal = models.CharField(_("accompanied leader"), max_length=200, blank=True)
    composition_number = models.CharField(_("number of the document on composition"), max_length=60, blank=True)
    composition_date = models.DateField(_("date of the document on composition"), null=True, blank=True)
    is_inter_agency = models.BooleanField(_("with other ministries, sectors or localities"), default=False)
    host_partner = models.ForeignKey(
        Partner, models.PROTECT, null=True, blank=True, related_name="outbound_hosted", verbose_name=_("host")
    )
    inviting_body = models.CharField(_("inviting body"), max_length=300, blank=True)
    departs_on = models.DateField(_("departs on"), null=True, blank=True)
    returns_on = models.DateField(_("returns on"), null=True, blank=True)
    purpose = models.CharField(_("kind of purpose"), max_length=16, choices=Purpose, blank=True)
    purpose_text = models.TextField(_("purpose and content"), max_length=4000, blank=True)
    expected_result = models.TextField(_("expected result"), max_length=4000, blank=True)
    field = models.ForeignKey(
        CooperationField,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("field of cooperation"),
    )
    plan_line = models.ForeignKey(
        PlanLine, models.PROTECT, null=True, blank=True, related_name="trips", verbose_name=_("line of the plan")
    )
    out_of_plan_reason = models.TextField(_("why it is not in the plan"), max_length=2000, blank=True)
    warning_reason = models.TextField(
        _("explanation of the warnings"),
        max_length=2000,
        blank=True,
        help_text=_("One explanation for all warnings: late filing, overlaps, limits."),
    )
    agreements = models.ManyToManyField(
        InternationalAgreement, blank=True, related_name="trips", verbose_name=_("agreements that it carries out")
    )
    programme = models.ForeignKey(
        Programme,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="trips",
        verbose_name=_("scheme or programme that it serves"),
    )
    host_pays_all = models.BooleanField(_("the host pays everything"), default=False)
    secret_outside = models.BooleanField(_("a secret document is kept outside this system"), default=False)
    secret_particulars = models.CharField(
        _("its non-secret particulars (number, date, issuer)"), max_length=300, blank=True
    )
    is_highlight = models.BooleanField(_("highlight of the year"), default=False)
    highlight_text = models.CharField(_("how the year-end report names it"), max_length=600, blank=True)
    unnamed_in_source = models.BooleanField(_("not named in the source"), default=False, editable=False)
    amends = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="versions",
        editable=False,
        verbose_name=_("changes"),
    )
    settled_reason = models.CharField(
        _("why it was put off or called off"), max_length=16, choices=SettlementReason, blank=True, editable=False
    )
    date_precision = models.CharField(
        _("days known"),
        max_length=5,
        choices=DatePrecision,
        default=DatePrecision.DAY,
        editable=False,
        help_text=_("Of imported history: a trip known to the year only departs, for counting, on 1 January."),
    )

    objects = TripManager()
    everything = OutboundQuerySet.as_manager()

    class Meta:
        verbose_name = _("outbound delegation")
        verbose_name_plural = _("outbound delegations")
        ordering = ["-departs_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="outbound_days_in_order",
                condition=Q(returns_on__isnull=True) | Q(departs_on__isnull=True) | Q(returns_on__gte=F("departs_on")),
                violation_error_message=_("The day of return cannot be before the day of departure."),
            ),
            models.CheckConstraint(
                name="outbound_accompanying_without_plan",
                condition=Q(mode=Mode.LED) | Q(plan_line__isnull=True),
                violation_error_message=_("A trip accompanying senior leaders stands in no plan of the ministry."),
            ),
        ]
        indexes = [models.Index(fields=["departs_on", "returns_on"], name="outbound_days")]

    def __str__(self) -> str:
        return self.case.number

    def get_absolute_url(self) -> str:
        page = "delegations:trip" if self.amends_id is None else "delegations:change"
        return reverse(page, args=[self.case.number])

    @property
    def own_ids(self) -> list[int | None]:
        """This trip and, of a changed version, the trip that it changes: never "another" trip."""
        return [self.pk, self.amends_id] if self.amends_id else [self.pk]

    @property
    def days(self) -> int | None:
        """Days from departure to return, both counted."""
        if self.departs_on is None or self.returns_on is None:
            return None
        return (self.returns_on - self.departs_on).days + 1

    @property
    def is_out_of_plan(self) -> bool:
        return self.mode == Mode.LED and self.plan_line_id is None

    def on_the_way(self, day: dt.date) -> bool:
        return bool(self.departs_on and self.returns_on and self.departs_on <= day <= self.returns_on)


@tracked()
class DelegationMember(models.Model):
    """Somebody who travels: one of our people, or a person of another body (A10). Post and body are kept as text."""

    delegation = models.ForeignKey(OutboundDelegation, models.CASCADE, related_name="members")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="travels",
        verbose_name=_("our staff"),
    )
    full_name = models.CharField(_("full name"), max_length=120)
    post = models.CharField(_("post"), max_length=160, blank=True)
    body = models.CharField(_("unit or body"), max_length=200, blank=True)
    rank = models.CharField(_("rank"), max_length=16, choices=Rank, default=Rank.OFFICIAL)
    part = models.CharField(_("part in the delegation"), max_length=12, choices=Part, default=Part.MEMBER)
    member_class = models.CharField(_("class"), max_length=10, choices=MemberClass, default=MemberClass.OFFICIAL)
    position = models.PositiveSmallIntegerField(default=0)

    everything = models.Manager()
    objects = RowsOfTripsManager()

    class Meta:
        default_manager_name = "everything"
        verbose_name = _("member")
        verbose_name_plural = _("members")
        ordering = ["delegation", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["delegation"],
                condition=Q(part=Part.HEAD),
                name="member_one_head",
                violation_error_message=_("A delegation has one head."),
            ),
            models.UniqueConstraint(
                fields=["delegation", "person"],
                condition=Q(person__isnull=False),
                name="member_once",
                violation_error_message=_("This person is in the delegation already."),
            ),
        ]

    def __str__(self) -> str:
        return self.full_name


@tracked()
class ItineraryLeg(models.Model):
    """A stay in one country; its days lie within the trip's."""

    delegation = models.ForeignKey(OutboundDelegation, models.CASCADE, related_name="legs")
    country = models.ForeignKey(Country, models.PROTECT, related_name="+", verbose_name=_("country"))
    city = models.CharField(_("city"), max_length=120, blank=True)
    arrives_on = models.DateField(_("from"), null=True, blank=True)
    leaves_on = models.DateField(_("until"), null=True, blank=True)
    note = models.CharField(_("work there"), max_length=300, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    everything = models.Manager()
    objects = RowsOfTripsManager()

    class Meta:
        default_manager_name = "everything"
        verbose_name = _("leg of the itinerary")
        verbose_name_plural = _("itinerary")
        ordering = ["delegation", "position", "pk"]
        constraints = [
            models.CheckConstraint(
                name="leg_days_in_order",
                condition=Q(leaves_on__isnull=True) | Q(arrives_on__isnull=True) | Q(leaves_on__gte=F("arrives_on")),
                violation_error_message=_("The last day of a stay cannot be before its first."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.country} {self.city}".strip()


@tracked()
class FundingItem(models.Model):
    """Who pays how much. Money is a decimal amount with its currency, never converted silently."""

    delegation = models.ForeignKey(OutboundDelegation, models.CASCADE, related_name="funding")
    source = models.CharField(_("source"), max_length=14, choices=FundingSource)
    amount = models.DecimalField(
        _("amount"), max_digits=16, decimal_places=2, validators=[MinValueValidator(Decimal(0))]
    )
    currency = models.ForeignKey(Currency, models.PROTECT, related_name="+", verbose_name=_("currency"))
    note = models.CharField(_("what for"), max_length=200, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    everything = models.Manager()
    objects = RowsOfTripsManager()

    class Meta:
        default_manager_name = "everything"
        verbose_name = _("funding")
        verbose_name_plural = _("funding")
        ordering = ["delegation", "position", "pk"]
        constraints = [
            models.CheckConstraint(
                name="funding_not_negative",
                condition=Q(amount__gte=0),
                violation_error_message=_("An amount cannot be negative."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_source_display()} {self.amount} {self.currency_id}"
