"""What people type about trips and their reports."""

from delegations.forms.changes import ChangeForm, StopForm
from delegations.forms.event import AuthorityForm, EventForm, NewEventForm
from delegations.forms.prefill import chosen_line, filled_from
from delegations.forms.report import MeetingForm, ReportForm
from delegations.forms.rows import RowSets
from delegations.forms.trip import HighlightForm, NewTripForm, TripForm

__all__ = [
    "AuthorityForm",
    "ChangeForm",
    "EventForm",
    "HighlightForm",
    "MeetingForm",
    "NewEventForm",
    "NewTripForm",
    "ReportForm",
    "RowSets",
    "StopForm",
    "TripForm",
    "chosen_line",
    "filled_from",
]
