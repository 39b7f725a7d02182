"""Which unit carries on another's business, and by what decision? For the notes on pages: "kế thừa từ ... theo ..."."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from intlcoop.people.models import OrgUnit, UnitChange, UnitSuccession


@dataclass(frozen=True, slots=True)
class Heir:
    """`unit` carries on since `change`, the last one of the chain."""

    unit: OrgUnit
    change: UnitChange


def heirs_of(units: Iterable[OrgUnit], on: dt.date | None = None) -> dict[int, Heir]:
    """{id of a unit that has ended: who carries on}; one query when one of them has ended, else none."""
    day = on or timezone.localdate()
    ended = {unit.pk for unit in units if unit.merged_into_id and not unit.holds_on(day)}
    if not ended:
        return {}
    rows = UnitSuccession.objects.by(day).filter(is_default=True).select_related("successor", "change")
    step = {row.unit_id: row for row in rows}
    found = {}
    for pk in ended:
        row, seen = step.get(pk), {pk}
        while row is not None and row.successor_id in step and row.successor_id not in seen:
            seen.add(row.successor_id)
            row = step[row.successor_id]
        if row is not None:
            found[pk] = Heir(row.successor, row.change)
    return found


@dataclass(frozen=True, slots=True)
class Estate:
    """A kind of record that belongs to units. `rows(user, ids)` are those of the units with these ids that a person reads."""

    key: str
    label: Any
    rows: Callable[[Any, set[int]], QuerySet[Any]]
    url: Callable[[OrgUnit], str]


_estates: dict[str, tuple[int, Estate]] = {}


def register_estate(order: int, estate: Estate) -> None:
    """Rooms above say what they keep for a unit (called from AppConfig.ready)."""
    _estates[estate.key] = (order, estate)


def estates() -> list[Estate]:
    return [estate for _order, estate in sorted(_estates.values(), key=lambda pair: pair[0])]


def holdings_of(unit: OrgUnit, user: Any, on: dt.date | None = None) -> list[tuple[Estate, int]]:
    """How much of each kind this unit keeps on that day, with that of the units merged into it."""
    ids = OrgUnit.objects.lineage_ids([unit.pk], on or timezone.localdate())
    return [(estate, estate.rows(user, ids).count()) for estate in estates()]
