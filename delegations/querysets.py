"""Reads over trips. Every list starts at `visible_to`, which is the case's own rule."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, Self

from django.db import models

from delegations.choices import OutboundState
from intlcoop.workflow.models import Case

if TYPE_CHECKING:
    from intlcoop.people.models import User


class OutboundQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: User) -> Self:
        return self.filter(case__in=Case.objects.visible_to(user))

    def for_list(self) -> Self:
        """With all that a row of a list shows, in a fixed number of queries."""
        return self.select_related("case__unit", "case__created_by", "plan_line__plan").prefetch_related(
            "legs__country", "members", "case__steps"
        )

    def counted(self) -> Self:
        """Trips that were decided on: the ones that reports count."""
        return self.filter(case__state__in=OutboundState.COUNTED)

    def departing_in(self, first: dt.date, last: dt.date) -> Self:
        """A trip counts in the window of its departure (contracts.md)."""
        return self.filter(departs_on__range=(first, last))

    def abroad_on(self, day: dt.date) -> Self:
        return self.filter(departs_on__lte=day, returns_on__gte=day, case__state__in=OutboundState.COUNTED)

    def sharing_days_with(self, trip: Any) -> Self:
        """Other live trips with at least one day in common, also one that encloses it or lies within it (A11)."""
        return self.exclude(pk=trip.pk).filter(
            departs_on__lte=trip.returns_on,
            returns_on__gte=trip.departs_on,
            case__state__in=OutboundState.HOLDS_DAYS,
        )


class TripReportQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: User) -> Self:
        """Whoever reads the trip reads its report."""
        trips = self.model._meta.get_field("delegation").related_model
        return self.filter(delegation__in=trips.objects.visible_to(user))
