"""The lifecycles of this room's files, as tables, and how they register with the engine."""

from delegations.workflows.event import EVENT, move_events_with_the_calendar
from delegations.workflows.inbound import INBOUND, begin_preparing, move_visits_with_the_calendar
from delegations.workflows.kinds import register
from delegations.workflows.outbound import OUTBOUND, move_with_the_calendar, tell_report_due
from delegations.workflows.plan import PLAN
from delegations.workflows.plan_acts import begin_revision, consult_units
from delegations.workflows.plan_revision import REVISION
from delegations.workflows.stopping import stop_trip
from delegations.workflows.trip_change import TRIP_CHANGE
from delegations.workflows.trip_report import TRIP_REPORT

__all__ = [
    "EVENT",
    "INBOUND",
    "OUTBOUND",
    "PLAN",
    "REVISION",
    "TRIP_CHANGE",
    "TRIP_REPORT",
    "begin_preparing",
    "begin_revision",
    "consult_units",
    "move_events_with_the_calendar",
    "move_visits_with_the_calendar",
    "move_with_the_calendar",
    "register",
    "stop_trip",
    "tell_report_due",
]
