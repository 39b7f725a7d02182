"""What rooms above register here, so that this room need not know them: kinds, periodic jobs, collectors, invariants."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from django.utils.functional import Promise

if TYPE_CHECKING:
    from intlcoop.jobs.context import JobContext
    from intlcoop.jobs.models import Job
    from intlcoop.people.models import User


def nothing(*_arguments: object) -> None:
    """The consequence of a kind that needs none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class JobKind:
    """One kind of work.

    `run(context)` does it outside any transaction, may be called again after a kill, and returns a JSON object. It raises
    JobFailed with a Vietnamese sentence when the work cannot be done.
    `on_done(job, result)`, `on_failed(job, reason)` and `on_cancelled(job)` run inside the transaction that ends the job:
    what they write is written exactly once.
    `unique`: at most one live job with the same parameters. `retry_after`: seconds before the second, third ... attempt.
    `visible_to(user, job)`: who besides the person who ordered it and administrators may look at a job.
    `describe(job)`: one line for lists; `result_url(job)`: where the result is seen, or None.
    """

    code: str
    label: str | Promise
    run: Callable[[JobContext], Mapping[str, Any] | None]
    on_done: Callable[[Job, dict[str, Any]], object] = nothing
    on_failed: Callable[[Job, str], object] = nothing
    on_cancelled: Callable[[Job], object] = nothing
    max_attempts: int = 3
    unique: bool = True
    retry_after: tuple[int, ...] = (5, 30)
    visible_to: Callable[[User, Job], bool] | None = None
    describe: Callable[[Job], str] | None = None
    result_url: Callable[[Job], str | None] | None = None

    def wait_before(self, attempt: int) -> dt.timedelta:
        """How long attempt number `attempt` (2, 3, ...) waits after the failure of the one before."""
        if not self.retry_after:
            return dt.timedelta(0)
        return dt.timedelta(seconds=self.retry_after[min(attempt - 2, len(self.retry_after) - 1)])


@dataclass(frozen=True, slots=True)
class Periodic:
    """A job of each day, inserted once `at` o'clock has passed. `params(day)` returns None on a day without work."""

    kind: str
    at: dt.time
    params: Callable[[dt.date], dict[str, Any] | None]


class Collector(Protocol):
    """Finds what no row answers for and is older than `older_than`; deletes it when `remove`; returns its names."""

    def __call__(self, *, older_than: dt.timedelta, remove: bool) -> Sequence[str]: ...


@dataclass(frozen=True, slots=True)
class Finding:
    """The answer to one invariant: `ok` None means that it could not be checked now."""

    code: str
    ok: bool | None
    text: str


_kinds: dict[str, JobKind] = {}
_periodic: dict[str, Periodic] = {}
_collectors: dict[str, Collector] = {}
_invariants: list[tuple[str, Callable[[], Iterable[Finding]]]] = []


def register(kind: JobKind) -> JobKind:
    """Make a kind known; call it from AppConfig.ready(). Raises ValueError when the code is taken by another kind."""
    if _kinds.setdefault(kind.code, kind) is not kind:
        raise ValueError(f"The job kind {kind.code} is registered twice.")
    return kind


def get(code: str) -> JobKind:
    """Raises LookupError for a kind that this version of the portal does not know."""
    return _kinds[code]


def find(code: str) -> JobKind | None:
    return _kinds.get(code)


def kinds() -> list[JobKind]:
    return list(_kinds.values())


def day_only(day: dt.date) -> dict[str, Any]:
    return {"day": day.isoformat()}


def register_periodic(kind: str, *, at: dt.time, params: Callable[[dt.date], dict[str, Any] | None] = day_only) -> None:
    """Order a job of `kind` each day at `at` (Asia/Ho_Chi_Minh), once, however often the sweeper restarts.

    Whether a day is a working day is for `params` to say: it returns None to leave the day out. A day on which the sweeper
    did not run at all is not made up for, so the job itself must look at everything that is due by now.
    """
    _periodic[kind] = Periodic(kind, at, params)


def periodic() -> list[Periodic]:
    return list(_periodic.values())


def register_collector(name: str, collector: Collector) -> None:
    _collectors[name] = collector


def collectors() -> dict[str, Collector]:
    return dict(_collectors)


def register_invariant(code: str, check: Callable[[], Iterable[Finding]]) -> None:
    """Add a check to what `audit_invariants` prints; several rooms may answer for one code."""
    if (code, check) not in _invariants:
        _invariants.append((code, check))


def run_invariants() -> list[Finding]:
    """All findings, in the order of their codes."""
    return [finding for _code, check in sorted(_invariants, key=lambda pair: pair[0]) for finding in check()]
