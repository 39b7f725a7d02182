"""Totals that a source states, beside what the records count.

contracts.md: such a total keeps its source, and its rows are only those that exist. Where the records know more than was
stated, the records count.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from reports.choices import Key, Window
from reports.models import RecordedTotal
from reports.queries.windows import Period


def recorded_in(first: dt.date, last: dt.date) -> dict[str, RecordedTotal]:
    """The latest statement of each figure in a window: one query."""
    found: dict[str, RecordedTotal] = {}
    for total in RecordedTotal.objects.within(first, last).order_by("last_day", "pk"):
        found[total.key] = total
    return found


def stated_in(period: Period) -> list[dict[str, Any]]:
    """What sources state of the figures of a report, as plain JSON.

    A total since nobody knows when ("đến ngày 10/05/2021") belongs to no year. It speaks in a report on days of the orderer's
    own choice that ends on its day, where nothing is stated for those days; `until` then says of which day it is.
    """
    totals = RecordedTotal.objects.filter(key__in=list(Key))
    found = {total.key: total for total in speaking_as_of(period, totals)}
    found |= {total.key: total for total in totals.within(period.first, period.last).order_by("last_day", "pk")}
    return [
        {
            "key": total.key,
            "value": total.value,
            "qualifier": total.qualifier,
            "source": total.source_text,
            **({} if total.first_day else {"until": total.last_day.isoformat()}),
        }
        for _key, total in sorted(found.items())
    ]


def speaking_as_of(period: Period, totals: Any) -> Iterable[RecordedTotal]:
    """The totals of one day, for a report that is of that day; the latest of each figure last."""
    if period.window != Window.CUSTOM:
        return ()
    found: Iterable[RecordedTotal] = totals.as_of(period.last).order_by("pk")
    return found


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
