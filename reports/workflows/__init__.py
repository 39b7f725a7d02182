"""The lifecycles of this room's files, as tables, and how they register with the engine."""

from intlcoop.workflow import registry
from reports.workflows.unit_part import part_kind
from reports.workflows.work import LIFECYCLE, close_work, work_kind
from reports.workflows.year_end import YEAR_END, consult_units, issue_report, move, refresh_figures
from reports.workflows.year_end_kind import year_end_kind

__all__ = [
    "LIFECYCLE",
    "YEAR_END",
    "close_work",
    "consult_units",
    "issue_report",
    "move",
    "refresh_figures",
    "register",
]


def register() -> None:
    """Make the kinds known to the engine (called from AppConfig.ready)."""
    registry.register(year_end_kind())
    registry.register(part_kind())
    registry.register(work_kind())
