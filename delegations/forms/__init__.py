"""What people type about trips and their reports."""

from delegations.forms.changes import ChangeForm, EventForm, StopForm
from delegations.forms.prefill import chosen_line, filled_from
from delegations.forms.report import MeetingForm, ReportForm
from delegations.forms.rows import RowSets
from delegations.forms.trip import HighlightForm, NewTripForm, TripForm

__all__ = [
    "ChangeForm",
    "EventForm",
    "HighlightForm",
    "MeetingForm",
    "NewTripForm",
    "ReportForm",
    "RowSets",
    "StopForm",
    "TripForm",
    "chosen_line",
    "filled_from",
]
