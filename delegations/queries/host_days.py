"""Is whoever is to receive the guests here on that day, and free at that hour?"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from delegations.models import InboundDelegation
from delegations.visit_choices import InboundState
from intlcoop.people.registry import Absence, absences

#: Meetings of one host that begin closer together than that get into each other's way.
APART = dt.timedelta(minutes=60)


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherMeeting:
    """Another visit that the same person receives on the same day."""

    number: str
    time: dt.time | None


def meeting_day(visit: InboundDelegation) -> dt.date | None:
    return visit.meeting_on or (visit.arrives_on if visit.is_short else None)


def host_absences(visit: InboundDelegation) -> list[Absence]:
    """Trips of the host on the day of the meeting; where that day is not fixed, those that take up the whole visit."""
    if visit.host_id is None:
        return []
    day = meeting_day(visit)
    first, last = (day, day) if day else (visit.arrives_on, visit.leaves_on)
    if first is None or last is None:
        return []
    found = absences(first, last, [visit.host_id])
    return [absence for absence in found if absence.first <= first and absence.last >= last]


def other_meetings(visit: InboundDelegation) -> list[OtherMeeting]:
    """Other visits of this host on the day of the meeting, at nearly the same hour or with no hour fixed."""
    day = meeting_day(visit)
    if visit.host_id is None or day is None:
        return []
    rows = InboundDelegation.objects.exclude(pk=visit.pk).filter(
        host=visit.host_id, meeting_on=day, case__state__in=InboundState.HOLDS_DAYS
    )
    found = rows.order_by("meeting_time", "pk").values_list("case__number", "meeting_time")
    return [OtherMeeting(number=number, time=time) for number, time in found if collide(visit.meeting_time, time)]


def collide(first: dt.time | None, second: dt.time | None) -> bool:
    """Two meetings of one day, begun less than an hour apart; one without an hour collides with every other."""
    if first is None or second is None:
        return True
    day = dt.date(2000, 1, 1)
    return abs(dt.datetime.combine(day, first) - dt.datetime.combine(day, second)) < APART
