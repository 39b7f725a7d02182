"""What a browser sends with the forms of this room."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any


def rows(**formsets: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """The rows of a form by the name of their group; `names` and `units` are there also when empty."""
    data: dict[str, Any] = {}
    for prefix in {"names", "units", *formsets}:
        given = formsets.get(prefix, ())
        data |= {f"{prefix}-TOTAL_FORMS": len(given), f"{prefix}-INITIAL_FORMS": 0}
        for number, row in enumerate(given):
            data |= {f"{prefix}-{number}-{name}": value for name, value in row.items()}
    return data


def blank_rows(prefix: str, total: int = 0, initial: int = 0) -> dict[str, int]:
    """What a group of rows says of itself, whatever its rows hold."""
    return {f"{prefix}-TOTAL_FORMS": total, f"{prefix}-INITIAL_FORMS": initial}
