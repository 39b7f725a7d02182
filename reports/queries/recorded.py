"""Totals that a source states, beside what the records count.

contracts.md: such a total keeps its source, and its rows are only those that exist. Where the records know more than was
stated, the records count.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from reports.choices import Key
from reports.models import RecordedTotal
from reports.queries.windows import Period


def recorded_in(first: dt.date, last: dt.date) -> dict[str, RecordedTotal]:
    """The latest statement of each figure in a window: one query."""
    found: dict[str, RecordedTotal] = {}
    for total in RecordedTotal.objects.within(first, last).order_by("last_day", "pk"):
        found[total.key] = total
    return found


def stated_in(period: Period) -> list[dict[str, Any]]:
    """What sources state of the figures of a report, as plain JSON. A total since nobody knows when belongs to no year."""
    totals = RecordedTotal.objects.within(period.first, period.last).filter(first_day__isnull=False, key__in=list(Key))
    latest = {total.key: total for total in totals.order_by("last_day", "pk")}
    return [
        {"key": total.key, "value": total.value, "qualifier": total.qualifier, "source": total.source_text}
        for _key, total in sorted(latest.items())
    ]


def with_recorded(
    figures: Mapping[str, dict[str, Any]], first: dt.date, last: dt.date, keys: Iterable[str]
) -> dict[str, dict[str, Any]]:
    """These figures, with the totals that sources state of `keys` for the window."""
    found = dict(figures)
    stated = recorded_in(first, last)
    for key in keys:
        total, counted = stated.get(key), found.get(key)
        if total is None:
            continue
        if counted is not None and counted["value"] > total.value:
            continue
        found[key] = {
            "value": total.value,
            "qualifier": total.qualifier or None,
            "rows": counted["rows"] if counted else [],
            "source": total.source_text,
        }
    return found
