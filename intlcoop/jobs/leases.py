"""Who holds a job now: claim, renew and end, each by one statement under the database's clock and a fencing token.

A worker that was thought dead and comes back cannot end a job that somebody else has taken over: its token no longer
matches, so its statement finds no row.
"""

from __future__ import annotations

import datetime as dt
import enum
import uuid
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F

from intlcoop.jobs.choices import JobState
from intlcoop.jobs.clock import DatabaseNow
from intlcoop.jobs.errors import LeaseLost
from intlcoop.jobs.models import Job
from intlcoop.jobs.registry import find

CLAIM = """
    UPDATE jobs_job
       SET state = 'running', attempt = attempt + 1, lease_token = %s,
           lease_until = clock_timestamp() + make_interval(secs => %s),
           started_at = coalesce(started_at, clock_timestamp()),
           progress = 0, progress_note = '', nudged_at = NULL, next_attempt_at = NULL
     WHERE id = %s AND attempt < max_attempts AND cancel_requested_at IS NULL
       AND ((state = 'queued' AND (next_attempt_at IS NULL OR next_attempt_at <= clock_timestamp()))
            OR (state = 'running' AND lease_until < clock_timestamp()))
    RETURNING *
"""


# During a deployment an old worker may meet a kind that only the new one knows.
UNKNOWN_KIND_WAITS = dt.timedelta(seconds=30)


class Standing(enum.Enum):
    """How a running job stands, seen by whoever runs it."""

    HELD = enum.auto()
    CANCELLED = enum.auto()
    LOST = enum.auto()


def claim(job_id: uuid.UUID | str) -> Job | None:
    """Take the job for JOB_LEASE_SECONDS, or None when it is not to be had: held, ended, waiting or used up."""
    return next(iter(Job.objects.raw(CLAIM, [uuid.uuid4(), settings.JOB_LEASE_SECONDS, job_id])), None)


def renew(job_id: uuid.UUID, token: uuid.UUID, progress: tuple[int, str] | None = None) -> Standing:
    """Keep the job for another JOB_LEASE_SECONDS and note the progress (percent, words), if any."""
    changes: dict[str, Any] = {"lease_until": DatabaseNow() + dt.timedelta(seconds=settings.JOB_LEASE_SECONDS)}
    if progress is not None:
        changes |= {"progress": progress[0], "progress_note": progress[1]}
    if not _held_by(job_id, token).update(**changes):
        return Standing.LOST
    cancelled = Job.objects.filter(pk=job_id, cancel_requested_at__isnull=False).exists()
    return Standing.CANCELLED if cancelled else Standing.HELD


@transaction.atomic
def finish(job: Job, token: uuid.UUID, result: Mapping[str, Any]) -> None:
    """End the job as done, with the consequences of its kind in the same transaction. Raises LeaseLost."""
    _end(job, token, JobState.DONE, progress=100, progress_note="", failure_reason="", result=dict(result))
    if kind := find(job.kind):
        kind.on_done(job, job.result)


@transaction.atomic
def fail(job: Job, token: uuid.UUID, reason: str, *, final: bool = False, waits: bool = True) -> bool:
    """End this attempt. False: it will be tried again (after its kind's pause, if it `waits`); True: failed for good,
    and the kind was told. Raises LeaseLost.
    """
    kind = find(job.kind)
    if final or job.attempt >= job.max_attempts:
        _end(job, token, JobState.FAILED, failure_reason=reason)
        if kind:
            kind.on_failed(job, reason)
        return True
    wait = dt.timedelta(0)
    if waits:
        wait = kind.wait_before(job.attempt + 1) if kind else UNKNOWN_KIND_WAITS
    release(job, token, reason=reason, wait=wait)
    return False


@transaction.atomic
def end_cancelled(job: Job, token: uuid.UUID | None) -> None:
    """End the job as cancelled, by whoever runs it (`token`) or while nobody does (None). Raises LeaseLost."""
    _end(job, token, JobState.CANCELLED)
    if kind := find(job.kind):
        kind.on_cancelled(job)


def release(job: Job, token: uuid.UUID, *, reason: str = "", wait: dt.timedelta = dt.timedelta(0)) -> None:
    """Put the job back in the queue, to be taken after `wait`; the reason stays readable. Raises LeaseLost."""
    changed = _held_by(job.pk, token).update(
        state=JobState.QUEUED,
        lease_token=None,
        lease_until=None,
        nudged_at=None,
        next_attempt_at=DatabaseNow() + wait,
        failure_reason=reason or F("failure_reason"),
    )
    if not changed:
        raise LeaseLost
    job.refresh_from_db()


def _held_by(job_id: uuid.UUID, token: uuid.UUID | None) -> Any:
    if token is None:
        return Job.objects.filter(pk=job_id, state=JobState.QUEUED)
    return Job.objects.filter(pk=job_id, state=JobState.RUNNING, lease_token=token)


def _end(job: Job, token: uuid.UUID | None, state: JobState, **changes: Any) -> None:
    changed = _held_by(job.pk, token).update(
        state=state, lease_token=None, lease_until=None, next_attempt_at=None, finished_at=DatabaseNow(), **changes
    )
    if not changed:
        raise LeaseLost
    job.refresh_from_db()
