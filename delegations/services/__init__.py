"""Writes of this room, by what they write on."""

from delegations.services.changes import (
    apply_version,
    close_change,
    create_online_event,
    open_change,
    reason_of,
    settle_trip,
    update_change,
)
from delegations.services.dealings import forget_dealings, note_event, note_meetings, note_trip, note_visit
from delegations.services.estimates import ask_for_the_estimate, copy_estimate, follow_the_file, save_estimate
from delegations.services.events import agree_principle, create_event, note_session_held, release_session, update_event
from delegations.services.from_invitation import create_trip_from_invitation
from delegations.services.from_line import create_trip_from_line, fields_of_line, members_of_line
from delegations.services.looks import as_if
from delegations.services.members import leave_out_members
from delegations.services.norms import save_country_group, save_norm_table, save_rate, set_norm, withdraw_norm
from delegations.services.plan_import import import_plan_lines
from delegations.services.preparation import add_task, change_task, end_task, save_preparation, tick
from delegations.services.reports import save_report
from delegations.services.settlements import close_settlement, reopen_settlement, save_settlement
from delegations.services.trips import copy_trip, create_trip, mark_highlight, update_trip
from delegations.services.visits import (
    add_guests,
    attach_to_visit,
    copy_visit,
    create_visit,
    fields_of_visit_line,
    remove_guest,
    save_guest,
    update_visit,
    withdraw_from_visit,
    write_result,
)
from intlcoop.people.principals import own_unit
from intlcoop.workflow.attaching import attach, withdraw_attachment

__all__ = [
    "add_guests",
    "add_task",
    "agree_principle",
    "apply_version",
    "as_if",
    "ask_for_the_estimate",
    "attach",
    "attach_to_visit",
    "change_task",
    "close_change",
    "close_settlement",
    "copy_estimate",
    "copy_trip",
    "copy_visit",
    "create_event",
    "create_online_event",
    "create_trip",
    "create_trip_from_invitation",
    "create_trip_from_line",
    "create_visit",
    "end_task",
    "fields_of_line",
    "fields_of_visit_line",
    "follow_the_file",
    "forget_dealings",
    "import_plan_lines",
    "leave_out_members",
    "mark_highlight",
    "members_of_line",
    "note_event",
    "note_meetings",
    "note_session_held",
    "note_trip",
    "note_visit",
    "open_change",
    "own_unit",
    "reason_of",
    "release_session",
    "remove_guest",
    "reopen_settlement",
    "save_country_group",
    "save_estimate",
    "save_guest",
    "save_norm_table",
    "save_preparation",
    "save_rate",
    "save_report",
    "save_settlement",
    "set_norm",
    "settle_trip",
    "tick",
    "update_change",
    "update_event",
    "update_trip",
    "update_visit",
    "withdraw_attachment",
    "withdraw_from_visit",
    "withdraw_norm",
    "write_result",
]
