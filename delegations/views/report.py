"""The report of a trip: read, write, file; the ICD accepts it or asks for more (through the workflow's own door)."""

from __future__ import annotations

from typing import Any

import rules
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from delegations import services
from delegations.choices import AttachmentKind
from delegations.forms import ReportForm
from delegations.forms.report import MeetingSet, meetings_of
from delegations.models import OutboundDelegation, TripReport
from delegations.queries.promises import report_promises
from delegations.views.finding import trip_page, visible_trip
from intlcoop.audit.requests import facts_of
from intlcoop.web.retained import typed
from intlcoop.web.row_forms import kept_rows
from intlcoop.workflow import doors
from intlcoop.workflow.doors import person_of, upload_in
from intlcoop.workflow.pages import case_context
from intlcoop.workflow.refusals import Conflict, NotAllowed, Refused


def report_of(trip: OutboundDelegation) -> TripReport | None:
    return TripReport.objects.select_related("case__unit", "case__created_by").filter(delegation=trip).first()


@require_safe
def report(request: HttpRequest, number: str) -> HttpResponse:
    trip = visible_trip(request, number)
    found = report_of(trip)
    user = person_of(request)
    if found is None:
        if rules.has_perm("delegations.write_report", user, trip):
            return redirect("delegations:report_edit", number)
        raise Http404
    context = case_context(found.case, user)
    may_edit = rules.has_perm("delegations.edit_report", user, found.case)
    edit_url = reverse("delegations:report_edit", args=[number])
    context |= {
        "report": found,
        "links": [{"label": _("Edit"), "url": edit_url}] if may_edit else [],
        "has_menu": any(not action.primary for action in context["actions"]),
        "paper_url": reverse("delegations:paper", args=[number, "bao-cao"]),
        **report_promises(found, user),
    }
    return render(request, "delegations/report.html", trip_page(trip) | context)


@require_http_methods(["GET", "HEAD", "POST"])
def report_edit(request: HttpRequest, number: str) -> HttpResponse:
    trip = visible_trip(request, number)
    found = report_of(trip)
    if not may_write(request, trip, found):
        return doors.refused_page(request, trip.case, _("You may not write the report of this trip."))
    data = typed(request)
    form = ReportForm(
        data,
        request.FILES or None,
        instance=found or TripReport(),
        actor=person_of(request),
        where=facts_of(request),
    )
    meetings = MeetingSet(
        data,
        prefix="meetings",
        initial=meetings_of(found) if data is None else None,
    )
    if request.method == "POST" and all([form.is_valid(), meetings.is_valid()]):
        return saved(request, trip, form, meetings)
    return show(request, trip, form, meetings)


def may_write(request: HttpRequest, trip: OutboundDelegation, found: TripReport | None) -> bool:
    user = person_of(request)
    if found is None:
        return bool(rules.has_perm("delegations.write_report", user, trip))
    return bool(rules.has_perm("delegations.edit_report", user, found.case))


def saved(request: HttpRequest, trip: OutboundDelegation, form: ReportForm, meetings: Any) -> HttpResponse:
    try:
        write(request, trip, form, meetings)
    except Conflict as conflict:
        return doors.conflict_page(request, trip.case, conflict)
    except NotAllowed as refusal:
        return doors.forbidden_page(request, trip.case, refusal)
    except Refused as refusal:
        for reason in refusal.reasons:
            form.add_error(None, reason)
        return show(request, trip, form, meetings)
    messages.success(request, _("The report is saved. File it when it is complete."))
    return redirect("delegations:report", trip.case.number)


@transaction.atomic
def write(request: HttpRequest, trip: OutboundDelegation, form: ReportForm, meetings: Any) -> None:
    actor = person_of(request)
    found = services.save_report(trip, actor=actor, fields=form.values, meetings=kept_rows(meetings))
    if upload := upload_in(form, "upload", request):
        services.attach(
            found.case,
            upload.file,  # type: ignore[arg-type]
            AttachmentKind.OTHER,
            actor=actor,
            no_secret_declared=upload.no_secret_declared,
        )


def show(request: HttpRequest, trip: OutboundDelegation, form: ReportForm, meetings: Any) -> HttpResponse:
    page = trip_page(trip, form=form, meetings=meetings)
    return render(request, "delegations/report_form.html", page)
