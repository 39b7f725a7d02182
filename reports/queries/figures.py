"""One figures object: everything that the report counts, computed from the frozen rows and from nothing else.

Pure functions over the rows of a snapshot (queries.rows), so that screen, PDF, JSON and chart cannot disagree. A figure
without records is absent, never zero. Each figure brings its items: exactly as many as its value says.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from delegations.choices import Mode
from intlcoop.vietnamese.counts import Qualifier
from intlcoop.vietnamese.sorting import sort_key
from reports.choices import Key, PlanBasis, RowKind, WorkKind

Row = Mapping[str, Any]
#: Stands among the countries for the trips that do not say where they went.
NOWHERE = "unknown"
#: How an address names what a figure is broken down by.
PARAMETERS = {"don_vi": "unit", "nuoc": "country"}
#: {"value", "qualifier", "rows", "source", "items"} as plain JSON.
FigureJson = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Item:
    """One thing counted: its words, and the numbers of the files that prove it."""

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
        """The numbers of the files behind the figure, each once, in the order of the items."""
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


def compute(rows: Sequence[Row], recorded: Sequence[Row] = ()) -> dict[str, Any]:
    """{"figures": {KEY: figure}, "by_unit": {unit code: {KEY: figure}}, "by_country": {ISO2: {KEY: figure}}}.

    A trip to two countries counts in both of them, and once in every other place. `recorded`: totals that a source states
    for the whole window (queries.recorded).
    """
    by_unit: dict[str, list[Row]] = {}
    by_country: dict[str, list[Row]] = {}
    for row in rows:
        by_unit.setdefault(row["unit"]["code"], []).append(row)
    for row in of_kind(rows, RowKind.OUTBOUND):
        for place in row["countries"] or [{"iso2": NOWHERE}]:
            by_country.setdefault(place["iso2"], []).append(row)
    return {
        "figures": stated(figures_of(rows), recorded),
        "by_unit": {code: figures_of(found) for code, found in by_unit.items()},
        "by_country": {iso2: trips_of(found) for iso2, found in by_country.items()},
    }


def figures_of(rows: Sequence[Row]) -> dict[str, FigureJson]:
    """Every figure of these rows that has records."""
    trips = of_kind(rows, RowKind.OUTBOUND)
    found = {**_trips(trips), **_plan(trips), **_persons(trips), **_countries(trips), **_received(rows), **_other(rows)}
    return {str(key): figure.as_json() for key, figure in found.items()}


def of_kind(rows: Sequence[Row], kind: RowKind) -> list[Row]:
    """The rows of one kind, in their order."""
    return [row for row in rows if row.get("kind", RowKind.OUTBOUND) == kind]


def stated(figures: dict[str, FigureJson], recorded: Sequence[Row]) -> dict[str, FigureJson]:
    """The figures, with the totals that sources state in the place of what is counted here. A source that states less than
    there are rows is no total of them: the rows are counted, and the gaps say so (queries.narrative.gaps)."""
    found = dict(figures)
    for total in recorded:
        items = tuple(
            Item(item["text"], tuple(item["rows"])) for item in found.get(total["key"], {"items": []})["items"]
        )
        if total["value"] >= len(items):
            figure = Figure(items, total["qualifier"] or None, total["source"], total["value"], total.get("until"))
            found[total["key"]] = figure.as_json()
    return found


def trips_of(rows: Sequence[Row]) -> dict[str, FigureJson]:
    """Only how many trips of which kind; what a table by country needs."""
    return {str(key): figure.as_json() for key, figure in _trips(rows).items()}


def is_led(row: Row) -> bool:
    return bool(row["mode"] == Mode.LED)


def is_accompanying(row: Row) -> bool:
    return bool(row["mode"] == Mode.ACCOMPANYING)


def lacks_basis(row: Row) -> bool:
    """A led trip of imported history of which no source says whether it stood in the plan."""
    return bool(row["plan"]["basis"] == PlanBasis.UNKNOWN)


def _trips(rows: Sequence[Row]) -> dict[Key, Figure]:
    parts: dict[Key, Callable[[Row], bool]] = {
        Key.TOTAL: lambda row: True,
        Key.LED: is_led,
        Key.ACCOMPANYING: is_accompanying,
    }
    found = {key: _files(row for row in rows if counts(row)) for key, counts in parts.items()}
    return {key: figure for key, figure in found.items() if figure.items}


def _plan(rows: Sequence[Row]) -> dict[Key, Figure]:
    """In and out of plan, of led trips only.

    With the basis of every trip known, both figures stand, be one of them zero: the trips themselves are the record of
    it. With a basis unknown, a figure that has trips is a lower bound and one that has none is absent.
    """
    led = [row for row in rows if is_led(row)]
    if not led:
        return {}
    complete = not any(lacks_basis(row) for row in led)
    found = {}
    for key, basis in ((Key.IN_PLAN, PlanBasis.IN), (Key.OUT_OF_PLAN, PlanBasis.OUT)):
        figure = _files((row for row in led if row["plan"]["basis"] == basis), complete=complete)
        if figure.items or complete:
            found[key] = figure
    return found


def _persons(rows: Sequence[Row]) -> dict[Key, Figure]:
    """Person-trips: who travels twice counts twice. A lower bound while a delegation has no list of members."""
    items = [
        Item(", ".join(part for part in (member["name"], member["post"], member["body"]) if part), (row["number"],))
        for row in rows
        for member in row["members"]
    ]
    if not items:
        return {}
    complete = all(row["members"] for row in rows)
    return {Key.PERSONS: Figure(tuple(items), None if complete else Qualifier.AT_LEAST)}


def _countries(rows: Sequence[Row]) -> dict[Key, Figure]:
    """Distinct countries. A lower bound while a trip does not say where it went."""
    places: dict[str, tuple[str, list[str]]] = {}
    for row in rows:
        for place in row["countries"]:
            places.setdefault(place["iso2"], (place["name"], []))[1].append(row["number"])
    if not places:
        return {}
    complete = all(row["countries"] for row in rows)
    named = sorted(places.values(), key=lambda place: sort_key(place[0]))
    items = tuple(Item(name, tuple(dict.fromkeys(numbers))) for name, numbers in named)
    return {Key.COUNTRIES: Figure(items, None if complete else Qualifier.AT_LEAST)}


def _received(rows: Sequence[Row]) -> dict[Key, Figure]:
    """Visits, and guests: who is announced only by a number counts without a name."""
    visits = of_kind(rows, RowKind.INBOUND)
    if not visits:
        return {}
    guests = [Item(text, (row["number"],)) for row in visits for text in guests_of(row)]
    complete = all(row["persons"] for row in visits)
    found = {Key.VISITS: _files(visits)}
    if guests:
        found[Key.GUESTS] = Figure(tuple(guests), None if complete else Qualifier.AT_LEAST)
    return found


def guests_of(row: Row) -> list[str]:
    """One text per guest of a visit."""
    named = [", ".join(filter(None, (each["name"], each["post"], each["body"]))) for each in row["members"]]
    return named + [f"Khách chưa nêu tên ({row['title']})"] * ((row["persons"] or 0) - len(named))


def _other(rows: Sequence[Row]) -> dict[Key, Figure]:
    """Events that we held and that we attended; coordination tasks; training with its persons."""
    events, work = of_kind(rows, RowKind.EVENT), of_kind(rows, RowKind.WORK)
    courses = [row for row in work if row["work"] == WorkKind.TRAINING]
    trained = [
        Item(f"Học viên của {row['title']}", (row["number"],))
        for row in courses
        for _person in range(row["persons"] or 0)
    ]
    found = {
        Key.HOSTED: _files(row for row in events if row["hosted"]),
        Key.EVENTS_ATTENDED: _files(row for row in events if not row["hosted"]),
        Key.TASKS: _files(row for row in work if row["work"] == WorkKind.COORDINATION),
        Key.TRAININGS: _files(courses),
        Key.TRAINED: Figure(
            tuple(trained), None if all(row["persons"] is not None for row in courses) else Qualifier.AT_LEAST
        ),
    }
    return {key: figure for key, figure in found.items() if figure.items}


def _files(rows: Iterable[Row], *, complete: bool = True) -> Figure:
    items = tuple(Item(row["title"], (row["number"],)) for row in rows)
    return Figure(items, None if complete else Qualifier.AT_LEAST)


# --- references -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Ref:
    """Which figure stands behind a number in the text: "outbound.led", "outbound.led@unit=CSDP"."""

    key: str
    dimension: str = ""
    member: str = ""

    def __str__(self) -> str:
        return f"{self.key}@{self.dimension}={self.member}" if self.dimension else self.key

    @classmethod
    def parse(cls, text: str) -> Ref:
        key, _, rest = text.partition("@")
        dimension, _, member = rest.partition("=")
        return cls(key, dimension, member)

    @classmethod
    def from_query(cls, key: str, query: Mapping[str, str]) -> Ref | None:
        """The reference that an address names; None for a key that this version does not know."""
        if key not in set(Key):
            return None
        for name, dimension in PARAMETERS.items():
            if query.get(name):
                return cls(key, dimension, query[name])
        return cls(key)

    @property
    def query(self) -> dict[str, str]:
        """The part of the address behind the key."""
        return {name: self.member for name, dimension in PARAMETERS.items() if dimension == self.dimension}

    def look_up(self, figures: Mapping[str, Any]) -> FigureJson | None:
        """The figure in what `compute` gave, or None."""
        members = figures.get(f"by_{self.dimension}", {}) if self.dimension else {"": figures["figures"]}
        found: FigureJson | None = members.get(self.member, {}).get(self.key)
        return found
