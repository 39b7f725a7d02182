"""Putting off and calling off a visit, with the kind of reason."""

from __future__ import annotations

from functools import partial

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from delegations.forms import StopForm
from delegations.models import InboundDelegation
from delegations.views.visit_finding import visible_visit, visit_page
from delegations.workflows.inbound import INBOUND
from delegations.workflows.stopping import stop_visit
from intlcoop.web.retained import typed
from intlcoop.workflow import doors, engine
from intlcoop.workflow.doors import person_of, request_key, version_in

TRANSITIONS = {"hoan": "postpone", "huy": "cancel"}


@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, number: str, how: str) -> HttpResponse:
    found = visible_visit(request, number)
    if how not in TRANSITIONS:
        raise Http404
    transition = INBOUND[TRANSITIONS[how]]
    form = StopForm(typed(request))
    if request.method == "POST" and form.is_valid() and (answer := stopped(request, found, transition.name, form)):
        return answer
    offered = [row.name for row in engine.offered(found.case, person_of(request))]
    if request.method != "POST" and transition.name not in offered:
        raise PermissionDenied(_("You may not do this on this file."))
    page = visit_page(found, form=form, transition=transition, version=found.case.version)
    return render(request, "delegations/stop.html", page)


def stopped(request: HttpRequest, found: InboundDelegation, name: str, form: StopForm) -> HttpResponse | None:
    """The page to go on at; None when it was refused and the form says why."""
    act = partial(
        stop_visit,
        found,
        name,
        actor=person_of(request),
        reason_code=form.cleaned_data["reason_code"],
        reason=form.cleaned_data["reason"],
        request_id=request_key(request),
        expected_version=version_in(request),
    )
    said = _("%(act)s: done.") % {"act": INBOUND[name].label}
    return doors.carried_out(request, found.case, form, act, said=said, to=found)
