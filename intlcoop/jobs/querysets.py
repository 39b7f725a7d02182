"""Reads over jobs; every comparison with now asks the database's clock."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Q

from intlcoop.jobs.choices import JobState
from intlcoop.jobs.clock import DatabaseNow
from intlcoop.people.principals import principal_of

if TYPE_CHECKING:
    from intlcoop.jobs.models import Job


class JobQuerySet(models.QuerySet["Job"]):
    def visible_to(self, user: Any) -> Self:
        """What this person ordered; administrators see all. A kind may show a single job to more people (`rules`)."""
        return self if principal_of(user).is_administrator else self.filter(requested_by=user.pk)

    def live(self) -> Self:
        return self.filter(state__in=JobState.LIVE)

    def due(self) -> Self:
        """Queued, and its waiting time is over."""
        return self.filter(
            Q(next_attempt_at__isnull=True) | Q(next_attempt_at__lte=DatabaseNow()), state=JobState.QUEUED
        )

    def interrupted(self, grace: dt.timedelta = dt.timedelta(0)) -> Self:
        """Running by its row, but its lease ended more than `grace` ago without being renewed."""
        return self.filter(state=JobState.RUNNING, lease_until__lt=DatabaseNow() - grace)

    def held(self) -> Self:
        """Running, with a lease that somebody keeps fresh."""
        return self.filter(state=JobState.RUNNING, lease_until__gte=DatabaseNow())

    def unclaimed(self, *, after: dt.timedelta, again_after: dt.timedelta) -> Self:
        """Due, and no message is known to be on its way: new and older than `after` (its own message had that long), at
        the end of a waiting time, or re-sent longer than `again_after` ago."""
        return self.due().filter(
            Q(nudged_at__isnull=True, created_at__lte=DatabaseNow() - after)
            | Q(nudged_at__isnull=True, next_attempt_at__isnull=False)
            | Q(nudged_at__lte=DatabaseNow() - again_after)
        )

    def count_by_kind(self) -> dict[str, int]:
        return dict(self.order_by("kind").values_list("kind").annotate(count=models.Count("pk")))

    def ahead_of(self, job: Job) -> Self:
        """The waiting jobs that a worker will take before this one."""
        return self.due().filter(created_at__lt=job.created_at)
