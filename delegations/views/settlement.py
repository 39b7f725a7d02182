"""What the trip did cost: the unit enters it by source, the finance department closes it."""

from __future__ import annotations

from typing import Any

import rules
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from delegations import services
from delegations.forms.estimate import SettlementForm, spent_set
from delegations.models import OutboundDelegation, SettlementLine, TripSettlement
from delegations.queries.settlements import planned_rows, settlement_of
from delegations.views.estimate_parts import money
from delegations.views.finding import trip_page, visible_trip
from intlcoop.web.retained import typed
from intlcoop.web.row_forms import kept_rows
from intlcoop.workflow import doors
from intlcoop.workflow.doors import person_of
from intlcoop.workflow.refusals import Refused

METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(METHODS)
def settlement(request: HttpRequest, number: str) -> HttpResponse:
    """Planned against spent; a form for those who may write it."""
    trip = visible_trip(request, number)
    found = settlement_of(trip)
    may_write = rules.has_perm("delegations.write_settlement", person_of(request), trip)
    if found is None and not may_write and request.method != "POST":
        raise Http404
    if not may_write and request.method != "POST":
        return show(request, trip, found, None, None)
    data = typed(request)
    form = SettlementForm(data, initial={"note": found.note if found else ""})
    rows = spent_set(trip, found, data)
    if request.method == "POST" and all([form.is_valid(), rows.is_valid()]):
        return saved(request, trip, form, rows)
    return show(request, trip, found, form, rows)


def saved(request: HttpRequest, trip: OutboundDelegation, form: SettlementForm, rows: Any) -> HttpResponse:
    def act() -> None:
        services.save_settlement(trip, actor=person_of(request), rows=kept_rows(rows), note=form.cleaned_data["note"])

    try:
        if answer := doors.carry_out(request, trip.case, act):
            return answer
    except Refused as refusal:
        form.add_error(None, list(refusal.reasons))
        return show(request, trip, settlement_of(trip), form, rows)
    messages.success(request, _("The settlement is saved. The finance department closes it."))
    return redirect("delegations:settlement", trip.case.number)


def show(
    request: HttpRequest, trip: OutboundDelegation, found: TripSettlement | None, form: Any, rows: Any
) -> HttpResponse:
    user = person_of(request)
    trip = visible_trip(request, trip.case.number)
    context = trip_page(
        trip,
        settlement=found,
        lines=[shown_line(line) for line in (found.lines.all() if found else planned_lines(trip))],
        form=form,
        rows=rows,
        may_close=found is not None and rules.has_perm("delegations.close_settlement", user, trip),
        may_reopen=rules.has_perm("delegations.reopen_settlement", user, trip),
        estimate_url=reverse("delegations:estimate", args=[trip.case.number]),
    )
    return render(request, "delegations/settlement.html", context)


def planned_lines(trip: OutboundDelegation) -> list[SettlementLine]:
    """What stands beside the empty form: the money of the file, nothing spent yet."""
    return [SettlementLine(**row) for row in planned_rows(trip)]


def shown_line(line: Any) -> dict[str, str]:
    code, decimals = line.currency.code, line.currency.decimals
    spent = _("not entered yet") if line.spent is None else money(line.spent, code, decimals)
    difference = "" if line.difference is None else money(line.difference, code, decimals)
    return {
        "source": str(line.get_source_display()),
        "planned": money(line.planned, code, decimals),
        "spent": spent,
        "difference": difference if not difference or difference.startswith(("-", "0 ", "0,")) else f"+{difference}",
        "reason": line.reason,
    }


@require_http_methods(METHODS)
def settlement_close(request: HttpRequest, number: str) -> HttpResponse:
    done = _("The settlement is closed.")
    return pressed(request, number, lambda trip: services.close_settlement(trip, actor=person_of(request)), done)


@require_http_methods(METHODS)
def settlement_reopen(request: HttpRequest, number: str) -> HttpResponse:
    reason = request.POST.get("comment", "")[:1000]

    def act(trip: OutboundDelegation) -> object:
        return services.reopen_settlement(trip, reason=reason, actor=person_of(request))

    return pressed(request, number, act, _("The settlement is open again."))


def pressed(request: HttpRequest, number: str, act: Any, done: str) -> HttpResponse:
    trip = visible_trip(request, number)
    back = redirect("delegations:settlement", number)
    if request.method != "POST":
        return back
    try:
        if answer := doors.carry_out(request, trip.case, lambda: act(trip)):
            return answer
    except Refused as refusal:
        messages.error(request, " ".join(refusal.reasons))
        return back
    messages.success(request, done)
    return back
