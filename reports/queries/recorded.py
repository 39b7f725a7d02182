"""Totals that a source states, beside what the records count.

contracts.md: such a total keeps its source, and its rows are only those that exist. Where the records know more than was
stated, the records count.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from reports.choices import Key, RowKind, TotalKey, Window
from reports.models import RecordedTotal
from reports.queries.windows import Period, Scope

#: The first word of a key, and the rows that it counts; all else is other work.
KINDS = {
    "outbound": RowKind.OUTBOUND,
    "inbound": RowKind.INBOUND,
    "events": RowKind.EVENT,
    "agreements": RowKind.AGREEMENT,
    "partners": RowKind.PARTNER,
    "projects": RowKind.PROJECT,
    "commitments": RowKind.COMMITMENT,
    "treaty_reports": RowKind.TREATY_REPORT,
    "mechanisms": RowKind.MECHANISM,
    "programmes": RowKind.PROGRAMME,
    "sessions": RowKind.SESSION,
    "meetings": RowKind.MEETING,
    "staff": RowKind.POST,
    "plan": RowKind.PLAN_LINE,
    "next_plan": RowKind.PLAN_LINE,
    "unit_reports": RowKind.UNIT_PART,
}


def recorded_in(first: dt.date, last: dt.date) -> dict[str, RecordedTotal]:
    """The latest statement of each figure in a window: one query."""
    found: dict[str, RecordedTotal] = {}
    for total in RecordedTotal.objects.within(first, last).filter(unit__isnull=True).order_by("last_day", "pk"):
        found[total.key] = total
    return found


def stated_in(scope: Scope) -> list[dict[str, Any]]:
    """What sources state of the figures of a report, as plain JSON; of a unit, with its code.

    A total since nobody knows when ("đến ngày 10/05/2021") belongs to no year. It speaks in a report on days of the orderer's
    own choice that ends on its day, where nothing is stated for those days, and wherever it says how many there are in all;
    `until` then says of which day it is.
    """
    totals = RecordedTotal.objects.filter(key__in=list(Key)).select_related("unit").order_by("last_day", "pk")
    found: dict[tuple[str, str], RecordedTotal] = {}
    for speaks in (_as_of, _within):
        for total in totals:
            if speaks(total, scope.of(kind_of(Key(total.key)))):
                found[total.key, total.unit.code if total.unit else ""] = total
    return [
        {
            "key": key,
            "value": total.value,
            "qualifier": total.qualifier,
            "source": total.source_text,
            **({} if total.first_day else {"until": total.last_day.isoformat()}),
            **({"unit": unit} if unit else {}),
        }
        for (key, unit), total in sorted(found.items())
    ]


def _as_of(total: RecordedTotal, period: Period) -> bool:
    if total.first_day is not None:
        return False
    if total.key in TotalKey.IN_ALL:
        return period.first <= total.last_day <= period.last
    return period.window == Window.CUSTOM and total.last_day == period.last


def _within(total: RecordedTotal, period: Period) -> bool:
    return total.first_day is not None and period.first <= total.first_day and total.last_day <= period.last


def kind_of(key: Key) -> RowKind:
    """Rows of which kind a figure counts."""
    return KINDS.get(key.partition(".")[0], RowKind.WORK)


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
