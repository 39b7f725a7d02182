"""WORK THAT TAKES TIME: a job row is the truth about one piece of work, and a message to the worker only a hint.

The row is written in the transaction of its cause, so it is its own outbox. It has no row history: the lease and the
progress change every few seconds, and who ordered, cancelled or repeated a job stands in the row itself.
"""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from intlcoop.jobs.choices import JobState
from intlcoop.jobs.clock import DatabaseNow
from intlcoop.jobs.querysets import JobQuerySet


class Job(models.Model):
    """One piece of work: what, for whom, how far, and who holds it now."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(_("kind"), max_length=60)
    params = models.JSONField(_("parameters"), default=dict)
    # SHA-256 of kind's parameters in canonical JSON; salted with the id for kinds that may run side by side.
    params_sha256 = models.CharField(max_length=64, editable=False)
    idempotency_key = models.CharField(max_length=200, null=True, blank=True, unique=True)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("ordered by")
    )

    state = models.CharField(_("state"), max_length=10, choices=JobState, default=JobState.QUEUED)
    attempt = models.PositiveSmallIntegerField(_("attempt"), default=0)
    max_attempts = models.PositiveSmallIntegerField(_("attempts allowed"), default=3)
    lease_token = models.UUIDField(null=True, blank=True, editable=False)
    lease_until = models.DateTimeField(null=True, blank=True, editable=False)
    nudged_at = models.DateTimeField(null=True, blank=True, editable=False)
    next_attempt_at = models.DateTimeField(null=True, blank=True, editable=False)

    progress = models.PositiveSmallIntegerField(_("progress"), default=0)
    progress_note = models.CharField(max_length=200, blank=True, default="")
    result = models.JSONField(_("result"), default=dict, blank=True)
    failure_reason = models.TextField(_("reason of the failure"), blank=True, default="")

    created_at = models.DateTimeField(_("ordered at"), db_default=DatabaseNow(), editable=False)
    started_at = models.DateTimeField(_("started at"), null=True, blank=True, editable=False)
    finished_at = models.DateTimeField(_("finished at"), null=True, blank=True, editable=False)
    cancel_requested_at = models.DateTimeField(null=True, blank=True, editable=False)
    cancel_requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )

    objects = JobQuerySet.as_manager()

    class Meta:
        verbose_name = _("job")
        verbose_name_plural = _("jobs")
        ordering = ["-created_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="job_once_at_a_time", fields=["kind", "params_sha256"], condition=Q(state__in=JobState.LIVE)
            ),
            models.CheckConstraint(name="job_state_known", condition=Q(state__in=JobState.values)),
            models.CheckConstraint(
                name="job_lease_while_running",
                condition=Q(state=JobState.RUNNING, lease_token__isnull=False, lease_until__isnull=False)
                | Q(~Q(state=JobState.RUNNING), lease_token__isnull=True, lease_until__isnull=True),
            ),
            models.CheckConstraint(
                name="job_finish_time_when_ended",
                condition=Q(state__in=JobState.ENDED, finished_at__isnull=False)
                | Q(state__in=JobState.LIVE, finished_at__isnull=True),
            ),
            models.CheckConstraint(
                name="job_failure_has_reason", condition=~Q(state=JobState.FAILED, failure_reason="")
            ),
            models.CheckConstraint(name="job_attempts_bounded", condition=Q(attempt__lte=F("max_attempts"))),
            models.CheckConstraint(name="job_progress_is_percent", condition=Q(progress__lte=100)),
        ]
        indexes = [
            models.Index(name="job_live", fields=["state", "created_at"], condition=Q(state__in=JobState.LIVE)),
            models.Index(name="job_failed", fields=["-finished_at"], condition=Q(state=JobState.FAILED)),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("jobs:job", args=[self.pk])

    @property
    def is_live(self) -> bool:
        return self.state in JobState.LIVE


class Heartbeat(models.Model):
    """The last proof that a part of the machinery makes progress: "worker" (a message went through the queue), "sweeper"."""

    name = models.CharField(max_length=40, unique=True)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("heartbeat")
        verbose_name_plural = _("heartbeats")

    def __str__(self) -> str:
        return f"{self.name} {self.at:%d/%m/%Y %H:%M:%S}"
