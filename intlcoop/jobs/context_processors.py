"""Whether every page must say "bộ xử lý không chạy"."""

from __future__ import annotations

from functools import cache

from django.http import HttpRequest

from intlcoop.jobs.health import worker_seems_alive


def worker(request: HttpRequest) -> dict[str, object]:
    """`worker_down`: true when nothing proves that the worker is alive. Asked only when a template prints it, and never
    for somebody who has not logged in."""

    @cache
    def is_down() -> bool:
        return request.user.is_authenticated and not worker_seems_alive()

    return {"worker_down": is_down}
