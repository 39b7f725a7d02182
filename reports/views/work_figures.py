"""The figures of a year: what was done of each kind, and which recurring meetings were attended, month by month."""

from __future__ import annotations

import datetime as dt
from typing import Any

import rules
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from intlcoop.exporting import tables
from intlcoop.web.file_numbers import shown
from intlcoop.workflow.doors import person_of
from reports.choices import Attendance
from reports.filters import FIRST_YEAR
from reports.models import RecordedTotal
from reports.queries.work_figures import MonthCell, SeriesLine, kind_lines, series_lines
from reports.views.work import crumbs


@require_safe
def figures(request: HttpRequest) -> HttpResponse:
    user, today = person_of(request), timezone.localdate()
    year = year_in(request, today.year)
    series = series_lines(user, year, today)
    if (wanted := request.GET.get("xuat", "")) in ("xlsx", "csv"):
        return export(series, year, wanted)
    context: dict[str, Any] = {
        "year": year,
        "years": range(today.year + 1, FIRST_YEAR - 1, -1),
        "lines": kind_lines(user, dt.date(year, 1, 1), dt.date(year, 12, 31)),
        "series": [(line, [(cell, cell_words(cell)) for cell in line.months]) for line in series],
        "totals": RecordedTotal.objects.visible_to(user).filter(last_day__year=year).select_related("unit"),
        "may_keep": rules.has_perm("reports.keep_totals", user),
        "list_url": reverse("reports:work_list"),
        "crumbs": crumbs(),
    }
    return render(request, "reports/other_work/figures.html", context)


def year_in(request: HttpRequest, this_year: int) -> int:
    """The year that was asked for; what makes no sense is this year."""
    text = request.GET.get("nam", "")
    year = int(text) if text.isascii() and text.isdecimal() and len(text) == len("2026") else this_year
    return year if FIRST_YEAR <= year <= this_year + 1 else this_year


def cell_words(cell: MonthCell) -> str:
    """ "Dự họp", "Dự họp 3", "Không dự", "Chưa ghi"; empty for a month that is not asked about."""
    parts = (
        (Attendance.ATTENDED, cell.attended),
        (Attendance.MISSED, cell.missed),
        (Attendance.NOT_HELD, cell.not_held),
        (Attendance.PLANNED, cell.planned),
    )
    said = [f"{status.label} {count}" if count > 1 else str(status.label) for status, count in parts if count]
    return ", ".join(said) or (_("Not recorded") if cell.missing else "")


def export(series: list[SeriesLine], year: int, extension: str) -> HttpResponse:
    title = _("Recurring meetings in %(year)s") % {"year": year}
    columns = [
        tables.Column(_("Number"), lambda line: shown(line.item.case.number)),
        tables.Column(_("Recurring meeting"), lambda line: line.item.case.title, width=48),
        tables.Column(_("Body that calls the meeting"), lambda line: line.item.body, width=36),
        *(month_column(month) for month in range(1, 13)),
        tables.Column(pgettext("attendance", "Attended"), lambda line: line.attended, "int"),
        tables.Column(pgettext("attendance", "Not attended"), lambda line: line.missed, "int"),
    ]
    if extension == "csv":
        content, media_type = tables.to_csv(columns, series), "text/csv; charset=utf-8"
    else:
        content, media_type = tables.to_xlsx(title, columns, series), tables.XLSX_TYPE
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="hop-dinh-ky-{year}.{extension}"'
    return response


def month_column(month: int) -> tables.Column:
    header = _("Month %(month)d") % {"month": month}
    return tables.Column(header, lambda line: cell_words(line.months[month - 1]))
