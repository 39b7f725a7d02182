"""Internal meetings and courses of a month, for the calendar (A-24, A-25, A-29). Two queries for the month."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from delegations.queries.calendar_sections import CalendarLine, CalendarSection
from intlcoop.vietnamese.dates import table_range
from reports.choices import WorkKind, WorkState
from reports.models import WorkAttendance, WorkItem

if TYPE_CHECKING:
    from delegations.queries.radar import Radar

MOST = 200


def work_sections(radar: Radar) -> Iterator[CalendarSection]:
    """Those that the reader may see, within the unit that was chosen; a leader's month names travellers and hosts only."""
    if radar.person is not None or radar.leaders:
        return
    rows = WorkItem.objects.visible_to(radar.user).counted().filter(kind__in=(WorkKind.MEETING, WorkKind.TRAINING))
    rows = rows.alias(ends=Coalesce("ends_on", "starts_on")).filter(starts_on__lte=radar.last, ends__gte=radar.first)
    met = WorkAttendance.objects.filter(
        item__in=WorkItem.objects.visible_to(radar.user).counted(), on__range=(radar.first, radar.last)
    )
    if radar.unit is not None:
        rows, met = rows.of_units(radar.units), met.filter(item__case__unit__in=radar.units)
    items = list(rows.select_related("case__unit").order_by("starts_on", "pk")[:MOST])
    regular = list(met.select_related("item__case__unit").order_by("on", "pk")[:MOST])
    lines = [(row.starts_on, line_of(row)) for row in items if row.kind == WorkKind.MEETING]
    lines += [(row.on, regular_line(row)) for row in regular]
    yield CalendarSection(
        anchor="hop",
        title=_("Internal meetings in this month"),
        lines=[line for _day, line in sorted(lines, key=lambda pair: pair[0])],
    )
    yield CalendarSection(
        anchor="khoa-dao-tao",
        title=_("Training courses in this month"),
        lines=[line_of(row) for row in items if row.kind == WorkKind.TRAINING],
    )


def line_of(row: WorkItem) -> CalendarLine:
    assert row.starts_on is not None  # the query asks for it
    return CalendarLine(
        number=row.case.number,
        title=row.case.title,
        url=row.get_absolute_url(),
        days=table_range(row.starts_on, row.ends_on or row.starts_on),
        words=tuple(filter(None, (row.place, row.chair, str(row.case.unit)))),
        state=str(WorkState(row.case.state).label),
    )


def regular_line(row: WorkAttendance) -> CalendarLine:
    return CalendarLine(
        number=row.item.case.number,
        title=row.item.case.title,
        url=row.item.get_absolute_url(),
        days=table_range(row.on, row.on),
        words=tuple(filter(None, (row.attended_by, str(row.item.case.unit)))),
        state=str(row.get_status_display()),
    )
