"""Where do two readings of a year's days off differ? Pure: rows in, differences out, nothing saved."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from intlcoop.regulations.models import Holiday


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A day that one reading has otherwise than the other: `stored` is None for a new day, `proposed` for one too many."""

    day: dt.date
    stored: Holiday | None = None
    proposed: Holiday | None = None

    @property
    def pairs(self) -> set[dt.date]:
        """The other days of the swaps that hang on this one."""
        return {row.swapped_with for row in (self.stored, self.proposed) if row is not None and row.swapped_with}


def differences(stored: Iterable[Holiday], proposed: Iterable[Holiday]) -> list[Difference]:
    """By day. Notes, English names and what was confirmed are ours and never count as a difference."""
    ours, theirs = ({row.day: row for row in rows} for rows in (stored, proposed))
    found = []
    for day in sorted({*ours, *theirs}):
        mine, other = ours.get(day), theirs.get(day)
        if mine is None or other is None or _said(mine) != _said(other):
            found.append(Difference(day=day, stored=mine, proposed=other))
    return found


def _said(row: Holiday) -> tuple[str, str]:
    return row.kind, row.name_vi
