"""Filing a visit and writing its file: the short form for guests who live here, the full one for delegations from abroad."""

from __future__ import annotations

from functools import partial
from typing import Any

import rules
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from agreements.views.proposing import to_proposal
from delegations import services
from delegations.forms.visit import FullVisitForm, ShortVisitForm
from delegations.forms.visit_new import NewVisitForm
from delegations.models import InboundDelegation
from delegations.views.visit_drafts import body_chosen, keep_draft, with_body
from delegations.views.visit_finding import visible_visit, visit_page
from delegations.views.visit_lines import line_asked_for
from delegations.visit_choices import InboundState, VisitForm
from intlcoop.audit.requests import facts_of
from intlcoop.web.display import Crumb
from intlcoop.web.retained import typed
from intlcoop.web.row_forms import NoRows
from intlcoop.workflow import doors, engine, sheets
from intlcoop.workflow.doors import person_of, request_key, upload_in, version_in
from intlcoop.workflow.pages import cautions_of
from intlcoop.workflow.refusals import Conflict, NotAllowed, Refused
from intlcoop.workflow.route_preview import expected_of
from intlcoop.workflow.sheets import Sheet

METHODS = ["GET", "HEAD", "POST"]
CONFLICT = 409
READY = (InboundState.REQUESTED, InboundState.RETURNED)


def filing_unit(request: HttpRequest) -> Any:
    """The unit for which this person files visits."""
    user = person_of(request)
    unit = services.own_unit(user)
    if unit is None or not rules.has_perm("delegations.add_visit", user):
        raise PermissionDenied(_("You may not file visits."))
    return unit


def crumbs() -> list[Crumb]:
    return [Crumb(_("Inbound delegations"), reverse("delegations:visits"))]


@require_http_methods(METHODS)
def new(request: HttpRequest) -> HttpResponse:
    """A delegation from abroad: a title opens the file."""
    unit, line = filing_unit(request), line_asked_for(request)
    form = NewVisitForm(typed(request), initial={"title": line.title} if line else None)
    if request.method == "POST" and form.is_valid():
        fields = services.fields_of_visit_line(line) if line else {}
        try:
            made = services.create_visit(form.cleaned_data["title"], unit, actor=person_of(request), fields=fields)
        except Refused as refusal:
            form.add_error(None, refusal.reasons)
        else:
            messages.success(request, _("The file is opened. Its number will not change."))
            return redirect("delegations:visit_edit", made.case.number)
    return render(request, "delegations/visit_new.html", {"form": form, "unit": unit, "line": line, "crumbs": crumbs()})


@require_http_methods(METHODS)
def new_short(request: HttpRequest) -> HttpResponse:
    """A guest who lives here: the whole file on one page, kept or sent on its way with one press."""
    unit = filing_unit(request)
    first = {"arrives_on": timezone.localdate(), "meeting_place": last_place(unit)}
    if "propose" in request.POST:
        return to_proposal(request)
    data = with_body(request, typed(request))
    form = body_chosen(request, ShortVisitForm(data, instance=InboundDelegation(form=VisitForm.SHORT), initial=first))
    if request.method == "POST" and form.is_valid():
        try:
            made = filed(request, unit, form)
        except Refused as refusal:
            form.add_error(None, refusal.reasons)
        else:
            sent = "submit" in request.POST
            said = _("The file is submitted.") if sent else _("The file is kept. Look it over, then submit it.")
            messages.success(request, said)
            return redirect(made)
    return render(request, "delegations/visit_short.html", {"form": form, "unit": unit, "crumbs": crumbs()})


@transaction.atomic
def filed(request: HttpRequest, unit: Any, form: ShortVisitForm) -> InboundDelegation:
    """The file, submitted where that was asked for: both or neither."""
    actor = person_of(request)
    made = services.create_visit(
        form.title_or_made, unit, actor=actor, form=VisitForm.SHORT, fields=form.values, head=form.head
    )
    if "submit" in request.POST:
        engine.fire(made.case, "submit", actor=actor, request_id=request_key(request))
    return made


def last_place(unit: Any) -> str:
    """Where this unit received its last guest: most are received in the same room."""
    rows = InboundDelegation.objects.filter(case__unit=unit).exclude(meeting_place="").order_by("-pk")
    return rows.values_list("meeting_place", flat=True).first() or ""


@require_http_methods(METHODS)
def edit(request: HttpRequest, number: str) -> HttpResponse:
    visit = visible_visit(request, number)
    if not rules.has_perm("delegations.edit_visit", person_of(request), visit):
        return doors.refused_page(request, visit.case, _("This file can no longer be changed here."))
    if "propose" in request.POST:
        return to_proposal(request)
    form = body_chosen(request, form_of(request, visit, with_body(request, typed(request))))
    if request.method == "POST" and form.is_valid():
        return saved(request, visit, form)
    return show(request, visit, form)


def form_of(request: HttpRequest, visit: InboundDelegation, data: Any) -> Any:
    if visit.is_short:
        return ShortVisitForm(data, instance=visit)
    where, actor = facts_of(request), person_of(request)
    return FullVisitForm(data, request.FILES or None, instance=visit, actor=actor, where=where)


@require_POST
def autosave(request: HttpRequest, number: str) -> JsonResponse:
    """A draft keeps itself while it is written; a file under way is changed only on purpose."""
    visit = visible_visit(request, number)
    may = rules.has_perm("delegations.edit_visit", person_of(request), visit)
    if not may or visit.case.state not in READY:
        return sheets.too_late()
    form = form_of(request, visit, request.POST)
    return sheets.autosaved(request, Sheet(form, NoRows()), partial(keep_draft, request, number, form))


def saved(request: HttpRequest, visit: InboundDelegation, form: Any) -> HttpResponse:
    """Write it all, or say why not with everything still in its field."""
    kept = visible_visit(request, visit.case.number)
    before = kept.case.state
    try:
        write(request, kept, form)
    except Conflict:
        form.add_error(
            None,
            _(
                "Somebody else changed this file in the meantime. Nothing of yours is saved yet; save again to put it in place."
            ),
        )
        return show(
            request, visit, form, status=CONFLICT, version=visible_visit(request, visit.case.number).case.version
        )
    except NotAllowed as refusal:
        return doors.forbidden_page(request, kept.case, refusal)
    except Refused as refusal:
        for reason in refusal.reasons:
            form.add_error(None, reason)
        return show(request, visit, form)
    if kept.case.state != before:
        messages.warning(
            request,
            _("The file is saved. The change goes beyond what was agreed to, so the file is in approval again."),
        )
    else:
        messages.success(request, _("The file is saved."))
    return redirect(kept)


@transaction.atomic
def write(request: HttpRequest, visit: InboundDelegation, form: Any) -> None:
    """Fields, head guest and files in one transaction."""
    actor = person_of(request)
    title = form.title_or_made if visit.is_short else form.cleaned_data["title"]
    services.update_visit(
        visit, actor=actor, title=title, fields=form.values, head=form.head, expected_version=version_in(request)
    )
    if visit.is_short:
        return
    for attachment in form.cleaned_data["withdraw"]:
        services.withdraw_from_visit(visit, attachment, actor=actor)
    if upload := upload_in(form, "upload", request):
        kind, declared = form.cleaned_data["upload_kind"], upload.no_secret_declared
        services.attach_to_visit(visit, upload.file, kind, actor=actor, no_secret_declared=declared)  # type: ignore[arg-type]


def show(
    request: HttpRequest, visit: InboundDelegation, form: Any, *, status: int = 200, version: int | None = None
) -> HttpResponse:
    ready = visit.case.state in READY
    context = visit_page(
        visit,
        form=form,
        saves_itself=ready and status != CONFLICT,
        version=version or version_in(request) or visit.case.version,
        under_way=not ready,
        cautions=cautions_of(visit.case, person_of(request)),
        expected=expected_of(visit.case) if ready else None,
    )
    return render(request, "delegations/visit_form.html", context, status=status)
