"""What a file owes after its signing, change or approval: shown on its page, ticked off with the document that did it."""

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
from agreements.models import AgreementDuty
from agreements.views.finding import agreement_page, visible_agreement
from intlcoop.regulations.queries import calendar
from intlcoop.regulations.working_days import working_days_between
from intlcoop.web.retained import typed
from intlcoop.workflow import doors
from intlcoop.workflow.doors import person_of
from intlcoop.workflow.models import Case

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


def case_duties(case: Case, user: Any) -> dict[str, Any]:
    """What the page of a file says of its duties; agreements and projects owe them alike."""
    lines = duty_lines(case)
    return {
        "duties": lines,
        "duties_owed": sum(line.duty.is_open for line in lines),
        "may_settle": bool(lines) and rules.has_perm("agreements.keep_duties", user, case),
    }


def duty_of(case: Case, pk: int) -> AgreementDuty:
    found = case.duties.filter(pk=pk).first() if pk <= doors.LARGEST_ID else None
    if found is None:
        raise Http404
    return found


@require_http_methods(METHODS)
def duty(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    return duty_page(request, agreement_page(visible_agreement(request, number)), pk)


def duty_page(request: HttpRequest, page: dict[str, Any], pk: int) -> HttpResponse:
    """Say that it was done, with which document, or why it is not required here. `page` is that of the file that owes it."""
    case: Case = page["case"]
    its = duty_of(case, pk)
    if not rules.has_perm("agreements.keep_duties", person_of(request), case):
        raise PermissionDenied(_("You may not do this on this file."))
    form = DutyForm(typed(request), initial={"done_on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        act = partial(services.settle_duty, its, actor=person_of(request), **form.cleaned_data)
        said, to = _("Noted: %(what)s.") % {"what": its.name}, f"{page['file_url']}#viec-sau-ky"
        if answer := doors.carried_out(request, case, form, act, said=said, to=to):
            return answer
    return render(request, "agreements/duty.html", page | {"duty": its, "form": form})


@require_http_methods(METHODS)
def duty_reopen(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    return reopened(request, visible_agreement(request, number).case, pk)


def reopened(request: HttpRequest, case: Case, pk: int) -> HttpResponse:
    its = duty_of(case, pk)
    if request.method == "POST":
        if answer := doors.carry_out(request, case, partial(services.reopen_duty, its, actor=person_of(request))):
            return answer
        messages.success(request, _("Open again: %(what)s.") % {"what": its.name})
    return redirect(f"{doors.page_of(case)}#viec-sau-ky")
