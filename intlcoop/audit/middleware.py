"""Who, where and what, for the row history: each unsafe request gives its triggers a context."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable
from typing import Any

import pghistory
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from pghistory.middleware import HistoryMiddleware as PgHistoryMiddleware

from intlcoop.audit.choices import SecurityEventKind
from intlcoop.audit.requests import facts_of
from intlcoop.audit.services import record_security_event

REQUEST_ID = re.compile(r"[A-Za-z0-9-]{8,64}\Z")


class HistoryMiddleware(PgHistoryMiddleware):
    """The context of every row that a request changes: `user`, `url`, `request`, `action`.

    `user` is the id of who asked (pghistory follows a login inside the request), `url` the path, `request` an id that
    the proxy may give (X-Request-ID), `action` the name of the view ("delegations:submit"). Only the methods of
    PGHISTORY_MIDDLEWARE_METHODS get one: a page that is only read costs nothing.
    """

    def __call__(self, request: HttpRequest) -> HttpResponse:
        given = request.headers.get("X-Request-ID", "")
        request.request_id = given if REQUEST_ID.match(given) else uuid.uuid4().hex  # type: ignore[attr-defined]
        return super().__call__(request)

    def get_context(self, request: HttpRequest) -> dict[str, Any]:
        return super().get_context(request) | {"request": request.request_id}  # type: ignore[attr-defined]

    def process_view(self, request: HttpRequest, view: Callable, args: tuple, kwargs: dict) -> None:
        """The address is resolved only now. Outside of a context this call changes nothing."""
        if request.resolver_match:
            pghistory.context(action=request.resolver_match.view_name)

    def process_exception(self, request: HttpRequest, exception: Exception) -> None:
        """Who was shown "403" where; the page itself is made by the handler, as if this were not here."""
        if isinstance(exception, PermissionDenied):
            actor = request.user if request.user.is_authenticated else None
            record_security_event(
                SecurityEventKind.PERMISSION_DENIED,
                actor=actor,
                where=facts_of(request),
                target=str(exception),
                detail={"method": request.method or ""},
            )
