"""Ordering a report, stopping its making, having it made again."""

from __future__ import annotations

from collections.abc import Callable

import rules
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from intlcoop.jobs.requests import PersonRequest
from intlcoop.web import retained
from intlcoop.workflow.refusals import NotAllowed, Refused
from reports.forms import OrderForm
from reports.models import YearEndReport
from reports.services import cancel_report, order_report, retry_report
from reports.views.finding import visible_report
from reports.views.pages import require_reader


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def order(request: PersonRequest) -> HttpResponse:
    """Year, period and the day of the figures; the answer is the page of the report, at once."""
    require_reader(request)
    if not rules.has_perm("reports.order", request.user):
        raise PermissionDenied(_("You may read reports, but not order them."))
    form = OrderForm(retained.typed(request))
    if request.method == "POST" and form.is_valid():
        try:
            report = order_report(**form.ordered, actor=request.user)
            messages.success(request, _("The report is being made. You will be told when it is ready."))
            return redirect(report)
        except Refused as refusal:
            for reason in refusal.reasons:
                form.add_error(None, reason)
    return render(request, "reports/order.html", {"form": form})


@require_POST
def cancel(request: PersonRequest, number: str) -> HttpResponse:
    return _act(request, number, cancel_report, _("The making of the report is being cancelled."))


@require_POST
def retry(request: PersonRequest, number: str) -> HttpResponse:
    return _act(request, number, retry_report, _("The report is being made again."))


def _act(request: PersonRequest, number: str, act: Callable[..., None], said: str) -> HttpResponse:
    report: YearEndReport = visible_report(request, number)
    try:
        act(report, actor=request.user)
        messages.success(request, said)
    except NotAllowed as refusal:
        raise PermissionDenied(str(refusal)) from refusal
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect(report)
