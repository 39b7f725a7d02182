"""The form of a trip: one page, saved by hand or by itself, never losing what was typed."""

from __future__ import annotations

from functools import partial
from typing import Any

import rules
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from delegations import guards, services
from delegations.choices import Mode, OutboundState
from delegations.models import OutboundDelegation
from delegations.views.conflicts import differences
from delegations.views.drafts import keep_draft
from delegations.views.filing import checks_as_typed, checks_of, prefilled
from delegations.views.finding import trip_page, visible_version
from delegations.views.proposing import chosen_in, to_proposal, with_chosen
from delegations.views.sheet import sheet_of
from intlcoop.vietnamese.dates import parse_date
from intlcoop.web.retained import typed
from intlcoop.workflow import doors, sheets
from intlcoop.workflow.doors import person_of, version_in
from intlcoop.workflow.models import Case, Step
from intlcoop.workflow.refusals import Conflict, NotAllowed, Refused
from intlcoop.workflow.route_preview import expected_of
from intlcoop.workflow.sheets import Sheet
from intlcoop.workflow.wording import step_label

METHODS = ["GET", "HEAD", "POST"]
#: A draft saves itself; a file under way is changed only on purpose, because a change may reopen decisions.
SAVES_ITSELF = (OutboundState.PLANNED, OutboundState.RETURNED)


@require_http_methods(METHODS)
def edit(request: HttpRequest, number: str) -> HttpResponse:
    trip = visible_version(request, number)
    if not rules.has_perm("delegations.edit_trip", person_of(request), trip):
        return doors.refused_page(request, trip.case, _("This file can no longer be changed here."))
    sheet = chosen_in(request, sheet_of(request, trip, with_chosen(request, typed(request)), request.FILES or None))
    if "propose" in request.POST:
        return to_proposal(request, trip, sheet)
    if "prefill" in request.POST:
        return show(request, trip, sheet_of(request, trip, prefilled(request, sheet.form)))
    if request.method == "POST" and "check" not in request.POST and sheet.is_valid():
        return saved(request, trip, sheet)
    return show(request, trip, sheet)


def saved(request: HttpRequest, trip: OutboundDelegation, sheet: Sheet) -> HttpResponse:
    """Write it all, or say why not with everything still in its field."""
    before = open_steps(trip.case)
    try:
        write(request, trip, sheet)
    except Conflict:
        return changed_meanwhile(request, trip, sheet)
    except NotAllowed as refusal:
        return doors.forbidden_page(request, trip.case, refusal)
    except Refused as refusal:
        for reason in refusal.reasons:
            sheet.form.add_error(None, reason)
        return show(request, trip, sheet)
    messages.success(request, saved_words(before, open_steps(trip.case)))
    if "stay" in request.POST:
        return redirect(f"{reverse('delegations:edit', args=[trip.case.number])}#tep")
    return redirect(trip)


def open_steps(case: Case) -> dict[int, str]:
    """What the file waits for now, by step."""
    return {step.pk: step_label(step) for step in Step.objects.open().filter(case=case).order_by("position")}


def saved_words(before: dict[int, str], after: dict[int, str]) -> str:
    """Also that the change went beyond what was decided, if steps that were over wait again."""
    if before == after:
        return _("The file is saved.")
    words = _("The file is saved. The change goes beyond what was decided, so the file waits again for: %(steps)s.")
    return words % {"steps": ", ".join(after.values())}


@transaction.atomic
def write(request: HttpRequest, trip: OutboundDelegation, sheet: Sheet) -> None:
    """Fields, rows and files in one transaction."""
    actor = person_of(request)
    services.update_trip(
        trip,
        actor=actor,
        title=sheet.form.cleaned_data["title"],
        fields=sheet.form.values,
        agreements=sheet.form.cleaned_data["agreements"],
        expected_version=version_in(request),
        **sheet.rows.values,
    )
    sheets.write_files(request, trip.case, sheet.form, attach=services.attach, take_out=services.withdraw_attachment)


def show(request: HttpRequest, trip: OutboundDelegation, sheet: Sheet, **more: Any) -> HttpResponse:
    """The form; `status` and `differences` come with a conflict."""
    kept = visible_version(request, trip.case.number)
    status = more.pop("status", 200)
    if sheet.form.is_bound:
        sheet.is_valid()
    context = trip_page(
        kept,
        form=sheet.form,
        rows=sheet.rows,
        # As the page showed it: a form that comes back with an error must not forget that somebody else saved meanwhile.
        version=more.pop("version", version_in(request) or kept.case.version),
        checks=checks_as_typed(request, kept, sheet) if sheet.form.is_bound else checks_of(kept, person_of(request)),
        days_left=guards.working_days_left(kept) if kept.mode == Mode.LED else None,
        late_is_refused=guards.late_is_refused(kept),
        saves_itself=kept.case.state in SAVES_ITSELF,
        under_way=kept.case.state not in SAVES_ITSELF,
        expected=expected_of(kept.case) if kept.case.state in SAVES_ITSELF else None,
        **more,
    )
    return render(request, "delegations/trip_form.html", context, status=status)


def changed_meanwhile(request: HttpRequest, trip: OutboundDelegation, sheet: Sheet) -> HttpResponse:
    """409: both texts side by side. What was typed stays in the form and can be saved over the other on purpose."""
    fresh = visible_version(request, trip.case.number)
    other = fresh.case.content_versions.select_related("created_by").order_by("-number").first()
    return show(
        request,
        fresh,
        sheet,
        status=409,
        version=fresh.case.version,
        changed_by=other,
        differences=differences(fresh, sheet.form, sheet.rows),
    )


@require_POST
def autosave(request: HttpRequest, number: str) -> JsonResponse:
    trip = visible_version(request, number)
    if not rules.has_perm("delegations.edit_trip", person_of(request), trip) or trip.case.state not in SAVES_ITSELF:
        return sheets.too_late()
    sheet = sheet_of(request, trip, request.POST)
    return sheets.autosaved(request, sheet, partial(keep_draft, request, trip, sheet))


@require_safe
def counter(request: HttpRequest, number: str) -> HttpResponse:
    """How many working days are left to file, for the day of departure that is being typed (A9)."""
    trip = visible_version(request, number)
    try:
        trip.departs_on = parse_date(request.GET.get("departs_on", ""))
        left = guards.working_days_left(trip) if request.GET.get("mode") != Mode.ACCOMPANYING else None
    except (ValueError, OverflowError):
        left = None
    refused = left is not None and left < 0 and guards.late_is_refused(trip)
    return render(request, "delegations/_counter.html", {"days_left": left, "late_is_refused": refused})
