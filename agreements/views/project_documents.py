"""Documents of a project after its approval: handed in and taken out without an adjustment."""

from __future__ import annotations

from functools import partial

import rules
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from agreements.forms.project_acts import DocumentForm
from agreements.models import ForeignFundedProject
from agreements.queries.project_documents import added_since_approval
from agreements.services import project_documents as services
from agreements.views.projects import METHODS, project_page, visible_project
from intlcoop.audit.requests import facts_of
from intlcoop.web.retained import typed
from intlcoop.workflow import doors
from intlcoop.workflow.doors import person_of, upload_in
from intlcoop.workflow.papers_shown import kind_label
from intlcoop.workflow.refusals import Refused


def kept_project(request: HttpRequest, number: str) -> ForeignFundedProject:
    """The project, for whoever looks after it."""
    found = visible_project(request, number)
    if not rules.has_perm("agreements.keep_project", person_of(request), found.case):
        raise PermissionDenied(_("You may not do this on this file."))
    return found


@require_http_methods(METHODS)
def documents(request: HttpRequest, number: str) -> HttpResponse:
    found = kept_project(request, number)
    form = DocumentForm(typed(request), request.FILES or None, actor=person_of(request), where=facts_of(request))
    if request.method == "POST" and form.is_valid() and (answer := kept(request, found, form)):
        return answer
    rows = added_since_approval(found).select_related("uploaded_by").order_by("uploaded_at", "pk")
    lines = [(row, kind_label(found.case, row.kind)) for row in rows]
    context = project_page(found, form=form, lines=lines)
    return render(request, "agreements/projects/documents.html", context)


def kept(request: HttpRequest, project: ForeignFundedProject, form: DocumentForm) -> HttpResponse | None:
    upload = upload_in(form, "upload", request)
    assert upload is not None
    act = partial(services.add_document, project, upload, form.cleaned_data["kind"], actor=person_of(request))
    try:
        if answer := doors.carry_out(request, project.case, act):
            return answer
    except Refused as refusal:
        form.add_error("upload", refusal.reasons)
        return None
    messages.success(request, _("The document is kept with the project."))
    return redirect("agreements:project_documents", project.case.number)


@require_POST
def document_remove(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    found = kept_project(request, number)
    row = found.case.attachments.current().filter(pk=pk).first() if pk <= doors.LARGEST_ID else None
    if row is None:
        raise Http404
    act = partial(services.take_out_document, found, row, actor=person_of(request))
    try:
        if answer := doors.carry_out(request, found.case, act):
            return answer
    except Refused as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("“%(name)s” is taken out of the file.") % {"name": row.original_name})
    return redirect(reverse("agreements:project_documents", args=[number]))
