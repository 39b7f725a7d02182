"""The shapes that rooms above hand to the components of a page; each is plain data, already worded."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Tone(StrEnum):
    """The colour and the shape of a status; the word comes from the room. Never colour alone (design)."""

    WAITING = "waiting"  # somebody must act
    DONE = "done"
    LATE = "late"  # overdue, refused, broken
    INFO = "info"  # on its way, nothing to do here
    QUIET = "quiet"  # draft, cancelled, past


@dataclass(frozen=True, slots=True)
class Badge:
    label: Any
    tone: str = Tone.INFO


@dataclass(frozen=True, slots=True)
class Fact:
    """A line of a definition list; an empty value prints as "chưa có"."""

    label: Any
    value: Any
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StepLine:
    """A step of "Quy trình xử lý".

    `state`: done, now, coming, returned, skipped, silent (overdue, no answer), against (an opinion that disagrees).
    `note` is the comment, `citation` the law that put the step there, `due` the last day, `days_left` working days
    (negative: overdue).
    """

    state: str
    title: Any
    person: str = ""
    outcome: Any = ""
    on: dt.date | dt.datetime | None = None
    note: str = ""
    citation: str = ""
    due: dt.date | None = None
    days_left: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Caution:
    """A line of "Cảnh báo": what does not fit, and the link to where it is mended."""

    text: str
    url: str = ""
    tone: str = Tone.WAITING


@dataclass(frozen=True, slots=True)
class Crumb:
    label: Any
    url: str = ""
