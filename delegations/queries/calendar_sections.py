"""What rooms above add to the calendar of a month: each registers a section from `AppConfig.ready()`; this room imports none."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from delegations.queries.radar import Radar


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarLine:
    """One thing of the month, already worded; `days` first, then where and who."""

    number: str
    title: str
    url: str
    days: str
    words: tuple[str, ...] = ()
    state: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarSection:
    anchor: str
    title: Any
    lines: list[CalendarLine]


#: (radar of the month and its filters) -> sections in order; those without a line are left out.
Source = Callable[["Radar"], Iterable[CalendarSection]]

_sources: dict[str, Source] = {}


def register_calendar_section(name: str, source: Source) -> None:
    _sources[name] = source


def sections_of(radar: Radar) -> list[CalendarSection]:
    return [section for source in _sources.values() for section in source(radar) if section.lines]
