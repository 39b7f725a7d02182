"""What a running job holds in its hands: its parameters, its lease, and a way to say how far it is."""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from intlcoop.jobs.errors import JobCancelled, LeaseLost
from intlcoop.jobs.leases import Standing
from intlcoop.jobs.models import Job

QUIET = 0.25  # seconds between two written steps of progress


@dataclass(slots=True)
class JobContext:
    """Given to `JobKind.run`. `token` is unique to this attempt: name unfinished files by it."""

    job: Job
    report: Callable[[int, str], Standing]
    _spoke_at: float = field(default=-QUIET, init=False)

    @property
    def params(self) -> dict[str, Any]:
        return self.job.params

    @property
    def attempt(self) -> int:
        return self.job.attempt

    @property
    def token(self) -> uuid.UUID:
        assert self.job.lease_token is not None
        return self.job.lease_token

    def progress(self, percent: int, note: str = "") -> None:
        """Say how far the work is (0-100) with a short Vietnamese note; call it often, it is cheap.

        Raises JobCancelled when somebody cancelled the job and LeaseLost when another worker has taken it over; let both
        pass through.
        """
        if time.monotonic() - self._spoke_at < QUIET:
            return
        self._spoke_at = time.monotonic()
        standing = self.report(max(0, min(100, percent)), note[:200])
        if standing is Standing.CANCELLED:
            raise JobCancelled
        if standing is Standing.LOST:
            raise LeaseLost
