"""The new decision on a trip as a Word file, from the data as they stand now."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from delegations.exports import change as change_decision
from delegations.views.changes import visible_change
from intlcoop.audit.choices import SecurityEventKind
from intlcoop.audit.requests import facts_of
from intlcoop.audit.services import record_security_event
from intlcoop.documents.filenames import content_disposition
from intlcoop.documents.guard import CONTENT_TYPES
from intlcoop.web.file_numbers import shown
from intlcoop.workflow.doors import person_of


@require_safe
def change_paper(request: HttpRequest, number: str) -> HttpResponse:
    """While it is under way: afterwards the trip says what the decision says, and the draft lies among the papers."""
    found = visible_change(request, number)
    if found.closed_at is not None:
        raise Http404
    name = f"{number}-quyet-dinh.docx"
    response = HttpResponse(change_decision.draft(found.case).docx, content_type=CONTENT_TYPES["docx"])
    response["Content-Disposition"] = content_disposition(name, inline=False)
    response["Cache-Control"] = "private, no-store"
    record_security_event(
        SecurityEventKind.DOWNLOAD,
        actor=person_of(request),
        where=facts_of(request),
        target=f"{shown(number)} · {name}",
    )
    return response
