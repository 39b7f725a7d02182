"""Writing down what came of a visit, and completing its file with the same press."""

from __future__ import annotations

import rules
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from delegations import services
from delegations.forms.visit_result import ResultForm
from delegations.models import InboundDelegation
from delegations.queries.visits import visit_report_due
from delegations.views.visit_finding import visible_visit, visit_page
from delegations.visit_choices import InboundState
from intlcoop.web.retained import typed
from intlcoop.workflow import doors, engine
from intlcoop.workflow.doors import person_of, request_key, version_in
from intlcoop.workflow.refusals import Refused


@require_http_methods(["GET", "HEAD", "POST"])
def result(request: HttpRequest, number: str) -> HttpResponse:
    visit = visible_visit(request, number)
    if not rules.has_perm("delegations.write_visit_result", person_of(request), visit):
        sentence = _("The result is written by the filing unit or the ICD, once the guests are here.")
        return doors.refused_page(request, visit.case, sentence)
    form = ResultForm(typed(request), visit=visit)
    if request.method == "POST" and form.is_valid():
        try:
            if answer := doors.carry_out(request, visit.case, lambda: write(request, visit, form)):
                return answer
        except Refused as refusal:
            form.add_error(None, refusal.reasons)
        else:
            done = "complete" in request.POST
            messages.success(request, _("The visit is completed.") if done else _("The result is saved."))
            return redirect(visit)
    context = visit_page(
        visit, form=form, due=visit_report_due(visit), version=version_in(request) or visit.case.version
    )
    return render(request, "delegations/visit_result.html", context)


@transaction.atomic
def write(request: HttpRequest, visit: InboundDelegation, form: ResultForm) -> None:
    """The text, and where it was asked for the completion: all or nothing. Guests whose result is known were received."""
    actor, expected = person_of(request), version_in(request)
    if visit.case.state in InboundState.EXPECTED:
        engine.fire(visit.case, "receive", actor=actor, expected_version=expected)
        expected = None
    services.write_result(visit, actor=actor, expected_version=expected, **form.cleaned_data)
    if "complete" in request.POST:
        engine.fire(visit.case, "complete", actor=actor, request_id=request_key(request))
