"""What this room writes: reports and their snapshots, and the register of other work."""

from reports.services.consulting import answer_opinion, close_round, prepare_round, say_opinion
from reports.services.issuing import SIGNED_SCAN, Register, enter_number, signers_of
from reports.services.outlines import change_outline
from reports.services.recorded import record_total, remove_total
from reports.services.texts import drop_text, editable_keys, write_section
from reports.services.unit_parts import PART, call_units, move_due_day, remind_units, units_to_ask, write_part
from reports.services.versions import is_up_to_date, prepare_refresh, print_again
from reports.services.work import (
    WORK,
    create_work,
    forget_exchange,
    may_enter_for,
    note_exchange,
    record_attendance,
    remove_attendance,
    save_lines,
    update_work,
)
from reports.services.year_end import (
    FIRST_YEAR,
    JOB_KIND,
    KIND,
    LAST_YEAR,
    cancel_report,
    content_hash,
    freeze,
    is_intact,
    order_report,
    period_or_refuse,
    report_json,
    retry_report,
    scope_of,
)

__all__ = [
    "FIRST_YEAR",
    "JOB_KIND",
    "KIND",
    "LAST_YEAR",
    "PART",
    "SIGNED_SCAN",
    "WORK",
    "Register",
    "answer_opinion",
    "call_units",
    "cancel_report",
    "change_outline",
    "close_round",
    "content_hash",
    "create_work",
    "drop_text",
    "editable_keys",
    "enter_number",
    "forget_exchange",
    "freeze",
    "is_intact",
    "is_up_to_date",
    "may_enter_for",
    "move_due_day",
    "note_exchange",
    "order_report",
    "period_or_refuse",
    "prepare_refresh",
    "prepare_round",
    "print_again",
    "record_attendance",
    "record_total",
    "remind_units",
    "remove_attendance",
    "remove_total",
    "report_json",
    "retry_report",
    "save_lines",
    "say_opinion",
    "scope_of",
    "signers_of",
    "units_to_ask",
    "update_work",
    "write_part",
    "write_section",
]
