"""What keeps a file from going on, and what only warns."""

from delegations.guards.changes import CHANGE_GUARDS, change_warnings, trip_can_still_change
from delegations.guards.findings import Warning_
from delegations.guards.limits import Look
from delegations.guards.numbers import Mismatch, asked_of, mismatches, missing_rate, numbers_agree
from delegations.guards.plan_line import is_open, plan_citation
from delegations.guards.rules_shown import RuleShown, rules_that_apply
from delegations.guards.submission import (
    SUBMISSION_GUARDS,
    explains_warnings,
    has_basis,
    has_days_and_places,
    has_funding,
    has_people,
    has_plan_or_reason,
    has_purpose,
    keeps_limits,
    trip_of,
)
from delegations.guards.warnings import late_is_refused, warnings, working_days_left

__all__ = [
    "CHANGE_GUARDS",
    "SUBMISSION_GUARDS",
    "Look",
    "Mismatch",
    "RuleShown",
    "Warning_",
    "asked_of",
    "change_warnings",
    "explains_warnings",
    "has_basis",
    "has_days_and_places",
    "has_funding",
    "has_people",
    "has_plan_or_reason",
    "has_purpose",
    "is_open",
    "keeps_limits",
    "late_is_refused",
    "mismatches",
    "missing_rate",
    "numbers_agree",
    "plan_citation",
    "rules_that_apply",
    "trip_can_still_change",
    "trip_of",
    "warnings",
    "working_days_left",
]
