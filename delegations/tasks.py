"""Work of this room that comes by itself: trips, visits and events move with the calendar."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from delegations.workflows import move_events_with_the_calendar, move_visits_with_the_calendar, move_with_the_calendar
from intlcoop.jobs import registry
from intlcoop.jobs.context import JobContext
from intlcoop.jobs.registry import JobKind

CALENDAR = "trips_move_with_the_calendar"


def move_trips(context: JobContext) -> dict[str, Any]:
    """Looks at all that is due by now, so that a day without a sweeper is made up for."""
    today = timezone.localdate()
    return {
        "moved": move_with_the_calendar(today),
        "visits": move_visits_with_the_calendar(today),
        "events": move_events_with_the_calendar(today),
    }


def register() -> None:
    registry.register(CALENDAR_KIND)
    registry.register_periodic(CALENDAR, at=dt.time(0, 5))


CALENDAR_KIND = JobKind(code=CALENDAR, label=_("Trips depart and come back"), run=move_trips)
