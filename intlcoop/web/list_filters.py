"""Which filters are in force, said as words that can be taken away one by one?"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, QuerySet
from django.forms import BoundField, ChoiceField, ModelChoiceField
from django.http import QueryDict
from django.utils.translation import gettext
from django_filters import FilterSet

from intlcoop.vietnamese.dates import table_date


@dataclass(frozen=True, slots=True)
class Chip:
    """`url` is this page without the filter and on its first page."""

    label: str
    value: str
    url: str


def without(query: QueryDict, *names: str) -> str:
    rest = query.copy()
    for name in (*names, "trang", "xuat"):
        rest.pop(name, None)
    return f"?{rest.urlencode()}"


def chips_of(query: QueryDict, filterset: FilterSet | None, text: str) -> list[Chip]:
    """A chip for the search text and for each filter that holds; an invalid value gives none (its field says why)."""
    chips = [Chip(gettext("Search"), text, without(query, "q"))] if text else []
    if filterset is None or not filterset.is_bound:
        return chips
    filterset.form.is_valid()
    for field in filterset.form:
        value = filterset.form.cleaned_data.get(field.name)
        words = in_words(field, value)
        if words:
            chips.append(Chip(str(field.label), words, without(query, *names_of(field, query))))
    return chips


def names_of(field: BoundField, query: QueryDict) -> list[str]:
    """The names under which a field stands in the address: itself, or its parts (from, until)."""
    return [name for name in query if name == field.html_name or name.startswith(f"{field.html_name}_")]


def in_words(field: BoundField, value: Any) -> str:
    match value:
        case None | "" | [] | ():
            return ""
        case QuerySet():
            return ", ".join(str(each) for each in value)
        case list() | tuple():
            return ", ".join(filter(None, (in_words(field, each) for each in value)))
        case bool():
            return gettext("yes") if value else gettext("no")
        case slice():
            ends = [in_words(field, each) for each in (value.start, value.stop)]
            return " – ".join(ends) if any(ends) else ""
        case dt.date():
            return table_date(value)
        case Model():
            return str(value)
    if isinstance(field.field, ChoiceField) and not isinstance(field.field, ModelChoiceField):
        return label_of(field.field, str(value))
    return str(value)


def label_of(field: ChoiceField, value: str) -> str:
    choices: Any = field.choices
    for key, label in choices:
        options = label if isinstance(label, list | tuple) else [(key, label)]
        for option, words in options:
            if str(option) == value:
                return str(words)
    return value
