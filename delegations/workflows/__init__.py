"""The lifecycles of this room's files, as tables, and how they register with the engine."""

from delegations.workflows.kinds import register
from delegations.workflows.outbound import OUTBOUND, move_with_the_calendar, tell_report_due
from delegations.workflows.trip_report import TRIP_REPORT

__all__ = ["OUTBOUND", "TRIP_REPORT", "move_with_the_calendar", "register", "tell_report_due"]
