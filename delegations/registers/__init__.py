"""Taking over what a ministry kept in spreadsheets: trips and visits of the past, and the lines of a plan. All rows or none."""

from delegations.registers.events import import_events
from delegations.registers.inbound import import_inbound
from delegations.registers.outbound import import_outbound
from delegations.registers.plan import import_plan

__all__ = ["import_events", "import_inbound", "import_outbound", "import_plan"]
