"""What is the ministry called? Every page says so, so the answer is kept for a minute in each process."""

from __future__ import annotations

import time

from django.utils.translation import get_language

from intlcoop.people.models import OrgUnit

KEPT_SECONDS = 60.0

_kept: dict[str, tuple[float, str]] = {}


def ministry_name() -> str:
    """The name of the root unit in the language of the page; "" while there is none."""
    language = get_language() or "vi"
    kept_until, name = _kept.get(language, (0.0, ""))
    if time.monotonic() >= kept_until:
        root = OrgUnit.objects.roots().first()
        name = root.name if root else ""
        _kept[language] = (time.monotonic() + KEPT_SECONDS, name)
    return name


def forget() -> None:
    """After a unit changed; other processes learn of it within KEPT_SECONDS."""
    _kept.clear()
