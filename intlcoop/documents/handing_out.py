"""Handing out a file that was made for the reader: under its name, kept by no cache, with a line in the log."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase

from intlcoop.audit.choices import SecurityEventKind
from intlcoop.audit.requests import facts_of
from intlcoop.audit.services import record_security_event
from intlcoop.documents.filenames import content_disposition
from intlcoop.documents.guard import CONTENT_TYPES


def hand_out(request: HttpRequest, content: bytes, file_name: str, *, of: Any) -> HttpResponse:
    """`of` says in the log to what it belongs."""
    response = HttpResponse(content, content_type=CONTENT_TYPES[file_name.rpartition(".")[2]])
    _leave(request, response, content_disposition(file_name), f"{of} · {file_name}")
    return response


def hand_out_print(request: HttpRequest, path: Path, file_name: str, *, of: Any) -> FileResponse:
    """A PDF that the worker made; the browser shows it."""
    response = FileResponse(path.open("rb"), content_type=CONTENT_TYPES["pdf"])
    _leave(request, response, content_disposition(file_name, inline=True), f"{of} · {file_name}")
    return response


def _leave(request: HttpRequest, response: HttpResponseBase, disposition: str, target: str) -> None:
    response["Content-Disposition"] = disposition
    response["Cache-Control"] = "private, no-store"
    record_security_event(
        SecurityEventKind.DOWNLOAD,
        actor=request.user,  # type: ignore[arg-type]  # the login middleware has seen to it that there is somebody
        where=facts_of(request),
        target=target,
    )
