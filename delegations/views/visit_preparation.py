"""The two checklists of a visit: read, tick, write down what a task asks for. The same mechanism as for trips."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import rules
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from delegations import services, workflows
from delegations.forms.preparation import PreparationForm
from delegations.models import InboundDelegation
from delegations.queries.preparation import ToPrepare, by_checklist, line_of, lists_of, no_longer_asked
from delegations.views.preparation import initial_of, shown_lines, write
from delegations.views.visit_finding import visible_visit, visit_page
from delegations.visit_choices import InboundState
from intlcoop.web.display import Crumb
from intlcoop.web.retained import typed
from intlcoop.workflow.doors import person_of

METHODS = ["GET", "HEAD", "POST"]
PAGES = "delegations:visit_preparation"
#: From then on what was due before arrival is moot.
ARRIVED = (InboundState.RECEIVED, InboundState.REPORT_DUE, InboundState.COMPLETED)


def is_prepared(visit: InboundDelegation) -> bool:
    """A guest who lives here needs no lists, and nothing is prepared for a visit that was read from a register."""
    return not visit.is_short and not hasattr(visit, "imported")


def visit_preparation_context(visit: InboundDelegation) -> dict[str, Any]:
    """What the page of the visit says of its preparation: how far each list is, and what is late. {} when there is none."""
    if not is_prepared(visit):
        return {}
    lines = lists_of(visit)
    counts = [
        {"label": checklist.label, "done": sum(not line.is_open for line in rows), "of": len(rows)}
        for checklist, rows in by_checklist(lines)
    ]
    late = [line for line in lines if line.is_late and is_now(line, visit)]
    url = reverse(PAGES, args=[visit.case.number])
    shown = {"counts": counts, "late": late[:3], "more": max(len(late) - 3, 0), "alarms": [], "url": url}
    return {"preparation": shown}


def is_now(line: ToPrepare, visit: InboundDelegation) -> bool:
    if visit.case.state in InboundState.CALLED_OFF:
        return False
    return visit.case.state not in ARRIVED or line.task.anchor == "return"


def prepared_visit(request: HttpRequest, number: str) -> InboundDelegation:
    visit = visible_visit(request, number)
    if not is_prepared(visit):
        raise Http404
    return visit


@require_safe
def preparation(request: HttpRequest, number: str) -> HttpResponse:
    visit = prepared_visit(request, number)
    user = person_of(request)
    may = rules.has_perm("delegations.prepare_visit", user, visit)
    lines = lists_of(visit)
    lists = [
        (checklist, shown_lines(rows, user, number, may=may, pages=PAGES)) for checklist, rows in by_checklist(lines)
    ]
    context = visit_page(visit, lists=lists, left_over=no_longer_asked(visit, lines), may=may)
    return render(request, "delegations/visit_preparation.html", context)


def task_of(request: HttpRequest, number: str, item: str) -> tuple[InboundDelegation, ToPrepare]:
    visit = prepared_visit(request, number)
    line = line_of(visit, item)
    if line is None:
        raise Http404
    return visit, line


def written(request: HttpRequest, visit: InboundDelegation, act: Callable[[], object]) -> HttpResponse | list[str]:
    """The same as for trips; the first task that is taken up opens the preparation."""

    @transaction.atomic
    def both() -> None:
        act()
        workflows.begin_preparing(visit, actor=person_of(request))

    return write(request, visit, both)


@require_POST
def tick(request: HttpRequest, number: str, item: str) -> HttpResponse:
    """ "Xong" with one press; a task that asks for more leads to its form."""
    visit, line = task_of(request, number, item)
    if line.asks_more and line.is_open:
        return redirect(f"{PAGES}_task", number, item)
    act = written(request, visit, lambda: services.tick(visit, line, actor=person_of(request)))
    if isinstance(act, HttpResponse):
        return act
    if act:
        messages.error(request, " ".join(act))
    return redirect(f"{reverse(PAGES, args=[number])}#{item}")


@require_http_methods(METHODS)
def task(request: HttpRequest, number: str, item: str) -> HttpResponse:
    """Write down what became of a task."""
    visit, line = task_of(request, number, item)
    if request.method != "POST" and not rules.has_perm("delegations.prepare_visit", person_of(request), visit):
        raise PermissionDenied(_("The filing unit and the department of cooperation keep the preparation of a visit."))
    form = PreparationForm(typed(request), trip=visit, line=line, initial=initial_of(line))
    list_url = reverse(PAGES, args=[number])
    if request.method == "POST" and form.is_valid():
        values = {**form.cleaned_data}
        values["seen"] = values.get("seen") or None
        save = lambda: services.save_preparation(visit, line, actor=person_of(request), **values)  # noqa: E731
        answer = written(request, visit, save)
        if isinstance(answer, HttpResponse):
            return answer
        if not answer:
            messages.success(request, _("Saved."))
            return redirect(f"{list_url}#{item}")
        for reason in answer:
            form.add_error(None, reason)
    page = visit_page(visit, form=form, line=line, list_url=list_url)
    page["crumbs"].append(Crumb(_("Preparation"), list_url))
    return render(request, "delegations/preparation_task.html", page)
