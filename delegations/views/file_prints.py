"""The papers of trips, changes and plans as PDF: ordered, made by the worker, fetched by whoever ordered them."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from delegations.exports.file_papers import CHANGE_PAPERS, PLAN_PAPERS, TRIP_PAPERS, paper_of
from delegations.exports.prints import FILE_PRINTS
from intlcoop.documents.handing_out import hand_out_print
from intlcoop.jobs.print_views import last_order, own_print
from intlcoop.jobs.services import enqueue
from intlcoop.people.letterhead import in_vietnamese
from intlcoop.web.file_numbers import shown
from intlcoop.workflow import doors
from intlcoop.workflow.doors import person_of
from intlcoop.workflow.models import Case

NAMES = {"outbound": TRIP_PAPERS, "trip_change": CHANGE_PAPERS, "plan": PLAN_PAPERS}


def print_address(case: Case, name: str) -> str:
    """Where the PDF of this paper is ordered; empty for what has none (a table for Excel)."""
    names: Any = NAMES.get(case.kind, ())
    return reverse("delegations:file_print", args=[case.number, name]) if name in names else ""


def last_file_print(request: HttpRequest, case: Case) -> dict[str, Any] | None:
    """The last PDF that this person ordered of this file, while it is made, failed, or lies ready."""
    return last_order(request, FILE_PRINTS.code, case=case.pk, reader=person_of(request).pk)


@require_POST
def order(request: HttpRequest, number: str, name: str) -> HttpResponse:
    case = doors.visible_case(request, number)
    with in_vietnamese():
        if paper_of(case, name) is None:
            raise Http404
    user = person_of(request)
    enqueue(FILE_PRINTS.code, {"case": case.pk, "name": name, "reader": user.pk, "version": case.version}, actor=user)
    return redirect(f"{doors.page_of(case)}#van-ban")


@never_cache
@require_safe
def pdf(request: HttpRequest, job_id: uuid.UUID) -> HttpResponseBase:
    """The file itself, for who ordered it and still reads the file."""
    job, path = own_print(request, FILE_PRINTS, job_id)
    case = Case.objects.visible_to(person_of(request)).filter(pk=job.params["case"]).first()
    if case is None:
        raise Http404
    return hand_out_print(request, path, f"{case.number}-{job.params['name']}.pdf", of=shown(case.number))
