"""What does the register of other work count in a window? A figure without records is absent, not zero.

An item counts in the window of the day of its request, its beginning or its reply (`WorkQuerySet.dated`); what was given up
counts nowhere; a meeting of a series counts on its own day.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q, Sum

from reports.choices import Attendance, TotalKey, WorkKind, WorkState
from reports.models import WorkAttendance, WorkItem
from reports.queries.recorded import with_recorded
from reports.queries.work_lines import missing_months, month_of

if TYPE_CHECKING:
    from intlcoop.people.models import User


class WorkKey(StrEnum):
    """Names of the report's JSON; they never change (contracts.md)."""

    COORDINATION = TotalKey.COORDINATION.value
    TRAININGS = TotalKey.TRAININGS.value
    TRAINED = TotalKey.TRAINED.value
    ATTENDED = TotalKey.ATTENDED.value
    MISSED = "meetings.missed"


def figure(value: int, rows: Iterable[str]) -> dict[str, Any]:
    return {"value": value, "qualifier": None, "rows": sorted(rows), "source": None}


def work_figures(first: dt.date, last: dt.date, items: Any = None) -> dict[str, dict[str, Any]]:
    """{key: {"value", "qualifier", "rows": numbers, "source"}} of the whole ministry, or of `items`."""
    known = WorkItem.objects.all() if items is None else items
    rows = list(
        known.filter(kind__in=(WorkKind.COORDINATION, WorkKind.TRAINING))
        .counted()
        .begun()
        .between(first, last)
        .order_by()
        .values_list("kind", "case__number", "persons")
    )
    tasks = [number for kind, number, _persons in rows if kind == WorkKind.COORDINATION]
    courses = [(number, persons) for kind, number, persons in rows if kind == WorkKind.TRAINING]
    found = {}
    if tasks:
        found[WorkKey.COORDINATION.value] = figure(len(tasks), tasks)
    if courses:
        found[WorkKey.TRAININGS.value] = figure(len(courses), [number for number, _persons in courses])
    if told := [(number, persons) for number, persons in courses if persons is not None]:
        found[WorkKey.TRAINED.value] = figure(sum(persons for _n, persons in told), [number for number, _p in told])
    found |= _meetings(first, last, known)
    # What a source states is of the whole ministry, not of a part of it.
    return with_recorded(found, first, last, [key.value for key in WorkKey]) if items is None else found


def _meetings(first: dt.date, last: dt.date, items: Any) -> dict[str, dict[str, Any]]:
    numbers: dict[str, list[str]] = {Attendance.ATTENDED: [], Attendance.MISSED: []}
    rows = WorkAttendance.objects.filter(item__in=items.counted(), on__gte=first, on__lte=last)
    for status, number in rows.filter(status__in=Attendance.HELD).values_list("status", "item__case__number"):
        numbers[status].append(number)
    keys = {Attendance.ATTENDED: WorkKey.ATTENDED, Attendance.MISSED: WorkKey.MISSED}
    return {keys[Attendance(status)].value: figure(len(each), set(each)) for status, each in numbers.items() if each}


# --- the page of a year ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class KindLine:
    """One kind of work in a year."""

    kind: str
    label: str
    total: int
    completed: int
    persons: int | None


def kind_lines(user: User, first: dt.date, last: dt.date) -> list[KindLine]:
    """The kinds that have something to say, in the order of the register: one query."""
    counted = {
        row["kind"]: row
        for row in WorkItem.objects.visible_to(user)
        .counted()
        .between(first, last)
        .order_by()
        .values("kind")
        .annotate(
            total=Count("pk"),
            completed=Count("pk", filter=Q(case__state=WorkState.COMPLETED)),
            people=Sum("persons"),
        )
    }
    return [
        KindLine(
            kind=kind.value,
            label=str(kind.label),
            total=counted[kind]["total"],
            completed=counted[kind]["completed"],
            persons=counted[kind]["people"] if kind == WorkKind.TRAINING else None,
        )
        for kind in WorkKind
        if kind in counted
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthCell:
    """One month of one series: how many meetings were attended, missed, not held; `missing`: nothing is written down."""

    month: int
    attended: int = 0
    missed: int = 0
    not_held: int = 0
    planned: int = 0
    missing: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesLine:
    item: WorkItem
    months: list[MonthCell] = field(default_factory=list)

    @property
    def attended(self) -> int:
        return sum(cell.attended for cell in self.months)

    @property
    def missed(self) -> int:
        return sum(cell.missed for cell in self.months)


def series_lines(user: User, year: int, today: dt.date) -> list[SeriesLine]:
    """The recurring meetings of a year, month by month: two queries whatever their number."""
    first, last = dt.date(year, 1, 1), dt.date(year, 12, 31)
    alive = Q(starts_on__isnull=True) | Q(starts_on__lte=last)
    items = WorkItem.objects.visible_to(user).filter(kind=WorkKind.RECURRING).counted().filter(alive)
    items = items.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=first)).select_related("case__unit")
    series = list(items.order_by("case__fold", "pk"))
    told: dict[int, list[tuple[dt.date, str]]] = defaultdict(list)
    for item, on, status in WorkAttendance.objects.filter(item__in=series).values_list("item_id", "on", "status"):
        told[item].append((on, status))
    return [SeriesLine(item=item, months=months_of(item, told[item.pk], year, today)) for item in series]


def months_of(item: WorkItem, told: list[tuple[dt.date, str]], year: int, today: dt.date) -> list[MonthCell]:
    missing = missing_months(item, {on for on, _status in told}, today)
    cells = []
    for month in range(1, 13):
        here = [status for on, status in told if month_of(on) == dt.date(year, month, 1)]
        cells.append(
            MonthCell(
                month=month,
                attended=here.count(Attendance.ATTENDED),
                missed=here.count(Attendance.MISSED),
                not_held=here.count(Attendance.NOT_HELD),
                planned=here.count(Attendance.PLANNED),
                missing=dt.date(year, month, 1) in missing,
            )
        )
    return cells
