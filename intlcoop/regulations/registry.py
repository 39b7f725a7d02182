"""Who wants to know when a rule changes? Rooms above register here from `AppConfig.ready()`; this room imports none of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from intlcoop.people.models import User
    from intlcoop.regulations.models import RuleChange


@dataclass(frozen=True, slots=True, kw_only=True)
class NewsItem:
    """A line of "Quy định mới", already worded: `kind` says what sort of rule, `text` what is new, `url` leads to it."""

    on: dt.date
    kind: str
    title: str
    text: str = ""
    effective_from: dt.date | None = None
    citation: str = ""
    needs_check: bool = False
    url: str = ""


#: (reader, first day) -> what changed since then, for this reader.
NewsSource = Callable[[Any, dt.date], Iterable[NewsItem]]


@dataclass(frozen=True, slots=True, kw_only=True)
class InstrumentUse:
    """Something in another room that an instrument answers to: what it does, for what, and where that stands."""

    label: str
    text: str
    url: str


#: (instrument, reader) -> its uses in another room.
UseSource = Callable[[Any, Any], Iterable[InstrumentUse]]

_use_sources: dict[str, UseSource] = {}
_calendar_listeners: list[Callable[[], Any]] = []
_publishers: list[Callable[[RuleChange, User], Any]] = []
_news_sources: dict[str, NewsSource] = {}
_rule_pages: dict[str, Callable[[str, str], str]] = {}


def register_calendar_listener(listener: Callable[[], Any]) -> None:
    """Call `listener()` after each change of the days off, in the same transaction (open deadlines are counted again)."""
    if listener not in _calendar_listeners:
        _calendar_listeners.append(listener)


def tell_calendar_changed() -> None:
    for listener in _calendar_listeners:
        listener()


def register_publisher(publish: Callable[[RuleChange, User], Any]) -> None:
    """Call `publish(change, actor)` when a change is published to the units, in the same transaction."""
    if publish not in _publishers:
        _publishers.append(publish)


def tell_published(change: RuleChange, actor: User) -> None:
    for publish in _publishers:
        publish(change, actor)


def register_instrument_uses(name: str, source: UseSource) -> None:
    """Name on the page of an instrument what another room has to do with it."""
    _use_sources[name] = source


def uses_of(instrument: Any, reader: Any) -> list[InstrumentUse]:
    return [use for source in _use_sources.values() for use in source(instrument, reader)]


def register_rule_pages(sorts: Iterable[str], page: Callable[[str, str], str]) -> None:
    """`page(sort, key)` is the address of a rule of these sorts that another room keeps."""
    _rule_pages.update(dict.fromkeys(sorts, page))


def page_of_rule(sort: str, key: str) -> str:
    return _rule_pages[sort](sort, key) if sort in _rule_pages else ""


def register_news_source(name: str, source: NewsSource) -> None:
    """Add what another room changed (routes, ...) to "Quy định mới"."""
    _news_sources[name] = source


def news_from_elsewhere(reader: Any, since: dt.date) -> list[NewsItem]:
    return [item for source in _news_sources.values() for item in source(reader, since)]
