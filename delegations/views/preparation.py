"""The two checklists of a trip: read, tick, write down what a task asks for."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import rules
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from delegations import services
from delegations.choices import OutboundState, PreparationState
from delegations.forms.preparation import PreparationForm
from delegations.models import OutboundDelegation
from delegations.queries.preparation import (
    Prepared,
    ToPrepare,
    by_checklist,
    done_before_change,
    line_of,
    lists_of,
    no_longer_asked,
)
from delegations.queries.promises import trip_promises
from delegations.services.preparation import stamp
from delegations.views.finding import trip_page, visible_trip
from intlcoop.web.display import Badge, Crumb, Tone
from intlcoop.web.retained import typed
from intlcoop.workflow import doors
from intlcoop.workflow.doors import person_of
from intlcoop.workflow.refusals import Refused

METHODS = ["GET", "HEAD", "POST"]


def badge_of(line: ToPrepare) -> Badge:
    if line.state == PreparationState.DONE:
        return Badge(_("Done, to be looked at again"), Tone.LATE) if line.alarm else Badge(_("Done"), Tone.DONE)
    if line.state == PreparationState.NOT_NEEDED:
        return Badge(_("Not needed"), Tone.QUIET)
    return Badge(_("To do"), Tone.LATE if line.is_late else Tone.WAITING)


def shown_lines(
    lines: Iterable[ToPrepare], user: Any, number: str, *, may: bool, pages: str = "delegations:preparation"
) -> list[dict[str, Any]]:
    """The lines as the page prints them. The passport of a person is for those who prepare the trip, and for themselves."""
    return [
        {
            "line": line,
            "tick_url": reverse(f"{pages}_tick", args=[number, line.key]),
            "task_url": reverse(f"{pages}_task", args=[number, line.key]),
            "badge": badge_of(line),
            "days_left": line.days_left if line.is_open else None,
            "private": not (may or line.subject == f"p-{user.pk}"),
        }
        for line in lines
    ]


def preparation_context(trip: OutboundDelegation, user: Any) -> dict[str, Any]:
    """What the page of the trip says of its preparation: how far each list is, and what is late. {} when there is none."""
    if is_history(trip) or not rules.has_perm("workflow.view_case", user, trip.case):
        return {}
    lines = lists_of(trip)
    may = rules.has_perm(
        "delegations.prepare_trip", user, trip
    )  # others read in the warnings whose passport, not its day
    counts = [
        {
            "label": checklist.label,
            "done": sum(not line.is_open for line in rows),
            "of": len(rows),
        }
        for checklist, rows in by_checklist(lines)
    ]
    late = [line for line in lines if line.is_late and is_now(line, trip)]
    return {
        "preparation": {
            "counts": counts,
            "late": late[:3],
            "more": max(len(late) - 3, 0),
            "alarms": [line for line in lines if line.alarm and is_now(line, trip)] if may else [],
            "url": reverse("delegations:preparation", args=[trip.case.number]),
        }
    }


def is_history(trip: OutboundDelegation) -> bool:
    """Nothing is prepared for a trip that was read from a register."""
    return hasattr(trip, "imported")


def is_now(line: ToPrepare, trip: OutboundDelegation) -> bool:
    """What was due before departure is no longer late once the delegation is back, and nothing once it stays at home."""
    if trip.case.state in OutboundState.CALLED_OFF:
        return False
    return trip.case.state not in ("report_due", "completed") or line.task.anchor == "return"


@require_safe
def preparation(request: HttpRequest, number: str) -> HttpResponse:
    trip = visible_trip(request, number)
    if is_history(trip):
        raise Http404
    user = person_of(request)
    may = rules.has_perm("delegations.prepare_trip", user, trip)
    lines = lists_of(trip)
    change, earlier = done_before_change(trip, lines)
    context = trip_page(
        trip,
        change=change,
        earlier=earlier,
        lists=[(checklist, shown_lines(rows, user, number, may=may)) for checklist, rows in by_checklist(lines)],
        left_over=no_longer_asked(trip, lines),
        alarms=[line for line in lines if line.alarm] if may else [],
        may=may,
        **trip_promises(trip, user),
    )
    return render(request, "delegations/preparation.html", context)


def task_of(request: HttpRequest, number: str, item: str) -> tuple[OutboundDelegation, ToPrepare]:
    trip = visible_trip(request, number)
    line = None if is_history(trip) else line_of(trip, item)
    if line is None:
        raise Http404
    return trip, line


@require_POST
def tick(request: HttpRequest, number: str, item: str) -> HttpResponse:
    """ "Xong" with one press; a task that asks for more leads to its form."""
    trip, line = task_of(request, number, item)
    if line.asks_more and line.is_open:
        return redirect("delegations:preparation_task", number, item)
    act = write(request, trip, lambda: services.tick(trip, line, actor=person_of(request)))
    if isinstance(act, HttpResponse):
        return act
    if act:
        messages.error(request, " ".join(act))
    return redirect(f"{reverse('delegations:preparation', args=[number])}#{item}")


def write(request: HttpRequest, trip: Prepared, act: Callable[[], object]) -> HttpResponse | list[str]:
    """[] when written, the reasons when not, or the page that says why this person or moment is the wrong one."""
    try:
        return doors.carry_out(request, trip.case, act) or []
    except Refused as refusal:
        return list(refusal.reasons)


@require_http_methods(METHODS)
def task(request: HttpRequest, number: str, item: str) -> HttpResponse:
    """Write down what became of a task."""
    trip, line = task_of(request, number, item)
    if request.method != "POST" and not rules.has_perm("delegations.prepare_trip", person_of(request), trip):
        raise PermissionDenied(_("The filing unit and the department of cooperation keep the preparation of a trip."))
    form = PreparationForm(typed(request), trip=trip, line=line, initial=initial_of(line))
    if request.method == "POST" and form.is_valid():
        values = {**form.cleaned_data}
        values["seen"] = values.get("seen") or None
        answer = write(request, trip, lambda: services.save_preparation(trip, line, actor=person_of(request), **values))
        if isinstance(answer, HttpResponse):
            return answer
        if not answer:
            return saved(request, trip, item)
        for reason in answer:
            form.add_error(None, reason)
    list_url = reverse("delegations:preparation", args=[number])
    page = trip_page(trip, form=form, line=line, list_url=list_url)
    page["crumbs"].append(Crumb(_("Preparation"), list_url))
    return render(request, "delegations/preparation_task.html", page)


def saved(request: HttpRequest, trip: OutboundDelegation, item: str) -> HttpResponse:
    """Back to the list; a passport that ends too soon is said at once."""
    trip = visible_trip(request, trip.case.number)
    line = line_of(trip, item)
    if line is not None and line.alarm:
        messages.warning(request, f"{line.name}: {line.alarm}")
    else:
        messages.success(request, _("Saved."))
    return redirect(f"{reverse('delegations:preparation', args=[trip.case.number])}#{item}")


def initial_of(line: ToPrepare) -> dict[str, Any]:
    """What is kept; a task that nobody touched is offered as done, for that is why its form was opened."""
    item = line.item
    names = ("owner", "done_on", "passport_kind", "passport_expires_on", "document_number", "document_date", "note")
    found = {name: getattr(item, name) for name in (*names, "reason")}
    return found | {"state": item.state if item.pk else PreparationState.DONE, "seen": stamp(item)}
