"""Handing out a file that was made just now: under its name, kept by no cache, with a line in the log."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse

from intlcoop.audit.choices import SecurityEventKind
from intlcoop.audit.requests import facts_of
from intlcoop.audit.services import record_security_event
from intlcoop.documents.filenames import content_disposition
from intlcoop.documents.guard import CONTENT_TYPES


def hand_out(request: HttpRequest, content: bytes, file_name: str, *, of: Any) -> HttpResponse:
    """`of` says in the log to what it belongs."""
    response = HttpResponse(content, content_type=CONTENT_TYPES[file_name.rpartition(".")[2]])
    response["Content-Disposition"] = content_disposition(file_name)
    response["Cache-Control"] = "private, no-store"
    record_security_event(
        SecurityEventKind.DOWNLOAD,
        actor=request.user,  # type: ignore[arg-type]  # the login middleware has seen to it that there is somebody
        where=facts_of(request),
        target=f"{of} · {file_name}",
    )
    return response
