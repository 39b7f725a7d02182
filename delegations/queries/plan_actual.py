"""Plan against actual: what became of each line, and how much of what was done had not been planned (W002-02)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from delegations.choices import LineState, Mode, OutboundState
from delegations.event_choices import EventState
from delegations.models import InboundDelegation, InternationalEvent, OutboundDelegation, PlanLine
from delegations.queries.plan_values import with_links
from intlcoop.web.display import Badge, Tone

if TYPE_CHECKING:
    from intlcoop.people.models import OrgUnit

BACK = (OutboundState.REPORT_DUE, OutboundState.COMPLETED)


class Progress(models.TextChoices):
    """Where a line of an approved plan stands against what happened."""

    DONE = "done", _("Carried out")
    UNDER_WAY = "under_way", _("Under way")
    NOT_YET = "not_yet", _("Not yet")
    MOVED = "moved", _("Moved to another year")
    DROPPED = "dropped", _("Not carried out")


TONES = {
    Progress.DONE: Tone.DONE,
    Progress.UNDER_WAY: Tone.INFO,
    Progress.NOT_YET: Tone.WAITING,
    Progress.MOVED: Tone.QUIET,
    Progress.DROPPED: Tone.LATE,
}
SETTLED = {LineState.DONE: Progress.DONE, LineState.MOVED: Progress.MOVED, LineState.DROPPED: Progress.DROPPED}


@dataclass(frozen=True, slots=True)
class LineProgress:
    """A line with what became of it and the trips that are filed against it."""

    line: PlanLine
    progress: Progress
    trips: tuple[tuple[str, str], ...]  # (number, state)

    @property
    def badge(self) -> Badge:
        return Badge(self.progress.label, TONES[self.progress])


@dataclass(slots=True)
class UnitTally:
    """A unit's lines by what became of them, and its led trips in and out of plan."""

    unit: OrgUnit
    lines: dict[str, int] = field(default_factory=dict)
    planned_trips: int = 0
    unplanned_trips: int = 0

    @property
    def total(self) -> int:
        return sum(self.lines.values())

    @property
    def done(self) -> int:
        return self.lines.get(Progress.DONE, 0)

    @property
    def percent_done(self) -> int | None:
        return percent(self.done, self.total)

    @property
    def percent_unplanned(self) -> int | None:
        return percent(self.unplanned_trips, self.planned_trips + self.unplanned_trips)

    def count(self, progress: str) -> int:
        return self.lines.get(progress, 0)


def percent(part: int, whole: int) -> int | None:
    """Rounded to the nearest whole; None where there is nothing to compare with, which is not zero."""
    return (200 * part + whole) // (2 * whole) if whole else None


def progress_of(state: str, trip_states: Iterable[str]) -> Progress:
    """What became of a line: its own word when it was settled, else what its trips say."""
    if state in SETTLED:
        return SETTLED[LineState(state)]
    alive = [each for each in trip_states if each not in OutboundState.CALLED_OFF]
    if any(each in BACK for each in alive):
        return Progress.DONE
    return Progress.UNDER_WAY if alive else Progress.NOT_YET


#: An event that was held is back, as a trip is.
AS_OF_TRIPS = {str(EventState.HELD): str(OutboundState.COMPLETED)}


def lines_against_trips(lines: QuerySet[PlanLine]) -> list[LineProgress]:
    """Six queries however many lines there are. The states of visits are called as those of trips, those of events nearly."""
    rows = list(with_links(lines).order_by("plan__level", "position", "pk"))
    trips = OutboundDelegation.objects.filter(plan_line__in=[row.pk for row in rows]).order_by("case__number")
    by_line: dict[int, list[tuple[str, str]]] = {}
    visits = InboundDelegation.objects.filter(plan_line__in=[row.pk for row in rows]).order_by("case__number")
    events = InternationalEvent.objects.filter(plan_line__in=[row.pk for row in rows]).order_by("case__number")
    for files in (trips, visits, events):
        for line_id, number, state in files.values_list("plan_line_id", "case__number", "case__state"):
            by_line.setdefault(line_id, []).append((number, AS_OF_TRIPS.get(state, state)))
    return [
        LineProgress(
            line=row,
            progress=progress_of(row.state, (state for _number, state in by_line.get(row.pk, []))),
            trips=tuple(by_line.get(row.pk, [])),
        )
        for row in rows
    ]


def tallies(year: int, lines: Iterable[LineProgress], units: dict[int, OrgUnit]) -> list[UnitTally]:
    """By unit, in the order of the ministry: lines by progress, and the led trips that were decided on."""
    found: dict[int, UnitTally] = {}

    def of(unit_id: int) -> UnitTally:
        return found.setdefault(unit_id, UnitTally(units[unit_id]))

    for each in lines:
        tally = of(each.line.unit_id)
        tally.lines[each.progress] = tally.lines.get(each.progress, 0) + 1
    for row in led_trips(year):
        tally = of(row["case__unit"])
        tally.planned_trips, tally.unplanned_trips = row["planned"], row["unplanned"]
    return sorted(found.values(), key=lambda tally: (tally.unit.position, tally.unit.code))


def led_trips(year: int) -> QuerySet[Any, dict[str, Any]]:
    """By unit: led trips of the year that were decided on, in and out of plan. Accompanying ones count in neither."""
    rows = OutboundDelegation.objects.counted().filter(mode=Mode.LED, departs_on__year=year).order_by()
    counted: QuerySet[Any, dict[str, Any]] = rows.values("case__unit").annotate(
        planned=Count("pk", filter=Q(plan_line__isnull=False)), unplanned=Count("pk", filter=Q(plan_line__isnull=True))
    )
    return counted


def whole(rows: Iterable[UnitTally], ministry: OrgUnit) -> UnitTally:
    """All units together."""
    total = UnitTally(ministry)
    for row in rows:
        for progress, n in row.lines.items():
            total.lines[progress] = total.lines.get(progress, 0) + n
        total.planned_trips += row.planned_trips
        total.unplanned_trips += row.unplanned_trips
    return total


def reasons(lines: Iterable[PlanLine]) -> list[tuple[str, int]]:
    """(kind of reason, how many lines were moved or dropped for it), the most frequent first (F000-11)."""
    counts: dict[str, int] = {}
    for line in lines:
        if line.state in (LineState.MOVED, LineState.DROPPED) and line.settled_reason:
            label = str(line.get_settled_reason_display())
            counts[label] = counts.get(label, 0) + 1
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
