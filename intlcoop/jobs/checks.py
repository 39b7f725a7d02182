"""What must hold before the portal starts: settings whose relation keeps work from getting lost or doubled."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import celery
import kombu
from django.conf import settings
from django.core.checks import CheckMessage, Error, register

NEEDED_VERSION = (5, 7)
# kombu's defaults would wait for ever on a hung broker and give a lost message back only after 100 seconds.
NEEDED_OPTIONS = (
    "visibility_timeout",
    "unacked_restore_interval",
    "unacked_restore_throttle",
    "socket_timeout",
    "socket_connect_timeout",
    "health_check_interval",
)


@register("jobs")
def check_jobs(**_arguments: Any) -> list[CheckMessage]:
    return [*_versions(), *_time_limits(), *_leases(), *_broker_options(), *_acknowledgement()]


def _versions() -> Iterator[CheckMessage]:
    for package in (celery, kombu):
        version = tuple(int(part) for part in package.__version__.split(".")[:2])
        if version < NEEDED_VERSION:
            yield Error(f"{package.__name__} must be at least 5.7; it is {package.__version__}.", id="jobs.E001")


def _time_limits() -> Iterator[CheckMessage]:
    hard, soft = settings.CELERY_TASK_TIME_LIMIT, settings.CELERY_TASK_SOFT_TIME_LIMIT
    visible = settings.CELERY_BROKER_TRANSPORT_OPTIONS.get("visibility_timeout", 0)
    if hard * 1.5 >= visible:
        yield Error(
            f"CELERY_TASK_TIME_LIMIT ({hard} s) x 1.5 must stay below the visibility timeout ({visible} s).",
            hint="A message given back while its task still runs starts the task a second time.",
            id="jobs.E002",
        )
    if soft >= hard:
        yield Error("CELERY_TASK_SOFT_TIME_LIMIT must stay below CELERY_TASK_TIME_LIMIT.", id="jobs.E003")
    if visible != settings.CELERY_VISIBILITY_TIMEOUT:
        yield Error("Both visibility timeouts must be the same: the shortest one wins.", id="jobs.E004")


def _leases() -> Iterator[CheckMessage]:
    if settings.JOB_RENEW_SECONDS * 2 >= settings.JOB_LEASE_SECONDS:
        yield Error(
            "JOB_LEASE_SECONDS must be more than twice JOB_RENEW_SECONDS.",
            hint="Otherwise one late renewal gives a running job to somebody else.",
            id="jobs.E005",
        )


def _broker_options() -> Iterator[CheckMessage]:
    missing = [name for name in NEEDED_OPTIONS if name not in settings.CELERY_BROKER_TRANSPORT_OPTIONS]
    if missing:
        yield Error(f"CELERY_BROKER_TRANSPORT_OPTIONS lacks {', '.join(missing)}.", id="jobs.E006")
    if settings.CELERY_TASK_PUBLISH_RETRY:
        yield Error("CELERY_TASK_PUBLISH_RETRY must be off: the sweeper repeats, a page does not wait.", id="jobs.E007")


def _acknowledgement() -> Iterator[CheckMessage]:
    if not (settings.CELERY_TASK_ACKS_LATE and settings.CELERY_TASK_REJECT_ON_WORKER_LOST):
        yield Error(
            "A message must be acknowledged after its work, and given back when the worker dies.", id="jobs.E008"
        )
    if settings.CELERY_ACCEPT_CONTENT != ["json"]:
        yield Error("Messages must be JSON: whoever can write to the broker could run code.", id="jobs.E009")
