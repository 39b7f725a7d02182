"""Why plans did not hold, by reason and by unit; every figure leads to its rows, and the rows go into a file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from delegations.queries import reasons as queries
from delegations.queries.reasons import Act, Happening
from delegations.views.plan_finding import crumbs, visible_year, year_crumb
from intlcoop.audit.exports import record_export
from intlcoop.exporting import tables
from intlcoop.web.display import Crumb
from intlcoop.workflow.doors import person_of


@require_safe
def reasons(request: HttpRequest, year: int) -> HttpResponse:
    """Two small tables and the rows that a figure was asked for."""
    visible_year(request, year)
    every = queries.happenings(person_of(request), year)
    asked = asked_in(request, every)
    rows = [row for row in every if matches(row, asked)]
    if request.GET.get("xuat") == "xlsx":
        return exported(request, year, rows)
    of_unit = [row for row in every if matches(row, {"don_vi": asked["don_vi"]})]
    actual = reverse("delegations:plan_actual", args=[year])
    context = {
        "year": year,
        "crumbs": crumbs(year_crumb(year), Crumb(_("Plan against actual"), actual)),
        "acts": queries.acts_of(of_unit),
        "by_reason": queries.by_reason(of_unit),
        "unit_acts": queries.acts_of(every),
        "by_unit": queries.by_unit(every),
        "rows": rows,
        "all": len(every),
        "asked": asked,
        "asked_words": words(asked, every),
    }
    return render(request, "delegations/plans/reasons.html", context)


def asked_in(request: HttpRequest, rows: Sequence[Happening]) -> dict[str, str]:
    """The figure that was pressed; what names none is ignored."""
    known = {
        "don_vi": {str(row.unit.pk) for row in rows},
        "ly_do": {row.reason_key for row in rows},
        "viec": set(Act.values),
    }
    asked = {name: request.GET.get(name, "") for name in known}
    return {name: value if value in known[name] else "" for name, value in asked.items()}


def matches(row: Happening, asked: dict[str, str]) -> bool:
    said = {"don_vi": str(row.unit.pk), "ly_do": row.reason_key, "viec": row.act.value}
    return all(not value or said[name] == value for name, value in asked.items())


def words(asked: dict[str, str], rows: Sequence[Happening]) -> str:
    """ "Vụ Chính sách địa phương · Hủy đoàn · Không có kinh phí"."""
    unit = next((str(row.unit) for row in rows if str(row.unit.pk) == asked["don_vi"]), "")
    act = str(Act(asked["viec"]).label) if asked["viec"] else ""
    return " · ".join(filter(None, (unit, act, queries.reason_label(asked["ly_do"]) if asked["ly_do"] else "")))


def exported(request: HttpRequest, year: int, rows: list[Happening]) -> HttpResponse:
    """The rows as they are shown; leaves a line in the log."""
    columns: list[Any] = [
        tables.Column(_("What happened"), lambda row: str(row.act.label), "text", 28),
        tables.Column(_("Kind of reason"), lambda row: row.reason_label, "text", 28),
        tables.Column(_("Unit"), lambda row: str(row.unit), "text", 32),
        tables.Column(_("Number"), lambda row: row.number, "text", 16),
        tables.Column(_("Title"), lambda row: row.title, "text", 48),
        tables.Column(_("Explanation"), lambda row: row.text, "text", 60),
    ]
    title = _("Reasons for changes of the plan %(year)s") % {"year": year}
    record_export(request, title)
    response = HttpResponse(tables.to_xlsx(title, columns, rows), content_type=tables.XLSX_TYPE)
    response["Content-Disposition"] = f'attachment; filename="ly-do-thay-doi-{year}.xlsx"'
    return response
