"""One repair of kombu 5.7.0: a broker that goes away must not end the worker that has a job in its hands.

Celery closes the broken connection and later acknowledges the finished task over it. kombu then reads the address of a
connection that is gone, and the AttributeError ends the worker process; a lost connection it would have survived. So that
is what we call it. Nothing is lost by it: the job row is the truth, and a message that comes a second time finds no job.
"""

from __future__ import annotations

from typing import Any

from kombu.transport import redis
from redis.exceptions import ConnectionError as ConnectionLost


class Channel(redis.Channel):
    def _connparams(self, asynchronous: bool = False) -> dict[str, Any]:
        if getattr(self.connection, "client", None) is None:
            raise ConnectionLost("The connection of this channel has been closed.")
        return super()._connparams(asynchronous=asynchronous)  # type: ignore[misc]


def repair() -> None:
    """Let every connection of this process use the repaired channel."""
    redis.Transport.Channel = Channel
