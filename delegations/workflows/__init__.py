"""The lifecycles of this room's files, as tables, and how they register with the engine."""

from delegations.workflows.kinds import register
from delegations.workflows.outbound import OUTBOUND, move_with_the_calendar, tell_report_due
from delegations.workflows.plan import PLAN
from delegations.workflows.plan_acts import begin_revision, consult_units
from delegations.workflows.plan_revision import REVISION
from delegations.workflows.trip_report import TRIP_REPORT

__all__ = [
    "OUTBOUND",
    "PLAN",
    "REVISION",
    "TRIP_REPORT",
    "begin_revision",
    "consult_units",
    "move_with_the_calendar",
    "register",
    "tell_report_due",
]
