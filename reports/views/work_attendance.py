"""Writing down one meeting of a series: when it was, whether we were there, who went."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from intlcoop.web.retained import typed
from intlcoop.workflow import doors
from intlcoop.workflow.doors import LARGEST_ID, person_of, version_in
from reports import services
from reports.choices import WorkKind
from reports.forms.work_rows import AttendanceForm
from reports.models import WorkAttendance, WorkItem
from reports.views.work import visible_work
from reports.views.work_editing import METHODS, may_not, page_of


def visible_series(request: HttpRequest, number: str) -> WorkItem:
    found = visible_work(request, number)
    if found.kind != WorkKind.RECURRING:
        raise Http404
    return found


def visible_row(found: WorkItem, pk: int | None) -> WorkAttendance | None:
    if pk is None:
        return None
    row = found.attendances.filter(pk=pk).first() if pk <= LARGEST_ID else None
    if row is None:
        raise Http404
    return row


@require_http_methods(METHODS)
def record(request: HttpRequest, number: str, pk: int | None = None) -> HttpResponse:
    found = visible_series(request, number)
    row = visible_row(found, pk)
    if answer := may_not(request, found):
        return answer
    form = AttendanceForm(typed(request), initial=initial_of(found, row))
    if request.method == "POST" and form.is_valid():
        act = partial(
            services.record_attendance,
            found,
            row,
            actor=person_of(request),
            fields=form.cleaned_data,
            expected_version=version_in(request),
        )
        if done := doors.carried_out(request, found.case, form, act, said=_("Recorded."), to=found):
            return done
    remove = reverse("reports:work_attendance_remove", args=[number, row.pk]) if row else ""
    page = page_of(request, found, _("Record attendance"), form=form, remove_url=remove)
    return render(request, "reports/other_work/attendance.html", page)


def initial_of(found: WorkItem, row: WorkAttendance | None) -> dict[str, Any]:
    if row is not None:
        return {"on": row.on, "status": row.status, "attended_by": row.attended_by, "note": row.note}
    return {"on": timezone.localdate(), "attended_by": str(found.owner or "")}


@require_http_methods(METHODS)
def remove(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """Only for a line that was written down by mistake; it stays in the history."""
    found = visible_series(request, number)
    row = visible_row(found, pk)
    if answer := may_not(request, found):
        return answer
    if request.method == "POST" and row is not None:
        act = partial(services.remove_attendance, found, row, actor=person_of(request))
        if refused := doors.carry_out(request, found.case, act):
            return refused
        messages.success(request, _("The line is taken out."))
    return redirect(found)
