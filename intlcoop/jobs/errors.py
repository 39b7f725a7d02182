"""Why a job stops, and why a request about a job is refused."""

from __future__ import annotations


class JobCancelled(Exception):  # noqa: N818 - says what happened
    """Somebody cancelled the job; raised by `JobContext.progress` so that the work stops there."""


class LeaseLost(Exception):  # noqa: N818 - says what happened
    """Another worker owns the job by now: nothing that this one still does may count."""


class JobFailed(Exception):  # noqa: N818 - says what happened
    """A job cannot be done; the message is a sentence in Vietnamese for whoever ordered it.

    `final=True` spares the remaining attempts: the same input would fail again.
    """

    def __init__(self, reason: str, *, final: bool = False) -> None:
        super().__init__(reason)
        self.reason = reason
        self.final = final


class JobRefused(Exception):  # noqa: N818 - says what happened
    """A job cannot be cancelled or started again now; the message is the sentence that the user reads."""


class PublishedTooEarly(RuntimeError):  # noqa: N818 - says what happened
    """A message was about to leave before its cause was committed. Use `transaction.on_commit`."""
