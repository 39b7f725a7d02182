"""The page with all figures of a report: as of its day, the whole period, the years before, by unit; and the same as a sheet."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from intlcoop.audit.exports import record_export
from intlcoop.exporting import tables
from intlcoop.jobs.requests import PersonRequest
from intlcoop.vietnamese.dates import table_date
from intlcoop.web.file_numbers import shown
from reports.forms.year_end import OWN_WINDOWS
from reports.models import Snapshot, YearEndReport
from reports.queries.figures import Ref
from reports.queries.overview import FigureLine, Said, groups_of, money_of, units_of, years_of
from reports.services import scope_of
from reports.views.finding import VERSION, asked_version, visible_report


@never_cache
@require_safe
def overview(request: PersonRequest, number: str) -> HttpResponse:
    found = visible_report(request, number)
    snapshot = asked_version(request, found)
    if snapshot is None:
        raise Http404
    if (wanted := request.GET.get("xuat", "")) in ("xlsx", "csv"):
        record_export(request, number, wanted)
        return sheet(found, snapshot, wanted)
    return render(request, "reports/figures.html", page_of(found, snapshot, request.GET.get(VERSION, "")))


def page_of(report: YearEndReport, snapshot: Snapshot, version: str) -> dict[str, Any]:
    def address(ref: Ref) -> str:
        query = ref.query | ({VERSION: version} if version else {})
        return reverse("reports:figure", args=[report.case.number, ref.key], query=query or None)

    def linked(cell: Said) -> dict[str, Any]:
        return {"text": cell.text, "url": address(cell.ref) if cell.ref and cell.text else ""}

    heads, units = units_of(snapshot)
    years = years_of(snapshot)
    groups = [
        {
            "name": group.name,
            "lines": [
                {
                    "name": line.name,
                    "now": linked(line.now),
                    "coming": linked(line.coming),
                    "whole": line.whole.text,
                    "before": line.years[0].text if years else "",
                    "change": line.change,
                    "years": [cell.text for cell in line.years],
                }
                for line in group.lines
            ],
        }
        for group in groups_of(snapshot)
    ]
    own = dict(scope_of(report).own)
    return {
        "report": report,
        "snapshot": snapshot,
        "groups": groups,
        "years": years,
        "has_estimate": bool(snapshot.figures.get("estimate")),
        "money": [(line, address(line.ref)) for line in money_of(snapshot)],
        "unit_heads": heads,
        "units": [(line.name, [linked(cell) for cell in line.cells]) for line in units],
        "own": [(label, own[kind]) for kind, label in OWN_WINDOWS.items() if kind in own],
    }


def sheet(report: YearEndReport, snapshot: Snapshot, extension: str) -> HttpResponse:
    """One row per figure; numbers are numbers, and what is not exact stands beside them in words."""
    years = years_of(snapshot)
    as_of = _("As of %(day)s") % {"day": table_date(report.as_of)}
    columns = [
        tables.Column(_("Group"), lambda row: row[0], width=28),
        tables.Column(_("Figure"), lambda row: row[1].name, width=52),
        tables.Column(as_of, lambda row: row[1].now.number, "int"),
        tables.Column(_("How exact"), lambda row: qualifier_of(row[1].now), width=12),
        tables.Column(_("Still to come in the period"), lambda row: row[1].coming.number, "int"),
        tables.Column(_("Estimate of the whole period"), lambda row: row[1].whole.number, "int"),
        *(year_column(years, place) for place in range(len(years))),
    ]
    rows: Sequence[tuple[str, FigureLine]] = [
        (group.name, line) for group in groups_of(snapshot) for line in group.lines
    ]
    title = _("Figures of %(number)s") % {"number": shown(report.case.number)}
    if extension == "csv":
        content, media_type = tables.to_csv(columns, rows), "text/csv; charset=utf-8"
    else:
        content, media_type = tables.to_xlsx(title, columns, rows), tables.XLSX_TYPE
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="{report.case.number}-so-lieu.{extension}"'
    return response


def year_column(years: Sequence[str], place: int) -> tables.Column:
    return tables.Column(years[place], lambda row: row[1].years[place].number, "int")


def qualifier_of(cell: Said) -> str:
    """ "hơn" of "hơn 20"."""
    return cell.text.rpartition(" ")[0]
