"""Finding the plan, line or revision of an address, and answering when a service says no."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from delegations.models import AnnualPlan, PlanLine, PlanRevision, PlanYear, RevisionChange
from intlcoop.audit.choices import SecurityEventKind
from intlcoop.audit.requests import facts_of
from intlcoop.audit.services import record_security_event
from intlcoop.web import answers
from intlcoop.web.display import Crumb
from intlcoop.web.file_numbers import shown
from intlcoop.workflow import doors
from intlcoop.workflow.doors import LARGEST_ID, person_of
from intlcoop.workflow.models import Case
from intlcoop.workflow.refusals import Conflict, NotAllowed, Refused

METHODS = ["GET", "HEAD", "POST"]
FILE = ("case__unit", "case__created_by")


def found_or_404(row: Any) -> Any:
    if row is None:
        raise Http404
    return row


def visible_plan(request: HttpRequest, number: str) -> AnnualPlan:
    plans = AnnualPlan.objects.visible_to(person_of(request)).select_related(*FILE)
    plan: AnnualPlan = found_or_404(plans.filter(case__number=number).first())
    return plan


def visible_year(request: HttpRequest, year: int) -> PlanYear:
    opened: PlanYear = found_or_404(PlanYear.objects.visible_to(person_of(request)).filter(year=year).first())
    return opened


def visible_line(request: HttpRequest, pk: int) -> PlanLine:
    lines = PlanLine.objects.visible_to(person_of(request)).select_related(
        "plan__case__unit", "plan__case__created_by", "unit", "leader", "partner", "field", "currency",
        "carried_from__plan", "merged_into", "proposed_by",
    )  # fmt: skip
    line: PlanLine = found_or_404(lines.filter(pk=pk).first() if pk <= LARGEST_ID else None)
    return line


def visible_revision(request: HttpRequest, number: str) -> PlanRevision:
    revisions = PlanRevision.objects.visible_to(person_of(request)).select_related(*FILE, "plan__case")
    revision: PlanRevision = found_or_404(revisions.filter(case__number=number).first())
    return revision


def visible_change(request: HttpRequest, pk: int) -> RevisionChange:
    changes = RevisionChange.objects.visible_to(person_of(request)).select_related("revision__case", "unit", "line")
    change: RevisionChange = found_or_404(changes.filter(pk=pk).first() if pk <= LARGEST_ID else None)
    return change


def crumbs(*more: Crumb) -> list[Crumb]:
    return [Crumb(_("Plans"), reverse("delegations:plans")), *more]


def year_crumb(year: int) -> Crumb:
    return Crumb(_("Planning %(year)s") % {"year": year}, reverse("delegations:plan_year", args=[year]))


def plan_crumb(plan: AnnualPlan) -> Crumb:
    number = plan.case.number if plan.case else ""
    return Crumb(shown(number) if number else plan.title, plan.get_absolute_url())


def attempt(
    request: HttpRequest, act: Callable[[], object], *, done: Any, back: Any, case: Case | None = None
) -> HttpResponse:
    """Do it and go back with the sentence that says so; or with the sentences that say why not."""
    try:
        result = act()
    except Conflict as conflict:
        if case is not None:
            return doors.conflict_page(request, case, conflict)
        messages.error(request, str(conflict))
    except NotAllowed as refusal:
        return forbidden(request, refusal, target=shown(case.number) if case else request.path)
    except Refused as refusal:
        for reason in refusal.reasons:
            messages.error(request, reason)
    else:
        messages.success(request, str(done(result) if callable(done) else done))
    return redirect(back)


def forbidden(request: HttpRequest, refusal: NotAllowed, *, target: str) -> HttpResponse:
    """403, and a line in the log of refused acts."""
    record_security_event(
        SecurityEventKind.REFUSED,
        actor=person_of(request),
        where=facts_of(request),
        target=target,
        detail={"method": request.method or ""},
    )
    return answers.forbidden(request, refusal)


def pks_in(request: HttpRequest, name: str = "dong") -> list[int]:
    """The ticked rows; anything that is no id is left out."""
    texts = request.POST.getlist(name)
    return [int(text) for text in texts if text.isdecimal() and len(text) < 19][:2000]
