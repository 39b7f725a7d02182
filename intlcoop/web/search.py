"""Where in the portal does this text occur? Rooms above register what they can look through, under their own rights."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from intlcoop.vietnamese.normalise import nfc
from intlcoop.web.file_numbers import normalise_number

MAX_LENGTH = 200
PER_SOURCE = 10


@dataclass(frozen=True, slots=True)
class Hit:
    """`number` as stored (may be empty), `note` a quiet line such as place and dates."""

    number: str
    title: str
    url: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    key: str
    label: Any
    search: Callable[[Any, str, int], list[Hit]]


@dataclass(frozen=True, slots=True)
class Group:
    label: str
    hits: list[Hit]
    more: bool


_sources: dict[str, Source] = {}


def register_source(key: str, label: Any, search: Callable[[Any, str, int], list[Hit]]) -> None:
    """`search(user, text, limit)` answers with at most `limit` hits that this user may see."""
    _sources[key] = Source(key, label, search)


def clean(text: str) -> str:
    return " ".join(nfc(text).split())[:MAX_LENGTH]


def find(user: Any, text: str) -> list[Group]:
    """The hits of every source that has any."""
    groups = []
    for source in _sources.values() if text else ():
        hits = source.search(user, text, PER_SOURCE + 1)
        if hits:
            groups.append(Group(str(source.label), hits[:PER_SOURCE], len(hits) > PER_SOURCE))
    return groups


def exact(groups: list[Group], text: str) -> Hit | None:
    """The one file whose number was typed in full."""
    number = normalise_number(text)
    hits = [hit for group in groups for hit in group.hits if number and hit.number == number]
    return hits[0] if len(hits) == 1 else None
