"""Requests to change a decided trip: asking, the file's own page, its list. The content itself is written in the trip's form."""

from __future__ import annotations

from functools import partial
from typing import Any

import rules
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from delegations import queries, services
from delegations.choices import AttachmentKind, ChangeKind, OutboundState
from delegations.forms import ChangeForm
from delegations.models import OutboundDelegation, TripChange
from delegations.views.change_parts import change_page, offered_kinds
from delegations.views.file_prints import last_file_print
from delegations.views.finding import trip_page, visible_trip
from delegations.views.slips import may_order_slip, slip_context
from intlcoop.audit.requests import facts_of
from intlcoop.web.display import Crumb
from intlcoop.web.file_numbers import shown
from intlcoop.web.retained import typed
from intlcoop.workflow import doors
from intlcoop.workflow.doors import person_of, upload_in, version_in
from intlcoop.workflow.pages import case_context
from intlcoop.workflow.refusals import NotAllowed, Refused

METHODS = ["GET", "HEAD", "POST"]


def visible_change(request: HttpRequest, number: str) -> TripChange:
    """The request of this number, if this person may see it; a stranger gets 404 as if it did not exist."""
    found = (
        TripChange.objects.visible_to(person_of(request))
        .select_related("case__unit", "case__created_by", "delegation__case__unit")
        .filter(case__number=number)
        .first()
    )
    if found is None:
        raise Http404
    return found


@require_safe
def change(request: HttpRequest, number: str) -> HttpResponse:
    found = visible_change(request, number)
    user = person_of(request)
    context = case_context(found.case, user) | change_page(found, user)
    context["has_menu"] = any(not action.primary for action in context["actions"])
    if found.closed_at is None:
        context |= {"slip_url": reverse("delegations:change_slip", args=[number]), **slip_context(request, found)}
        context["print"] = last_file_print(request, found.case)
        context["may_order_slip"] = may_order_slip(found, user)
    return render(request, "delegations/change.html", context)


@require_http_methods(METHODS)
def new(request: HttpRequest, number: str) -> HttpResponse:
    """First what is asked for, then why. The old decision holds until the new one is issued."""
    trip = visible_trip(request, number)
    user = person_of(request)
    if not rules.has_perm("delegations.open_change", user, trip):
        return doors.refused_page(
            request, trip.case, _("A trip is changed by the unit that filed it, between the decision and the return.")
        )
    if (open_one := trip.changes.open().select_related("case").first()) is not None:
        messages.info(request, _("Another change of this trip is under way already. Finish or drop it first."))
        return redirect(open_one)
    kind = request.POST.get("kind") or request.GET.get("viec", "")
    if kind not in offered_kinds(trip):
        return render(request, "delegations/change_new.html", trip_page(trip, kinds=offered_kinds(trip)))
    form = change_form(request, blank_change(trip, kind))
    if request.method == "POST" and form.is_valid() and (made := opened(request, trip, kind, form)):
        return made
    return render(request, "delegations/change_form.html", trip_page(trip, form=form, kind=ChangeKind(kind)))


def blank_change(trip: OutboundDelegation, kind: str) -> TripChange:
    """Online days are mostly those on which the delegation would have been there."""
    days = {"online_starts_on": trip.departs_on, "online_ends_on": trip.returns_on} if kind == ChangeKind.ONLINE else {}
    return TripChange(delegation=trip, kind=kind, **days)


def change_form(request: HttpRequest, instance: TripChange) -> ChangeForm:
    return ChangeForm(
        typed(request), request.FILES or None, instance=instance, actor=person_of(request), where=facts_of(request)
    )


def opened(request: HttpRequest, trip: OutboundDelegation, kind: str, form: ChangeForm) -> HttpResponse | None:
    """The address to go on at; None when the request was refused and the form says why."""
    try:
        with transaction.atomic():
            made = services.open_change(trip, kind, actor=person_of(request), fields=form.values)
            keep_upload(request, made, form)
    except NotAllowed as refusal:
        return doors.forbidden_page(request, trip.case, refusal)
    except Refused as refusal:
        form.add_error(None, refusal.reasons)
        return None
    if made.has_content:
        messages.success(request, _("The request is opened. Now write the trip as it is to be."))
        return redirect("delegations:edit", made.case.number)
    messages.success(request, _("The request is opened. Look at it once more, then submit it."))
    return redirect(made)


def keep_upload(request: HttpRequest, found: TripChange, form: ChangeForm) -> None:
    if upload := upload_in(form, "upload", request):
        kind, declared = AttachmentKind.OTHER, upload.no_secret_declared
        services.attach(found.case, upload.file, kind, actor=person_of(request), no_secret_declared=declared)  # type: ignore[arg-type]


@require_http_methods(METHODS)
def edit(request: HttpRequest, number: str) -> HttpResponse:
    """Reason, form of the decision, days online."""
    found = visible_change(request, number)
    if not rules.has_perm("workflow.edit_case", person_of(request), found.case):
        return doors.refused_page(request, found.case, _("This file can no longer be changed here."))
    form = change_form(request, found)
    posted = request.method == "POST" and form.is_valid()
    if posted and (answer := saved(request, visible_change(request, number), form)):
        return answer
    page = trip_page(found.delegation, form=form, kind=ChangeKind(found.kind), change=found, version=found.case.version)
    page |= {"file_url": found.get_absolute_url()}
    page["crumbs"] = [*page["crumbs"], Crumb(shown(found.case.number), found.get_absolute_url())]
    return render(request, "delegations/change_form.html", page)


def saved(request: HttpRequest, found: TripChange, form: ChangeForm) -> HttpResponse | None:
    act = partial(write, request, found, form)
    return doors.carried_out(request, found.case, form, act, said=_("The file is saved."), to=found)


@transaction.atomic
def write(request: HttpRequest, found: TripChange, form: ChangeForm) -> None:
    services.update_change(found, actor=person_of(request), fields=form.values, expected_version=version_in(request))
    keep_upload(request, found, form)


def trip_changes(trip: OutboundDelegation, user: Any) -> dict[str, Any]:
    """What the trip's own page says of it: decisions, requests, and whether another can be made."""
    changes = list(trip.changes.select_related("case").order_by("pk"))
    under_way = next((each for each in changes if each.closed_at is None), None)
    may_open = under_way is None and rules.has_perm("delegations.open_change", user, trip)
    has_been_decided = trip.case.state in (*OutboundState.COUNTED, OutboundState.POSTPONED, OutboundState.CANCELLED)
    return {
        "changes": changes,
        "change_under_way": under_way,
        "decisions": queries.issued_decisions(trip) if has_been_decided else [],
        "change_url": reverse("delegations:change_new", args=[trip.case.number]) if may_open else "",
        "online_event": trip.online_events.select_related("case").first() if changes else None,
    }
