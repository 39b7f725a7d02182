"""How many events were held and attended in a window: the figures `events.hosted` and `events.attended`.

An event counts in the window of its closing day, once it took place (contracts.md): 14 and 15 December lie in different
statutory years. A figure without records is absent.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from delegations.event_choices import EventRole
from delegations.models import InternationalEvent

HOSTED, ATTENDED = "events.hosted", "events.attended"


@dataclass(frozen=True, slots=True, kw_only=True)
class EventFigure:
    """`rows`: the numbers of the files behind it."""

    key: str
    value: int
    rows: tuple[str, ...]


def counted_events(first: dt.date, last: dt.date, as_of: dt.date) -> QuerySet[Any]:
    """Events that took place and closed in the window, not after the day of the figures."""
    rows = InternationalEvent.objects.counted().closing_in(first, min(last, as_of)).select_related("case__unit")
    return rows.order_by("ends_on", "case__number")


def event_figures(first: dt.date, last: dt.date, as_of: dt.date) -> dict[str, EventFigure]:
    """Both figures of a window, from one query."""
    rows = list(counted_events(first, last, as_of))
    groups = {
        HOSTED: [row.case.number for row in rows if row.role in EventRole.HOSTING],
        ATTENDED: [row.case.number for row in rows if row.role == EventRole.ATTEND],
    }
    return {
        key: EventFigure(key=key, value=len(numbers), rows=tuple(numbers)) for key, numbers in groups.items() if numbers
    }
