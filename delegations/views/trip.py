"""The page of a trip file: what is decided, who travels where, what for, with what money; process, warnings, papers."""

from __future__ import annotations

from functools import partial
from typing import Any

import rules
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from agreements.queries.agreement_section import signed_at
from delegations import guards, services
from delegations.choices import Mode, OutboundState
from delegations.exports.submission import needs_prime_minister
from delegations.forms import HighlightForm, NewTripForm
from delegations.models import OutboundDelegation, TripReport
from delegations.queries import particulars
from delegations.queries.promises import trip_promises
from delegations.queries.reception_section import reception_section
from delegations.views.changes import trip_changes
from delegations.views.estimate_parts import estimate_context, mismatch_links
from delegations.views.file_prints import last_file_print, print_address
from delegations.views.filing import invitation_asked_for, line_asked_for, new_from_line, plan_line_context
from delegations.views.finding import trip_page, visible_trip
from delegations.views.preparation import preparation_context
from delegations.views.slips import may_order_slip, slip_context
from intlcoop.web.display import Crumb, Fact
from intlcoop.web.retained import typed
from intlcoop.workflow import doors
from intlcoop.workflow.actions import Action
from intlcoop.workflow.doors import person_of
from intlcoop.workflow.pages import case_context, missing_from
from intlcoop.workflow.refusals import Refused

METHODS = ["GET", "HEAD", "POST"]
#: Which section of the form mends what a guard asks for.
MENDED_AT = {
    guards.has_people: "doan",
    guards.has_days_and_places: "khi-nao",
    guards.has_purpose: "de-lam-gi",
    guards.has_basis: "can-cu",
    guards.has_plan_or_reason: "can-cu",
    guards.has_funding: "tien",
    guards.keeps_limits: "kiem-tra",
    guards.explains_warnings: "giai-trinh",
}


@require_safe
def trip(request: HttpRequest, number: str) -> HttpResponse:
    found = visible_trip(request, number)
    user = person_of(request)
    context = trip_page(found, **case_context(found.case, user))
    context["crumbs"] = [Crumb(_("Outbound delegations"), reverse("delegations:trips"))]
    may_edit = rules.has_perm("workflow.edit_case", user, found.case)
    menu_links = menu_of(found, user)
    context |= {
        "facts": [Fact(label, value) for label, value in particulars(found)],
        "may_edit": may_edit,
        "links": links_of(found, may_edit=may_edit),
        "menu_links": menu_links,
        "has_menu": bool(menu_links) or any(not action.primary for action in context["actions"]),
        "missing": missing_of(found) if may_edit and found.case.state in READY_STATES else [],
        "filing_days_left": filing_days_left(found),
        "made_papers": made_papers(found),
        "print": last_file_print(request, found.case),
        "may_order_slip": may_order_slip(found, user),
        **report_context(found, user),
        **plan_line_context(found),
        **slip_context(request, found),
        **estimate_context(found, user),
        **trip_changes(found, user),
        **preparation_context(found, user),
        **trip_promises(found, user),
        "signed": signed_at(found.case, user),
        **reception_section(found.case, user),
    }
    return render(request, "delegations/trip.html", context)


def report_context(found: OutboundDelegation, user: Any) -> dict[str, Any]:
    """The report that is owed or written, and what the page keeps of it."""
    return {
        "report": TripReport.objects.filter(delegation=found).select_related("case").first(),
        "may_report": rules.has_perm("delegations.write_report", user, found),
        "highlight_form": highlight_form(found, user),
    }


READY_STATES = (OutboundState.PLANNED, OutboundState.RETURNED)


def links_of(trip: OutboundDelegation, *, may_edit: bool) -> list[dict[str, Any]]:
    return [{"label": _("Edit"), "url": reverse("delegations:edit", args=[trip.case.number])}] if may_edit else []


def menu_of(trip: OutboundDelegation, user: Any) -> list[Action]:
    if not rules.has_perm("delegations.add_trip", user):
        return []
    url = reverse("delegations:copy", args=[trip.case.number])
    return [Action(key="sao-chep", label=_("Copy into a new file"), url=url, how="post")]


def missing_of(trip: OutboundDelegation) -> list[tuple[str, str]]:
    edit = reverse("delegations:edit", args=[trip.case.number])
    found = []
    for guard in guards.SUBMISSION_GUARDS:
        if guard is guards.numbers_agree:
            found += mismatch_links(trip)
        else:
            found += missing_from(trip.case, [guard], edit, MENDED_AT)
    return found


def filing_days_left(trip: OutboundDelegation) -> int | None:
    """The counter of A9, while there is still something to file."""
    if trip.case.state not in READY_STATES or trip.mode == Mode.ACCOMPANYING:
        return None
    return guards.working_days_left(trip)


def made_papers(trip: OutboundDelegation) -> list[dict[str, Any]]:
    """The Word files that the portal prints from the data, as far as there is something to print."""
    names = [("danh-sach", _("List of the delegation")), ("to-trinh", _("Submission to the leader"))]
    if needs_prime_minister(trip):
        names.append(("to-trinh-thu-tuong", _("Submission to the Prime Minister")))
    names.append(("xin-y-kien", _("Letter that asks for an opinion")))
    names.append(("quyet-dinh", _("Decision to send the delegation (draft)")))
    return [
        {
            "label": label,
            "url": reverse("delegations:paper", args=[trip.case.number, name]),
            "pdf": print_address(trip.case, name),
        }
        for name, label in names
    ]


def highlight_form(trip: OutboundDelegation, user: Any) -> HighlightForm | None:
    if trip.case.first_submitted_at is None or not rules.has_perm("delegations.mark_highlight", user, trip):
        return None
    return HighlightForm(initial={"is_highlight": trip.is_highlight, "text": trip.highlight_text})


@require_http_methods(METHODS)
def highlight(request: HttpRequest, number: str) -> HttpResponse:
    """The ICD says whether the year-end report names this trip."""
    found = visible_trip(request, number)
    if request.method != "POST":
        return redirect(found)
    form = HighlightForm(request.POST)
    if not form.is_valid():
        messages.error(request, " ".join(str(error) for error in form.errors.get("text", [_("Not saved.")])))
        return redirect(found)
    act = partial(
        services.mark_highlight,
        found,
        is_highlight=form.cleaned_data["is_highlight"],
        text=form.cleaned_data["text"],
        actor=person_of(request),
    )
    if answer := doors.carry_out(request, found.case, act):
        return answer
    messages.success(request, _("Saved for the year-end report."))
    return redirect(found)


@require_http_methods(METHODS)
def new(request: HttpRequest) -> HttpResponse:
    """A title opens the file; everything else follows on the next page."""
    user = person_of(request)
    unit = services.own_unit(user)
    if unit is None or not rules.has_perm("delegations.add_trip", user):
        raise PermissionDenied(_("You may not file trips."))
    line, invitation = line_asked_for(request), invitation_asked_for(request)
    first = line or invitation
    form = NewTripForm(typed(request), initial={"title": first.title} if first else None)
    if request.method == "POST" and form.is_valid():
        title = form.cleaned_data["title"]
        try:
            if line is not None:
                made = services.create_trip_from_line(line, actor=user, title=title)
            elif invitation is not None:
                made = services.create_trip_from_invitation(invitation, actor=user, title=title)
            else:
                made = services.create_trip(title, unit, actor=user)
        except Refused as refusal:
            form.add_error(None, refusal.reasons)
        else:
            messages.success(request, _("The file is opened. Its number will not change."))
            return redirect("delegations:edit", made.case.number)
    crumbs = [Crumb(_("Outbound delegations"), reverse("delegations:trips"))]
    context = {"form": form, "unit": unit, "crumbs": crumbs, "invitation": invitation, **new_from_line(request, line)}
    return render(request, "delegations/trip_new.html", context)


@require_http_methods(METHODS)
def copy(request: HttpRequest, number: str) -> HttpResponse:
    """ "Sao chép hồ sơ cũ"."""
    found = visible_trip(request, number)
    if request.method != "POST":
        return redirect(found)
    made: list[OutboundDelegation] = []
    if answer := doors.carry_out(
        request, found.case, lambda: made.append(services.copy_trip(found, actor=person_of(request)))
    ):
        return answer
    messages.success(request, _("Copied without days, plan line and letters. Complete the new file."))
    return redirect("delegations:edit", made[0].case.number)
