"""How many delegations were received in a window, and how many guests: the figures `inbound.total` and `inbound.persons`.

A visit counts in the window of its arrival, once it took place (contracts.md). A figure without records is absent.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from delegations.models import InboundDelegation


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitFigure:
    """`rows`: the numbers of the files behind it. `is_complete`: every file says how many came; else it is a lower bound."""

    key: str
    value: int
    rows: tuple[str, ...]
    is_complete: bool = True


def counted_visits(first: dt.date, last: dt.date, as_of: dt.date) -> QuerySet[Any]:
    """Visits that took place and whose guests arrived in the window, not after the day of the figures."""
    rows = (
        InboundDelegation.objects.counted()
        .arriving_in(first, min(last, as_of))
        .with_head()
        .select_related("case__unit")
    )
    return rows.order_by("arrives_on", "case__number")


def visit_figures(first: dt.date, last: dt.date, as_of: dt.date) -> dict[str, VisitFigure]:
    """Both figures of a window, from one query."""
    visits = list(counted_visits(first, last, as_of))
    if not visits:
        return {}
    numbers = tuple(visit.case.number for visit in visits)
    found = {"inbound.total": VisitFigure(key="inbound.total", value=len(visits), rows=numbers)}
    known = [visit for visit in visits if visit.people]
    if known:
        found["inbound.persons"] = VisitFigure(
            key="inbound.persons",
            value=sum(visit.people for visit in known),
            rows=tuple(visit.case.number for visit in known),
            is_complete=len(known) == len(visits),
        )
    return found
