"""How the files of this room become known to the engine (called from AppConfig.ready)."""

from __future__ import annotations

from agreements.workflows.commitment import commitment_kind
from intlcoop.workflow import registry


def register() -> None:
    registry.register(commitment_kind())
