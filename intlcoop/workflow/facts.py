"""What route rules may look at: each kind's facts with their closed choices, and a condition over them said in words.

A kind's facts are a frozen dataclass whose fields are made by `fact(...)`; editor, preview, test screen and command line
all read the list from there, so a new fact needs no other line of code.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from intlcoop.workflow import registry

_KEY = "fact"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One fact: its values with their words, and the sentence that a condition over it reads as."""

    name: str
    label: Any
    says: Any
    choices: tuple[tuple[str, Any], ...]
    usual: str

    @property
    def values(self) -> tuple[str, ...]:
        return tuple(value for value, _label in self.choices)

    def words(self, allowed: Sequence[str]) -> str:
        """ "Trưởng đoàn là Bộ trưởng hoặc Thứ trưởng"; a value that is no choice is printed as it is."""
        labels = dict(self.choices)
        named = [str(labels.get(value, value)) for value in allowed]
        joined = _("%(some)s or %(last)s") % {"some": ", ".join(named[:-1]), "last": named[-1]} if named[1:] else ""
        return str(capfirst(str(self.says) % {"values": joined or "".join(named)}))


def fact(
    label: Any, says: Any, choices: Sequence[tuple[str, Any]], *, usual: str, default: Any = dataclasses.MISSING
) -> Any:
    """A field of a kind's facts. `usual` is assumed where nobody says otherwise (a made-up file, the command line)."""
    metadata = {_KEY: (label, says, tuple(choices), usual)}
    if default is dataclasses.MISSING:
        return dataclasses.field(metadata=metadata)
    return dataclasses.field(default=default, metadata=metadata)


def facts_of(kind: str) -> list[Fact]:
    """The facts of a kind of file in their order; none for a kind without routes."""
    declared = registry.get(kind).facts
    return [_described(field) for field in dataclasses.fields(declared)] if declared else []


def _described(field: dataclasses.Field[Any]) -> Fact:
    label, says, choices, usual = field.metadata.get(_KEY, (field.name, f"{field.name} = %(values)s", (), ""))
    return Fact(name=field.name, label=label, says=says, choices=choices, usual=usual)


def conditions_words(kind: str, conditions: Mapping[str, Sequence[str]]) -> list[str]:
    """The conditions of a rule as sentences; a rule without any applies to every file of its kind."""
    known = {each.name: each for each in facts_of(kind)}
    lines = [known[name].words(allowed) for name, allowed in conditions.items() if name in known]
    lines += [f"{name} = {', '.join(allowed)}" for name, allowed in conditions.items() if name not in known]
    return lines or [_("Every file of this kind")]


def facts_words(kind: str, values: Mapping[str, str]) -> list[str]:
    """What is true of one file, fact by fact."""
    return [each.words([values[each.name]]) for each in facts_of(kind) if values.get(each.name)]


def combinations(facts: Sequence[Fact]) -> Iterator[dict[str, str]]:
    """Every file that these facts can tell apart."""
    names = [each.name for each in facts]
    for values in product(*(each.values for each in facts)):
        yield dict(zip(names, values, strict=True))
