"""Which events fall into a month? One query for the calendar."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models.functions import Coalesce

from delegations.choices import DatePrecision
from delegations.event_choices import EventFormat, EventState
from delegations.models import InternationalEvent
from delegations.queries.events import event_days_text

if TYPE_CHECKING:
    from delegations.queries.radar import Radar

MOST = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class EventOfMonth:
    """An event as the calendar says it."""

    number: str
    title: str
    days: str
    place: str
    unit: str
    state: str
    url: str


def events_of(radar: Radar) -> list[EventOfMonth]:
    """Events of the month that the reader may see and that were not called off, within the unit that was chosen."""
    rows = (
        InternationalEvent.objects.visible_to(radar.user)
        .alias(closes=Coalesce("ends_on", "starts_on"))
        .filter(starts_on__lte=radar.last, closes__gte=radar.first, date_precision=DatePrecision.DAY)
        .exclude(case__state__in=EventState.CALLED_OFF)
        .select_related("case__unit")
    )
    if radar.unit is not None:
        rows = rows.filter(case__unit__in=radar.units)
    if radar.person is not None or radar.leaders:
        return []
    return [event_of(row) for row in rows.order_by("starts_on", "pk")[:MOST]]


def event_of(row: InternationalEvent) -> EventOfMonth:
    return EventOfMonth(
        number=row.case.number,
        title=row.case.title,
        days=event_days_text(row),
        place=row.place or str(EventFormat(row.format).label),
        unit=str(row.case.unit),
        state=str(EventState(row.case.state).label),
        url=row.get_absolute_url(),
    )
