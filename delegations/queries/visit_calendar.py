"""Which guests are here in a month, and whose host is away that day? One query for the month."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from delegations.choices import DatePrecision
from delegations.models import InboundDelegation
from delegations.queries.host_days import meeting_day
from delegations.queries.visits import body_words, host_words, visit_days
from delegations.visit_choices import InboundState
from intlcoop.people.choices import Rank

if TYPE_CHECKING:
    from delegations.queries.radar import Radar, Stay

LEADERSHIP = (Rank.MINISTER, Rank.DEPUTY_MINISTER)
MOST = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Guests:
    """A visit of the month as the calendar says it."""

    number: str
    title: str
    body: str
    host: str
    days: str
    state: str
    first: dt.date
    last: dt.date


@dataclass(frozen=True, slots=True, kw_only=True)
class HostAway:
    """A visit whose host is on a trip on the day of the meeting."""

    guests: Guests
    host: str
    day: dt.date
    stay: Stay


def visits_of(radar: Radar) -> list[Any]:
    """Visits of the month within the filters, the first to arrive in front."""
    rows = (
        InboundDelegation.objects.visible_to(radar.user)
        .filter(arrives_on__lte=radar.last, leaves_on__gte=radar.first, date_precision=DatePrecision.DAY)
        .filter(case__state__in=InboundState.HOLDS_DAYS)
        .select_related("case__unit", "partner", "country", "host")
    )
    if radar.unit is not None:
        rows = rows.filter(case__unit__in=radar.units)
    if radar.person is not None:
        rows = rows.filter(host=radar.person)
    if radar.leaders:
        rows = rows.filter(host_rank__in=LEADERSHIP)
    return list(rows.order_by("arrives_on", "meeting_time", "pk")[:MOST])


def guests_of(visit: Any) -> Guests:
    return Guests(
        number=visit.case.number,
        title=visit.case.title,
        body=body_words(visit),
        host=host_words(visit),
        days=visit_days(visit),
        state=str(InboundState(visit.case.state).label),
        first=visit.arrives_on,
        last=visit.leaves_on,
    )


def hosts_away(visits: Iterable[Any], stays: Iterable[Stay]) -> list[HostAway]:
    """Visits of which the host is abroad on the day of the meeting, by the stays that the calendar read anyway."""
    by_person: dict[int, list[Stay]] = {}
    for stay in stays:
        by_person.setdefault(stay.person, []).append(stay)
    found = []
    for visit in visits:
        day = meeting_day(visit)
        if day is None:
            continue
        for stay in by_person.get(visit.host_id, ()):
            if stay.first <= day <= stay.last:
                found.append(HostAway(guests=guests_of(visit), host=host_words(visit), day=day, stay=stay))
    return found
