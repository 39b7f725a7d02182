"""What the frame around every page shows."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from intlcoop.web.navigation import Frame


def frame(request: HttpRequest) -> dict[str, Any]:
    return {"frame": Frame(request)}
