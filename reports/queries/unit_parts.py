"""Parts of units: who has sent what, what all of them confirm, and what the engine asks of a part."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from intlcoop.vietnamese.dates import table_date
from intlcoop.workflow.models import Case
from intlcoop.workflow.registry import Related, Summary, Wait
from reports.choices import PartHeading, PartState, RowKind
from reports.models import Confirmation, PartText, ReportCall, UnitPart
from reports.queries.rows import of_case
from reports.queries.windows import Scope

if TYPE_CHECKING:
    from reports.models import YearEndReport


def part_of(case: Case) -> UnitPart:
    return UnitPart.objects.select_related("call", "unit", "case").get(case=case)


def call_of(year: int, window: str) -> ReportCall | None:
    return ReportCall.objects.filter(year=year, window=window).first()


def call_for(report: YearEndReport) -> ReportCall | None:
    """The call whose parts belong into this report: that of its own year and period."""
    return call_of(report.year, report.window)


# --- what the report reads ---------------------------------------------------------------------------------------------


def part_rows(scope: Scope) -> Iterator[dict[str, Any]]:
    """A row for each unit that was asked for this period. Two queries."""
    parts = UnitPart.objects.filter(call__year=scope.period.year, call__window=scope.period.window)
    for part in parts.for_list().order_by("unit__position", "unit__code"):
        row = of_case(part.case) | {"title": part.unit.name_vi}
        yield {"kind": str(RowKind.UNIT_PART), **row, "received": part.case.state in PartState.RECEIVED}


def confirmed_in(scope: Scope) -> frozenset[str]:
    """Keys of which every unit that was asked says, in an accepted part, that there was nothing. Silence confirms nothing."""
    parts = UnitPart.objects.filter(call__year=scope.period.year, call__window=scope.period.window)
    asked = parts.count()
    if not asked:
        return frozenset()
    said: dict[str, int] = {}
    for key in Confirmation.objects.filter(part__in=parts.accepted()).values_list("key", flat=True):
        said[key] = said.get(key, 0) + 1
    return frozenset(key for key, units in said.items() if units == asked)


def texts_for(report: YearEndReport, key: str) -> list[PartText]:
    """What accepted parts say for a section of this report, by unit."""
    rows = PartText.objects.filter(
        heading=key,
        part__call__year=report.year,
        part__call__window=report.window,
        part__case__state=PartState.ACCEPTED,
    )
    return list(rows.select_related("part__unit", "part__case").order_by("part__unit__position", "part__unit__code"))


# --- the page of a call ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Consolidated:
    """A heading with what the units say under it."""

    heading: str
    label: str
    texts: tuple[PartText, ...]


def consolidated(call: ReportCall) -> list[Consolidated]:
    """Everything that was sent, by heading; what is still being written stays with its unit. One query."""
    rows = PartText.objects.filter(part__call=call, part__case__state__in=PartState.RECEIVED)
    by_heading: dict[str, list[PartText]] = {}
    for row in rows.select_related("part__unit", "part__case").order_by("part__unit__position", "part__unit__code"):
        by_heading.setdefault(row.heading, []).append(row)
    return [
        Consolidated(heading.value, str(heading.label), tuple(by_heading[heading]))
        for heading in PartHeading
        if heading in by_heading
    ]


def nothing_by_key(call: ReportCall) -> list[tuple[str, list[str]]]:
    """(figure, the units that confirm that there was nothing), of parts that were sent."""
    rows = Confirmation.objects.filter(part__call=call, part__case__state__in=PartState.RECEIVED)
    found: dict[str, list[str]] = {}
    for row in rows.select_related("part__unit").order_by("key", "part__unit__position", "part__unit__code"):
        found.setdefault(str(row.get_key_display()), []).append(str(row.part.unit))
    return list(found.items())


# --- what the engine asks ---------------------------------------------------------------------------------------------


def summary(case: Case) -> Summary:
    part = part_of(case)
    due = table_date(part.call.due_on)
    return Summary(
        title=f"{case.title} – {part.unit}",
        where="",
        when=_("due %(date)s") % {"date": due},
        who=str(part.unit),
        url=reverse("reports:part", args=[case.number]),
        on=part.call.due_on,
        lines=((_("Unit"), str(part.unit)), (_("Units send until"), due)),
    )


def history(case: Case) -> Related:
    part = part_of(case)
    return Related(rows=[part, part.call], follow=[(PartText, "part"), (Confirmation, "part")])


def edit_url(case: Case) -> str:
    return reverse("reports:part_edit", args=[case.number])


def waits(case: Case) -> Wait | None:
    """A part that was asked for waits for the unit, one that was sent for the department."""
    if case.state == PartState.ACCEPTED:
        return None
    part = part_of(case)
    since = timezone.localdate(case.changed_at)
    if case.state == PartState.SUBMITTED:
        return Wait(where=_("Sent to the department"), who=_("Department of cooperation"), since=since)
    return Wait(where=_("The unit writes its part"), who=str(part.unit), since=since, due=part.call.due_on)
