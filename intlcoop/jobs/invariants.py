"""What `audit_invariants` asks of this room: I2 (one job at a time), I3 (no orphan), I6 (nothing stuck)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.db import connection
from django.db.models import F

from intlcoop.jobs import publishing, registry
from intlcoop.jobs.models import Job
from intlcoop.jobs.registry import Finding
from intlcoop.jobs.sweeper import orphan_age

GUARDS = ("job_once_at_a_time", "jobs_job_idempotency_key_key")
VALID_UNIQUE_INDEXES = """
    SELECT c.relname FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
     WHERE i.indrelid = 'jobs_job'::regclass AND i.indisunique AND i.indisvalid
"""
PATIENCE = dt.timedelta(seconds=60)


def register_all() -> None:
    registry.register_invariant("I2", one_job_at_a_time)
    registry.register_invariant("I3", no_orphan)
    registry.register_invariant("I6", nothing_stuck)


def one_job_at_a_time() -> Iterator[Finding]:
    """The database itself keeps a job from being ordered twice; the indexes that do so are there and valid."""
    with connection.cursor() as cursor:
        cursor.execute(VALID_UNIQUE_INDEXES)
        there = {row[0] for row in cursor.fetchall()}
    missing = [name for name in GUARDS if name not in there]
    yield Finding("I2", not missing, f"unique indexes missing: {', '.join(missing)}" if missing else "jobs are unique")


def no_orphan() -> Iterator[Finding]:
    """Each collector looks, without removing, for what is older than any lease and a round of the sweeper explain."""
    for name, collector in registry.collectors().items():
        found = collector(older_than=orphan_age() + PATIENCE, remove=False)
        text = (
            f"{name}: {len(found)} without a row ({', '.join(found[:3])})" if found else f"{name}: none without a row"
        )
        yield Finding("I3", not found, text)
    if not registry.collectors():
        yield Finding("I3", None, "no collector is registered")


def nothing_stuck() -> Iterator[Finding]:
    left = Job.objects.interrupted(grace=dt.timedelta(seconds=15)).count()
    yield Finding("I6", not left, f"{left} running jobs past their lease" if left else "no running job past its lease")
    worn = Job.objects.filter(attempt__gt=F("max_attempts")).count()
    yield Finding("I6", not worn, f"{worn} jobs with too many attempts" if worn else "no job with too many attempts")
    yield _nothing_waits()


def _nothing_waits() -> Finding:
    """A job may wait behind others; it is stuck when nothing runs although the broker is up."""
    waiting = Job.objects.unclaimed(after=PATIENCE, again_after=PATIENCE).count()
    if not waiting:
        return Finding("I6", True, "no job waits for longer than a minute")
    if publishing.waiting_messages() is None:
        return Finding("I6", None, f"{waiting} jobs wait, and the broker does not answer")
    if Job.objects.held().exists():
        return Finding("I6", True, f"{waiting} jobs wait behind running ones")
    return Finding("I6", False, f"{waiting} jobs wait for longer than a minute and nothing runs")
