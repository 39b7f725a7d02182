"""How a rule changes: always with a reason, always kept with who and when."""

from intlcoop.regulations.services.changes import record_change
from intlcoop.regulations.services.deadlines import add_deadline, change_deadline, end_deadline
from intlcoop.regulations.services.holidays import (
    add_holiday,
    change_holiday,
    confirm_year,
    load_year,
    preview_year,
    remove_holiday,
    swap_days,
)
from intlcoop.regulations.services.instruments import add_instrument, change_instrument
from intlcoop.regulations.services.parameters import (
    correct_parameter,
    end_parameter,
    set_parameter,
    withdraw_parameter,
)

__all__ = [
    "add_deadline",
    "add_holiday",
    "add_instrument",
    "change_deadline",
    "change_holiday",
    "change_instrument",
    "confirm_year",
    "correct_parameter",
    "end_deadline",
    "end_parameter",
    "load_year",
    "preview_year",
    "record_change",
    "remove_holiday",
    "set_parameter",
    "swap_days",
    "withdraw_parameter",
]
