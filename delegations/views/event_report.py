"""The report on the result of an event that we held (Mẫu 02)."""

from __future__ import annotations

import rules
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from delegations.event_choices import EventState
from delegations.forms.event_parts import ReportForm
from delegations.models import EventReport, InternationalEvent
from delegations.queries.events import event_report_due
from delegations.services.event_parts import save_event_report
from delegations.views.event_finding import event_page, visible_event
from intlcoop.web.retained import typed
from intlcoop.workflow import doors, engine
from intlcoop.workflow.doors import person_of, request_key


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
    if request.method == "POST" and form.is_valid() and (answer := saved(request, event, form)):
        return answer
    context = event_page(
        event,
        form=form,
        heading=_("Report on the result of the event"),
        back=event.get_absolute_url(),
        due=event_report_due(event),
    )
    return render(request, "delegations/events/report_form.html", context)


def saved(request: HttpRequest, event: InternationalEvent, form: ReportForm) -> HttpResponse | None:
    """The report, and the file closed where that was asked for: both or neither."""
    actor, close = person_of(request), "complete" in request.POST

    @transaction.atomic
    def act() -> None:
        save_event_report(event, actor=actor, fields=form.values)
        if close:
            engine.fire(event.case, "complete", actor=actor, request_id=request_key(request))

    said = _("The report is sent, the file is closed.") if close else _("The report is saved.")
    to = f"{event.get_absolute_url()}#bao-cao"
    return doors.carried_out(request, event.case, form, act, said=said, to=to)
