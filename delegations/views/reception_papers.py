"""Programme and minutes as PDF: ordered, made by the worker, fetched by whoever ordered them."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from delegations.exports.prints import MINUTES, RECEPTION_PRINTS, paper_named
from delegations.views.case_finding import visible_file
from intlcoop.documents.handing_out import hand_out_print
from intlcoop.jobs.print_views import last_order, own_print
from intlcoop.jobs.services import enqueue
from intlcoop.web.file_numbers import shown
from intlcoop.workflow.doors import person_of
from intlcoop.workflow.models import Case


def last_print(request: HttpRequest, case: Case, name: str) -> dict[str, Any] | None:
    """The last PDF that this person ordered of it, while it is made, failed, or lies ready."""
    return last_order(request, RECEPTION_PRINTS.code, case=case.pk, name=name, reader=person_of(request).pk)


@require_POST
def order(request: HttpRequest, number: str, name: str) -> HttpResponse:
    case = visible_file(request, number)
    if paper_named(case, name) is None:
        raise Http404
    user = person_of(request)
    enqueue(RECEPTION_PRINTS.code, {"case": case.pk, "name": name, "reader": user.pk}, actor=user)
    return redirect(f"{page_of(case, name)}#ban-pdf")


def page_of(case: Case, name: str) -> str:
    if name.startswith(MINUTES):
        return reverse("delegations:record", args=[case.number, int(name.rpartition("-")[2])])
    return reverse("delegations:programme", args=[case.number])


@never_cache
@require_safe
def pdf(request: HttpRequest, job_id: uuid.UUID) -> HttpResponseBase:
    """The file itself, for who ordered it and still reads the file."""
    job, path = own_print(request, RECEPTION_PRINTS, job_id)
    case = Case.objects.visible_to(person_of(request)).filter(pk=job.params["case"]).first()
    if case is None:
        raise Http404
    return hand_out_print(request, path, f"{case.number}-{job.params['name']}.pdf", of=shown(case.number))
