"""The tasks that the checklists are made of: read by everybody, changed from a day on with a reason."""

from __future__ import annotations

from typing import Any

import rules
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from delegations import services
from delegations.choices import Checklist, PreparedKind
from delegations.forms.preparation import EndTaskForm, PreparationTaskForm
from delegations.models import PreparationTask
from intlcoop.web.display import Crumb
from intlcoop.web.retained import typed
from intlcoop.workflow.doors import person_of
from intlcoop.workflow.refusals import NotAllowed, Refused

METHODS = ["GET", "HEAD", "POST"]
LARGEST_ID = 2**63 - 1


def may_keep(request: HttpRequest) -> bool:
    return bool(rules.has_perm("delegations.keep_preparation_tasks", person_of(request)))


def ask(request: HttpRequest) -> None:
    if not may_keep(request):
        raise PermissionDenied(_("Administrators and the head of the department of cooperation keep these tasks."))


def above(request: HttpRequest) -> list[Crumb]:
    """Administration, for those who may enter it; the others read this page by itself."""
    inside = rules.has_perm("people.enter_administration", request.user)
    return [Crumb(_("Administration"), reverse("people:administration"))] if inside else []


@require_safe
def tasks(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    rows = list(PreparationTask.objects.visible_to(person_of(request)).select_related("instrument"))
    lists = [
        (
            f"{kind}-{checklist}",
            kind.label,
            checklist.label,
            [row for row in rows if (row.file_kind, row.checklist) == (kind, checklist)],
        )
        for kind in PreparedKind
        for checklist in Checklist
    ]
    context = {
        "lists": lists,
        "today": today,
        "may": may_keep(request),
        "crumbs": above(request),
    }
    return render(request, "delegations/preparation_tasks.html", context)


def found_task(request: HttpRequest, pk: int) -> PreparationTask:
    found = PreparationTask.objects.visible_to(person_of(request)).filter(pk=pk).first() if pk <= LARGEST_ID else None
    if found is None:
        raise Http404
    return found


@require_http_methods(METHODS)
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Another wording from a day on."""
    ask(request)
    found = found_task(request, pk)
    form = PreparationTaskForm(typed(request), instance=found, initial={"valid_from": None})
    heading = _("Change a task of the checklists")
    return answer(request, form, heading, lambda values: services.change_task(found, **values))


@require_http_methods(METHODS)
def add(request: HttpRequest) -> HttpResponse:
    ask(request)
    form = PreparationTaskForm(typed(request), instance=PreparationTask())

    def write(values: dict[str, Any]) -> Any:
        return services.add_task(code=form.cleaned_data["code"], **values)

    return answer(request, form, _("Add a task to the checklists"), write)


@require_http_methods(METHODS)
def end(request: HttpRequest, pk: int) -> HttpResponse:
    ask(request)
    found = found_task(request, pk)
    form = EndTaskForm(typed(request))

    def write(_values: dict[str, Any]) -> Any:
        data = form.cleaned_data
        actor = person_of(request)
        return services.end_task(found, actor=actor, last_day=data["last_day"], reason=data["change_reason"])

    return answer(request, form, _("Ask “%(task)s” no longer") % {"task": found.name}, write)


def answer(request: HttpRequest, form: Any, heading: str, write: Any) -> HttpResponse:
    """Show the form, or write and go back to the list."""
    if request.method == "POST" and form.is_valid():
        values = {
            "actor": person_of(request),
            "valid_from": form.cleaned_data.get("valid_from"),
            "reason": form.cleaned_data["change_reason"],
            "fields": getattr(form, "values", {}),
        }
        try:
            write(values)
        except Refused as refusal:
            for reason in refusal.reasons:
                form.add_error(None, reason)
        except NotAllowed as refusal:
            raise PermissionDenied(str(refusal)) from refusal
        else:
            messages.success(
                request, _("Saved. Trips that depart and visits that arrive earlier keep the former list.")
            )
            return redirect("delegations:preparation_tasks")
    crumbs = [*above(request), Crumb(_("Tasks of the checklists"), reverse("delegations:preparation_tasks"))]
    return render(
        request, "delegations/preparation_task_form.html", {"form": form, "heading": heading, "crumbs": crumbs}
    )
