"""What keeps a file from going on, and what only warns."""

from delegations.guards.submission import (
    SUBMISSION_GUARDS,
    explains_warnings,
    has_basis,
    has_days_and_places,
    has_funding,
    has_people,
    has_plan_or_reason,
    has_purpose,
    trip_of,
)
from delegations.guards.warnings import Warning_, warnings, working_days_left

__all__ = [
    "SUBMISSION_GUARDS",
    "Warning_",
    "explains_warnings",
    "has_basis",
    "has_days_and_places",
    "has_funding",
    "has_people",
    "has_plan_or_reason",
    "has_purpose",
    "trip_of",
    "warnings",
    "working_days_left",
]
