"""The work of an event, team by team: planning a task, marking it, taking it out."""

from __future__ import annotations

from functools import partial

import rules
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from delegations.event_choices import EventState
from delegations.forms.event_parts import WorkForm
from delegations.models import EventWork, InternationalEvent
from delegations.queries.event_parts import staff_for_work, units_for_work
from delegations.services import event_parts as services
from delegations.views.event_finding import event_page, visible_event
from intlcoop.web.retained import typed
from intlcoop.workflow import doors
from intlcoop.workflow.doors import LARGEST_ID, person_of
from intlcoop.workflow.refusals import Refused

METHODS = ["GET", "HEAD", "POST"]


def task_in(event: InternationalEvent, pk: int) -> EventWork:
    found = event.work.select_related("unit", "owner").filter(pk=pk).first() if pk <= LARGEST_ID else None
    if found is None:
        raise Http404
    found.event = event
    return found


@require_http_methods(METHODS)
def task(request: HttpRequest, number: str, pk: int | None = None) -> HttpResponse:
    """A new task, or one that stands there."""
    event = visible_event(request, number)
    user = person_of(request)
    if event.case.state not in EventState.AHEAD or not rules.has_perm("delegations.edit_event", user, event):
        return doors.refused_page(request, event.case, _("This file can no longer be changed here."))
    found = task_in(event, pk) if pk is not None else EventWork(event=event)
    people = staff_for_work(event, timezone.localdate())
    form = WorkForm(typed(request), instance=found, units=units_for_work(event), people=people)
    to = f"{event.get_absolute_url()}#cong-viec"
    if request.method == "POST" and form.is_valid():
        act = partial(services.save_work, found, actor=user, fields=form.values)
        if answer := doors.carried_out(request, event.case, form, act, said=_("The task is saved."), to=to):
            return answer
    heading = _("Edit the task") if found.pk else _("Add a task")
    context = event_page(event, form=form, heading=heading, back=to, task=found if found.pk else None)
    return render(request, "delegations/events/task.html", context)


@require_POST
def settle(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """Done, not needed, or to do again."""
    event = visible_event(request, number)
    found = task_in(event, pk)
    act = partial(services.settle_work, found, request.POST.get("state", ""), actor=person_of(request))
    try:
        if answer := doors.carry_out(request, event.case, act):
            return answer
    except Refused as refusal:
        messages.error(request, " ".join(refusal.reasons))
    return redirect(f"{event.get_absolute_url()}#cong-viec")


@require_POST
def remove(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    event = visible_event(request, number)
    act = partial(services.remove_work, task_in(event, pk), actor=person_of(request))
    return doors.carry_out(request, event.case, act) or redirect(f"{event.get_absolute_url()}#cong-viec")
