"""What the home page says of one file, whatever kind it is: a line in a list, or something that waits."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from intlcoop.web.display import Badge


@dataclass(frozen=True, slots=True, kw_only=True)
class FileLine:
    """`badge` says at which step or in which state it is, `head` who leads."""

    number: str
    title: str
    place: str
    days: str
    head: str
    url: str
    badge: Badge
    due: dt.date | None = None
    days_left: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """Something about a visit or an event that waits for this person; the page makes a task of it."""

    of: Any
    why: str
    button: str
    act_url: str
    due: dt.date | None = None
