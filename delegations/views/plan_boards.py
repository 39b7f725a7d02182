"""Looking over the lines of a year: what clashes, who carries how much in which month, what became of it."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from delegations import planning
from delegations.choices import PlanKind
from delegations.models import PlanLine
from delegations.planning import NO_MONTH, Planned
from delegations.queries import plan_actual
from delegations.queries.plan_cautions import YearOfLines
from delegations.views.plan_finding import crumbs, visible_year, year_crumb
from delegations.views.plan_lines import badge, countries
from intlcoop.exporting import tables
from intlcoop.exporting.charts import Group, GroupedChart, grouped_bar_chart
from intlcoop.people.models import OrgUnit
from intlcoop.workflow.doors import person_of

MONTHS = range(1, 13)


def year_for(request: HttpRequest, year: int) -> YearOfLines:
    """The lines that this person reads."""
    rows = YearOfLines(year)
    seen = set(PlanLine.objects.visible_to(person_of(request)).filter(plan__year=year).values_list("pk", flat=True))
    rows.rows = [row for row in rows.rows if row.pk in seen]
    rows.lines = [line for line in rows.lines if line.pk in seen]
    return rows


@require_safe
def clashes(request: HttpRequest, year: int) -> HttpResponse:
    """Lines of both plans that share a leader, a partner, a purpose or a country in the same months (W002-10)."""
    opened = visible_year(request, year)
    rows = year_for(request, year)
    found = [
        {"clash": clash, "lines": [(line, badge(line), countries(line), line.when_words) for line in clash.lines]}
        for clash in rows.clashes()
    ]
    context = {"opened": opened, "crumbs": crumbs(year_crumb(year)), "clashes": found, "lines": len(rows.rows)}
    return render(request, "delegations/plans/clashes.html", context)


@require_safe
def load(request: HttpRequest, year: int) -> HttpResponse:
    """How many lines fall into each month, by leader and by unit (F001-22)."""
    opened = visible_year(request, year)
    rows = year_for(request, year)
    by_pk = {row.pk: row for row in rows.rows}
    context = {
        "opened": opened,
        "crumbs": crumbs(year_crumb(year)),
        "chart": chart_of(year, rows.lines),
        "months": list(MONTHS),
        "tables": [
            (_("By leader of the ministry"), lines_of(rows.lines, lambda line: line.leader, leader_of(by_pk))),
            (_("By unit"), lines_of(rows.lines, lambda line: line.unit, unit_of(by_pk))),
        ],
        "lines": len(rows.rows),
    }
    return render(request, "delegations/plans/load.html", context)


Named = Callable[[int], tuple[str, str]]


def leader_of(by_pk: Mapping[int, PlanLine]) -> Named:
    """(name, what the list of lines is asked for) by a line of that leader."""
    return lambda pk: (str(by_pk[pk].leader), f"lanh_dao={by_pk[pk].leader_id}")


def unit_of(by_pk: Mapping[int, PlanLine]) -> Named:
    return lambda pk: (str(by_pk[pk].unit), f"don_vi={by_pk[pk].unit_id}")


def lines_of(lines: list[Planned], by: Callable[[Planned], Hashable | None], named: Named) -> list[dict[str, Any]]:
    """Rows of the table: name, figure per month, those without a month, sum; the heaviest first."""
    first = {by(line): line.pk for line in reversed(lines) if by(line) is not None}
    found = []
    for who, counts in planning.load(lines, by).items():
        name, asked = named(first[who])
        found.append(
            {
                "name": name,
                "asked": asked,
                "months": [(month, counts.get(month, 0)) for month in MONTHS],
                "unknown": counts.get(NO_MONTH, 0),
                "total": sum(counts.values()),
            }
        )
    return sorted(found, key=lambda row: (-row["total"], row["name"]))


def chart_of(year: int, lines: Iterable[Planned]) -> Any:
    counts = planning.load(lines, lambda line: line.kind)
    kinds = [kind for kind in PlanKind if kind.value in counts]
    if not kinds:
        return ""
    chart = GroupedChart(
        title=_("Planned activities by month, %(year)s") % {"year": year},
        series=tuple(str(kind.label) for kind in kinds),
        groups=tuple(
            Group(label=f"T{month}", values=tuple(counts[kind.value].get(month) or None for kind in kinds))
            for month in MONTHS
        ),
        unit=_("lines"),
    )
    return grouped_bar_chart(chart, width=720, height=240)


@require_safe
def actual(request: HttpRequest, year: int) -> HttpResponse:
    """The approved lines against what happened; unplanned trips by unit."""
    opened = visible_year(request, year)
    lines = PlanLine.objects.visible_to(person_of(request)).in_plan()
    found = plan_actual.lines_against_trips(lines.filter(plan__year=year, plan__approved_on__isnull=False))
    if request.GET.get("xuat") == "xlsx":
        return actual_xlsx(year, found)
    units = {unit.pk: unit for unit in OrgUnit.objects.all()}
    by_unit = plan_actual.tallies(year, found, units)
    ministry = next((unit for unit in units.values() if unit.parent_id is None), OrgUnit())
    wanted = request.GET.get("ket_qua", "")
    shown = [each for each in found if each.progress == wanted] if wanted in plan_actual.Progress.values else found
    context = {
        "opened": opened,
        "crumbs": crumbs(year_crumb(year)),
        "progress": list(plan_actual.Progress),
        "rows": shown,
        "wanted": wanted if wanted in plan_actual.Progress.values else "",
        "by_unit": [(tally, [tally.count(progress) for progress in plan_actual.Progress]) for tally in by_unit],
        "total": plan_actual.whole(by_unit, ministry),
        "totals": [plan_actual.whole(by_unit, ministry).count(progress) for progress in plan_actual.Progress],
        "reasons": plan_actual.reasons(each.line for each in found),
    }
    return render(request, "delegations/plans/actual.html", context)


def actual_xlsx(year: int, found: list[plan_actual.LineProgress]) -> HttpResponse:
    columns = [
        tables.Column(_("No."), lambda row: row.line.position, "int", 6),
        tables.Column(_("Title"), lambda row: row.line.title, "text", 48),
        tables.Column(_("Unit"), lambda row: str(row.line.unit), "text", 28),
        tables.Column(_("Plan"), lambda row: str(row.line.plan.get_level_display()), "text", 32),
        tables.Column(_("Expected time"), lambda row: row.line.when_words),
        tables.Column(_("Result"), lambda row: str(row.progress.label), "text", 20),
        tables.Column(_("Trips"), lambda row: ", ".join(number for number, _state in row.trips), "text", 24),
        tables.Column(_("Kind of reason"), lambda row: str(row.line.get_settled_reason_display()), "text", 28),
        tables.Column(_("Explanation"), lambda row: row.line.settled_text, "text", 40),
    ]
    title = _("Plan against actual %(year)s") % {"year": year}
    response = HttpResponse(tables.to_xlsx(title, columns, found), content_type=tables.XLSX_TYPE)
    response["Content-Disposition"] = f'attachment; filename="ke-hoach-va-thuc-hien-{year}.xlsx"'
    return response
