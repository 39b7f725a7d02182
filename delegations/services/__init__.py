"""Writes of this room, by what they write on."""

from delegations.services.members import leave_out_members
from delegations.services.reports import save_report
from delegations.services.trips import (
    attach,
    copy_trip,
    create_trip,
    mark_highlight,
    own_unit,
    update_trip,
    withdraw_attachment,
)

__all__ = [
    "attach",
    "copy_trip",
    "create_trip",
    "leave_out_members",
    "mark_highlight",
    "own_unit",
    "save_report",
    "update_trip",
    "withdraw_attachment",
]
