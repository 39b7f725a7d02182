"""Filing an event and writing its file: one page, never losing what was typed."""

from __future__ import annotations

from typing import Any

import rules
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from delegations import queries, services
from delegations.event_choices import EventRole, EventState
from delegations.forms.event import EventForm, NewEventForm
from delegations.models import InternationalEvent
from delegations.views.event_authority import authority_shown
from delegations.views.event_finding import event_page, events_crumb, visible_event
from delegations.views.event_lines import line_asked_for
from intlcoop.audit.requests import facts_of
from intlcoop.web.retained import typed
from intlcoop.workflow import doors, sheets
from intlcoop.workflow.doors import person_of, version_in
from intlcoop.workflow.refusals import Conflict, NotAllowed, Refused
from intlcoop.workflow.route_preview import expected_of

METHODS = ["GET", "HEAD", "POST"]
NOT_SUBMITTED = (EventState.PLANNED, EventState.RETURNED, EventState.PRINCIPLE_AGREED)


@require_http_methods(METHODS)
def new(request: HttpRequest) -> HttpResponse:
    user = person_of(request)
    unit = services.own_unit(user)
    if unit is None or not rules.has_perm("delegations.add_trip", user):
        raise PermissionDenied(_("You may not file events."))
    line = line_asked_for(request)
    usual = {"title": line.title, "role": EventRole.HOST} if line else {}
    form = NewEventForm(typed(request), initial=usual)
    if request.method == "POST" and form.is_valid():
        try:
            values = {**form.values, **({"plan_line": line} if line else {})}
            made = services.create_event(form.cleaned_data["title"], unit, actor=user, fields=values)
        except Refused as refusal:
            form.add_error(None, refusal.reasons)
        else:
            messages.success(request, _("The file is opened. Its number will not change."))
            return redirect("delegations:event_edit", made.case.number)
    context = {"form": form, "unit": unit, "crumbs": [events_crumb()], "heading": _("File an event"), "line": line}
    return render(request, "delegations/events/event_new.html", context)


@require_http_methods(METHODS)
def edit(request: HttpRequest, number: str) -> HttpResponse:
    found = visible_event(request, number)
    user = person_of(request)
    if found.case.state not in queries.editable_event_states() or not rules.has_perm(
        "delegations.edit_event", user, found
    ):
        return doors.refused_page(request, found.case, _("This file can no longer be changed here."))
    form = EventForm(typed(request), request.FILES or None, instance=found, actor=user, where=facts_of(request))
    if request.method == "POST" and form.is_valid():
        return saved(request, visible_event(request, number), form)
    return show(request, found, form)


def saved(request: HttpRequest, found: InternationalEvent, form: EventForm) -> HttpResponse:
    """Write it all, or say why not with everything still in its field."""
    before, was_hosted = found.case.state, found.is_hosted
    try:
        kept = write(request, found, form)
    except Conflict:
        form.add_error(None, sheets.not_yet_saved())
        return show(request, visible_event(request, found.case.number), form, status=409, fresh=True)
    except NotAllowed as refusal:
        return doors.forbidden_page(request, found.case, refusal)
    except Refused as refusal:
        form.add_error(None, refusal.reasons)
        return show(request, visible_event(request, found.case.number), form)
    if kept.case.state != before:
        messages.warning(
            request,
            _("The file is saved. The change goes beyond what was agreed to, so the file is in approval again."),
        )
    else:
        messages.success(request, _("The file is saved."))
    asks_more = kept.is_hosted and not was_hosted
    stays = asks_more or "stay" in request.POST
    return redirect("delegations:event_edit", kept.case.number) if stays else redirect(kept)


@transaction.atomic
def write(request: HttpRequest, found: InternationalEvent, form: EventForm) -> InternationalEvent:
    """Fields, session, units and files in one transaction."""
    cleaned = form.cleaned_data
    kept = services.update_event(
        found,
        actor=person_of(request),
        title=cleaned["title"],
        fields=form.values,
        units=cleaned.get("coordinating_units"),
        series=cleaned.get("series"),
        session_number=cleaned.get("session_number"),
        expected_version=version_in(request),
    )
    sheets.write_files(request, kept.case, form, attach=services.attach, take_out=services.withdraw_attachment)
    return kept


def show(
    request: HttpRequest, found: InternationalEvent, form: Any, *, status: int = 200, fresh: bool = False
) -> HttpResponse:
    ahead = found.case.state in NOT_SUBMITTED
    version = found.case.version if fresh else version_in(request) or found.case.version
    context = event_page(
        found,
        form=form,
        version=version,
        under_way=not ahead and found.is_hosted,
        expected=expected_of(found.case) if ahead and found.is_hosted else None,
        authority=authority_shown(found) if found.is_hosted else None,
    )
    return render(request, "delegations/events/event_form.html", context, status=status)
