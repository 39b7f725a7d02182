"""Reads over dated rows: which of them hold on a day."""

from __future__ import annotations

import datetime as dt
from typing import Self

from django.db import models
from django.db.models import Q


class DatedQuerySet(models.QuerySet):
    """Rows with `valid_from` and `valid_until` (both included, None = open)."""

    def on(self, day: dt.date) -> Self:
        """The rows that hold on this day."""
        return self.filter(
            Q(valid_from__isnull=True) | Q(valid_from__lte=day),
            Q(valid_until__isnull=True) | Q(valid_until__gte=day),
        )


class OrgUnitQuerySet(DatedQuerySet):
    def with_function(self, function: str) -> Self:
        return self.filter(function=function)


class AppointmentQuerySet(DatedQuerySet):
    def of(self, person: models.Model) -> Self:
        return self.filter(person=person)
