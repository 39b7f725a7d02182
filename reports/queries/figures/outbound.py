"""Figures of outbound trips."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from delegations.choices import Mode
from intlcoop.vietnamese.counts import Qualifier
from intlcoop.vietnamese.sorting import sort_key
from reports.choices import Key, PlanBasis
from reports.queries.figures.counting import Figure, Found, Item, Row, distinct, files, filled


def is_led(row: Row) -> bool:
    return bool(row["mode"] == Mode.LED)


def is_accompanying(row: Row) -> bool:
    return bool(row["mode"] == Mode.ACCOMPANYING)


def lacks_basis(row: Row) -> bool:
    """A led trip of imported history of which no source says whether it stood in the plan."""
    return bool(row["plan"]["basis"] == PlanBasis.UNKNOWN)


def outbound_figures(trips: Sequence[Row]) -> Found:
    """How many of which kind, in and out of plan, person-trips, countries."""
    return {**by_mode(trips), **_plan(trips), **_persons(trips), **_countries(trips)}


def by_mode(trips: Sequence[Row]) -> Found:
    """Led and accompanying are counted apart; delegations with other ministries or localities besides."""
    parts: dict[Key, Callable[[Row], bool]] = {
        Key.TOTAL: lambda row: True,
        Key.LED: is_led,
        Key.ACCOMPANYING: is_accompanying,
        Key.INTER_AGENCY: lambda row: bool(row["inter_agency"]),
    }
    return filled({key: files(row for row in trips if counts(row)) for key, counts in parts.items()})


def _plan(trips: Sequence[Row]) -> Found:
    """In and out of plan, of led trips only.

    With the basis of every trip known, both figures stand, be one of them zero: the trips themselves are the record of
    it. With a basis unknown, a figure that has trips is a lower bound and one that has none is absent.
    """
    led = [row for row in trips if is_led(row)]
    if not led:
        return {}
    complete = not any(lacks_basis(row) for row in led)
    found = {}
    for key, basis in ((Key.IN_PLAN, PlanBasis.IN), (Key.OUT_OF_PLAN, PlanBasis.OUT)):
        figure = files((row for row in led if row["plan"]["basis"] == basis), complete=complete)
        if figure.items or complete:
            found[key] = figure
    return found


def _persons(trips: Sequence[Row]) -> Found:
    """Person-trips: who travels twice counts twice. A lower bound while a delegation has no list of members."""
    items = [
        Item(", ".join(part for part in (member["name"], member["post"], member["body"]) if part), (row["number"],))
        for row in trips
        for member in row["members"]
    ]
    if not items:
        return {}
    complete = all(row["members"] for row in trips)
    return {Key.PERSONS: Figure(tuple(items), None if complete else Qualifier.AT_LEAST)}


def _countries(trips: Sequence[Row]) -> Found:
    """Distinct countries. A lower bound while a trip does not say where it went."""
    complete = all(row["countries"] for row in trips)
    return filled({Key.COUNTRIES: distinct(trips, "countries", "iso2", sort_key, complete=complete)})
