"""What rooms above tell this one, so that it need not know them: kinds of files, journeys, who must hear of a substitution."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from intlcoop.people.models import Substitution


@dataclass(frozen=True, slots=True, kw_only=True)
class Absence:
    """Days on which somebody is abroad by a decision that this portal knows, both included; `number` is the file's."""

    person_id: int
    first: dt.date
    last: dt.date
    number: str

    def covers(self, day: dt.date) -> bool:
        return self.first <= day <= self.last


Absences = Callable[[dt.date, dt.date, Iterable[int] | None], Iterable[Absence]]
Listener = Callable[["Substitution"], object]

_kinds: list[Callable[[], Iterable[tuple[str, Any]]]] = []
_absences: list[Absences] = []
_listeners: list[Listener] = []


def register_file_kinds(kinds: Callable[[], Iterable[tuple[str, Any]]]) -> None:
    """`kinds()` gives (code, label) of the kinds of files to which a substitution can be limited."""
    if kinds not in _kinds:
        _kinds.append(kinds)


def file_kinds() -> list[tuple[str, Any]]:
    return [pair for kinds in _kinds for pair in kinds()]


def register_absences(source: Absences) -> None:
    """`source(first, last, people)` gives who of these people (None: all) is abroad on at least one of these days."""
    if source not in _absences:
        _absences.append(source)


def absences(first: dt.date, last: dt.date, people: Iterable[int] | None = None) -> list[Absence]:
    """By day of departure. One query per source, none when nobody is asked about."""
    wanted = None if people is None else set(people)
    if wanted is not None and not wanted:
        return []
    found = [absence for source in _absences for absence in source(first, last, wanted)]
    return sorted(found, key=lambda absence: (absence.first, absence.last, absence.number, absence.person_id))


def register_substitution_listener(listener: Listener) -> None:
    """`listener(substitution)` is called after each one was recorded or revoked, in the same transaction."""
    if listener not in _listeners:
        _listeners.append(listener)


def substitution_changed(substitution: Substitution) -> None:
    for listener in _listeners:
        listener(substitution)
