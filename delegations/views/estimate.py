"""The estimate of a trip: what it comes to, line by line; the form; one press to follow the file, one to ask for the sum."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import rules
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from delegations import services
from delegations.exports import estimate as estimate_paper
from delegations.forms.estimate import EstimateForm, ItemSet, MoneyBook, items_initial, proposal_initial
from delegations.models import OutboundDelegation
from delegations.queries.estimates import Sheet
from delegations.queries.proposals import proposed_rows
from delegations.views.estimate_parts import estimate_page
from delegations.views.finding import trip_page, visible_version
from intlcoop.audit.choices import SecurityEventKind
from intlcoop.audit.requests import facts_of
from intlcoop.audit.services import record_security_event
from intlcoop.documents.filenames import content_disposition
from intlcoop.exporting.tables import XLSX_TYPE
from intlcoop.web.file_numbers import shown
from intlcoop.web.retained import typed
from intlcoop.web.row_forms import kept_rows
from intlcoop.workflow import doors
from intlcoop.workflow.doors import person_of, version_in
from intlcoop.workflow.refusals import Conflict, NotAllowed, Refused

METHODS = ["GET", "HEAD", "POST"]


@require_safe
def estimate(request: HttpRequest, number: str) -> HttpResponse:
    """The estimate with its sums, what does not agree with the file, what is left of the plan, what similar trips cost."""
    trip = visible_version(request, number)
    if request.GET.get("xuat") == "xlsx":
        return workbook(request, trip)
    user = person_of(request)
    may_edit = rules.has_perm("workflow.edit_case", user, trip.case)
    context = trip_page(trip, **estimate_page(trip, user, may_edit=may_edit), may_edit=may_edit)
    return render(request, "delegations/estimate.html", context)


def workbook(request: HttpRequest, trip: OutboundDelegation) -> HttpResponse:
    name = f"{trip.case.number}-du-toan.xlsx"
    response = HttpResponse(estimate_paper.workbook(trip), content_type=XLSX_TYPE)
    response["Content-Disposition"] = content_disposition(name, inline=False)
    response["Cache-Control"] = "private, no-store"
    target = f"{shown(trip.case.number)} · {name}"
    record_security_event(SecurityEventKind.EXPORT, actor=person_of(request), where=facts_of(request), target=target)
    return response


@require_http_methods(METHODS)
def estimate_edit(request: HttpRequest, number: str) -> HttpResponse:
    trip = visible_version(request, number)
    if not rules.has_perm("workflow.edit_case", person_of(request), trip.case):
        return doors.refused_page(request, trip.case, _("This file can no longer be changed here."))
    data = typed(request)
    form, items = form_of(trip, data)
    if request.method == "POST" and all([form.is_valid(), items.is_valid()]):
        return saved(request, trip, form, items)
    return show(request, trip, form, items)


def form_of(trip: OutboundDelegation, data: Any) -> tuple[EstimateForm, Any]:
    """Bound to what was typed; else as saved; a trip without an estimate starts from the lines that it needs."""
    sheet = Sheet(trip)
    book = MoneyBook(trip, sheet.norms)
    head = {"rates_on": sheet.rates_on if sheet.head else timezone.localdate()}
    head["note"] = sheet.head.note if sheet.head else ""  # type: ignore[assignment]
    form = EstimateForm(data, initial=head)
    rows = items_initial(sheet) if sheet else proposal_initial(proposed_rows(trip, sheet.norms))
    items = ItemSet(data, prefix="items", initial=rows if data is None else None, form_kwargs={"book": book})
    return form, items


def saved(request: HttpRequest, trip: OutboundDelegation, form: EstimateForm, items: Any) -> HttpResponse:
    try:
        services.save_estimate(
            trip,
            actor=person_of(request),
            rates_on=form.cleaned_data["rates_on"],
            note=form.cleaned_data["note"],
            rows=kept_rows(items),
            expected_version=version_in(request),
        )
    except Conflict:
        text = _("Somebody else changed this file meanwhile. What you typed stands below: check it and save again.")
        form.add_error(None, text)
        return show(request, trip, form, items, status=409)
    except NotAllowed as refusal:
        return doors.forbidden_page(request, trip.case, refusal)
    except Refused as refusal:
        form.add_error(None, list(refusal.reasons))
        return show(request, trip, form, items)
    messages.success(request, _("The estimate is saved."))
    return redirect("delegations:estimate", trip.case.number)


def show(request: HttpRequest, trip: OutboundDelegation, form: Any, items: Any, *, status: int = 200) -> HttpResponse:
    fresh = visible_version(request, trip.case.number)
    context = trip_page(fresh, form=form, items=items, version=fresh.case.version, norms=MoneyBook(fresh).norms)
    context["back"] = reverse("delegations:estimate", args=[fresh.case.number])
    return render(request, "delegations/estimate_form.html", context, status=status)


def pressed(request: HttpRequest, number: str, act: Callable[..., object], done: str) -> HttpResponse:
    """A button on the estimate's page: do it and come back, or say why not."""
    trip = visible_version(request, number)
    back = redirect("delegations:estimate", number)
    if request.method != "POST":
        return back
    try:
        work = partial(act, trip, actor=person_of(request), expected_version=version_in(request))
        if answer := doors.carry_out(request, trip.case, work):
            return answer
    except Refused as refusal:
        doors.say_reasons(request, trip.case, refusal.reasons)
        return back
    messages.success(request, done)
    return back


@require_http_methods(METHODS)
def estimate_follow(request: HttpRequest, number: str) -> HttpResponse:
    """People, days and countries as list and itinerary have them now."""
    done = _("The estimate follows the list and the itinerary now. Check the amounts.")
    return pressed(request, number, services.follow_the_file, done)


@require_http_methods(METHODS)
def estimate_ask(request: HttpRequest, number: str) -> HttpResponse:
    """The funding of the file as the estimate comes to."""
    done = _("The funding of the file is now what the estimate comes to.")
    return pressed(request, number, services.ask_for_the_estimate, done)
