"""What other rooms tell the frame, as a test wants it."""

from __future__ import annotations

FRAME: dict[str, object] = {"worker_down": False, "unread_notices": 0}


def other_rooms(request: object) -> dict[str, object]:
    return dict(FRAME)
