"""The papers of a request to change a trip: submissions and the new decision as Word files, and the leader's slip."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from delegations.exports import change as change_decision
from delegations.exports import particulars as p
from delegations.exports.file_papers import CHANGE_PAPERS
from delegations.exports.prints import SLIPS
from delegations.views.changes import visible_change
from delegations.views.slips import may_order_slip
from intlcoop.documents.handing_out import hand_out
from intlcoop.exporting.docx import build_docx
from intlcoop.web.file_numbers import shown
from intlcoop.workflow import doors
from intlcoop.workflow.doors import person_of
from intlcoop.workflow.refusals import NotAllowed


@require_safe
def change_paper(request: HttpRequest, number: str) -> HttpResponse:
    """While it is under way: afterwards the trip says what the decision says, and the draft lies among the papers."""
    found = visible_change(request, number)
    if found.closed_at is not None:
        raise Http404
    content = change_decision.draft(found.case).docx
    return hand_out(request, content, f"{number}-quyet-dinh.docx", of=shown(number))


@require_safe
def submission(request: HttpRequest, number: str, name: str) -> HttpResponse:
    """The submission on a change, while it is under way. Whoever sees the file may print it."""
    found = visible_change(request, number)
    if name not in CHANGE_PAPERS or found.closed_at is not None:
        raise Http404
    with p.in_vietnamese():
        content = build_docx(CHANGE_PAPERS[name](found))
    return hand_out(request, content, f"{number}-{name}.docx", of=shown(number))


@require_http_methods(["GET", "HEAD", "POST"])
def slip(request: HttpRequest, number: str) -> HttpResponse:
    """Order the slip for the leader's folder; it is made by the worker and lies among the files then."""
    found = visible_change(request, number)
    back = f"{found.get_absolute_url()}#phieu-trinh"
    if request.method != "POST":
        return redirect(back)
    if found.closed_at is not None or not may_order_slip(found, person_of(request)):
        return doors.forbidden_page(request, found.case, NotAllowed(_("You may not do this on this file.")))
    SLIPS.order(found.case, actor=person_of(request))
    return redirect(back)
