"""What an agreement owes after its signing or change: shown on its page, ticked off with the document that did it."""

from __future__ import annotations

from dataclasses import dataclass
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

from agreements import services
from agreements.forms.signing import DutyForm
from agreements.models import AgreementDuty, InternationalAgreement
from agreements.views.finding import agreement_page, visible_agreement
from intlcoop.regulations.queries import calendar
from intlcoop.regulations.working_days import working_days_between
from intlcoop.web.retained import typed
from intlcoop.workflow import doors
from intlcoop.workflow.doors import person_of
from intlcoop.workflow.models import Case
from intlcoop.workflow.refusals import Refused

METHODS = ["GET", "HEAD", "POST"]


@dataclass(frozen=True, slots=True)
class DutyLine:
    """One duty as the page shows it; `left` working days until it is due, negative when overdue."""

    duty: AgreementDuty
    left: int | None


def duty_lines(case: Case) -> list[DutyLine]:
    duties = list(case.duties.select_related("done_by", "source"))
    owed = [duty for duty in duties if duty.is_open and duty.due_on]
    days, today = (calendar() if owed else None), timezone.localdate()

    def left(duty: AgreementDuty) -> int | None:
        if not duty.is_open or duty.due_on is None or days is None:
            return None
        return working_days_between(today, duty.due_on, days)

    return [DutyLine(duty, left(duty)) for duty in duties]


def duties_context(agreement: InternationalAgreement, user: Any) -> dict[str, Any]:
    return case_duties(agreement.case, user)


def case_duties(case: Case, user: Any) -> dict[str, Any]:
    """What the page of a file says of its duties; agreements and projects owe them alike."""
    lines = duty_lines(case)
    return {
        "duties": lines,
        "duties_owed": sum(line.duty.is_open for line in lines),
        "may_settle": bool(lines) and rules.has_perm("agreements.keep_duties", user, case),
    }


@require_http_methods(METHODS)
def duty(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """Say that it was done, with which document, or why it is not required here."""
    found = visible_agreement(request, number)
    user = person_of(request)
    if pk > doors.LARGEST_ID or (row := found.case.duties.filter(pk=pk).first()) is None:
        raise Http404
    if not rules.has_perm("agreements.keep_duties", user, found.case):
        raise PermissionDenied(_("You may not do this on this file."))
    form = DutyForm(typed(request), initial={"done_on": timezone.localdate()})
    if request.method == "POST" and form.is_valid() and (answer := settled(request, found, row, form)):
        return answer
    context = agreement_page(found, duty=row, form=form)
    return render(request, "agreements/duty.html", context)


def settled(
    request: HttpRequest, agreement: InternationalAgreement, row: AgreementDuty, form: DutyForm
) -> HttpResponse | None:
    act = partial(services.settle_duty, row, actor=person_of(request), **form.cleaned_data)
    try:
        if answer := doors.carry_out(request, agreement.case, act):
            return answer
    except Refused as refusal:
        form.add_error(None, refusal.reasons)
        return None
    messages.success(request, _("Noted: %(what)s.") % {"what": row.name})
    return redirect(f"{agreement.get_absolute_url()}#viec-sau-ky")


@require_http_methods(METHODS)
def duty_reopen(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    found = visible_agreement(request, number)
    if pk > doors.LARGEST_ID or (row := found.case.duties.filter(pk=pk).first()) is None:
        raise Http404
    if request.method == "POST":
        act = partial(services.reopen_duty, row, actor=person_of(request))
        if answer := doors.carry_out(request, found.case, act):
            return answer
        messages.success(request, _("Open again: %(what)s.") % {"what": row.name})
    return redirect(f"{found.get_absolute_url()}#viec-sau-ky")
