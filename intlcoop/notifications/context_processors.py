"""How many notices wait for whoever looks at the page."""

from __future__ import annotations

from functools import cache

from django.http import HttpRequest

from intlcoop.notifications.models import Notice


def unread(request: HttpRequest) -> dict[str, object]:
    """`unread_notices`: a count, asked of the database once and only when a template prints it."""

    @cache
    def count() -> int:
        if not request.user.is_authenticated:
            return 0
        return Notice.objects.visible_to(request.user).unread().count()

    return {"unread_notices": count}
