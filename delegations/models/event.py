"""An international event: a conference or meeting that we hold or attend, in person, online or both (F002-05, W000-07)."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from agreements.models import Partner
from delegations.choices import EventFormat
from delegations.models.outbound import OutboundDelegation
from delegations.querysets import EventQuerySet
from intlcoop.audit.tracking import tracked
from intlcoop.workflow.models import Case


@tracked()
class InternationalEvent(models.Model):
    """Number, title, unit, filer and state stand on its case. `trip` is the delegation in whose place it is held online."""

    case = models.OneToOneField(Case, models.PROTECT, related_name="event")
    format = models.CharField(_("form of the event"), max_length=10, choices=EventFormat, default=EventFormat.IN_PERSON)
    starts_on = models.DateField(_("first day"), null=True, blank=True)
    ends_on = models.DateField(_("last day"), null=True, blank=True)
    host_partner = models.ForeignKey(
        Partner, models.PROTECT, null=True, blank=True, related_name="events_hosted", verbose_name=_("host")
    )
    host_text = models.CharField(_("holding body, as it names itself"), max_length=300, blank=True)
    mechanism = models.CharField(_("cooperation mechanism"), max_length=300, blank=True)
    content = models.TextField(_("content"), max_length=4000, blank=True)
    joining = models.CharField(_("how to join"), max_length=300, blank=True)
    trip = models.ForeignKey(
        OutboundDelegation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="online_events",
        editable=False,
        verbose_name=_("in place of the delegation"),
    )

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
            )
        ]

    def __str__(self) -> str:
        return self.case.number

    def get_absolute_url(self) -> str:
        return reverse("delegations:event", args=[self.case.number])
