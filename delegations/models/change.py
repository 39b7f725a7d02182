"""What is asked of a trip after its decision was issued: another content, a longer stay, another time, not at all (C17)."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from delegations.choices import ChangeKind, ChangeState, NewDecision, SettlementReason
from delegations.models.outbound import OutboundDelegation
from delegations.querysets import TripChangeQuerySet
from intlcoop.audit.tracking import tracked
from intlcoop.workflow.models import Case


@tracked()
class TripChange(models.Model):
    """One request, a file of its own with its own route and decision. The old decision holds until the new one is issued.

    The content that is asked for is an `OutboundDelegation` on the same case whose `amends` is the trip; `before` keeps what
    the trip said when the request was opened, so that both can be compared for ever. Until `closed_at` no second request on
    the same trip can be opened.
    """

    case = models.OneToOneField(Case, models.PROTECT, related_name="trip_change")
    delegation = models.ForeignKey(
        OutboundDelegation, models.PROTECT, related_name="changes", editable=False, verbose_name=_("delegation")
    )
    kind = models.CharField(_("what is asked for"), max_length=10, choices=ChangeKind)
    decision_form = models.CharField(
        _("the new decision"), max_length=10, choices=NewDecision, default=NewDecision.AMENDING
    )
    reason_code = models.CharField(_("kind of reason"), max_length=16, choices=SettlementReason)
    reason = models.TextField(_("reason"), max_length=2000)
    online_starts_on = models.DateField(_("first day online"), null=True, blank=True)
    online_ends_on = models.DateField(_("last day online"), null=True, blank=True)
    online_mechanism = models.CharField(_("cooperation mechanism"), max_length=300, blank=True)
    before = models.JSONField(default=dict, editable=False)
    applied_at = models.DateTimeField(_("in force since"), null=True, editable=False)
    closed_at = models.DateTimeField(null=True, editable=False)

    history_hidden = ("before", "closed_at")

    objects = TripChangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("change of a decided trip")
        verbose_name_plural = _("changes of decided trips")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["delegation"],
                condition=Q(closed_at__isnull=True),
                name="tripchange_one_at_a_time",
                violation_error_message=_("Another change of this trip is under way already."),
            ),
            models.CheckConstraint(
                name="tripchange_online_days_in_order",
                condition=Q(online_ends_on__isnull=True)
                | Q(online_starts_on__isnull=True)
                | Q(online_ends_on__gte=F("online_starts_on")),
                violation_error_message=_("The last day of the event cannot be before its first."),
            ),
        ]

    def __str__(self) -> str:
        return self.case.number

    def get_absolute_url(self) -> str:
        return reverse("delegations:change", args=[self.case.number])

    @property
    def version(self) -> OutboundDelegation:
        """The content that is asked for."""
        return self.case.outbound  # type: ignore[no-any-return]

    @property
    def state_label(self) -> str:
        return str(ChangeState(self.case.state).label)

    @property
    def has_content(self) -> bool:
        return self.kind in ChangeKind.WITH_CONTENT
