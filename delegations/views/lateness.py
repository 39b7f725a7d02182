"""How early each unit files its trips: a table for the ICD, whose numbers lead to the trips (W002-05)."""

from __future__ import annotations

from typing import Any

import rules
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from delegations.queries.lateness import UnitLateness, lateness_by_unit, years_with_trips
from intlcoop.exporting import tables
from intlcoop.web.display import Crumb
from intlcoop.workflow.doors import person_of


@require_safe
def lateness(request: HttpRequest) -> HttpResponse:
    user = person_of(request)
    if not rules.has_perm("delegations.watch_lateness", user):
        raise PermissionDenied(_("This table is for the ICD and the leadership."))
    years = years_with_trips(user)
    asked = request.GET.get("nam", "")
    year = next((year for year in years if str(year) == asked), timezone.localdate().year)
    rows = lateness_by_unit(user, year)
    if request.GET.get("xuat") == "xlsx":
        return exported(rows, year)
    context = {
        "rows": rows,
        "year": year,
        "years": years,
        "filed": sum(row.filed for row in rows),
        "late": sum(row.late for row in rows),
        "crumbs": [Crumb(_("Outbound delegations"), reverse("delegations:trips"))],
    }
    return render(request, "delegations/lateness.html", context)


def exported(rows: list[UnitLateness], year: int) -> HttpResponse:
    def column(header: str, value: Any, kind: tables.Kind = "int", width: float = 16) -> tables.Column:
        return tables.Column(header=header, value=value, kind=kind, width=width)

    columns = [
        column(_("Unit"), lambda row: str(row.unit), "text", 40),
        column(_("Files"), lambda row: row.filed),
        column(_("Filed late"), lambda row: row.late),
        column(_("Per cent late"), lambda row: row.share),
        column(_("Before departure, on average"), lambda row: row.average),
        column(_("Before departure, at least"), lambda row: row.least),
    ]
    content = tables.to_xlsx(f"{_('Late filing')} {year}", columns, rows)
    response = HttpResponse(content, content_type=tables.XLSX_TYPE)
    response["Content-Disposition"] = f'attachment; filename="nop-muon-{year}.xlsx"'
    return response
