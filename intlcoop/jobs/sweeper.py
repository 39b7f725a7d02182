"""The process that lets nothing get lost: it repeats what no worker claimed and takes over what one left behind.

It runs outside Celery, so the outage that it must notice cannot silence it. Several may run at once.
"""

from __future__ import annotations

import datetime as dt
import logging
import threading
import time
import uuid
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import DatabaseError, InterfaceError, OperationalError, connection, transaction
from django.utils import timezone, translation
from django.utils.translation import gettext

from intlcoop.jobs import health, leases, publishing, registry, services
from intlcoop.jobs.clock import DatabaseNow
from intlcoop.jobs.models import Job

logger = logging.getLogger(__name__)

EVERY = 5.0  # seconds between two rounds
LONGEST_PAUSE = 30.0  # seconds between two rounds while the database is away
PROBE_EVERY = 15.0
COLLECT_EVERY = 30.0
FIRST_MESSAGE = dt.timedelta(seconds=5)  # what the message of the order itself may take
SEND_AGAIN = dt.timedelta(seconds=20)
BATCH = 100
# Beyond this many waiting messages a probe would only lengthen the queue; the jobs themselves prove the worker then.
PROBES_BELOW = 50


class Sweeper:
    """Rounds of the same small works; each fails alone, and a lost database only makes the pauses longer."""

    def __init__(self, every: float = EVERY) -> None:
        self.every = every
        self.stopping = threading.Event()
        self._last: dict[str, float] = {}
        self._ordered: set[str] = set()
        self._waiting: int | None = None

    def run(self) -> None:
        """Rounds until `stopping` is set."""
        pause = self.every
        while not self.stopping.is_set():
            pause = self.every if self.once() else min(pause * 2, LONGEST_PAUSE)
            self.stopping.wait(pause)

    def once(self) -> bool:
        """One round; False when the database did not answer."""
        works: list[tuple[str, float, Callable[[], Any]]] = [
            ("beat", 0, lambda: health.beat(health.SWEEPER)),
            ("reap", 0, self.reap),
            ("order", 0, self.order_periodic),
            ("broker", 0, self.look_at_broker),
            ("send", 0, self.send_again),
            ("probe", PROBE_EVERY, self.probe),
            ("collect", COLLECT_EVERY, self.collect),
        ]
        for name, every, work in works:
            if time.monotonic() - self._last.get(name, float("-inf")) < every:
                continue
            self._last[name] = time.monotonic()
            try:
                work()
            except (OperationalError, InterfaceError) as error:
                logger.warning("The database does not answer: %s", error)
                connection.close()
                return False
            except Exception:
                logger.exception("The sweeper could not %s", name)
                _leave_broken_connection()
        return True

    def reap(self) -> list[uuid.UUID]:
        """Take back the jobs whose lease has ended: queue them again, or end those that used up their attempts."""
        seen: list[uuid.UUID] = []
        while (taken := _reap_one(seen)) is not None:
            seen.append(taken)
        return seen

    def order_periodic(self) -> None:
        """Insert the jobs of this day whose hour has passed, each once."""
        now = timezone.localtime()
        for periodic in registry.periodic():
            key = f"{periodic.kind}:{now.date().isoformat()}"
            if key in self._ordered or now.time() < periodic.at:
                continue
            params = periodic.params(now.date())
            if params is not None:
                services.enqueue(periodic.kind, params, idempotency_key=key)
            self._ordered.add(key)

    def look_at_broker(self) -> None:
        publishing.wake_embedded_broker()
        self._waiting = publishing.waiting_messages()

    def send_again(self) -> int:
        """Repeat the message of jobs that nobody claimed, but never let more messages wait than jobs do."""
        if self._waiting is None:
            return 0
        room = min(BATCH, Job.objects.due().count() - self._waiting)
        if room <= 0:
            return 0
        chosen = _mark_nudged(room)
        sent = publishing.nudge(chosen, insist=True)
        if unsent := chosen[sent:]:
            Job.objects.filter(pk__in=unsent).update(nudged_at=None)
        if sent:
            logger.info("Sent %s jobs again", sent)
        return sent

    def probe(self) -> bool:
        return self._waiting is not None and self._waiting < PROBES_BELOW and publishing.send_probe()

    def collect(self) -> list[str]:
        """Remove what no row answers for and is older than a lease could explain."""
        older_than = orphan_age()
        removed = [
            f"{name}: {each}"
            for name, collector in registry.collectors().items()
            for each in collector(older_than=older_than, remove=True)
        ]
        if removed:
            logger.warning("Removed what no row answers for: %s", "; ".join(removed))
        return removed


def orphan_age() -> dt.timedelta:
    """How old a file without a row must be: a lease, and the half minute that a finishing transaction may take."""
    return dt.timedelta(seconds=settings.JOB_LEASE_SECONDS + 30)


def _reap_one(seen: list[uuid.UUID]) -> uuid.UUID | None:
    """Deal with one job whose lease has ended and return it; None when there is none."""
    with transaction.atomic(), translation.override(settings.LANGUAGE_CODE):
        job = Job.objects.interrupted().exclude(pk__in=seen).select_for_update(skip_locked=True, of=("self",)).first()
        if job is None:
            return None
        token = job.lease_token
        assert token is not None
        logger.warning("Job %s (%s) was left behind in attempt %s", job.pk, job.kind, job.attempt)
        try:
            with transaction.atomic():
                if job.cancel_requested_at is not None:
                    leases.end_cancelled(job, token)
                else:
                    leases.fail(job, token, _left_behind(job), waits=False)
        except DatabaseError:
            raise
        except Exception:  # a room above: the job stays as it is, the others go on
            logger.exception("The consequences of job %s failed", job.pk)
        return job.pk


def _left_behind(job: Job) -> str:
    if job.attempt >= job.max_attempts:
        return gettext(
            "The processor stopped in the middle of this work %(count)s times, so it was given up. Tell the administrator."
        ) % {"count": job.attempt}
    return gettext("The processor stopped in the middle of this work.")


def _mark_nudged(room: int) -> list[uuid.UUID]:
    with transaction.atomic():
        chosen = list(
            Job.objects.unclaimed(after=FIRST_MESSAGE, again_after=SEND_AGAIN)
            .order_by("created_at")
            .select_for_update(skip_locked=True, of=("self",))
            .values_list("pk", flat=True)[:room]
        )
        Job.objects.filter(pk__in=chosen).update(nudged_at=DatabaseNow())
    return chosen


def _leave_broken_connection() -> None:
    if not connection.in_atomic_block:
        connection.close_if_unusable_or_obsolete()
