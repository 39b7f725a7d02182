"""The lifecycles of this room's files, as tables, and how they register with the engine."""

from agreements.workflows.commitment import COMMITMENT, claim_commitment
from agreements.workflows.kinds import register

__all__ = ["COMMITMENT", "claim_commitment", "register"]
