"""What leaves the portal as a file leaves a line in the log."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse

from intlcoop.audit.choices import SecurityEventKind
from intlcoop.audit.requests import facts_of
from intlcoop.audit.services import record_security_event
from intlcoop.web.lists import ListPage


def record_export(request: HttpRequest, title: Any, extension: str = "xlsx") -> None:
    record_security_event(
        SecurityEventKind.EXPORT,
        actor=request.user,  # type: ignore[arg-type]  # the login middleware has seen to it that there is somebody
        where=facts_of(request),
        target=f"{title} ({extension})",
    )


class LoggedListPage(ListPage):
    """A list of files with what is not for everybody."""

    def export(self, extension: str) -> HttpResponse:
        record_export(self.request, self.title, extension)
        return super().export(extension)
