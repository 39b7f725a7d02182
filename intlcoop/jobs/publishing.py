"""Telling the worker, quickly or not at all: the job row is the truth and the sweeper repeats what got lost here.

A dead broker costs a request one second once, then nothing for a while; it never raises.
"""

from __future__ import annotations

import logging
import os
import threading
import time
import uuid
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from django.conf import settings
from django.db import transaction
from kombu import Connection
from redis.exceptions import TimeoutError as BrokerHung

from intlcoop.celery import app
from intlcoop.embedded import broker, places
from intlcoop.jobs.errors import PublishedTooEarly

logger = logging.getLogger(__name__)

QUEUE = "celery"
# max_retries: kombu otherwise repeats a refused connection after two seconds of sleep.
PATIENCE = {"socket_timeout": 1, "socket_connect_timeout": 1, "max_retries": 0}
SILENCE = 10  # seconds without another attempt after the broker did not answer

_mine = threading.local()
_silent_until = 0.0
Answer = TypeVar("Answer")


def nudge(job_ids: Sequence[uuid.UUID], *, insist: bool = False) -> int:
    """Tell the worker of these jobs; the number of messages that left. Raises PublishedTooEarly inside a transaction.

    `insist` asks the broker even if it did not answer a moment ago (the sweeper has the time).
    """
    refuse_inside_transaction()
    sent = 0
    for job_id in job_ids:
        if not _tell("jobs.run", {"job_id": str(job_id)}, insist=insist):
            break
        sent += 1
    return sent


def send_probe() -> bool:
    """Ask the worker for a sign of life through the queue; a probe that waited for a minute proves nothing any more."""
    return _tell("jobs.probe", {}, insist=True, expires=60)


def waiting_messages() -> int | None:
    """How many messages wait in the broker; None when it does not answer. Starts nothing."""
    try:
        return _with_line(lambda line: int(_server(line).llen(QUEUE)))
    except Exception:
        logger.debug("The broker does not answer", exc_info=True)
        return None


def wake_embedded_broker() -> bool:
    """Start the embedded broker if it is ours to start and not just hung; whether it answers afterwards."""
    global _silent_until
    try:
        _with_line(lambda line: _server(line).ping())
    except Exception as error:
        if not _ours_to_start() or isinstance(error.__cause__ or error, BrokerHung):
            return False
        broker.start(places.home(settings.VAR_DIR))
    _silent_until = 0.0
    return True


def refuse_inside_transaction() -> None:
    """Raise PublishedTooEarly inside a transaction: its rows are not there yet for the worker, and may never be."""
    # The block that a test case opens around itself is no transaction of ours; Django's durable=True ignores it too.
    if any(not block._from_testcase for block in transaction.get_connection().atomic_blocks):
        raise PublishedTooEarly("A message would leave before its cause is committed.")


def forget() -> None:
    """Drop this thread's line and the memory of failures."""
    global _silent_until
    _silent_until = 0.0
    _drop_line()


def _tell(task: str, arguments: dict[str, Any], *, insist: bool, **options: Any) -> bool:
    global _silent_until
    if not insist and time.monotonic() < _silent_until:
        return False
    try:
        _with_line(lambda line: app.send_task(task, kwargs=arguments, connection=line, retry=False, **options))
    except Exception as error:
        _silent_until = time.monotonic() + SILENCE
        logger.warning("The broker did not take %s %s: %s", task, arguments, error)
        return False
    return True


def _with_line(ask: Callable[[Connection], Answer]) -> Answer:
    """Ask over this thread's line; once more over a fresh one when the kept line turned out to be broken."""
    kept = getattr(_mine, "line", None) is not None and _mine.process == os.getpid()
    try:
        return ask(_line())
    except Exception as error:
        _drop_line()
        if not kept or isinstance(error.__cause__ or error, BrokerHung):
            raise
    try:
        return ask(_line())
    except Exception:
        _drop_line()
        raise


def _line() -> Connection:
    if getattr(_mine, "line", None) is None or _mine.process != os.getpid():
        line = app.connection_for_write(transport_options=PATIENCE)
        line.ensure_connection(max_retries=0)
        _mine.line, _mine.process = line, os.getpid()
    return _mine.line


def _server(line: Connection) -> Any:
    """The Redis client beneath the line; kombu has no word of its own for the length of a queue without declaring it."""
    return line.default_channel.client  # type: ignore[attr-defined]


def _drop_line() -> None:
    line, _mine.line = getattr(_mine, "line", None), None
    if line is not None and _mine.process == os.getpid():
        try:
            line.release()
        except Exception:
            logger.debug("The line to the broker did not close cleanly", exc_info=True)


def _ours_to_start() -> bool:
    return settings.EMBEDDED and app.conf.broker_url == broker.broker_url(settings.VAR_DIR)
