"""The lifecycles of this room's files, as tables, and how they register with the engine."""

from intlcoop.workflow import registry
from reports.workflows import year_end
from reports.workflows.work import LIFECYCLE, close_work, work_kind
from reports.workflows.year_end import YEAR_END, move, summary

__all__ = ["LIFECYCLE", "YEAR_END", "close_work", "move", "register", "summary"]


def register() -> None:
    """Make the kinds known to the engine (called from AppConfig.ready)."""
    year_end.register()
    registry.register(work_kind())
