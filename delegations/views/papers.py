"""The papers of a trip: Word files printed from the data, and the leader's slip, which a job makes."""

from __future__ import annotations

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from delegations.exports import decision, estimate, members, opinion, submission
from delegations.exports import particulars as p
from delegations.exports import report as report_paper
from delegations.exports.prints import SLIPS
from delegations.models import OutboundDelegation, TripReport
from delegations.views.finding import visible_trip
from delegations.views.slips import may_order_slip
from intlcoop.documents.handing_out import hand_out
from intlcoop.exporting.docx import build_docx
from intlcoop.exporting.papers import Paper
from intlcoop.web.file_numbers import shown
from intlcoop.workflow import doors
from intlcoop.workflow.doors import person_of
from intlcoop.workflow.refusals import NotAllowed


def report_of(trip: OutboundDelegation) -> Paper:
    report = TripReport.objects.filter(delegation=trip).first()
    if report is None:
        raise Http404
    return report_paper.trip_report(trip, report)


PAPERS: dict[str, Callable[[OutboundDelegation], Paper]] = {
    "danh-sach": members.member_list,
    "to-trinh": submission.to_leader,
    "to-trinh-thu-tuong": submission.to_prime_minister,
    "xin-y-kien": opinion.opinion_letter,
    "quyet-dinh": decision.decision,
    "du-toan": estimate.estimate,
    "bao-cao": report_of,
}


@require_safe
def paper(request: HttpRequest, number: str, name: str) -> HttpResponse:
    """A paper of the trip as a Word file, from the data as they stand now. Whoever sees the file may print it."""
    found = visible_trip(request, number)
    if name not in PAPERS:
        raise Http404
    with p.in_vietnamese():
        content = build_docx(PAPERS[name](p.load(found.case.number)))
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
