"""What a figure is: so many items, each with the numbers of the rows that prove it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from intlcoop.vietnamese.counts import Qualifier
from reports.choices import Key, RowKind

Row = Mapping[str, Any]
#: {"value", "qualifier", "rows", "source", "items"} as plain JSON.
FigureJson = dict[str, Any]
Found = dict[Key, "Figure"]


@dataclass(frozen=True, slots=True)
class Item:
    """One thing counted: its words, and the numbers of the rows that prove it."""

    text: str
    rows: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """`qualifier`: exact when None, else vietnamese.counts.Qualifier. `source` and `stated`: only of a total that a source
    states; its items are those of its rows that exist here. `until`: the day as of which a source states it, since nobody knows
    when."""

    items: tuple[Item, ...]
    qualifier: str | None = None
    source: str | None = None
    stated: int | None = None
    until: str | None = None

    @property
    def value(self) -> int:
        """What the source states, else what is counted."""
        return len(self.items) if self.stated is None else self.stated

    @property
    def rows(self) -> list[str]:
        """The numbers of the rows behind the figure, each once, in the order of the items."""
        return list(dict.fromkeys(number for item in self.items for number in item.rows))

    def as_json(self) -> FigureJson:
        return {
            "value": self.value,
            "qualifier": str(self.qualifier) if self.qualifier else None,
            "rows": self.rows,
            "source": self.source,
            "items": [{"text": item.text, "rows": list(item.rows)} for item in self.items],
            **({"until": self.until} if self.until else {}),
        }


def is_expected(row: Row) -> bool:
    """Decided on, and to take place after the day of the figures: it counts only in the estimate of the whole period."""
    return bool(row.get("expected"))


def of_kind(rows: Iterable[Row], kind: RowKind) -> list[Row]:
    """The rows of one kind that took place by the day of the figures, in their order."""
    return [row for row in rows if row.get("kind", RowKind.OUTBOUND) == kind and not is_expected(row)]


def expected_of(rows: Iterable[Row], kind: RowKind) -> list[Row]:
    """The rows of one kind that are still to take place in the period, in their order."""
    return [row for row in rows if row.get("kind", RowKind.OUTBOUND) == kind and is_expected(row)]


def files(rows: Iterable[Row], *, complete: bool = True) -> Figure:
    """One item per row, in its own words. Not complete: others may belong here too, so it is a lower bound."""
    items = tuple(Item(row["title"], (row["number"],)) for row in rows)
    return Figure(items, None if complete else Qualifier.AT_LEAST)


def filled(figures: Mapping[Key, Figure]) -> Found:
    """Without those that have no records: absent is not zero."""
    return {key: figure for key, figure in figures.items() if figure.items}


def distinct(rows: Sequence[Row], name: str, by: str, order: Any, *, complete: bool = True) -> Figure:
    """One item for each distinct member of a list in the rows (`row[name]`, told apart by `by`), with the rows it stands in."""
    places: dict[str, tuple[str, list[str]]] = {}
    for row in rows:
        for place in row.get(name) or ():
            places.setdefault(place[by], (place["name"], []))[1].append(row["number"])
    named = sorted(places.values(), key=lambda place: order(place[0]))
    items = tuple(Item(text, tuple(dict.fromkeys(numbers))) for text, numbers in named)
    return Figure(items, None if complete else Qualifier.AT_LEAST)
