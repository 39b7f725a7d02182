"""While a trip is being written: what the rules say of it as typed, and what its line of the plan brings along."""

from __future__ import annotations

from typing import Any

import rules
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from agreements.models import OpenInvitation
from delegations import guards, services
from delegations.forms import chosen_line, filled_from
from delegations.models import OutboundDelegation, PlanLine
from delegations.queries.plan_use import use_of
from delegations.views.finding import visible_version
from delegations.views.sheet import sheet_of
from delegations.workflows.context import use_words
from intlcoop.web.display import Caution, Tone
from intlcoop.workflow.doors import person_of
from intlcoop.workflow.pages import cautions_from
from intlcoop.workflow.sheets import Sheet

LARGEST_ID = 2**63 - 1


def checks_of(trip: OutboundDelegation, user: Any) -> dict[str, Any]:
    """What the rules say of a trip: those that it has to follow, what blocks and what warns, and its line's remainder."""
    look = guards.Look(trip)
    found = guards.warnings(trip, look)
    applying = guards.rules_that_apply(look)
    return {
        "applying": [Caution(text=_("%(text)s (By %(rule)s.)") % {"text": rule.text, "rule": rule.citation.rstrip(".")}, tone=Tone.INFO) for rule in applying],  # noqa: E501
        "cautions": cautions_from(found, user),
        "blocked": any(finding.blocks for finding in found),
        "use": use_lines(trip.plan_line, without=trip) if trip.plan_line else None,
    }  # fmt: skip


def checks_as_typed(request: HttpRequest, trip: OutboundDelegation, sheet: Sheet) -> dict[str, Any]:
    """The same for what stands in the form, with fields in error as they were saved last."""
    valid = {name: value for name, value in sheet.form.values.items() if name not in sheet.form.errors}
    if sheet.form.non_field_errors():
        valid = {name: value for name, value in valid.items() if name not in ("departs_on", "returns_on")}
    user = person_of(request)
    return services.as_if(trip, fields=valid, rows=sheet.rows.values, read=lambda changed: checks_of(changed, user))


@require_POST
def check(request: HttpRequest, number: str) -> HttpResponse:
    """The panel of warnings for the form as it is being typed; saves nothing."""
    trip = visible_version(request, number)
    if not rules.has_perm("workflow.edit_case", person_of(request), trip.case):
        raise PermissionDenied(_("This file can no longer be changed here."))
    sheet = sheet_of(request, trip, request.POST)
    sheet.is_valid()
    return render(request, "delegations/_checks.html", {"checks": checks_as_typed(request, trip, sheet)})


def prefilled(request: HttpRequest, form: Any) -> QueryDict:
    """The posted form with its blanks filled from the chosen line, and a sentence that says with what."""
    line = chosen_line(request.POST, form.fields["plan_line"].queryset)
    if line is None:
        messages.warning(request, _("Choose a line of the plan first, then take its content over."))
        return request.POST
    data, names = filled_from(line, request.POST)
    if names:
        text = _("Taken over from the line of the plan: %(fields)s. What you had typed stays. Look it over, then save.")
        messages.info(request, text % {"fields": ", ".join(names)})
    else:
        messages.info(request, _("Nothing was taken over: what the line of the plan says stands in the form already."))
    return data


def line_asked_for(request: HttpRequest) -> PlanLine | None:
    """The line from which a new trip is to begin ("?dong="), if trips may be filed from it."""
    text = request.POST.get("dong") or request.GET.get("dong") or ""
    if not text.isdecimal() or len(text) > 18 or int(text) > LARGEST_ID:
        return None
    lines = PlanLine.objects.visible_to(person_of(request)).select_related(
        "plan", "unit", "partner", "field", "leader", "currency"
    )
    found: PlanLine | None = lines.filter(pk=int(text)).first()
    return found if found is not None and guards.is_open(found) else None


def invitation_asked_for(request: HttpRequest) -> OpenInvitation | None:
    """The open invitation from which a new trip is to begin ("?thu_moi="), if it stands and this person may read it."""
    text = request.POST.get("thu_moi") or request.GET.get("thu_moi") or ""
    if not text.isdecimal() or len(text) > 18:
        return None
    rows = OpenInvitation.objects.visible_to(person_of(request)).standing().select_related("partner", "country")
    return rows.filter(pk=int(text)).first()  # type: ignore[no-any-return]


def file_links(line: PlanLine, user: Any) -> list[dict[str, Any]]:
    """ "Lập đoàn ra từ dòng này", on the page of a line, for who may file trips while the line stands for one."""
    if not guards.is_open(line) or not rules.has_perm("delegations.add_trip", user):
        return []
    return [{"label": _("File a trip from this line"), "url": f"{reverse('delegations:new')}?dong={line.pk}"}]


def new_from_line(request: HttpRequest, line: PlanLine | None) -> dict[str, Any]:
    """For the page that opens a file: the line that was asked for, or that it cannot be used."""
    if line is not None:
        return {"line": line, "use": use_lines(line)}
    return {"line_refused": bool(request.POST.get("dong") or request.GET.get("dong"))}


def plan_line_context(trip: OutboundDelegation) -> dict[str, Any]:
    """For the page of a trip: its line of the plan with what other trips leave of it."""
    return {"plan_use": use_lines(trip.plan_line, without=trip)} if trip.plan_line is not None else {}


def use_lines(line: PlanLine, *, without: OutboundDelegation | None = None) -> dict[str, Any]:
    """A line of the plan with what is left of it, ready for `_plan_use.html`."""
    return use_words(use_of(line, without=without), guards.plan_citation(line))
