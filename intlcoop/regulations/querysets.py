"""Reads over the rules: which of them may be seen, and which holds on a day."""

from __future__ import annotations

import datetime as dt
from typing import Any, Self

import rules
from django.db import models
from django.db.models import Q

from intlcoop.people.querysets import DatedQuerySet


class ReadableQuerySet(models.QuerySet):
    """Rules bind everybody, so everybody with an account may read them; only that is asked."""

    def visible_to(self, user: Any) -> Self:
        return self if rules.has_perm("regulations.view", user) else self.none()


class ReadableDatedQuerySet(DatedQuerySet):
    """Dated rows under the same right."""

    def visible_to(self, user: Any) -> Self:
        return self if rules.has_perm("regulations.view", user) else self.none()


class InstrumentQuerySet(ReadableQuerySet):
    def matching(self, text: str) -> Self:
        """Every word stands in the number, the title or the issuer, whatever its case."""
        condition = Q()
        for word in text.split():
            condition &= Q(symbol__icontains=word) | Q(title__icontains=word) | Q(issuer__icontains=word)
        return self.filter(condition)

    def in_force(self, day: dt.date) -> Self:
        """Not ended and not replaced on this day; an instrument without dates counts as in force."""
        return self.filter(
            Q(effective_from__isnull=True) | Q(effective_from__lte=day),
            Q(effective_to__gte=day) | Q(effective_to__isnull=True, replaced_by__isnull=True),
        )


class ParameterQuerySet(ReadableDatedQuerySet):
    """Parameters; `on(day)` gives at most one row per key."""
