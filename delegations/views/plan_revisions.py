"""Revisions of an approved plan: begun by the ICD, filled by the units, read by everybody with before and after."""

from __future__ import annotations

from functools import partial
from typing import Any

import rules
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from delegations import services as trip_services
from delegations.choices import ChangeAction, LineState, RequestState
from delegations.forms.plans import ChangeForm, DropForm, RevisionForm, UnitChangeForm
from delegations.models import PlanLine, PlanRevision, RevisionChange
from delegations.queries import plan_values
from delegations.services import plan_revisions
from delegations.views.plan_finding import (
    METHODS,
    attempt,
    crumbs,
    pks_in,
    plan_crumb,
    visible_change,
    visible_line,
    visible_plan,
    visible_revision,
    year_crumb,
)
from delegations.workflows import begin_revision
from intlcoop.vietnamese.dates import table_date
from intlcoop.web.display import Badge, Crumb, Fact, Tone
from intlcoop.web.file_numbers import shown
from intlcoop.web.retained import typed
from intlcoop.workflow.doors import person_of
from intlcoop.workflow.pages import case_context
from intlcoop.workflow.refusals import Conflict, NotAllowed, Refused

TONES = {RequestState.REQUESTED: Tone.WAITING, RequestState.ACCEPTED: Tone.DONE, RequestState.DECLINED: Tone.LATE}


def trail(revision: PlanRevision) -> list[Crumb]:
    own = Crumb(shown(revision.case.number), revision.get_absolute_url())
    return crumbs(year_crumb(revision.plan.year), plan_crumb(revision.plan), own)


@require_http_methods(METHODS)
def begin(request: HttpRequest, number: str) -> HttpResponse:
    """Open an adjustment round of an approved plan."""
    found = visible_plan(request, number)
    user = person_of(request)
    if not rules.has_perm("delegations.revise_plan", user, found):
        raise PermissionDenied(_("Only the ICD adjusts a plan, once it is approved."))
    form = RevisionForm(typed(request))
    if request.method == "POST" and form.is_valid():
        try:
            made = begin_revision(found, actor=user, **form.cleaned_data)
        except (Refused, Conflict) as refusal:
            form.add_error(None, getattr(refusal, "reasons", [str(refusal)]))
        else:
            return redirect(made)
    context = {
        "form": form,
        "heading": _("Begin a revision"),
        "text": _("Units are called to ask for changes. The plan stays in force until the revision is approved."),
        "verb": _("Begin the revision"),
        "back": found.get_absolute_url(),
        "crumbs": crumbs(year_crumb(found.year), plan_crumb(found)),
    }
    return render(request, "delegations/plans/form.html", context)


@require_safe
def revision(request: HttpRequest, number: str) -> HttpResponse:
    """The revision as a file: every change with before and after, its reason, what the ICD made of it."""
    found = visible_revision(request, number)
    user = person_of(request)
    context = case_context(found.case, user)
    changes = found.changes.select_related("line", "unit", "requested_by").order_by("pk")
    may_ask = rules.has_perm("delegations.ask_change", user, found)
    unit = trip_services.own_unit(user)
    context |= {
        "revision": found,
        "crumbs": crumbs(year_crumb(found.plan.year), plan_crumb(found.plan)),
        "facts": facts_of_revision(found),
        "changes": [change_shown(row, unit.pk if unit else None) for row in changes],
        "has_menu": any(not action.primary for action in context["actions"]),
        "may_answer": rules.has_perm("delegations.consolidate_revision", user, found),
        "may_ask": may_ask,
        "links": asking_links(found) if may_ask else [],
        "open_requests": sum(row.state == RequestState.REQUESTED for row in changes),
    }
    return render(request, "delegations/plans/revision.html", context)


def facts_of_revision(found: PlanRevision) -> list[Fact]:
    facts = [
        Fact(_("Plan"), found.plan.title, found.plan.get_absolute_url()),
        Fact(_("Version in force"), str(found.plan.version)),
        Fact(_("Why the plan is adjusted"), found.reason),
        Fact(_("Units ask for changes until"), table_date(found.requests_due_on) if found.requests_due_on else ""),
    ]
    if found.approved_on:
        facts.append(Fact(_("Approval"), f"{found.approval_number} ({table_date(found.approved_on)})"))
    return facts


def change_shown(row: RevisionChange, unit: int | None) -> dict[str, Any]:
    return {
        "change": row,
        "badge": Badge(RequestState(row.state).label, TONES[RequestState(row.state)]),
        "title": row.line.title if row.line else row.after.get("title", ""),
        "differences": plan_values.differences(row.before, row.after),
        "mine": row.state == RequestState.REQUESTED and row.unit_id == unit,
    }


def asking_links(found: PlanRevision) -> list[dict[str, Any]]:
    base = found.get_absolute_url()
    return [
        {"label": _("Change or take out a line"), "url": f"{base}dong/"},
        {"label": _("Add a line"), "url": f"{base}them/"},
    ]


def asking(request: HttpRequest, number: str) -> PlanRevision:
    found = visible_revision(request, number)
    if not rules.has_perm("delegations.ask_change", person_of(request), found):
        raise PermissionDenied(_("This revision takes no more changes."))
    return found


@require_safe
def choose_line(request: HttpRequest, number: str) -> HttpResponse:
    """The lines that this person's unit (the ICD: any unit) can ask to change."""
    found = asking(request, number)
    user = person_of(request)
    lines = found.plan.lines.filter(state=LineState.ACCEPTED)
    if not rules.has_perm("delegations.consolidate_revision", user, found):
        lines = lines.filter(pk__in=PlanLine.objects.filter(unit=trip_services.own_unit(user)))
    taken = set(found.changes.exclude(state=RequestState.DECLINED).values_list("line_id", flat=True))
    rows = plan_values.with_links(lines).order_by("position", "pk")
    context = {
        "revision": found,
        "rows": [(row, row.pk in taken) for row in rows],
        "crumbs": trail(found),
    }
    return render(request, "delegations/plans/choose_line.html", context)


@require_http_methods(METHODS)
def add(request: HttpRequest, number: str) -> HttpResponse:
    """Ask for a line that the plan does not have."""
    found = asking(request, number)
    user = person_of(request)
    form_class = UnitChangeForm if rules.has_perm("delegations.consolidate_revision", user, found) else ChangeForm
    form = form_class(typed(request), instance=PlanLine(plan=found.plan))
    if request.method == "POST" and form.is_valid():
        unit = form.cleaned_data.get("unit") or trip_services.own_unit(user)
        if asked(request, found, ChangeAction.ADD, form, unit=unit, fields=form.values):
            return redirect(found)
    return form_page(request, found, form, _("Ask for a new line"), _("Ask for this line"))


@require_http_methods(METHODS)
def change(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """Ask for a line to say something else."""
    found = asking(request, number)
    line = visible_line(request, pk)
    form = ChangeForm(typed(request), instance=line)
    if request.method == "POST" and form.is_valid():
        fields = dict(form.values)
        if asked(request, found, ChangeAction.CHANGE, form, unit=line.unit, line=line, fields=fields):
            return redirect(found)
    return form_page(request, found, form, _("Change line %(line)s") % {"line": line}, _("Ask for this change"))


@require_http_methods(METHODS)
def drop(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """Ask for a line to be taken out."""
    found = asking(request, number)
    line = visible_line(request, pk)
    form = DropForm(typed(request))
    sent = request.method == "POST" and form.is_valid()
    if sent and asked(request, found, ChangeAction.DROP, form, unit=line.unit, line=line):
        return redirect(found)
    return form_page(request, found, form, _("Take line %(line)s out") % {"line": line}, _("Ask to take it out"))


def asked(request: HttpRequest, found: PlanRevision, action: str, form: Any, **more: Any) -> bool:
    """Write the request; False with the sentences in the form when the service says no."""
    try:
        plan_revisions.request_change(
            found,
            action,
            actor=person_of(request),
            reason_code=form.cleaned_data["reason_code"],
            reason=form.cleaned_data["reason"],
            **more,
        )
    except (Conflict, NotAllowed) as refusal:
        raise PermissionDenied(str(refusal)) from refusal
    except Refused as refusal:
        form.add_error(None, refusal.reasons)
        return False
    return True


def form_page(request: HttpRequest, found: PlanRevision, form: Any, heading: str, verb: str) -> HttpResponse:
    context = {
        "form": form,
        "heading": heading,
        "verb": verb,
        "back": found.get_absolute_url(),
        "crumbs": trail(found),
    }
    return render(request, "delegations/plans/form.html", context)


@require_http_methods(METHODS)
def answer(request: HttpRequest, number: str) -> HttpResponse:
    """The ICD takes ticked requests in, or declines them with a reason."""
    found = visible_revision(request, number)
    if request.method != "POST":
        return redirect(found)
    accept = request.POST.get("viec") != "tu-choi"

    def done(n: int) -> str:
        return ngettext("%(n)s change is answered.", "%(n)s changes are answered.", n) % {"n": n}

    act = partial(
        plan_revisions.answer_changes,
        found,
        pks_in(request),
        accept=accept,
        reply=request.POST.get("comment", ""),
        actor=person_of(request),
    )
    return attempt(request, act, done=done, back=found, case=found.case)


@require_http_methods(METHODS)
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """A unit takes a request back that is not answered yet."""
    row = visible_change(request, pk)
    back = reverse("delegations:revision", args=[row.revision.case.number])
    if request.method != "POST":
        return redirect(back)
    act = partial(plan_revisions.withdraw_change, row, actor=person_of(request))
    return attempt(request, act, done=_("The request is taken back."), back=back, case=row.revision.case)
