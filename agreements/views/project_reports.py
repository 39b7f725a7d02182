"""The reports that a project owes, and what its approval brings to be done: each ticked off with its document."""

from __future__ import annotations

from functools import partial

import rules
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from agreements.forms.project import known_currencies
from agreements.forms.project_acts import DisbursementSet, ReportForm, disbursements_of
from agreements.models import ForeignFundedProject, ProjectReport
from agreements.services import project_reports as services
from agreements.views import duties
from agreements.views.projects import METHODS, project_page, visible_project
from intlcoop.audit.requests import facts_of
from intlcoop.web.retained import typed
from intlcoop.web.row_forms import kept_rows
from intlcoop.workflow import doors
from intlcoop.workflow.doors import person_of, upload_in, version_in


def report_of(project: ForeignFundedProject, pk: int) -> ProjectReport:
    found = project.reports.filter(pk=pk).first() if pk <= doors.LARGEST_ID else None
    if found is None:
        raise Http404
    found.project = project
    return found


@require_http_methods(METHODS)
def report(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """When it was sent, with which document, what was done and spent."""
    found = visible_project(request, number)
    its = report_of(found, pk)
    if not rules.has_perm("agreements.keep_project", person_of(request), found.case):
        raise PermissionDenied(_("You may not do this on this file."))
    data, first = typed(request), {"filed_on": its.filed_on or timezone.localdate()}
    form = ReportForm(
        data, request.FILES or None, instance=its, initial=first, actor=person_of(request), where=facts_of(request)
    )
    rows = DisbursementSet(
        data,
        prefix="chi",
        initial=disbursements_of(its) if data is None else None,
        form_kwargs={"currencies": known_currencies()},
    )
    valid = all([form.is_valid(), rows.is_valid()]) if request.method == "POST" else False
    if valid and (answer := filed(request, number, pk, form, rows)):
        return answer
    fresh = report_of(visible_project(request, number), pk)
    context = project_page(
        fresh.project, report=fresh, form=form, rows=rows, version=version_in(request) or fresh.project.case.version
    )
    return render(request, "agreements/projects/report.html", context)


def filed(request: HttpRequest, number: str, pk: int, form: ReportForm, rows: object) -> HttpResponse | None:
    fresh = report_of(visible_project(request, number), pk)
    act = partial(
        services.file_report,
        fresh,
        actor=person_of(request),
        fields=form.values,
        disbursements=kept_rows(rows),  # type: ignore[arg-type]
        upload=upload_in(form, "upload", request),
        expected_version=version_in(request),
    )
    said, to = _("Noted: %(what)s.") % {"what": fresh}, f"{fresh.project.get_absolute_url()}#bao-cao"
    return doors.carried_out(request, fresh.project.case, form, act, said=said, to=to)


@require_http_methods(METHODS)
def report_reopen(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    found = visible_project(request, number)
    its = report_of(found, pk)
    if request.method == "POST":
        if answer := doors.carry_out(
            request, found.case, partial(services.reopen_report, its, actor=person_of(request))
        ):
            return answer
        messages.success(request, _("Open again: %(what)s.") % {"what": its})
    return redirect(f"{found.get_absolute_url()}#bao-cao")


# --- duties ---------------------------------------------------------------------------------------------------------


@require_http_methods(METHODS)
def duty(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    return duties.duty_page(request, project_page(visible_project(request, number)), pk)


@require_http_methods(METHODS)
def duty_reopen(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    return duties.reopened(request, visible_project(request, number).case, pk)
