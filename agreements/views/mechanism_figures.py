"""The figures of a year: how many sessions were held and attended in each mechanism, and where the national reports stand."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from agreements.models import TreatyReport
from agreements.queries import treaties
from agreements.queries.mechanism_figures import SessionFigures, session_figures, total_of
from agreements.views.mechanisms import crumbs
from intlcoop.exporting import tables
from intlcoop.workflow.doors import person_of

FIRST_YEAR = 2010


@require_safe
def figures(request: HttpRequest) -> HttpResponse:
    user, today = person_of(request), timezone.localdate()
    year = year_in(request, today.year)
    lines = session_figures(user, dt.date(year, 1, 1), dt.date(year, 12, 31), today)
    if (wanted := request.GET.get("xuat", "")) in ("xlsx", "csv"):
        return export(lines, year, wanted)
    reports = TreatyReport.objects.visible_to(user).select_related("case__unit", "convention")
    context: dict[str, Any] = {
        "year": year,
        "years": range(today.year + 1, FIRST_YEAR - 1, -1),
        "lines": lines,
        "total": total_of(lines),
        "reports": [(report, treaties.report_badge(report), treaties.period_text(report)) for report in reports],
        "sessions_url": reverse("agreements:session_list"),
        "crumbs": crumbs(),
    }
    return render(request, "agreements/mechanisms/figures.html", context)


def year_in(request: HttpRequest, this_year: int) -> int:
    """The year that was asked for; what makes no sense is this year."""
    text = request.GET.get("nam", "")
    year = int(text) if text.isascii() and text.isdecimal() and len(text) == len("2026") else this_year
    return year if FIRST_YEAR <= year <= this_year + 1 else this_year


def export(lines: list[SessionFigures], year: int, extension: str) -> HttpResponse:
    title = _("Sessions of mechanisms in %(year)s") % {"year": year}
    rows = [*lines, total_of(lines)]
    columns = [
        tables.Column(_("Mechanism of cooperation"), lambda line: str(line.mechanism or _("Total")), width=48),
        tables.Column(_("Held by us"), lambda line: line.hosted, "int"),
        tables.Column(_("Attended"), lambda line: line.attended, "int"),
        tables.Column(_("Held without us"), lambda line: line.missed, "int"),
        tables.Column(_("Not written down yet"), lambda line: line.unrecorded, "int"),
    ]
    if extension == "csv":
        content, media_type = tables.to_csv(columns, rows), "text/csv; charset=utf-8"
    else:
        content, media_type = tables.to_xlsx(title, columns, rows), tables.XLSX_TYPE
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="phien-hop-co-che-{year}.{extension}"'
    return response
