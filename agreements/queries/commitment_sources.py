"""What can a commitment be born in? Rooms above register how their files fill the form of a new one.

A trip report gives one commitment per meeting row: the address `/cam-ket/them/?tu=BCDR-2026-0003&dong=12` opens the form
with partner, text and source filled in.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from intlcoop.workflow.models import Case

#: (case, key of the row) -> initial values of the form by field name; {} when the row is not there.
Prefill = Callable[[Case, str], dict[str, Any]]

_sources: dict[str, Prefill] = {}


def register_source(kind: str, prefill: Prefill) -> None:
    """Called from AppConfig.ready() of the room that owns this kind of file."""
    _sources[kind] = prefill


def prefill_from(case: Case, key: str) -> dict[str, Any]:
    prefill = _sources.get(case.kind)
    return prefill(case, key) if prefill else {}
