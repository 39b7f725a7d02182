"""The planning of a year: opened by the ICD, answered by every unit."""

from __future__ import annotations

from functools import partial
from typing import Any

import rules
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from delegations import services as trip_services
from delegations.choices import LineState
from delegations.forms.plans import PlanLineForm, PlanYearForm
from delegations.models import AnnualPlan, PlanLine, PlanYear
from delegations.queries import plan_board, plan_values
from delegations.services import plan_lines, plan_years, unit_proposals
from delegations.views.plan_finding import METHODS, attempt, crumbs, visible_year, year_crumb
from delegations.views.plan_lines import badge
from delegations.views.plan_papers import papers_context
from delegations.views.plans import state_badge
from intlcoop.people.models import OrgUnit
from intlcoop.regulations.queries import calendar
from intlcoop.regulations.working_days import working_days_between
from intlcoop.vietnamese.dates import table_date
from intlcoop.web.display import Fact
from intlcoop.web.retained import typed
from intlcoop.workflow.doors import person_of
from intlcoop.workflow.refusals import Refused


@require_http_methods(METHODS)
def new(request: HttpRequest) -> HttpResponse:
    """Open the planning of a year."""
    user = person_of(request)
    if not rules.has_perm("delegations.plan_years", user):
        raise PermissionDenied(_("Only the ICD opens the planning of a year."))
    last = PlanYear.objects.order_by("-year").values_list("year", flat=True).first()
    form = PlanYearForm(typed(request), initial={"year": last + 1 if last else timezone.localdate().year + 1})
    if request.method == "POST" and form.is_valid():
        try:
            opened = plan_years.open_year(form.cleaned_data["year"], actor=user, fields=form.values)
        except Refused as refusal:
            form.add_error(None, refusal.reasons)
        else:
            return redirect(opened)
    context = {
        "form": form,
        "heading": _("Open the planning of a year"),
        "text": _("Both plans of the year are opened as drafts. Units hear of it when you send the call."),
        "verb": _("Open the year"),
        "back": reverse("delegations:plans"),
        "crumbs": crumbs(),
    }
    return render(request, "delegations/plans/form.html", context)


@require_http_methods(METHODS)
def edit(request: HttpRequest, year: int) -> HttpResponse:
    """Correct the orientation, or move a due day."""
    opened = visible_year(request, year)
    user = person_of(request)
    if not rules.has_perm("delegations.plan_years", user):
        raise PermissionDenied(_("Only the ICD opens the planning of a year."))
    form = PlanYearForm(typed(request), instance=opened)
    if request.method == "POST" and form.is_valid():
        try:
            plan_years.update_year(opened, actor=user, fields=form.values)
        except Refused as refusal:
            form.add_error(None, refusal.reasons)
        else:
            return redirect(opened)
    context = {
        "form": form,
        "heading": _("Orientation and due days of %(year)s") % {"year": year},
        "verb": _("Save"),
        "back": opened.get_absolute_url(),
        "crumbs": crumbs(year_crumb(year)),
    }
    return render(request, "delegations/plans/form.html", context)


@require_safe
def year(request: HttpRequest, year: int) -> HttpResponse:
    """The year at a glance: what it is to serve, its plans, which unit has answered."""
    opened = visible_year(request, year)
    user = person_of(request)
    unit = trip_services.own_unit(user)
    is_icd = rules.has_perm("delegations.plan_years", user)
    plans = list(plan_board.plans_of(opened.year, user))
    answers = plan_board.answers_of(opened) if is_icd else []
    context = {
        "opened": opened,
        "crumbs": crumbs(),
        "facts": facts_of_year(opened),
        "days_left": days_left(opened),
        "plans": [(plan, state_badge(plan)) for plan in plans],
        "answers": answers,
        "unanswered": sum(each.proposal is None for each in answers),
        "is_icd": is_icd,
        "unit": unit if unit and rules.has_perm("delegations.propose_line", user, unit) else None,
        "takes_proposals": unit_proposals.opened_for_proposals(opened),
        **papers_context(opened.papers.all(), user),
    }
    return render(request, "delegations/plans/year.html", context)


def facts_of_year(opened: PlanYear) -> list[Fact]:
    paper = " · ".join(
        part
        for part in (
            opened.orientation_title,
            opened.orientation_number,
            table_date(opened.orientation_date) if opened.orientation_date else "",
        )
        if part
    )
    return [
        Fact(_("Orientation document"), paper),
        Fact(_("What the plan is to serve"), opened.orientation_text),
        Fact(_("Units propose until"), table_date(opened.proposals_due_on) if opened.proposals_due_on else ""),
        Fact(
            _("Units ask for adjustments until"),
            table_date(opened.adjustments_due_on) if opened.adjustments_due_on else "",
        ),
        Fact(_("Call sent"), table_date(timezone.localdate(opened.called_at)) if opened.called_at else _("not yet")),
    ]


def days_left(opened: PlanYear) -> int | None:
    if opened.proposals_due_on is None or not unit_proposals.opened_for_proposals(opened):
        return None
    return working_days_between(timezone.localdate(), opened.proposals_due_on, calendar())


@require_http_methods(METHODS)
def call(request: HttpRequest, year: int) -> HttpResponse:
    """Send the call to every unit, or remind them of it."""
    opened = visible_year(request, year)
    if request.method != "POST":
        return redirect(opened)

    def done(told: int) -> str:
        words = ngettext("The call has reached %(n)s person.", "The call has reached %(n)s people.", told)
        return words % {"n": told} if told else _("Everybody has had the call of today already.")

    return attempt(request, partial(plan_years.call_units, opened, actor=person_of(request)), done=done, back=opened)


# --- what a unit proposes ----------------------------------------------------------------------------------------


def unit_or_forbidden(request: HttpRequest) -> OrgUnit:
    user = person_of(request)
    unit = trip_services.own_unit(user)
    if unit is None or not rules.has_perm("delegations.propose_line", user, unit):
        raise PermissionDenied(_("You propose for your own unit only."))
    return unit


@require_safe
def proposals(request: HttpRequest, year: int) -> HttpResponse:
    """The list of one's own unit: what is still being written, what was sent, what the ICD has answered."""
    opened = visible_year(request, year)
    unit = unit_or_forbidden(request)
    user = person_of(request)
    lines = list(plan_values.with_links(plan_board.own_lines(opened, unit)).order_by("state", "position", "pk"))
    drafts = [line for line in lines if line.state == LineState.DRAFT]
    open_now = unit_proposals.opened_for_proposals(opened)
    may_send = rules.has_perm("delegations.send_proposal", user, unit)
    context = {
        "opened": opened,
        "unit": unit,
        "crumbs": crumbs(year_crumb(opened.year)),
        "drafts": drafts,
        "others": [(line, badge(line)) for line in lines if line.state != LineState.DRAFT],
        "proposal": opened.proposals.filter(unit=unit).select_related("sent_by").first(),
        "open_now": open_now,
        "may_send": may_send and open_now,
        "heads": "" if may_send else ", ".join(unit_proposals.heads_of(unit)),
        "days_left": days_left(opened),
        "carriable": carriable(opened, unit) if open_now else 0,
    }
    return render(request, "delegations/plans/proposals.html", context)


def carriable(opened: PlanYear, unit: OrgUnit) -> int:
    plan = AnnualPlan.objects.filter(year=opened.year, case__isnull=False).first()
    return plan_board.carriable(plan).filter(unit=unit).count() if plan else 0


def plan_to_propose_in(opened: PlanYear, level: str) -> AnnualPlan:
    """Raises Refused when the year has no plan of this level."""
    plan = AnnualPlan.objects.filter(year=opened.year, level=level).select_related("case").first()
    if plan is None:
        raise Refused(_("There is no such plan in %(year)s.") % {"year": opened.year})
    return plan


@require_http_methods(METHODS)
def propose(request: HttpRequest, year: int) -> HttpResponse:
    """A new line of one's own unit."""
    opened = visible_year(request, year)
    unit = unit_or_forbidden(request)
    form = PlanLineForm(typed(request), instance=PlanLine())
    if request.method == "POST" and form.is_valid():
        try:
            plan = plan_to_propose_in(opened, form.chosen_level)
            plan_lines.propose_line(plan, unit, form.values, actor=person_of(request))
        except Refused as refusal:
            form.add_error(None, refusal.reasons)
        else:
            return redirect("delegations:plan_proposals", opened.year)
    context = {
        "form": form,
        "heading": _("Propose a line for %(year)s") % {"year": opened.year},
        "text": _("A title is enough to begin. The line stays a draft of %(unit)s until its head sends the list.")
        % {"unit": unit},
        "verb": _("Save the line"),
        "back": reverse("delegations:plan_proposals", args=[opened.year]),
        "crumbs": crumbs(year_crumb(opened.year)),
    }
    return render(request, "delegations/plans/form.html", context)


@require_http_methods(METHODS)
def send(request: HttpRequest, year: int) -> HttpResponse:
    """The head sends the unit's list."""
    return answer(request, year, unit_proposals.send_proposal, _("The list is sent to the ICD."))


@require_http_methods(METHODS)
def nothing(request: HttpRequest, year: int) -> HttpResponse:
    """ "Không phát sinh" in one click."""
    return answer(request, year, unit_proposals.plan_nothing, _("Answered: nothing planned."))


def answer(request: HttpRequest, year: int, act: Any, done: str) -> HttpResponse:
    opened = visible_year(request, year)
    unit = unit_or_forbidden(request)
    back = reverse("delegations:plan_proposals", args=[opened.year])
    if request.method != "POST":
        return redirect(back)
    note = request.POST.get("comment", "")[:600]
    return attempt(request, partial(act, opened, unit, actor=person_of(request), note=note), done=done, back=back)
