"""The ICD's desk: take proposals in, merge duplicates, enter lines, carry lines over from last year."""

from __future__ import annotations

from functools import partial
from typing import Any

import rules
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from delegations.choices import LineState
from delegations.forms.plans import UnitLineForm
from delegations.models import AnnualPlan, PlanLine
from delegations.queries import plan_values
from delegations.queries.plan_board import carriable
from delegations.queries.plan_cautions import YearOfLines
from delegations.services import plan_lines
from delegations.views.plan_finding import METHODS, attempt, crumbs, pks_in, plan_crumb, visible_plan, year_crumb
from delegations.views.plan_lines import badge
from intlcoop.web.retained import typed
from intlcoop.workflow.doors import person_of
from intlcoop.workflow.refusals import Refused

#: What the desk shows: proposals first, then what stands in the plan, then what was put aside.
ORDER = (LineState.PROPOSED, LineState.ACCEPTED, LineState.MERGED, LineState.DECLINED)


def desk_of(request: HttpRequest, number: str) -> AnnualPlan:
    found = visible_plan(request, number)
    if not rules.has_perm("delegations.consolidate_plan", person_of(request), found):
        raise PermissionDenied(_("Only the ICD puts the plan together, and only until it is submitted."))
    return found


@require_http_methods(METHODS)
def desk(request: HttpRequest, number: str) -> HttpResponse:
    """All lines of an open plan with what they clash with; ticked ones are taken in or merged."""
    found = desk_of(request, number)
    if request.method == "POST":
        return act(request, found)
    rows = list(plan_values.with_links(found.lines.filter(state__in=ORDER)).order_by("position", "pk"))
    clashing = {line.pk for clash in YearOfLines(found.year).clashes() for line in clash.lines}
    context = {
        "plan": found,
        "crumbs": crumbs(year_crumb(found.year), plan_crumb(found)),
        "groups": [
            (state.label, [(row, badge(row), row.pk in clashing) for row in rows if row.state == state])
            for state in ORDER
        ],
        "waiting": sum(row.state == LineState.PROPOSED for row in rows),
        "total": len(rows),
    }
    return render(request, "delegations/plans/desk.html", context)


def act(request: HttpRequest, found: AnnualPlan) -> HttpResponse:
    user, ticked = person_of(request), pks_in(request)
    back = f"{found.get_absolute_url()}tiep-nhan/"
    if request.POST.get("viec") == "gop":
        return attempt(request, partial(merge, found, ticked, user), done=merged_words, back=back, case=found.case)

    def taken(n: int) -> str:
        return ngettext("%(n)s line is taken into the plan.", "%(n)s lines are taken into the plan.", n) % {"n": n}

    return attempt(
        request, partial(plan_lines.take_in, found, ticked, actor=user), done=taken, back=back, case=found.case
    )


def merge(found: AnnualPlan, ticked: list[int], user: Any) -> PlanLine:
    """The first ticked line in the order of the plan stands for all."""
    rows = list(found.lines.filter(pk__in=ticked).order_by("position", "pk"))
    if len(rows) < 2:
        raise Refused(_("Tick at least two lines that are to become one."))
    return plan_lines.merge_lines(rows[0], rows[1:], actor=user)


def merged_words(kept: PlanLine) -> str:
    return _("Merged into “%(line)s”. Look whether its people, days and money still fit.") % {"line": kept}


@require_http_methods(METHODS)
def add(request: HttpRequest, number: str) -> HttpResponse:
    """A line that the ICD enters for a unit; it stands in the plan at once."""
    found = desk_of(request, number)
    form = UnitLineForm(typed(request), instance=PlanLine(plan=found), with_level=False)
    if request.method == "POST" and form.is_valid():
        try:
            line = plan_lines.add_line(found, form.cleaned_data["unit"], form.values, actor=person_of(request))
        except Refused as refusal:
            form.add_error(None, refusal.reasons)
        else:
            return redirect(line)
    context = {
        "form": form,
        "heading": _("Enter a line"),
        "text": _("The line stands in the plan at once."),
        "verb": _("Save the line"),
        "back": f"{found.get_absolute_url()}tiep-nhan/",
        "crumbs": crumbs(year_crumb(found.year), plan_crumb(found)),
    }
    return render(request, "delegations/plans/form.html", context)


@require_http_methods(METHODS)
def carry(request: HttpRequest, number: str) -> HttpResponse:
    """Lines of last year that were not carried out: the ticked ones come into this plan."""
    found = desk_of(request, number)
    offered = plan_values.with_links(carriable(found)).select_related("plan")
    if request.method == "POST":
        chosen = list(offered.filter(pk__in=pks_in(request)))

        def carried(made: list[PlanLine]) -> str:
            n = len(made)
            return ngettext("%(n)s line is carried over.", "%(n)s lines are carried over.", n) % {"n": n}

        act_now = partial(plan_lines.carry_over, found, chosen, actor=person_of(request))
        back = f"{found.get_absolute_url()}tiep-nhan/"
        return attempt(request, act_now, done=carried, back=back, case=found.case)
    context = {
        "plan": found,
        "crumbs": crumbs(year_crumb(found.year), plan_crumb(found)),
        "rows": [(row, badge(row)) for row in offered],
        "last_year": found.year - 1,
    }
    return render(request, "delegations/plans/carry.html", context)
