"""One attempt at one job: claim it, keep its lease while it runs, write how it ended."""

from __future__ import annotations

import contextlib
import logging
import queue
import secrets
import threading
import uuid
from collections.abc import Callable, Iterator

from celery.exceptions import SoftTimeLimitExceeded
from django.conf import settings
from django.db import DatabaseError, InterfaceError, close_old_connections, connection
from django.utils import translation
from django.utils.translation import gettext

from intlcoop.jobs import leases, registry
from intlcoop.jobs.context import JobContext
from intlcoop.jobs.errors import JobCancelled, JobFailed, LeaseLost
from intlcoop.jobs.leases import Standing
from intlcoop.jobs.models import Job

logger = logging.getLogger(__name__)

ANSWER_WITHIN = 5  # seconds that a step of progress waits for the database before the work goes on without it


def run_job(job_id: uuid.UUID | str) -> bool:
    """Make one attempt at the job in this process. False when there was nothing to claim: a repeated message is harmless.

    Never raises for what the job does; SystemExit and KeyboardInterrupt put it back in the queue and pass through.
    """
    job = leases.claim(job_id)
    if job is None:
        logger.info("Job %s is not to be had", job_id)
        return False
    token = job.lease_token
    assert token is not None
    try:
        with keep_lease(job) as report:
            result = registry.get(job.kind).run(JobContext(job, report))
        leases.finish(job, token, result or {})
    except LeaseLost:
        logger.warning("Job %s (%s) was taken over; this attempt does not count", job.pk, job.kind)
    except JobCancelled:
        with contextlib.suppress(LeaseLost):
            leases.end_cancelled(job, token)
    except (SystemExit, KeyboardInterrupt):
        with contextlib.suppress(LeaseLost):
            leases.release(job, token)
        raise
    except BaseException as error:  # WeasyPrint's fetcher raises a BaseException of its own
        _fail(job, token, error)
    return True


def _fail(job: Job, token: uuid.UUID, error: BaseException) -> None:
    if not connection.in_atomic_block:  # the work may have broken its connection
        close_old_connections()
    code = secrets.token_hex(3).upper()
    logger.error("Job %s (%s), attempt %s failed [%s]", job.pk, job.kind, job.attempt, code, exc_info=error)
    final = isinstance(error, JobFailed) and error.final
    try:
        leases.fail(job, token, reason_for(error, code), final=final)
    except LeaseLost:
        logger.warning("Job %s (%s) was taken over while it failed", job.pk, job.kind)


def reason_for(error: BaseException, code: str) -> str:
    """The sentence that whoever ordered the job reads; `code` leads an administrator to the log."""
    with translation.override(settings.LANGUAGE_CODE):
        if isinstance(error, JobFailed):
            return error.reason
        if isinstance(error, SoftTimeLimitExceeded):
            minutes = settings.CELERY_TASK_SOFT_TIME_LIMIT // 60
            return gettext("The work took longer than the %(minutes)s minutes allowed.") % {"minutes": minutes}
        if isinstance(error, MemoryError):
            return gettext("The work needed more memory than this server has.")
        return gettext(
            "The work stopped because of an unexpected error (code %(code)s). Give this code to the administrator."
        ) % {"code": code}


@contextlib.contextmanager
def keep_lease(job: Job) -> Iterator[Callable[[int, str], Standing]]:
    """Keep the lease of a claimed job while the block runs; yields how to report progress (percent, note).

    A thread with a connection of its own renews every JOB_RENEW_SECONDS, so neither a long computation nor a transaction
    of the work lets the lease end. Inside a transaction (a test case) nobody else can see the row, so it is renewed at
    each report instead.
    """
    assert job.lease_token is not None
    if connection.in_atomic_block:
        token = job.lease_token
        yield lambda percent, note: leases.renew(job.pk, token, (percent, note))
        return
    keeper = LeaseKeeper(job.pk, job.lease_token)
    keeper.start()
    try:
        yield keeper.report
    finally:
        keeper.stop()


class LeaseKeeper(threading.Thread):
    """Renews the lease of one job until it is stopped or the lease is lost."""

    def __init__(self, job_id: uuid.UUID, token: uuid.UUID) -> None:
        super().__init__(name=f"lease-{job_id}", daemon=True)
        self.job_id = job_id
        self.token = token
        self.standing = Standing.HELD
        self._requests: queue.SimpleQueue[tuple[tuple[int, str], threading.Event] | None] = queue.SimpleQueue()

    def report(self, percent: int, note: str) -> Standing:
        """Write progress through the thread's connection. When the database does not answer, the work goes on."""
        written = threading.Event()
        if self.is_alive():
            self._requests.put(((percent, note), written))
            written.wait(ANSWER_WITHIN)
        return self.standing

    def stop(self) -> None:
        self._requests.put(None)
        self.join()

    def run(self) -> None:
        try:
            while self.standing is not Standing.LOST:
                try:
                    request = self._requests.get(timeout=settings.JOB_RENEW_SECONDS)
                except queue.Empty:
                    self._renew(None)
                    continue
                if request is None:
                    return
                self._renew(request[0])
                request[1].set()
        finally:
            connection.close()

    def _renew(self, progress: tuple[int, str] | None) -> None:
        try:
            self.standing = leases.renew(self.job_id, self.token, progress)
        except (DatabaseError, InterfaceError):
            # The next turn tries again on a fresh connection; if the lease ends meanwhile, the token guards the job.
            logger.warning("The lease of job %s could not be renewed", self.job_id, exc_info=True)
            connection.close()
