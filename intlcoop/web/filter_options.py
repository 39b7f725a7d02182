"""What a filter offers to choose from: the rows that occur, for all filters of a page in one query."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import F, PositiveSmallIntegerField, Value
from django.utils.translation import get_language

from intlcoop.vietnamese.sorting import sort_key

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django_filters import FilterSet


@dataclass(frozen=True, slots=True)
class Options:
    """The rows of one filter: `label` is the column read by people (none: the name in the page's language), `rank` one that
    orders before the label."""

    rows: QuerySet[Any]
    label: str = ""
    rank: str = ""


def named(options: Mapping[str, Options]) -> dict[str, list[tuple[int, str]]]:
    """Key and words of every filter's choices, in Vietnamese order."""
    name = "name_en" if get_language() == "en" else "name_vi"
    first, *others = (
        each.rows.order_by().values_list(
            Value(of),
            "pk",
            F(each.label or name),
            F(each.rank) if each.rank else Value(0, output_field=PositiveSmallIntegerField()),
        )
        for of, each in options.items()
    )
    found: dict[str, list[tuple[int, str]]] = {of: [] for of in options}
    for of, pk, words, _rank in sorted(first.union(*others, all=True), key=lambda row: (row[3], sort_key(row[2]))):
        found[of].append((pk, words))
    return found


def offer(filterset: FilterSet, options: Mapping[str, Options]) -> None:
    """Give each filter named in `options` its choices; call it before the form is built."""
    for name, choices in named(options).items():
        filterset.filters[name].extra["choices"] = choices
