"""Programme and minutes as PDF: ordered, made by the worker, fetched by whoever ordered them."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from delegations.exports.reception_job import MINUTES, PRINT, paper_named, print_path
from delegations.views.case_finding import visible_file
from intlcoop.audit.choices import SecurityEventKind
from intlcoop.audit.requests import facts_of
from intlcoop.audit.services import record_security_event
from intlcoop.documents.filenames import content_disposition
from intlcoop.documents.guard import CONTENT_TYPES
from intlcoop.jobs.models import Job
from intlcoop.jobs.services import enqueue
from intlcoop.jobs.views import job_context
from intlcoop.web.file_numbers import shown
from intlcoop.workflow.doors import person_of
from intlcoop.workflow.models import Case


def last_print(request: HttpRequest, case: Case, name: str) -> dict[str, Any] | None:
    """The last PDF that this person ordered of it, while it is made, failed, or lies ready."""
    of = {"case": case.pk, "name": name, "reader": person_of(request).pk}
    job = Job.objects.filter(kind=PRINT, params__contains=of).order_by("-created_at").first()
    return job_context(request, job) if job is not None else None  # type: ignore[arg-type]


@require_POST
def order(request: HttpRequest, number: str, name: str) -> HttpResponse:
    case = visible_file(request, number)
    if paper_named(case, name) is None:
        raise Http404
    user = person_of(request)
    enqueue(PRINT, {"case": case.pk, "name": name, "reader": user.pk}, actor=user)
    return redirect(f"{page_of(case, name)}#ban-pdf")


def page_of(case: Case, name: str) -> str:
    if name.startswith(MINUTES):
        return reverse("delegations:record", args=[case.number, int(name.rpartition("-")[2])])
    return reverse("delegations:programme", args=[case.number])


@never_cache
@require_safe
def pdf(request: HttpRequest, job_id: uuid.UUID) -> HttpResponseBase:
    """The file itself, for who ordered it and still reads the file."""
    user = person_of(request)
    job = Job.objects.filter(pk=job_id, kind=PRINT, params__reader=user.pk).first()
    path = print_path(job) if job is not None else None
    case = Case.objects.visible_to(user).filter(pk=job.params["case"]).first() if job is not None else None
    if job is None or path is None or case is None:
        raise Http404
    file_name = f"{case.number}-{job.params['name']}.pdf"
    response = FileResponse(path.open("rb"), content_type=CONTENT_TYPES["pdf"])
    response["Content-Disposition"] = content_disposition(file_name, inline=True)
    response["Cache-Control"] = "private, no-store"
    record_security_event(
        SecurityEventKind.DOWNLOAD, actor=user, where=facts_of(request), target=f"{shown(case.number)} · {file_name}"
    )
    return response
