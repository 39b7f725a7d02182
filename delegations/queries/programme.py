"""The programme of a file by half-days: in whose days it lies, and where a leader cannot be."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from delegations.choices import OutboundState
from delegations.event_choices import EventState
from delegations.models import InboundDelegation, ProgrammeItem
from delegations.reception_choices import HalfDay
from delegations.visit_choices import InboundState
from intlcoop.people.registry import absences
from intlcoop.vietnamese.dates import table_date, table_range
from intlcoop.web.file_numbers import shown

if TYPE_CHECKING:
    from intlcoop.workflow.models import Case

#: Of a file that is called off nobody is busy.
IDLE = {*OutboundState.CALLED_OFF, *EventState.CALLED_OFF, *InboundState.CALLED_OFF}
NOON, EVENING = dt.time(12, 0), dt.time(18, 0)


def span_of(case: Case) -> tuple[dt.date | None, dt.date | None]:
    """First and last day of what this file is about."""
    if case.kind == "inbound":
        return case.inbound.arrives_on, case.inbound.leaves_on
    if case.kind == "event":
        return case.event.starts_on, case.event.ends_on
    return case.outbound.departs_on, case.outbound.returns_on


def outside_words(case: Case, day: dt.date) -> str:
    """Why this day cannot be in the programme; "" when it can."""
    first, last = span_of(case)
    if first is None or last is None:
        return _("Enter the days of the file first: the programme lies between them.")
    if first <= day <= last:
        return ""
    return _("%(day)s lies outside the days of the file (%(days)s).") % {
        "day": table_date(day),
        "days": table_range(first, last),
    }


def half_of(hour: dt.time) -> str:
    """In which half-day an hour lies."""
    if hour < NOON:
        return HalfDay.MORNING
    return HalfDay.AFTERNOON if hour < EVENING else HalfDay.EVENING


def halves_of(hour: dt.time) -> set[str]:
    """Those to which an hour may be reckoned: within an hour of noon or of the evening people say either."""
    minutes = (hour.hour * 60 + hour.minute - 60, hour.hour * 60 + hour.minute + 59)
    return {half_of(dt.time(*divmod(min(max(each, 0), 24 * 60 - 1), 60))) for each in minutes}


@dataclass(frozen=True, slots=True)
class Half:
    label: str
    items: list[ProgrammeItem] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Day:
    day: dt.date
    halves: list[Half]


def by_half_days(items: Iterable[ProgrammeItem]) -> list[Day]:
    """The items in the order of a programme: day by day, half by half."""
    found: dict[dt.date, dict[str, list[ProgrammeItem]]] = {}
    for item in items:
        found.setdefault(item.day, {}).setdefault(item.half, []).append(item)
    return [
        Day(day, [Half(str(HalfDay(half).label), rows) for half, rows in sorted(halves.items())])
        for day, halves in sorted(found.items())
    ]


# --- clashes ----------------------------------------------------------------------------------------------------------


def clashes(items: list[ProgrammeItem]) -> dict[int, list[str]]:
    """Where the leader of an item is abroad, or at something else at the same time: sentences by item. Three queries in all."""
    led = [item for item in items if item.leader_id is not None]
    if not led:
        return {}
    found: dict[int, list[str]] = {}
    days, people = {item.day for item in led}, {item.leader_id for item in led if item.leader_id is not None}
    away = list(absences(min(days), max(days), list(people)))
    others = list(
        ProgrammeItem.objects.filter(leader__in=people, day__in=days)
        .exclude(case__state__in=IDLE)
        .select_related("case")
    )
    meetings = list(
        InboundDelegation.objects.filter(host__in=people, meeting_on__in=days, case__state__in=InboundState.HOLDS_DAYS)
        .select_related("case")
        .order_by("pk")
    )
    by_person, by_day, hosted = _grouped(away, others, meetings)
    for item in led:
        key = (item.leader_id, item.day)
        sentences = [_away(item, each) for each in by_person.get(item.leader_id, ())]
        sentences += [
            _busy(item, other) for other in by_day.get(key, ()) if other.pk != item.pk and together(item, other)
        ]
        sentences += [_hosts(item, visit) for visit in hosted.get(key, ()) if receives(item, visit)]
        found[item.pk] = [sentence for sentence in dict.fromkeys(sentences) if sentence]
    return {pk: sentences for pk, sentences in found.items() if sentences}


def _grouped(away: list[Any], others: list[Any], meetings: list[Any]) -> tuple[dict[Any, list[Any]], ...]:
    """By person and by person and day, so that many items cost one look each."""
    by_person: dict[Any, list[Any]] = {}
    by_day: dict[Any, list[Any]] = {}
    hosted: dict[Any, list[Any]] = {}
    for absence in away:
        by_person.setdefault(absence.person_id, []).append(absence)
    for other in others:
        by_day.setdefault((other.leader_id, other.day), []).append(other)
    for visit in meetings:
        hosted.setdefault((visit.host_id, visit.meeting_on), []).append(visit)
    return by_person, by_day, hosted


def together(one: ProgrammeItem, other: ProgrammeItem) -> bool:
    """The same leader at the same time: hours that overlap, or the same half-day where an hour is open."""
    if one.leader_id != other.leader_id or one.day != other.day:
        return False
    if one.starts and one.ends and other.starts and other.ends:
        return one.starts < other.ends and other.starts < one.ends
    return one.half == other.half and (one.starts is None or other.starts is None or one.starts == other.starts)


def receives(item: ProgrammeItem, visit: Any) -> bool:
    """The leader receives other guests in the same half-day."""
    if visit.case_id == item.case_id or visit.host_id != item.leader_id or visit.meeting_on != item.day:
        return False
    return visit.meeting_time is None or half_of(visit.meeting_time) == item.half


def _away(item: ProgrammeItem, absence: Any) -> str:
    if not absence.first <= item.day <= absence.last or absence.number == item.case.number:
        return ""
    return _("%(name)s is on trip %(number)s on %(days)s.") % {
        "name": item.leader,
        "number": shown(absence.number),
        "days": table_range(absence.first, absence.last),
    }


def _busy(item: ProgrammeItem, other: ProgrammeItem) -> str:
    if other.case_id == item.case_id:
        return _("%(name)s stands in another item of the same time: %(what)s.") % {
            "name": item.leader,
            "what": other.what,
        }
    return _("%(name)s takes part in the programme of %(number)s at the same time.") % {
        "name": item.leader,
        "number": shown(other.case.number),
    }


def _hosts(item: ProgrammeItem, visit: InboundDelegation) -> str:
    return _("%(name)s receives the guests of %(number)s in the same half-day.") % {
        "name": item.leader,
        "number": shown(visit.case.number),
    }
