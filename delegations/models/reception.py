"""Receiving guests: by what norms, at what cost, after what programme, with what record of each meeting, with what gifts.

Programme, records and gifts hang on the case of whatever they belong to: a visit, an event, a trip.
"""

from __future__ import annotations

from decimal import Decimal

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from agreements.models import Partner
from delegations.models.inbound import InboundDelegation
from delegations.reception_choices import (
    CostRate,
    GiftDirection,
    HalfDay,
    NormClass,
    NormPart,
    NormUnit,
    PayMode,
    ReceptionItem,
)
from delegations.reception_querysets import GiftQuerySet, OfCase, OfRecord, ReceptionNormQuerySet
from delegations.visit_querysets import OfVisitQuerySet
from intlcoop.audit.tracking import tracked
from intlcoop.documents.models import Attachment
from intlcoop.people.models import WHOLE_DAYS, Dated, OrgUnit
from intlcoop.regulations.models import Instrument
from intlcoop.workflow.models import Case

#: Photos in addresses of downloads: /tep/anh-lam-viec/…
PHOTOS = "anh-lam-viec"
IN_ORDER = _("The end cannot be before the beginning.")


def dong(label: object, **more: object) -> models.DecimalField:
    """Đồng, whole, never negative."""
    return models.DecimalField(
        label,  # type: ignore[arg-type]  # lazy text
        max_digits=14,
        decimal_places=0,
        validators=[MinValueValidator(Decimal(0))],
        **more,  # type: ignore[arg-type]
    )


@tracked()
class ReceptionNorm(Dated):
    """The highest amount in đồng for one unit of an item, by class of guests. Never edited in place: a new one is a new row."""

    instrument = models.ForeignKey(
        Instrument, models.PROTECT, related_name="reception_norms", verbose_name=_("legal instrument")
    )
    guest_class = models.CharField(_("class of the guests"), max_length=10, choices=NormClass)
    item = models.CharField(_("item"), max_length=16, choices=ReceptionItem)
    part = models.CharField(_("meant for"), max_length=12, choices=NormPart, default=NormPart.ANY)
    unit = models.CharField(_("for one"), max_length=16, choices=NormUnit)
    amount = dong(_("amount"))
    citation = models.CharField(_("article, annex"), max_length=200)
    note = models.CharField(_("note"), max_length=300, blank=True)
    needs_check = models.BooleanField(_("to be checked"), default=True)

    objects = ReceptionNormQuerySet.as_manager()

    class Meta:
        verbose_name = _("reception norm")
        verbose_name_plural = _("reception norms")
        ordering = ["item", "guest_class", "part", "-valid_from"]
        constraints = [
            ExclusionConstraint(
                name="receptionnorm_one_at_a_time",
                expressions=[
                    ("guest_class", RangeOperators.EQUAL),
                    ("item", RangeOperators.EQUAL),
                    ("part", RangeOperators.EQUAL),
                    (WHOLE_DAYS, RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("This norm has an amount in these days already."),
            ),
            models.CheckConstraint(
                name="receptionnorm_days_in_order",
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
            ),
            models.CheckConstraint(
                name="receptionnorm_not_negative",
                condition=Q(amount__gte=0),
                violation_error_message=_("An amount cannot be negative."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_item_display()} {self.guest_class} {self.part}: {self.amount}"


@tracked()
class VisitReception(models.Model):
    """Who pays for the guests of a visit, and when its programme was approved: by these the norms are chosen (R7, R8)."""

    visit = models.OneToOneField(InboundDelegation, models.CASCADE, related_name="reception")
    mode = models.CharField(_("who pays"), max_length=8, choices=PayMode, default=PayMode.FULL)
    approved_on = models.DateField(_("programme approved on"), null=True, blank=True)
    approval_paper = models.CharField(_("paper that approves the programme"), max_length=200, blank=True)
    nights = models.PositiveSmallIntegerField(
        _("nights"), null=True, blank=True, help_text=_("Empty: one night less than days.")
    )
    is_farewell = models.BooleanField(_("farewell of an ambassador at the end of the term"), default=False)
    note = models.TextField(_("note"), max_length=2000, blank=True)

    objects = OfVisitQuerySet.as_manager()

    class Meta:
        verbose_name = _("costs of a visit")
        verbose_name_plural = _("costs of visits")

    def __str__(self) -> str:
        return str(self.visit)


@tracked()
class ReceptionCost(models.Model):
    """One line of what a visit costs our side. `reason` where its item goes beyond the norm."""

    reception = models.ForeignKey(VisitReception, models.CASCADE, related_name="costs")
    item = models.CharField(_("item"), max_length=16, choices=ReceptionItem)
    description = models.CharField(_("what it is for"), max_length=200, blank=True)
    quantity = models.DecimalField(
        _("pages or hours"),
        max_digits=7,
        decimal_places=1,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal("0.1"))],
    )
    rate = models.CharField(_("how it is reckoned"), max_length=8, choices=CostRate, blank=True)
    amount = dong(_("amount (đồng)"))
    reason = models.CharField(_("why it is beyond the norm"), max_length=600, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("cost of a visit")
        verbose_name_plural = _("costs of a visit")
        ordering = ["reception", "position", "pk"]
        constraints = [
            models.CheckConstraint(
                name="receptioncost_not_negative",
                condition=Q(amount__gte=0),
                violation_error_message=_("An amount cannot be negative."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_item_display()}: {self.amount}"


@tracked()
class ProgrammeItem(models.Model):
    """One item of a programme, in two languages. `leader` is whoever of ours takes part and must be free."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="programme_items")
    day = models.DateField(_("day"))
    half = models.CharField(_("half-day"), max_length=12, choices=HalfDay, default=HalfDay.MORNING)
    starts = models.TimeField(_("from (hour)"), null=True, blank=True)
    ends = models.TimeField(_("until (hour)"), null=True, blank=True)
    what = models.CharField(_("what takes place"), max_length=300)
    what_en = models.CharField(_("what takes place, in English"), max_length=300, blank=True)
    place = models.CharField(_("place"), max_length=300, blank=True)
    place_en = models.CharField(_("place, in English"), max_length=300, blank=True)
    counterpart = models.CharField(_("with whom"), max_length=300, blank=True)
    counterpart_en = models.CharField(_("with whom, in English"), max_length=300, blank=True)
    speaker = models.CharField(_("who speaks"), max_length=200, blank=True)
    leader = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="programme_items",
        verbose_name=_("our leader who takes part"),
    )

    objects = OfCase.as_manager()

    class Meta:
        verbose_name = _("item of the programme")
        verbose_name_plural = _("items of the programme")
        ordering = ["case", "day", "half", F("starts").asc(nulls_last=True), "pk"]
        constraints = [
            models.CheckConstraint(
                name="programmeitem_hours_in_order",
                condition=Q(starts__isnull=True) | Q(ends__isnull=True) | Q(ends__gt=F("starts")),
                violation_error_message=IN_ORDER,
            )
        ]
        indexes = [models.Index(fields=["leader", "day"], name="programmeitem_leader_day")]

    def __str__(self) -> str:
        return self.what


@tracked()
class MeetingRecord(models.Model):
    """What was said and agreed at one meeting; from it the minutes are written (Mẫu 1.9, domain.md B.1)."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="meeting_records")
    title = models.CharField(_("name of the meeting"), max_length=300)
    held_on = models.DateField(_("day of the meeting"))
    starts = models.TimeField(_("from (hour)"), null=True, blank=True)
    ends = models.TimeField(_("until (hour)"), null=True, blank=True)
    place = models.CharField(_("place"), max_length=300, blank=True)
    partner = models.ForeignKey(
        Partner, models.PROTECT, null=True, blank=True, related_name="meeting_records", verbose_name=_("partner")
    )
    chair = models.CharField(_("who chaired"), max_length=200, blank=True)
    secretary = models.CharField(_("who kept the minutes"), max_length=200, blank=True)
    our_side = models.TextField(_("present on our side"), max_length=4000, blank=True)
    their_side = models.TextField(_("present on the guests’ side"), max_length=6000, blank=True)
    topics = models.TextField(_("what was discussed"), max_length=8000, blank=True)
    results = models.TextField(_("what came of it"), max_length=8000, blank=True)
    minutes_due = models.BooleanField(_("minutes are due"), default=True)
    minutes_number = models.CharField(_("number of the minutes"), max_length=60, blank=True)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False, verbose_name=_("written by")
    )

    objects = OfCase.as_manager()

    class Meta:
        verbose_name = _("meeting record")
        verbose_name_plural = _("meeting records")
        ordering = ["case", "held_on", F("starts").asc(nulls_last=True), "pk"]
        constraints = [
            models.CheckConstraint(
                name="meetingrecord_hours_in_order",
                condition=Q(starts__isnull=True) | Q(ends__isnull=True) | Q(ends__gt=F("starts")),
                violation_error_message=IN_ORDER,
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("delegations:record", args=[self.case.number, self.pk])


@tracked()
class MeetingPoint(models.Model):
    """One thing that was agreed; with one press it becomes a commitment."""

    record = models.ForeignKey(MeetingRecord, models.CASCADE, related_name="points")
    text = models.TextField(_("what was agreed"), max_length=2000)
    position = models.PositiveSmallIntegerField(default=0)

    objects = OfRecord.as_manager()

    class Meta:
        verbose_name = _("point that was agreed")
        verbose_name_plural = _("points that were agreed")
        ordering = ["record", "position", "pk"]

    def __str__(self) -> str:
        return self.text


@tracked()
class MeetingPhoto(Attachment):
    """A picture of the meeting; its `note` is the caption (F001-23)."""

    record = models.ForeignKey(MeetingRecord, models.PROTECT, related_name="photos")
    withdrawn_at = models.DateTimeField(_("taken out at"), null=True, editable=False)

    objects = OfRecord.as_manager()

    class Meta(Attachment.Meta):
        verbose_name = _("photo of a meeting")
        verbose_name_plural = _("photos of meetings")


@tracked()
class Gift(models.Model):
    """A gift given or received. `value` is estimated where nobody knows it. `keeper`: who keeps what we received."""

    case = models.ForeignKey(
        Case, models.PROTECT, null=True, blank=True, related_name="gifts", verbose_name=_("file it belongs to")
    )
    org_unit = models.ForeignKey(OrgUnit, models.PROTECT, related_name="gifts", verbose_name=_("unit"))
    direction = models.CharField(_("direction"), max_length=8, choices=GiftDirection, default=GiftDirection.GIVEN)
    description = models.CharField(_("what it is"), max_length=300)
    quantity = models.PositiveSmallIntegerField(_("quantity"), default=1, validators=[MinValueValidator(1)])
    value = dong(_("value of one (đồng)"), null=True, blank=True)
    is_estimate = models.BooleanField(_("the value is estimated"), default=False)
    maker = models.CharField(_("maker, origin"), max_length=200, blank=True)
    made_here = models.BooleanField(_("made in Viet Nam"), null=True, blank=True)
    given_on = models.DateField(_("day"))
    giver = models.CharField(_("giver"), max_length=200)
    receiver = models.CharField(_("receiver"), max_length=200)
    partner = models.ForeignKey(
        Partner, models.PROTECT, null=True, blank=True, related_name="gifts", verbose_name=_("partner")
    )
    guest_class = models.CharField(_("class of the guests"), max_length=10, choices=NormClass, blank=True)
    guest_part = models.CharField(_("meant for"), max_length=12, choices=NormPart, blank=True)
    reason = models.CharField(_("why it is beyond the norm"), max_length=600, blank=True)
    keeper = models.CharField(_("who keeps it"), max_length=200, blank=True)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False, verbose_name=_("written by")
    )
    withdrawn_at = models.DateTimeField(_("taken out at"), null=True, editable=False)

    objects = GiftQuerySet.as_manager()

    class Meta:
        verbose_name = _("gift")
        verbose_name_plural = _("gifts")
        ordering = ["-given_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="gift_value_not_negative",
                condition=Q(value__isnull=True) | Q(value__gte=0),
                violation_error_message=_("An amount cannot be negative."),
            )
        ]

    def __str__(self) -> str:
        return self.description

    def get_absolute_url(self) -> str:
        return reverse("delegations:gift", args=[self.pk])
