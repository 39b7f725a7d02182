"""The papers of a trip: Word files printed from the data, and the leader's slip, which a job makes."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from delegations.exports import particulars as p
from delegations.exports.file_papers import paper_of
from delegations.exports.prints import SLIPS
from delegations.views.finding import visible_trip
from delegations.views.slips import may_order_slip
from intlcoop.documents.handing_out import hand_out
from intlcoop.exporting.docx import build_docx
from intlcoop.web.file_numbers import shown
from intlcoop.workflow import doors
from intlcoop.workflow.doors import person_of
from intlcoop.workflow.refusals import NotAllowed


@require_safe
def paper(request: HttpRequest, number: str, name: str) -> HttpResponse:
    """A paper of the trip as a Word file, from the data as they stand now. Whoever sees the file may print it."""
    found = visible_trip(request, number)
    with p.in_vietnamese():
        made = paper_of(found.case, name)
        if made is None:
            raise Http404
        content = build_docx(made)
    return hand_out(request, content, f"{found.case.number}-{name}.docx", of=shown(found.case.number))


@require_http_methods(["GET", "HEAD", "POST"])
def slip(request: HttpRequest, number: str) -> HttpResponse:
    """Order the slip for the leader's folder; it is made by the worker and lies among the files then."""
    found = visible_trip(request, number)
    if request.method != "POST":
        return redirect(f"{found.get_absolute_url()}#phieu-trinh")
    if not may_order_slip(found, person_of(request)):
        return doors.forbidden_page(request, found.case, NotAllowed(_("You may not do this on this file.")))
    SLIPS.order(found.case, actor=person_of(request))
    return redirect(f"{found.get_absolute_url()}#phieu-trinh")
