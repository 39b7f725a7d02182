"""An international event: a conference or meeting that we hold or attend, in person, online or both (A-07 to A-14, B.5)."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from agreements.models import Mechanism, MeetingSession, Partner
from delegations.choices import DatePrecision
from delegations.event_choices import EventFormat, EventKind, EventRole, EventTopic, GuestRank, HostLevel
from delegations.models.outbound import OutboundDelegation
from delegations.models.plan import PlanLine
from delegations.querysets import EventQuerySet
from intlcoop.audit.tracking import tracked
from intlcoop.catalogues.models import CooperationField, Country
from intlcoop.people.models import OrgUnit
from intlcoop.workflow.models import Case


def money_field(label: object) -> models.DecimalField:
    """Đồng, whole."""
    return models.DecimalField(
        label,  # type: ignore[arg-type]  # lazy text
        max_digits=16,
        decimal_places=0,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal(0))],
    )


@tracked()
class InternationalEvent(models.Model):
    """Number, title, unit, filer and state stand on its case. `trip` is the delegation in whose place it is held online.

    What is asked for an event that we hold are the fields of Mẫu 01 (QĐ 06/2020); one that we attend stays light. `session`
    is its place in a series of meetings: one event per session. A past event may be known to the month or the year only.
    """

    case = models.OneToOneField(Case, models.PROTECT, related_name="event")
    kind = models.CharField(_("kind of event"), max_length=20, choices=EventKind, default=EventKind.CONFERENCE)
    role = models.CharField(_("our part in it"), max_length=8, choices=EventRole, default=EventRole.ATTEND)
    title_en = models.CharField(_("name in English"), max_length=300, blank=True)
    short_name = models.CharField(_("short name"), max_length=40, blank=True)
    format = models.CharField(_("form of the event"), max_length=10, choices=EventFormat, default=EventFormat.IN_PERSON)
    starts_on = models.DateField(_("first day"), null=True, blank=True)
    ends_on = models.DateField(_("last day"), null=True, blank=True)
    date_precision = models.CharField(
        _("days known"), max_length=5, choices=DatePrecision, default=DatePrecision.DAY, editable=False
    )
    place = models.CharField(_("place"), max_length=300, blank=True)
    country = models.ForeignKey(
        Country, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("country")
    )
    endpoints = models.CharField(_("end-points in Viet Nam"), max_length=300, blank=True)
    host_level = models.CharField(
        _("who holds it on our side"), max_length=10, choices=HostLevel, default=HostLevel.MINISTRY
    )
    host_partner = models.ForeignKey(
        Partner, models.PROTECT, null=True, blank=True, related_name="events_hosted", verbose_name=_("host")
    )
    host_text = models.CharField(_("holding body, as it names itself"), max_length=300, blank=True)
    co_organisers = models.CharField(_("held together with"), max_length=600, blank=True)
    coordinating_units = models.ManyToManyField(
        OrgUnit, blank=True, related_name="events_coordinated", verbose_name=_("units that help")
    )
    chair_text = models.CharField(_("who chairs"), max_length=300, blank=True)
    mechanism_ref = models.ForeignKey(
        Mechanism,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="international_events",
        verbose_name=_("cooperation mechanism"),
    )
    mechanism = models.CharField(_("mechanism, as it is written"), max_length=300, blank=True)
    session = models.OneToOneField(
        MeetingSession,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="event",
        editable=False,
        verbose_name=_("session"),
        error_messages={"unique": _("This session has an event of its own already.")},
    )
    field = models.ForeignKey(
        CooperationField,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("field of cooperation"),
    )
    topics = ArrayField(
        models.CharField(max_length=16, choices=EventTopic), verbose_name=_("topics"), default=list, blank=True
    )
    guest_rank = models.CharField(
        _("highest rank of the foreign guests"), max_length=12, choices=GuestRank, default=GuestRank.OTHER
    )
    needs_principle = models.BooleanField(
        _("we bid to host it"),
        default=False,
        help_text=_("A meeting of an international organisation or mechanism: hosting is agreed in principle first."),
    )
    hosting_reason = models.TextField(_("why host it"), max_length=4000, blank=True)
    principle_agreed_on = models.DateField(_("hosting agreed in principle on"), null=True, blank=True, editable=False)
    theme = models.CharField(_("theme"), max_length=600, blank=True)
    reason = models.TextField(_("reason and purpose"), max_length=4000, blank=True)
    content = models.TextField(_("content"), max_length=4000, blank=True)
    side_visits = models.TextField(_("visits and activities beside it"), max_length=2000, blank=True)
    vietnamese_count = models.PositiveIntegerField(_("Vietnamese participants"), null=True, blank=True)
    foreign_count = models.PositiveIntegerField(_("foreign participants"), null=True, blank=True)
    participants_text = models.TextField(_("who takes part"), max_length=2000, blank=True)
    speakers_text = models.TextField(_("foreign speakers"), max_length=2000, blank=True)
    budget_vnd = money_field(_("from the state budget (đồng)"))
    sponsored_vnd = money_field(_("from sponsors (đồng)"))
    funding_text = models.CharField(_("sources of the money"), max_length=600, blank=True)
    opinions_text = models.TextField(_("opinions of bodies concerned"), max_length=2000, blank=True)
    joining = models.CharField(_("how to join"), max_length=300, blank=True)
    plan_line = models.ForeignKey(
        PlanLine,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="international_events",
        verbose_name=_("line of the plan"),
    )
    out_of_plan_reason = models.TextField(_("why it is not in the plan"), max_length=2000, blank=True)
    warning_reason = models.TextField(_("explanation of the warnings"), max_length=2000, blank=True)
    trip = models.ForeignKey(
        OutboundDelegation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="online_events",
        editable=False,
        verbose_name=_("in place of the delegation"),
    )
    result = models.TextField(_("what came of it"), max_length=4000, blank=True)
    source_text = models.CharField(_("where this is written"), max_length=300, blank=True, editable=False)
    source_says_held = models.BooleanField(_("the source speaks of it as past"), default=False, editable=False)
    search_text = models.TextField(editable=False, default="")

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = _("international event")
        verbose_name_plural = _("international events")
        ordering = ["-starts_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="event_days_in_order",
                condition=Q(ends_on__isnull=True) | Q(starts_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                violation_error_message=_("The last day of the event cannot be before its first."),
            ),
            models.CheckConstraint(
                name="event_holds_no_secret",
                condition=~Q(topics__contains=[EventTopic.SECRET]),
                violation_error_message=_(
                    "State secrets are not written into this system. File this event on paper, as the law on state secrets "
                    "says."
                ),
            ),
        ]
        indexes = [models.Index(fields=["ends_on"], name="event_closing_day")]

    def __str__(self) -> str:
        return self.case.number

    def get_absolute_url(self) -> str:
        return reverse("delegations:event", args=[self.case.number])

    @property
    def is_hosted(self) -> bool:
        return self.role in EventRole.HOSTING

    @property
    def closes_on(self) -> dt.date | None:
        """The day that decides in which year it counts, and from which its report is due."""
        return self.ends_on or self.starts_on

    @property
    def wants_principle(self) -> bool:
        """Hosting still has to be agreed in principle (article 6)."""
        return self.is_hosted and self.needs_principle and self.principle_agreed_on is None
