"""Why the engine says no. Each refusal carries the sentences that the user reads."""

from __future__ import annotations

from collections.abc import Sequence


class Refused(Exception):  # noqa: N818  the word is the event, not a programming error
    """The file is not ready: one sentence per problem, all at once."""

    def __init__(self, reasons: str | Sequence[str]) -> None:
        self.reasons = [reasons] if isinstance(reasons, str) else list(reasons)
        super().__init__(" ".join(self.reasons))


class NotAllowed(Refused):
    """This person may not do this (403)."""


class Conflict(Refused):
    """Somebody was faster, or the page was old: show the fresh state (409)."""


class TooEarly(Conflict):
    """It is not this step's turn yet: nobody was faster, so the answer is 403 and says for what the file waits."""
