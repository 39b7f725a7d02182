"""Is the machinery alive? Read by /readyz, the banner on every page and the system page."""

from __future__ import annotations

import datetime as dt
import time
from dataclasses import asdict, dataclass
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.models import Count, Min, Q

from intlcoop.jobs import publishing
from intlcoop.jobs.choices import JobState
from intlcoop.jobs.models import Heartbeat, Job

WORKER = "worker"  # also named in the query below
SWEEPER = "sweeper"
FRESH = dt.timedelta(seconds=60)

BEAT = """
    INSERT INTO jobs_heartbeat (name, at) VALUES (%s, clock_timestamp())
    ON CONFLICT (name) DO UPDATE SET at = excluded.at
"""
ALIVE = """
    SELECT EXISTS (SELECT 1 FROM jobs_heartbeat WHERE name = 'worker' AND at > clock_timestamp() - interval '60 seconds')
        OR EXISTS (SELECT 1 FROM jobs_job WHERE state = 'running' AND lease_until > clock_timestamp())
"""

_last_answer: tuple[float, bool] = (float("-inf"), True)


@dataclass(frozen=True, slots=True)
class Health:
    """Ages in seconds; None where there is nothing to measure or the database does not answer."""

    database: bool
    broker: bool
    worker_alive: bool = False
    worker_age: float | None = None
    sweeper_age: float | None = None
    queued: int = 0
    running: int = 0
    failed: int = 0
    oldest_queued_age: float | None = None

    @property
    def is_ready(self) -> bool:
        return self.database and self.broker and self.worker_alive

    @property
    def sweeper_alive(self) -> bool:
        return self.sweeper_age is not None and self.sweeper_age < FRESH.total_seconds()

    def as_json(self) -> dict[str, Any]:
        return {"ready": self.is_ready, **asdict(self)}


def beat(name: str) -> None:
    """Note that this part of the machinery has just made progress."""
    with connection.cursor() as cursor:
        cursor.execute(BEAT, [name])


def worker_is_alive() -> bool:
    """Whether a probe came through the queue within a minute, or a running job's lease is fresh. One cheap query."""
    with connection.cursor() as cursor:
        cursor.execute(ALIVE)
        return bool(cursor.fetchone()[0])


def worker_seems_alive() -> bool:
    """The same, remembered by this process for JOB_WORKER_CACHE_SECONDS: for a banner on every page."""
    global _last_answer
    asked_at, answer = _last_answer
    if time.monotonic() - asked_at >= settings.JOB_WORKER_CACHE_SECONDS:
        answer = worker_is_alive()
        _last_answer = (time.monotonic(), answer)
    return answer


def read() -> Health:
    """Everything at once. Never raises and never starts a server; takes about a second when the broker hangs."""
    waiting = publishing.waiting_messages()
    try:
        return Health(database=True, broker=waiting is not None, worker_alive=worker_is_alive(), **_figures())
    except DatabaseError:
        return Health(database=False, broker=waiting is not None)


def _figures() -> dict[str, Any]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        now = cursor.fetchone()[0]
    beats = dict(Heartbeat.objects.values_list("name", "at"))
    counts = Job.objects.filter(state__in=[*JobState.LIVE, JobState.FAILED]).aggregate(
        queued=Count("pk", filter=Q(state=JobState.QUEUED)),
        running=Count("pk", filter=Q(state=JobState.RUNNING)),
        failed=Count("pk", filter=Q(state=JobState.FAILED)),
    )
    oldest = Job.objects.due().aggregate(at=Min("created_at"))["at"]

    def age(moment: dt.datetime | None) -> float | None:
        return None if moment is None else round(max(0.0, (now - moment).total_seconds()), 1)

    return counts | {
        "worker_age": age(beats.get(WORKER)),
        "sweeper_age": age(beats.get(SWEEPER)),
        "oldest_queued_age": age(oldest),
    }
