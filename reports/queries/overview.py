"""All figures of a frozen report in one table: as of the day, still to come, the whole period, the years before, by unit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from reports.choices import Key
from reports.queries.figure_names import GROUPS, figure_name
from reports.queries.figures import Ref
from reports.queries.figures.computing import OF_DAYS
from reports.queries.reading import figure_said, plain_said
from reports.queries.recorded import kind_of

if TYPE_CHECKING:
    from reports.models import Snapshot

#: What the table of units shows, in its order.
OF_UNITS = (
    Key.LED,
    Key.ACCOMPANYING,
    Key.VISITS,
    Key.HOSTED,
    Key.EVENTS_ATTENDED,
    Key.SIGNED,
    Key.PARTNERS,
    Key.PROJECTS,
    Key.KEPT,
    Key.OVERDUE,
    Key.TASKS,
)


@dataclass(frozen=True, slots=True)
class Said:
    """A number as the page writes it, and the figure that leads to its rows; empty where nothing is recorded."""

    text: str = ""
    ref: Ref | None = None
    number: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureLine:
    """`coming` and `whole` are empty for what stands at the end of the window; `change` compares the whole period with the year
    before, where both are exact."""

    name: str
    now: Said
    coming: Said
    whole: Said
    years: tuple[Said, ...]
    change: int | None


@dataclass(frozen=True, slots=True)
class Group:
    name: str
    lines: list[FigureLine]


def said(figure: Mapping[str, Any] | None, ref: Ref | None = None) -> Said:
    if figure is None:
        return Said()
    return Said(plain_said(figure["value"], figure["qualifier"]), ref, figure["value"])


def years_of(snapshot: Snapshot) -> list[str]:
    """The years before of which there are records, the latest first."""
    return sorted(snapshot.figures.get("years", {}), reverse=True)


def groups_of(snapshot: Snapshot) -> list[Group]:
    """The figures that have a record now or in a year before, in groups."""
    figures = snapshot.figures
    years = [figures["years"][year] for year in years_of(snapshot)]
    found = [
        Group(str(name), [_line(key, figures, years) for key in keys if _known(key, figures, years)])
        for name, keys in GROUPS
    ]
    return [group for group in found if group.lines]


def _change(whole: Mapping[str, Any] | None, before: Mapping[str, Any] | None) -> int | None:
    """By how much the whole period differs from the year before; only where both are exact."""
    if not whole or not before or whole["qualifier"] or before["qualifier"]:
        return None
    return int(whole["value"] - before["value"])


def _known(key: Key, figures: Mapping[str, Any], years: list[Mapping[str, Any]]) -> bool:
    return key in figures["figures"] or key in figures.get("estimate", {}) or any(key in year for year in years)


def _line(key: Key, figures: Mapping[str, Any], years: list[Mapping[str, Any]]) -> FigureLine:
    now, coming = figures["figures"].get(key), figures.get("estimate", {}).get(key)
    whole = now
    if coming is not None:
        whole = {"value": coming["whole"], "qualifier": coming["whole_qualifier"]}
    before = years[0].get(key) if years else None
    return FigureLine(
        name=figure_name(key),
        now=said(now, Ref(key)),
        coming=said(coming, Ref.expected(key)),
        whole=said(whole) if kind_of(key) in OF_DAYS and whole is not now else Said(),
        years=tuple(said(year.get(key)) for year in years),
        change=_change(whole, before),
    )


@dataclass(frozen=True, slots=True)
class MoneyLine:
    name: str
    said: str
    ref: Ref


def money_of(snapshot: Snapshot) -> list[MoneyLine]:
    """The sums, each in its own currency."""
    sums = snapshot.figures.get("money", {})
    return [MoneyLine(figure_name(key), figure_said(figure), Ref(key)) for key, figure in sums.items()]


@dataclass(frozen=True, slots=True)
class UnitLine:
    name: str
    cells: list[Said]


def units_of(snapshot: Snapshot) -> tuple[list[str], list[UnitLine]]:
    """(heads, one line per unit in the order of the ministry); without the columns that no unit fills."""
    by_unit = snapshot.figures["by_unit"]
    kept = [key for key in OF_UNITS if any(key in figures for figures in by_unit.values())]
    lines = [
        UnitLine(name, [said(by_unit[code].get(key), Ref(key, "unit", code)) for key in kept])
        for code, name in _units(snapshot)
        if any(key in by_unit[code] for key in kept)
    ]
    return [figure_name(key) for key in kept], lines


def _units(snapshot: Snapshot) -> Iterator[tuple[str, str]]:
    found: dict[str, Mapping[str, Any]] = {}
    for row in snapshot.rows:
        for unit in row.get("units", [row["unit"]]):
            found.setdefault(unit["code"], unit)
    known = [unit for code, unit in found.items() if code in snapshot.figures["by_unit"]]
    named = {unit["code"] for unit in known}
    for unit in sorted(known, key=lambda unit: (unit["position"], unit["code"])):
        yield unit["code"], unit["name"]
    yield from ((code, code) for code in sorted(snapshot.figures["by_unit"]) if code not in named)
