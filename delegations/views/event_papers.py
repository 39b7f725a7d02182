"""The papers of an event: Word files from the data as they stand now, and PDF prints that the worker makes."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from delegations.event_choices import EventState
from delegations.exports import event as papers
from delegations.exports.prints import EVENT_PAPERS, EVENT_PRINTS
from delegations.models import InternationalEvent
from delegations.views.event_finding import visible_event
from intlcoop.documents.handing_out import hand_out
from intlcoop.exporting.docx import build_docx
from intlcoop.jobs.print_views import last_order
from intlcoop.people.letterhead import in_vietnamese
from intlcoop.web.file_numbers import shown
from intlcoop.workflow.doors import person_of


@require_safe
def paper(request: HttpRequest, number: str, name: str) -> HttpResponse:
    found = visible_event(request, number)
    if name not in EVENT_PAPERS or not found.is_hosted:
        raise Http404
    with in_vietnamese():
        content = build_docx(EVENT_PAPERS[name](papers.load(found.case.number)))
    return hand_out(request, content, f"{found.case.number}-{name}.docx", of=shown(found.case.number))


@require_POST
def order_pdf(request: HttpRequest, number: str, name: str) -> HttpResponse:
    """Whoever sees the file may print it; the print lies among the files of the case."""
    found = visible_event(request, number)
    if name not in EVENT_PAPERS or not found.is_hosted:
        raise Http404
    EVENT_PRINTS.order(found.case, name, actor=person_of(request))
    return redirect(f"{found.get_absolute_url()}#van-ban")


def papers_for(event: InternationalEvent) -> list[dict[str, Any]]:
    """Those that make sense now: the scheme and the letter before, the invitation from the permission on, the report after."""
    if not event.is_hosted:
        return []
    state = event.case.state
    names: list[tuple[str, Any]] = [("de-an", _("Scheme (Mẫu 01)")), ("xin-phep", _("Letter asking for permission"))]
    if state not in EventState.AHEAD or state == EventState.PERMITTED:
        names.append(("giay-moi", _("Invitation")))
    if state in EventState.COUNTED:
        names.append(("bao-cao", _("Report on the result (Mẫu 02)")))
    number = event.case.number
    return [
        {
            "label": label,
            "url": reverse("delegations:event_paper", args=[number, name]),
            "pdf": reverse("delegations:event_paper_pdf", args=[number, name]),
        }
        for name, label in names
    ]


def print_under_way(request: HttpRequest, event: InternationalEvent) -> dict[str, Any] | None:
    """The last order of a print, while it is under way or has failed."""
    return last_order(request, EVENT_PRINTS.code, case=event.case.pk)
