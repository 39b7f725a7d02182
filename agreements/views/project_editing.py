"""The form of a project, and the pages that record its beginning, its end, a withdrawal, a report, a duty."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any

import rules
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from agreements.aid import ProjectState
from agreements.forms.project import ProjectForm, Rows
from agreements.forms.project_acts import ActForm, BeginForm, CloseForm, WithdrawForm
from agreements.models import ForeignFundedProject
from agreements.services import projects as services
from agreements.views.projects import METHODS, project_page, visible_project
from agreements.views.proposing import to_proposal, with_partner
from intlcoop.audit.requests import facts_of
from intlcoop.web.retained import typed
from intlcoop.workflow import doors, engine, registry, sheets
from intlcoop.workflow.doors import person_of, request_key, upload_in, version_in
from intlcoop.workflow.pages import cautions_of
from intlcoop.workflow.route_preview import expected_of
from intlcoop.workflow.sheets import Sheet


@require_http_methods(METHODS)
def edit(request: HttpRequest, number: str) -> HttpResponse:
    found = visible_project(request, number)
    if not rules.has_perm("workflow.edit_case", person_of(request), found.case):
        return doors.refused_page(request, found.case, _("This file can no longer be changed here."))
    if "propose" in request.POST:
        return to_proposal(request)
    data, files = with_partner(request, typed(request), "donors"), request.FILES or None
    form = ProjectForm(data, files, instance=found, actor=person_of(request), where=facts_of(request))
    sheet = Sheet(form, Rows(found, data))
    if request.method == "POST" and sheet.is_valid():
        fresh = visible_project(request, number)
        return sheets.saved(
            request,
            fresh.case,
            sheet,
            partial(write, request, fresh, sheet),
            show=partial(show, request, number, sheet),
            changed=partial(changed_meanwhile, request, number, sheet),
        )
    return show(request, number, sheet)


@transaction.atomic
def write(request: HttpRequest, project: ForeignFundedProject, sheet: Sheet) -> None:
    """Fields, rows and files in one transaction."""
    actor, form = person_of(request), sheet.form
    services.update_project(
        project,
        actor=actor,
        title=form.cleaned_data["title"],
        fields=form.values,
        localities=form.cleaned_data["localities"],
        cooperation=form.cleaned_data["cooperation"],
        expected_version=version_in(request),
        **sheet.rows.values,
    )
    sheets.write_files(
        request, project.case, form, attach=services.attach_to_project, take_out=services.take_out_of_project
    )


def show(request: HttpRequest, number: str, sheet: Sheet, **more: Any) -> HttpResponse:
    kept = visible_project(request, number)
    status = more.pop("status", 200)
    under_way = kept.case.state == ProjectState.APPRAISAL
    context = project_page(
        kept,
        form=sheet.form,
        rows=sheet.rows,
        version=more.pop("version", version_in(request) or kept.case.version),
        cautions=cautions_of(kept.case, person_of(request)),
        under_way=under_way,
        adjusting=kept.approved_on is not None,
        expected=None if under_way else expected_of(kept.case),
    )
    return render(request, "agreements/projects/form.html", context, status=status)


def changed_meanwhile(request: HttpRequest, number: str, sheet: Sheet) -> HttpResponse:
    sheet.form.add_error(None, sheets.not_yet_saved())
    return show(request, number, sheet, status=409, version=visible_project(request, number).case.version)


# --- acts -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Act:
    """A page that asks for days and papers before its transition fires."""

    transition: str
    form: type[ActForm]
    heading: Any
    help: Any
    done: Any


ACTS = {
    "bat-dau": Act(
        "start",
        BeginForm,
        gettext_lazy("Record the beginning"),
        gettext_lazy("With the decision of approval in hand. The reports that are owed are laid out from this day."),
        gettext_lazy("The beginning is recorded. Below stand the reports that are owed."),
    ),
    "ket-thuc": Act(
        "close",
        CloseForm,
        gettext_lazy("Close the project"),
        gettext_lazy("Afterwards the completion report is owed."),
        gettext_lazy("The project is closed. Below stands until when the completion report is owed."),
    ),
    "thu-hoi": Act(
        "withdraw_approval",
        WithdrawForm,
        gettext_lazy("Record that the approval was withdrawn"),
        gettext_lazy("Aid that was not begun within the term may be withdrawn by whoever approved it."),
        gettext_lazy("The withdrawal is recorded."),
    ),
}


@require_http_methods(METHODS)
def act(request: HttpRequest, number: str, act: str) -> HttpResponse:
    found, asked = visible_project(request, number), ACTS.get(act)
    if asked is None:
        raise Http404
    offered = {transition.name for transition in engine.offered(found.case, person_of(request))}
    if asked.transition not in offered:
        rule = registry.kind_of(found.case).lifecycle[asked.transition].rule
        if rule is None or not rules.has_perm(rule, person_of(request), found.case):
            raise PermissionDenied(_("You may not do this on this file."))
        messages.info(request, _("This is not possible now: the file shows where it stands."))
        return redirect(found)
    form = asked.form(
        typed(request), request.FILES or None, instance=found, actor=person_of(request), where=facts_of(request)
    )
    if request.method == "POST" and form.is_valid() and (answer := acted(request, number, asked, form)):
        return answer
    kept = visible_project(request, number)
    version = version_in(request) or kept.case.version
    context = project_page(kept, form=form, act=asked, version=version, today=timezone.localdate())
    return render(request, "agreements/projects/act.html", context)


def acted(request: HttpRequest, number: str, asked: Act, form: ActForm) -> HttpResponse | None:
    found = visible_project(request, number)
    move = partial(carry_through, request, found, asked, form)
    return doors.carried_out(request, found.case, form, move, said=asked.done, to=found)


@transaction.atomic
def carry_through(request: HttpRequest, project: ForeignFundedProject, asked: Act, form: ActForm) -> None:
    """What was typed, the paper, and the move itself: together or not at all."""
    engine.lock(project.case, expected_version=version_in(request))
    services.write_act(
        project,
        actor=person_of(request),
        rule=registry.kind_of(project.case).lifecycle[asked.transition].rule or "",
        fields=form.values,
        upload=upload_in(form, "upload", request),
        upload_kind=form.upload_kind,
    )
    engine.fire(project.case, asked.transition, actor=person_of(request), request_id=request_key(request))
