"""Asking units for their part of a report, writing it, putting the parts together."""

from __future__ import annotations

from functools import partial
from typing import Any

import rules
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from intlcoop.people.principals import principal_of
from intlcoop.regulations.queries import calendar
from intlcoop.regulations.working_days import working_days_between
from intlcoop.vietnamese.dates import table_date
from intlcoop.web.display import Badge, Crumb, Fact, Tone
from intlcoop.web.retained import typed
from intlcoop.workflow import doors
from intlcoop.workflow.doors import LARGEST_ID, person_of, version_in
from intlcoop.workflow.pages import case_context
from intlcoop.workflow.refusals import NotAllowed, Refused
from reports import services
from reports.choices import PartHeading, PartState
from reports.forms.unit_parts import CallForm, DueForm, PartForm
from reports.models import ReportCall, UnitPart, YearEndReport
from reports.queries.unit_parts import Consolidated, consolidated, nothing_by_key

METHODS = ["GET", "HEAD", "POST"]
TONES = {
    PartState.REQUESTED: Tone.QUIET,
    PartState.SUBMITTED: Tone.WAITING,
    PartState.RETURNED: Tone.LATE,
    PartState.ACCEPTED: Tone.DONE,
}


def badge_of(part: UnitPart) -> Badge:
    state = PartState(part.case.state)
    late = state in PartState.OPEN and part.call.due_on < timezone.localdate()
    return Badge(_("Overdue") if late else state.label, Tone.LATE if late else TONES[state])


def crumbs(call: ReportCall | None = None) -> list[Crumb]:
    found = [Crumb(_("Parts of units"), reverse("reports:calls"))]
    return [*found, Crumb(str(call), call.get_absolute_url())] if call else found


def visible_call(request: HttpRequest, pk: int) -> ReportCall:
    rows = ReportCall.objects.visible_to(person_of(request)).select_related("sent_by")
    found = rows.filter(pk=pk).first() if pk <= LARGEST_ID else None
    if found is None:
        raise Http404
    return found


def ask_caller(request: HttpRequest) -> None:
    if not rules.has_perm("reports.call_units", person_of(request)):
        raise PermissionDenied(_("The department of cooperation asks the units for their parts."))


def parts_shown(request: HttpRequest, call: ReportCall) -> list[UnitPart]:
    """All parts for who reads reports, else that of one's own unit."""
    return list(call.parts.visible_to(person_of(request)).for_list())


@require_safe
def calls(request: HttpRequest) -> HttpResponse:
    """Every call with how many units have sent; a unit sees those in which it is asked."""
    user = person_of(request)
    rows = list(ReportCall.objects.visible_to(user).prefetch_related("parts__case", "parts__unit"))
    own = principal_of(user).own_unit_ids
    reads_all = rules.has_perm("reports.read", user)
    lines = []
    for call in rows:
        parts = list(call.parts.all())
        mine = next((part for part in parts if part.unit_id in own), None)
        sent = sum(part.case.state in PartState.RECEIVED for part in parts)
        lines.append({"call": call, "asked": len(parts), "sent": sent, "mine": mine})
        if mine:
            mine.call = call
            lines[-1]["badge"] = badge_of(mine)
    page = {
        "lines": lines,
        "reads_all": reads_all,
        "may_call": rules.has_perm("reports.call_units", user),
        "crumbs": [Crumb(_("Reports"), reverse("reports:list"))] if reads_all else [],
    }
    return render(request, "reports/parts/calls.html", page)


@require_http_methods(METHODS)
def new(request: HttpRequest) -> HttpResponse:
    ask_caller(request)
    form = CallForm(typed(request))
    if request.method == "POST" and form.is_valid():
        try:
            call = services.call_units(**form.cleaned_data, actor=person_of(request))
        except Refused as refusal:
            form.add_error(None, refusal.reasons)
        else:
            messages.success(request, _("The call is sent to the units."))
            return redirect(call)
    page = {
        "form": form,
        "heading": _("Ask the units for their parts"),
        "text": _("Each unit gets a page of its own to write its part; its head and focal point are told at once."),
        "verb": _("Send the call to the units"),
        "back": reverse("reports:calls"),
        "crumbs": crumbs(),
    }
    return render(request, "delegations/plans/form.html", page)


@require_safe
def call(request: HttpRequest, pk: int) -> HttpResponse:
    """Who has sent, and what they say, heading by heading."""
    found, user = visible_call(request, pk), person_of(request)
    parts = parts_shown(request, found)
    reads_all = rules.has_perm("reports.read", user)
    silent = sum(part.case.state in PartState.OPEN for part in parts)
    reports = YearEndReport.objects.visible_to(user).filter(year=found.year, window=found.window)
    page = {
        "call": found,
        "crumbs": crumbs(),
        "facts": facts_of(found),
        "days_left": working_days_between(timezone.localdate(), found.due_on, calendar()) if silent else None,
        "parts": [(part, badge_of(part)) for part in parts],
        "silent": silent,
        "headings": with_ways(consolidated(found), list(reports.select_related("case"))) if reads_all else [],
        "nothing": nothing_by_key(found) if reads_all else [],
        "may_call": rules.has_perm("reports.call_units", user),
    }
    return render(request, "reports/parts/call.html", page)


def with_ways(
    headings: list[Consolidated], reports: list[YearEndReport]
) -> list[tuple[Consolidated, list[tuple[str, str]]]]:
    """Each heading with the ways to its section in the reports of the period that have it."""
    keys = {report.case.number: services.editable_keys(report) for report in reports}
    return [
        (
            each,
            [
                (number, reverse("reports:section", args=[number, each.heading]))
                for number in keys
                if each.heading in keys[number]
            ],
        )
        for each in headings
    ]


def facts_of(call: ReportCall) -> list[Fact]:
    return [
        Fact(_("Units send until"), table_date(call.due_on)),
        Fact(_("Call sent"), f"{call.sent_by}, {table_date(timezone.localdate(call.sent_at))}"),
        Fact(_("What is asked"), call.message),
    ]


@require_http_methods(METHODS)
def due(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the units more time."""
    found = visible_call(request, pk)
    ask_caller(request)
    form = DueForm(typed(request), initial={"due_on": found.due_on})
    if request.method == "POST" and form.is_valid():
        try:
            services.move_due_day(found, form.cleaned_data["due_on"], actor=person_of(request))
        except Refused as refusal:
            form.add_error(None, refusal.reasons)
        else:
            return redirect(found)
    page = {"form": form, "heading": _("Move the last day"), "back": found.get_absolute_url(), "crumbs": crumbs(found)}
    return render(request, "delegations/plans/form.html", page)


@require_http_methods(METHODS)
def remind(request: HttpRequest, pk: int) -> HttpResponse:
    found = visible_call(request, pk)
    if request.method == "POST":
        try:
            told = services.remind_units(found, actor=person_of(request))
        except NotAllowed as refusal:
            raise PermissionDenied(str(refusal)) from refusal
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            words = ngettext("%(n)s person was reminded.", "%(n)s people were reminded.", told) % {"n": told}
            messages.success(request, words if told else _("Everybody has been reminded today already."))
    return redirect(found)


# --- the part of one unit -------------------------------------------------------------------------------------------------


def visible_part(request: HttpRequest, number: str) -> UnitPart:
    found = UnitPart.objects.visible_to(person_of(request)).for_list().filter(case__number=number).first()
    if found is None:
        raise Http404
    return found


@require_safe
def part(request: HttpRequest, number: str) -> HttpResponse:
    found, user = visible_part(request, number), person_of(request)
    context: dict[str, Any] = case_context(found.case, user)
    may_edit = rules.has_perm("reports.write_part", user, found.case)
    open_now = found.case.state in PartState.OPEN
    # What a unit is still writing stays with it until it is sent for the first time.
    shown = found.case.state != PartState.REQUESTED or found.unit_id in principal_of(user).own_unit_ids
    context |= {
        "part": found,
        "crumbs": crumbs(found.call),
        "badge": badge_of(found),
        "days_left": working_days_between(timezone.localdate(), found.call.due_on, calendar()) if open_now else None,
        "facts": [Fact(_("Unit"), found.unit), *facts_of(found.call)],
        "texts": sorted(found.texts.all(), key=lambda text: PartHeading.values.index(text.heading)) if shown else [],
        "nothing": [row.get_key_display() for row in found.confirmations.all()] if shown else [],
        "links": [{"label": _("Write"), "url": reverse("reports:part_edit", args=[number])}] if may_edit else [],
        "has_menu": any(not action.primary for action in context["actions"]),
    }
    return render(request, "reports/parts/part.html", context)


@require_http_methods(METHODS)
def edit(request: HttpRequest, number: str) -> HttpResponse:
    found, user = visible_part(request, number), person_of(request)
    if not rules.has_perm("reports.write_part", user, found.case):
        return doors.refused_page(request, found.case, _("The unit writes its part until it is sent."))
    form = PartForm(typed(request), part=found)
    if request.method == "POST" and form.is_valid():
        act = partial(
            services.write_part,
            found,
            form.texts,
            form.cleaned_data["nothing"],
            actor=user,
            expected_version=version_in(request),
        )
        said = _("Saved. The head or the focal point of the unit sends it.")
        if answer := doors.carried_out(request, found.case, form, act, said=said, to=found):
            return answer
    page = {
        "form": form,
        "heading": _("Write the part of the unit"),
        "text": _("Write what the portal does not know from its files; leave the other headings empty."),
        "back": found.get_absolute_url(),
        "crumbs": crumbs(found.call),
        "version": found.case.version,
    }
    return render(request, "delegations/plans/form.html", page)
