"""The lifecycles of this room's files, as tables, and how they register with the engine."""

from agreements.workflows.agreement import AGREEMENT
from agreements.workflows.calendar import move_with_the_calendar
from agreements.workflows.commitment import COMMITMENT, claim_commitment
from agreements.workflows.kinds import register

__all__ = ["AGREEMENT", "COMMITMENT", "claim_commitment", "move_with_the_calendar", "register"]
