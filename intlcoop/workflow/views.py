"""Doors to a file whatever its kind: moving it on, remarks, its history, its draft and signed scan.

A GET here never changes anything; what changes a file is a POST that carries the version that the page showed.
"""

from __future__ import annotations

import uuid
from functools import partial

import rules
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from intlcoop.audit.choices import SecurityEventKind
from intlcoop.audit.requests import facts_of
from intlcoop.audit.services import record_security_event
from intlcoop.documents.filenames import content_disposition
from intlcoop.documents.guard import CONTENT_TYPES
from intlcoop.people.principals import principal_of
from intlcoop.web.display import Crumb
from intlcoop.web.file_numbers import shown
from intlcoop.web.retained import typed
from intlcoop.workflow import doors, engine, papers, recording, registry, services
from intlcoop.workflow.doors import person_of, request_key, version_in
from intlcoop.workflow.forms import CommentForm, DecideForm, ScanForm
from intlcoop.workflow.models import Case, CasePaper, StatusChange
from intlcoop.workflow.refusals import Refused
from intlcoop.workflow.timeline import timeline_of


@require_safe
def file(request: HttpRequest, number: str) -> HttpResponse:
    """From a number to the page of the file, whatever its kind."""
    return doors.to_page(doors.visible_case(request, number))


@require_http_methods(["GET", "HEAD", "POST"])
def fire(request: HttpRequest, number: str, transition: str) -> HttpResponse:
    """Fire a transition of the lifecycle. Reached by GET (after a new login, from the history) it only shows the file."""
    case = doors.visible_case(request, number)
    lifecycle = registry.kind_of(case).lifecycle
    row = next((each for each in lifecycle.transitions if each.name == transition), None)
    if row is None:
        raise Http404
    if request.method != "POST":
        return doors.to_page(case)
    if row.page is not None and row.rule and rules.has_perm(row.rule, person_of(request), case):
        return redirect(row.page(case))
    try:
        if answer := doors.carry_out(request, case, partial(fired, request, case, transition)):
            return answer
    except Refused as refusal:
        doors.say_reasons(request, case, refusal.reasons)
    else:
        state = lifecycle.state_label(Case.objects.get(pk=case.pk).state)
        messages.success(request, _("%(act)s: done. The file is now “%(state)s”.") % {"act": row.label, "state": state})
    return doors.to_page(case)


def fired(request: HttpRequest, case: Case, transition: str) -> StatusChange:
    """Raises what the engine raises, and Refused for a comment that cannot be kept."""
    form = DecideForm(request.POST)
    if not form.is_valid():
        raise Refused([str(error) for errors in form.errors.values() for error in errors])
    return engine.fire(
        case,
        transition,
        actor=person_of(request),
        comment=form.cleaned_data["comment"],
        request_id=request_key(request),
        expected_version=version_in(request),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def comment(request: HttpRequest, number: str) -> HttpResponse:
    """A remark. Its form stands on the file's page; by itself the page shows what was typed with its error."""
    case = doors.visible_case(request, number)
    if request.method != "POST" and not rules.has_perm("workflow.comment_case", request.user, case):
        raise PermissionDenied(_("You may not do this on this file."))
    form = CommentForm(typed(request))
    if request.method == "POST" and form.is_valid():
        act = partial(
            services.add_comment,
            case,
            form.cleaned_data["text"],
            actor=person_of(request),
            request_id=request_key(request),
        )
        if answer := doors.carry_out(request, case, act):
            return answer
        return redirect(f"{doors.page_of(case)}#y-kien")
    return render(request, "workflow/comment.html", case_page(case, form=form))


@require_safe
def history(request: HttpRequest, number: str) -> HttpResponse:
    """ "Ai, khi nào, thay đổi gì"."""
    case = doors.visible_case(request, number)
    return render(request, "workflow/history.html", case_page(case, entries=timeline_of(case)))


@require_safe
def draft(request: HttpRequest, number: str, public_id: uuid.UUID) -> HttpResponseBase:
    """The draft of a paper in Word form, for whoever may see the file."""
    case = doors.visible_case(request, number)
    paper = CasePaper.objects.filter(case=case, public_id=public_id).exclude(draft="").first()
    stored = paper.draft.name if paper else None
    if not stored or not default_storage.exists(stored):
        raise Http404
    name = f"{case.number}-du-thao-quyet-dinh.docx"
    response = FileResponse(default_storage.open(stored, "rb"), content_type=CONTENT_TYPES["docx"])
    response["Content-Disposition"] = content_disposition(name, inline=False)
    response["Cache-Control"] = "private, no-store"
    record_security_event(
        SecurityEventKind.DOWNLOAD,
        actor=person_of(request),
        where=facts_of(request),
        target=f"{shown(case.number)} · {name}",
    )
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def scan(request: HttpRequest, number: str) -> HttpResponse:
    """The signed scan of a decision that was issued without one: the clerk's."""
    case = doors.visible_case(request, number)
    paper = papers.current_paper(case)
    if paper is None or paper.number is None or paper.file:
        return doors.to_page(case)
    if not principal_of(request.user).is_clerk:
        raise PermissionDenied(_("You may not do this on this file."))
    form = ScanForm(request.POST or None, request.FILES or None, actor=person_of(request), where=facts_of(request))
    if form.is_valid() and (answer := keep_scan(request, case, form)):
        return answer
    return render(request, "workflow/scan.html", case_page(case, form=form, paper=paper))


def keep_scan(request: HttpRequest, case: Case, form: ScanForm) -> HttpResponse | None:
    upload = doors.upload_in(form, "scan", request)
    assert upload is not None
    try:
        answer = doors.carry_out(
            request, case, partial(recording.add_signed_scan, case, upload, actor=person_of(request))
        )
    except Refused as refusal:
        for reason in refusal.reasons:
            form.add_error("scan", reason)
        return None
    messages.success(request, _("The signed scan is kept with the file."))
    return answer or doors.to_page(case)


def case_page(case: Case, **more: object) -> dict[str, object]:
    """What every page about a case needs for its frame: number, kind and the way back."""
    return {
        "case": case,
        "kind_label": registry.kind_of(case).label,
        "file_url": doors.page_of(case),
        "crumbs": [Crumb(shown(case.number), doors.page_of(case))],
        **more,
    }
