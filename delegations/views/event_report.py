"""The report on the result of an event that we held (Mẫu 02)."""

from __future__ import annotations

from functools import partial

import rules
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from delegations.event_choices import EventState
from delegations.forms.event_parts import ReportForm
from delegations.models import EventReport
from delegations.queries.events import event_report_due
from delegations.services.event_parts import save_event_report
from delegations.views.event_finding import event_page, visible_event
from intlcoop.web.retained import typed
from intlcoop.workflow import doors
from intlcoop.workflow.doors import person_of


@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, number: str) -> HttpResponse:
    event = visible_event(request, number)
    user = person_of(request)
    open_now = event.case.state in (EventState.HELD, EventState.REPORT_DUE) and event.is_hosted
    if not open_now or not rules.has_perm("delegations.edit_event", user, event):
        sentence = _("The report is written from the day after the event until the file is closed.")
        return doors.refused_page(request, event.case, sentence)
    planned = {"vietnamese_count": event.vietnamese_count, "foreign_count": event.foreign_count}
    found = getattr(event, "report", None) or EventReport(event=event, written_by=user, **planned)
    form = ReportForm(typed(request), instance=found)
    if request.method == "POST" and form.is_valid():
        act = partial(save_event_report, event, actor=user, fields=form.values)
        to = f"{event.get_absolute_url()}#bao-cao"
        if answer := doors.carried_out(request, event.case, form, act, said=_("The report is saved."), to=to):
            return answer
    context = event_page(
        event,
        form=form,
        heading=_("Report on the result of the event"),
        back=event.get_absolute_url(),
        due=event_report_due(event),
    )
    return render(request, "delegations/events/report_form.html", context)
