"""Ordering, cancelling and repeating jobs."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from functools import partial
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext

from intlcoop.jobs import leases, publishing, registry
from intlcoop.jobs.choices import JobState
from intlcoop.jobs.clock import DatabaseNow
from intlcoop.jobs.errors import JobRefused
from intlcoop.jobs.models import Job
from intlcoop.people.models import User


def enqueue(
    kind: str,
    params: dict[str, Any],
    *,
    actor: User | None = None,
    idempotency_key: str | None = None,
    delay: dt.timedelta | None = None,
) -> Job:
    """Order a job, in the transaction of its cause; the worker is told once that is committed.

    The same idempotency key, or the same parameters while such a job waits or runs (unless the kind allows several), give
    the job that stands already, whatever its state. `params` is a JSON object. Raises LookupError for an unknown kind.
    """
    known = registry.get(kind)
    job = Job(
        kind=kind,
        params=params,
        idempotency_key=idempotency_key,
        requested_by=actor,
        max_attempts=min(known.max_attempts, settings.JOB_MAX_ATTEMPTS),
        next_attempt_at=DatabaseNow() + delay if delay else None,
    )
    job.params_sha256 = digest(params, salt="" if known.unique else str(job.pk))
    standing = _insert_or_find(job)
    if standing.pk == job.pk:
        transaction.on_commit(partial(publishing.nudge, [job.pk]), robust=True)
    return standing


def digest(params: dict[str, Any], *, salt: str = "") -> str:
    """SHA-256 over the parameters in canonical JSON, so that the order of keys does not matter."""
    text = json.dumps(params, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(f"{salt}{text}".encode()).hexdigest()


def _insert_or_find(job: Job) -> Job:
    """Insert, or find what stands in the way; the latter may end in between, so look twice."""
    for _turn in range(3):
        Job.objects.bulk_create([job], ignore_conflicts=True)
        same_key = (
            Job.objects.filter(idempotency_key=job.idempotency_key) if job.idempotency_key else Job.objects.none()
        )
        same_work = Job.objects.live().filter(kind=job.kind, params_sha256=job.params_sha256)
        found = Job.objects.filter(pk=job.pk).first() or same_key.first() or same_work.first()
        if found is not None:
            return found
    raise IntegrityError(f"The job {job.kind} could be neither ordered nor found.")


@transaction.atomic
def cancel_job(job: Job, *, actor: User | None) -> Job:
    """Cancel the job: at once while it waits, at its next step of progress while it runs.

    Raises JobRefused with the sentence for the user when it has ended already.
    """
    job = Job.objects.select_for_update(of=("self",)).get(pk=job.pk)
    if not job.is_live:
        raise JobRefused(gettext("This job has already ended, so there is nothing to cancel."))
    Job.objects.filter(pk=job.pk, cancel_requested_at__isnull=True).update(
        cancel_requested_at=DatabaseNow(), cancel_requested_by=actor
    )
    if job.state == JobState.QUEUED:
        leases.end_cancelled(job, None)
    job.refresh_from_db()
    return job


@transaction.atomic
def retry_job(job: Job, *, actor: User | None) -> Job:
    """Start a failed or cancelled job again, with all its attempts.

    Raises JobRefused when it did not fail, or when the same work has been ordered again meanwhile.
    """
    job = Job.objects.select_for_update(of=("self",)).get(pk=job.pk)
    if job.state not in (JobState.FAILED, JobState.CANCELLED):
        raise JobRefused(gettext("Only a job that failed or was cancelled can be started again."))
    try:
        with transaction.atomic():
            Job.objects.filter(pk=job.pk).update(
                state=JobState.QUEUED,
                attempt=0,
                progress=0,
                progress_note="",
                started_at=None,
                finished_at=None,
                nudged_at=None,
                next_attempt_at=DatabaseNow(),
                cancel_requested_at=None,
                cancel_requested_by=None,
            )
    except IntegrityError as error:
        raise JobRefused(
            gettext("The same work has been ordered again meanwhile and is waiting or running.")
        ) from error
    transaction.on_commit(partial(publishing.nudge, [job.pk]), robust=True)
    job.refresh_from_db()
    return job
