"""Two people, one form: where what was typed differs from what stands in the file now."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Model

from intlcoop.web.lists import as_text


@dataclass(frozen=True, slots=True)
class Difference:
    """A field with both texts: what the file says now, and what was typed."""

    label: Any
    theirs: str
    mine: str


def differing_fields(form: Any, theirs: Mapping[str, Any], mine: Mapping[str, Any]) -> list[Difference]:
    """In the order of `mine`; a value that is one of the field's choices is said by its label."""
    return [
        Difference(form.fields[name].label, said(form, name, theirs[name]), said(form, name, typed))
        for name, typed in mine.items()
        if plain(typed) != plain(theirs[name])
    ]


def differing_rows(label: Any, theirs: Sequence[str], mine: Sequence[str]) -> list[Difference]:
    """Repeating rows are compared as a whole."""
    return [Difference(label, "\n".join(theirs), "\n".join(mine))] if list(theirs) != list(mine) else []


def plain(value: Any) -> Any:
    """Several rows by their keys in any order, a list by what is in it."""
    if isinstance(value, Iterable) and not isinstance(value, str | dict):
        return sorted(str(each.pk if isinstance(each, Model) else each) for each in value)
    return value


def said(form: Any, name: str, value: Any) -> str:
    if isinstance(value, Iterable) and not isinstance(value, str | dict):
        return "; ".join(said(form, name, each) for each in value)
    if isinstance(value, Model | bool) or value is None:
        return str(as_text(value))
    field = form.fields[name]
    # The choices of rows of the database are rows already, and reading them costs a question.
    labels = {} if hasattr(field, "queryset") else dict(getattr(field, "choices", ()))
    return str(labels.get(value) or as_text(value))
