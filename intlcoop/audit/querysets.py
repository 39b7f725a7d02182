"""Reads over the log of security events."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, Self

import rules
from django.db import models
from django.db.models import Q
from django.utils import timezone

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from intlcoop.people.models import User


class SecurityEventQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: User | AnonymousUser) -> Self:
        """The whole log for administrators and auditors, nothing for anybody else."""
        return self if rules.has_perm("audit.view_security_events", user) else self.none()

    def between(self, first: dt.date | None, last: dt.date | None) -> Self:
        """Events from the beginning of one day to the end of another, in the time zone of the portal."""
        rows = self
        if first:
            rows = rows.filter(at__gte=_midnight(first))
        if last:
            rows = rows.filter(at__lt=_midnight(last + dt.timedelta(days=1)))
        return rows

    def matching(self, text: str) -> Self:
        """Events whose person, target, address or IP holds the text."""
        return self.filter(
            Q(actor_name__icontains=text)
            | Q(target__icontains=text)
            | Q(url__icontains=text)
            | Q(ip__startswith=text)
            | Q(actor__username=text)
        )


def _midnight(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time.min))
