"""A visit that we receive, as one file: who comes from where, when, what for, who receives them and how they are looked after."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from agreements.models import Partner
from delegations.choices import DatePrecision, SettlementReason
from delegations.models.plan import PlanLine
from delegations.visit_choices import (
    GuestClass,
    GuestPart,
    GuestRank,
    InboundState,
    MeetingForm,
    VisaNeed,
    VisitForm,
    VisitLevel,
)
from delegations.visit_querysets import OfVisitQuerySet, VisitQuerySet
from intlcoop.audit.tracking import tracked
from intlcoop.catalogues.models import CooperationField, Country
from intlcoop.people.choices import Rank
from intlcoop.workflow.models import Case


@tracked()
class InboundDelegation(models.Model):
    """The visit itself. Number, title, unit, filer and state stand on its case. A draft needs a title only.

    `host` is whoever of ours receives the guests; where that is nobody of the portal's list, `host_name` says who, and
    `host_rank` is then typed. `persons` counts guests who are not named (yet): the list counts where it is longer.
    """

    case = models.OneToOneField(Case, models.PROTECT, related_name="inbound")
    form = models.CharField(_("form"), max_length=10, choices=VisitForm, default=VisitForm.FULL)
    partner = models.ForeignKey(
        Partner, models.PROTECT, null=True, blank=True, related_name="visits", verbose_name=_("partner")
    )
    partner_text = models.CharField(_("body of the guests, as it names itself"), max_length=300, blank=True)
    country = models.ForeignKey(
        Country, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("country")
    )
    level = models.CharField(_("level of the visit"), max_length=10, choices=VisitLevel, blank=True)
    guest_class = models.CharField(_("class of the guests"), max_length=10, choices=GuestClass, blank=True)
    persons = models.PositiveSmallIntegerField(_("number of guests"), null=True, blank=True)
    purpose_text = models.TextField(_("purpose of the visit"), max_length=4000, blank=True)
    topics = models.TextField(_("topics of the meeting"), max_length=4000, blank=True)
    field = models.ForeignKey(
        CooperationField,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("field of cooperation"),
    )
    arrives_on = models.DateField(_("arrive on"), null=True, blank=True)
    leaves_on = models.DateField(_("leave on"), null=True, blank=True)
    date_precision = models.CharField(
        _("days known"), max_length=5, choices=DatePrecision, default=DatePrecision.DAY, editable=False
    )
    meeting = models.CharField(_("how they are received"), max_length=14, choices=MeetingForm, blank=True)
    meeting_on = models.DateField(_("day of the meeting"), null=True, blank=True)
    meeting_time = models.TimeField(_("time of the meeting"), null=True, blank=True)
    meeting_place = models.CharField(_("place of the meeting"), max_length=300, blank=True)
    host = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="visits_hosted",
        verbose_name=_("who receives"),
    )
    host_name = models.CharField(_("who receives, as text"), max_length=200, blank=True)
    host_rank = models.CharField(_("rank of who receives"), max_length=16, choices=Rank, blank=True)
    our_side = models.TextField(_("who of ours takes part"), max_length=2000, blank=True)
    languages = models.CharField(_("languages of interpreting"), max_length=200, blank=True)
    interpreter = models.CharField(_("interpreter"), max_length=200, blank=True)
    request_number = models.CharField(_("number of the request or notice"), max_length=60, blank=True)
    request_date = models.DateField(_("date of the request or notice"), null=True, blank=True)
    visa = models.CharField(_("visa"), max_length=10, choices=VisaNeed, blank=True)
    plan_line = models.ForeignKey(
        PlanLine, models.PROTECT, null=True, blank=True, related_name="visits", verbose_name=_("line of the plan")
    )
    out_of_plan_reason = models.TextField(_("why it is not in the plan"), max_length=2000, blank=True)
    warning_reason = models.TextField(_("explanation of the warnings"), max_length=2000, blank=True)
    settled_reason = models.CharField(
        _("why it was put off or called off"), max_length=16, choices=SettlementReason, blank=True, editable=False
    )
    arrival_flight = models.CharField(_("flight or vehicle of arrival"), max_length=120, blank=True)
    arrival_time = models.TimeField(_("time of arrival"), null=True, blank=True)
    arrival_place = models.CharField(_("place of arrival"), max_length=200, blank=True)
    met_by = models.CharField(_("who meets them"), max_length=300, blank=True)
    departure_flight = models.CharField(_("flight or vehicle of departure"), max_length=120, blank=True)
    departure_time = models.TimeField(_("time of departure"), null=True, blank=True)
    departure_place = models.CharField(_("place of departure"), max_length=200, blank=True)
    seen_off_by = models.CharField(_("who sees them off"), max_length=300, blank=True)
    hotel = models.CharField(_("hotel"), max_length=300, blank=True)
    cars = models.CharField(_("cars"), max_length=300, blank=True)
    protocol_notes = models.TextField(_("other notes of protocol"), max_length=4000, blank=True)
    result = models.TextField(_("result"), max_length=8000, blank=True)
    recommendations = models.TextField(_("recommendations"), max_length=4000, blank=True)

    objects = VisitQuerySet.as_manager()

    class Meta:
        verbose_name = _("inbound delegation")
        verbose_name_plural = _("inbound delegations")
        ordering = ["-arrives_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="visit_days_in_order",
                condition=Q(leaves_on__isnull=True) | Q(arrives_on__isnull=True) | Q(leaves_on__gte=F("arrives_on")),
                violation_error_message=_("The guests cannot leave before they arrive."),
            ),
            models.CheckConstraint(
                name="visit_meeting_within",
                condition=Q(meeting_on__isnull=True)
                | (
                    (Q(arrives_on__isnull=True) | Q(meeting_on__gte=F("arrives_on")))
                    & (Q(leaves_on__isnull=True) | Q(meeting_on__lte=F("leaves_on")))
                ),
                violation_error_message=_("The day of the meeting lies outside the days of the visit."),
            ),
        ]
        indexes = [models.Index(fields=["arrives_on", "leaves_on"], name="visit_days")]

    def __str__(self) -> str:
        return self.case.number

    def get_absolute_url(self) -> str:
        return reverse("delegations:visit", args=[self.case.number])

    @property
    def is_short(self) -> bool:
        return self.form == VisitForm.SHORT

    @property
    def is_unplanned(self) -> bool:
        return self.plan_line_id is None

    @property
    def days(self) -> int | None:
        """Days from arrival to departure, both counted."""
        if self.arrives_on is None or self.leaves_on is None:
            return None
        return (self.leaves_on - self.arrives_on).days + 1

    @property
    def is_over(self) -> bool:
        return self.case.state in (InboundState.REPORT_DUE, InboundState.COMPLETED)

    def is_here(self, day: dt.date) -> bool:
        return bool(self.arrives_on and self.leaves_on and self.arrives_on <= day <= self.leaves_on)


@tracked()
class InboundMember(models.Model):
    """A guest. Names are kept as they are written, in any script. Of a guest no passport number is kept.

    `arrives_on` and `leaves_on` only where this guest comes later or leaves earlier than the delegation.
    """

    visit = models.ForeignKey(InboundDelegation, models.CASCADE, related_name="members")
    full_name = models.CharField(_("full name"), max_length=200)
    honorific = models.CharField(_("form of address"), max_length=40, blank=True)
    post = models.CharField(_("post"), max_length=200, blank=True)
    body = models.CharField(_("unit or body"), max_length=200, blank=True)
    country = models.ForeignKey(
        Country, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("country")
    )
    rank = models.CharField(_("rank"), max_length=16, choices=GuestRank, blank=True)
    equivalent = models.CharField(_("equivalent Vietnamese post"), max_length=200, blank=True)
    part = models.CharField(_("part in the delegation"), max_length=12, choices=GuestPart, default=GuestPart.MEMBER)
    dietary = models.CharField(_("diet"), max_length=200, blank=True)
    seating = models.CharField(_("seating"), max_length=200, blank=True)
    arrives_on = models.DateField(_("arrives later, on"), null=True, blank=True)
    leaves_on = models.DateField(_("leaves earlier, on"), null=True, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    objects = OfVisitQuerySet.as_manager()

    class Meta:
        verbose_name = _("guest")
        verbose_name_plural = _("guests")
        ordering = ["visit", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["visit"],
                condition=Q(part=GuestPart.HEAD),
                name="guest_one_head",
                violation_error_message=_("A delegation has one head."),
            ),
            models.CheckConstraint(
                name="guest_days_in_order",
                condition=Q(leaves_on__isnull=True) | Q(arrives_on__isnull=True) | Q(leaves_on__gte=F("arrives_on")),
                violation_error_message=_("A guest cannot leave before arriving."),
            ),
        ]

    def __str__(self) -> str:
        return self.full_name
