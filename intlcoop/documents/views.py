"""The private download: rights first, then a line in the log, then the bytes, never as part of one of our pages."""

from __future__ import annotations

import logging
import uuid
from urllib.parse import quote

from django.conf import settings
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from intlcoop.audit.choices import SecurityEventKind
from intlcoop.audit.requests import facts_of
from intlcoop.audit.services import record_security_event
from intlcoop.documents.filenames import content_disposition
from intlcoop.documents.models import StoredFile
from intlcoop.documents.registry import files_visible_to

logger = logging.getLogger(__name__)

SANDBOX = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'none'"


@require_safe
def file(request: HttpRequest, slug: str, public_id: uuid.UUID) -> HttpResponseBase:
    """Deliver one file to whoever may see its parent; to everybody else it does not exist."""
    visible = files_visible_to(slug, request.user)  # type: ignore[arg-type]
    stored = visible.filter(public_id=public_id).first() if visible is not None else None
    if stored is None:
        raise Http404
    inline = request.GET.get("xem") == "1" and stored.can_be_viewed
    response = _delivered(stored)
    response["Content-Type"] = stored.content_type
    response["Content-Disposition"] = content_disposition(stored.original_name, inline=inline)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = SANDBOX
    response["Cache-Control"] = "private, no-store"
    if request.method == "GET":
        _record(request, stored, slug, inline=inline)
    return response


def _delivered(stored: StoredFile) -> HttpResponseBase:
    """Behind nginx the name alone goes out and nginx sends the file; else Django streams it."""
    name = stored.file.name or ""
    if settings.PRIVATE_DELIVERY:
        response = HttpResponse()
        response["X-Accel-Redirect"] = f"{settings.PRIVATE_DELIVERY.rstrip('/')}/{quote(name)}"
        return response
    try:
        return FileResponse(default_storage.open(name, "rb"))
    except FileNotFoundError as error:
        logger.error("file of %s is missing in storage", stored.public_id)
        raise Http404(_("The file is no longer in storage. Tell the administrator.")) from error


def _record(request: HttpRequest, stored: StoredFile, slug: str, *, inline: bool) -> None:
    record_security_event(
        SecurityEventKind.DOWNLOAD,
        actor=request.user,  # type: ignore[arg-type]
        where=facts_of(request),
        target=stored.original_name,
        detail={"source": slug, "public_id": str(stored.public_id), "sha256": stored.sha256, "inline": inline},
    )
