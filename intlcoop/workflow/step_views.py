"""Doors to one step: look and decide (a page made for a phone first), record what was decided on paper, hand on.

The page of a step decides nothing by itself: every outcome is a POST, named by the button that was pressed.
"""

from __future__ import annotations

from functools import partial
from typing import Any

import rules
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from intlcoop.audit.requests import facts_of
from intlcoop.people import offices
from intlcoop.web.retained import typed
from intlcoop.workflow import doors, leaving_out, papers, registry, services, wording
from intlcoop.workflow.actions import ON_PAPER
from intlcoop.workflow.choices import StepKind, StepState, outcomes_of
from intlcoop.workflow.deciding import may_record
from intlcoop.workflow.doors import person_of
from intlcoop.workflow.forms import DraftForm, PaperDecisionForm, ReassignForm, ReturnForm, earlier_steps
from intlcoop.workflow.models import Step
from intlcoop.workflow.process import Process
from intlcoop.workflow.refusals import NotAllowed, Refused
from intlcoop.workflow.separation import conflicted_ids, free_holders, may_take_over
from intlcoop.workflow.step_acts import act_for, buttons_of, form_for, is_outside, record_paper
from intlcoop.workflow.step_page import step_context
from intlcoop.workflow.views import case_page

METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(METHODS)
def step(request: HttpRequest, pk: int) -> HttpResponse:
    """Look at what is decided, and decide."""
    found = doors.visible_step(request, pk)
    if request.method != "POST" and not is_open(found):
        gone = _("This step is no longer waiting. This is how the file stands now.")
        messages.info(request, wording.not_yet(found) or gone)
        return doors.to_page(found.case)
    if request.method == "POST":
        return decided(request, found)
    if not may_decide(request, found):
        raise PermissionDenied(_("This step waits for another office."))
    return show(request, found, form_for(found, typed(request), None, request), None)


def decided(request: HttpRequest, found: Step) -> HttpResponse:
    """The answer to a pressed button."""
    outcome = request.POST.get("outcome", "")
    forms = forms_of(request, found, outcome)
    form = forms["return_form"] if outcome == "return" else forms["form"]
    # Rights and state first: a stranger to the step learns nothing from the errors of its form.
    if not form.is_valid() and is_open(found) and may_decide(request, found):
        return show(request, found, forms["form"], forms["return_form"])
    try:
        answer = doors.carry_out(request, found.case, partial(act_for, request, found, outcome, form))
    except Refused as refusal:
        for reason in refusal.reasons:
            form.add_error(None, reason)
        return show(request, found, forms["form"], forms["return_form"])
    if answer is not None:
        return answer
    messages.success(request, _("Your decision is recorded: %(step)s.") % {"step": wording.step_label(found)})
    return doors.to_page(found.case)


def forms_of(request: HttpRequest, found: Step, outcome: str) -> dict[str, Any]:
    """The form that was sent is bound, the other one fresh."""
    returning = outcome == "return"
    earlier = earlier_steps(found, Process(found.case).current)
    return {
        "form": form_for(found, None if returning else request.POST, request.FILES, request),
        "return_form": ReturnForm(request.POST if returning else None, step=found, earlier=earlier, prefix=None),
    }


def show(
    request: HttpRequest, found: Step, form: Any, return_form: ReturnForm | None, *, draft_form: DraftForm | None = None
) -> HttpResponse:
    context = step_context(found, person_of(request))
    if draft_form is not None:
        context["draft_form"] = draft_form
    return_form = return_form or ReturnForm(step=found, earlier=earlier_steps(found, context["process"].current))
    page = case_page(found.case, form=form, return_form=return_form, **context)
    page |= buttons_of(found, context["process"])
    return render(request, "workflow/step.html", page)


def is_open(found: Step) -> bool:
    return found.state == StepState.OPEN and found.superseded_at is None


def may_decide(request: HttpRequest, found: Step) -> bool:
    """On screen by its office; a body outside's answer by those who record it."""
    user = person_of(request)
    if is_outside(found):
        return may_record(user, found.case, conflicted_ids(found.case))
    return bool(rules.has_perm("workflow.decide_step", user, found))


@require_http_methods(METHODS)
def record(request: HttpRequest, pk: int) -> HttpResponse:
    """A decision that a leader took on paper, written down by the clerk or the ICD."""
    found = doors.visible_step(request, pk)
    if not is_open(found) or is_outside(found) or found.kind not in ON_PAPER:
        return doors.to_page(found.case)
    conflicted = conflicted_ids(found.case)
    if not may_record(person_of(request), found.case, conflicted):
        return doors.forbidden_page(request, found.case, NotAllowed(_("You may not do this on this file.")))
    process = Process(found.case)
    form = PaperDecisionForm(
        typed(request),
        request.FILES or None,
        actor=person_of(request),
        where=facts_of(request),
        step=found,
        holders=free_holders(found, conflicted, timezone.localdate())[1],
        outcomes=outcomes_of(found.kind),
        earlier=earlier_steps(found, process.current),
        parts=leaving_out.parts_of(found),
    )
    if request.method == "POST" and form.is_valid() and (answer := recorded(request, found, form)):
        return answer
    return render(
        request, "workflow/record.html", case_page(found.case, form=form, step_label=wording.step_label(found))
    )


def recorded(request: HttpRequest, found: Step, form: PaperDecisionForm) -> HttpResponse | None:
    try:
        answer = doors.carry_out(request, found.case, partial(record_paper, request, found, form))
    except Refused as refusal:
        for reason in refusal.reasons:
            form.add_error(None, reason)
        return None
    messages.success(request, _("The decision on paper is recorded: %(step)s.") % {"step": wording.step_label(found)})
    return answer or doors.to_page(found.case)


@require_http_methods(METHODS)
def reassign(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand an open step to somebody else of its office or the next higher one: the administrator's, who never decides."""
    found = doors.visible_step(request, pk)
    if not rules.has_perm("workflow.reassign_step", person_of(request), found):
        return doors.forbidden_page(request, found.case, NotAllowed(_("Only an administrator can reassign a step.")))
    if not is_open(found) or is_outside(found):
        return doors.to_page(found.case)
    form = ReassignForm(typed(request), people=takers(found))
    if request.method == "POST" and form.is_valid() and (answer := handed_on(request, found, form)):
        return answer
    page = case_page(found.case, form=form, step_label=wording.step_label(found))
    return render(request, "workflow/reassign.html", page)


def handed_on(request: HttpRequest, found: Step, form: ReassignForm) -> HttpResponse | None:
    act = partial(
        services.reassign_step,
        found,
        form.chosen,
        actor=person_of(request),
        reason=form.cleaned_data["comment"],
    )
    try:
        answer = doors.carry_out(request, found.case, act)
    except Refused as refusal:
        for reason in refusal.reasons:
            form.add_error(None, reason)
        return None
    messages.success(request, _("Handed to %(name)s.") % {"name": form.chosen.full_name})
    return answer or doors.to_page(found.case)


def takers(found: Step) -> list[tuple[Any, str]]:
    """(person, title) of everybody to whom this step may be handed today."""
    today = timezone.localdate()
    conflicted = conflicted_ids(found.case)
    higher = offices.next_higher(found.office, found.unit)
    people: dict[int, tuple[Any, str]] = {}
    for code in [found.office, *([higher] if higher else [])]:
        for holder in offices.holders_of(code, found.unit, today):
            if holder.user.pk not in conflicted and may_take_over(holder.user, found, today):
                people.setdefault(holder.user.pk, (holder.user, holder.title))
    people.pop(found.assigned_to_id or 0, None)
    return list(people.values())


@require_http_methods(METHODS)
def draft(request: HttpRequest, pk: int) -> HttpResponse:
    """Make the draft of the decision from the data, or keep the office's own Word file in its place."""
    found = doors.visible_step(request, pk)
    if request.method != "POST" or not is_open(found):
        return redirect("workflow:step", pk)
    if found.kind != StepKind.DRAFT_DECISION or not may_decide(request, found):
        return doors.forbidden_page(request, found.case, NotAllowed(_("This step waits for another office.")))
    own = request.POST.get("how") == "own"
    form = DraftForm(request.POST, request.FILES, actor=person_of(request), where=facts_of(request))
    if own and not form.is_valid():
        return show(request, found, form_for(found, None, None, request), None, draft_form=form)
    keep_draft(request, found, form.cleaned_data["draft"].read() if own else None)
    messages.success(request, _("The draft of the decision is kept with the file."))
    return redirect("workflow:step", pk)


def keep_draft(request: HttpRequest, found: Step, own: bytes | None) -> None:
    """The office's own file, else what the portal makes from the data. Raises Http404 where it makes none."""
    drafter = registry.drafter_of(found.case)
    made = drafter(found.case) if drafter else None
    content = own if own is not None else made.docx if made else None
    if content is None:
        raise Http404
    subject, symbol = (made.subject, made.symbol) if made else (found.case.title, "")
    papers.save_draft(found.case, content, subject=subject, symbol=symbol, actor=person_of(request))
