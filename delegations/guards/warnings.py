"""What has to be seen before a trip goes on: all findings in the order of the form, and which of them block."""

from __future__ import annotations

from django.utils import timezone

from delegations.guards import limits, unplanned
from delegations.guards.findings import Warning_
from delegations.guards.left_out import left_out_before
from delegations.guards.limits import Look
from delegations.guards.passports import passports_end_too_soon
from delegations.guards.plan_line import beyond_the_line
from delegations.models import OutboundDelegation
from intlcoop.regulations.choices import ParameterKey, Severity
from intlcoop.regulations.queries import calendar, parameters
from intlcoop.regulations.working_days import working_days_between

CHECKS = (
    limits.late,
    limits.overlaps,
    limits.sizes,
    limits.key_leaders_of_one_unit,
    limits.same_content,
    beyond_the_line,
    unplanned.without_reason,
    unplanned.attached_unit_invites_leader,
    limits.trips_per_leader,
    limits.overdue_reports,
    passports_end_too_soon,
    left_out_before,
)


def warnings(trip: OutboundDelegation, look: Look | None = None) -> list[Warning_]:
    """Everything that has to be seen, in the order of the form; what blocks comes first."""
    look = look or Look(trip)
    found = [finding for check in CHECKS for finding in check(look)]
    return sorted(found, key=lambda finding: not finding.blocks)


def late_is_refused(trip: OutboundDelegation) -> bool:
    """Whether the rule on filing in time blocks on the day of departure, so that an explanation would not help."""
    rule = (
        parameters([ParameterKey.LEAD_TIME], trip.departs_on).get(ParameterKey.LEAD_TIME) if trip.departs_on else None
    )
    return rule is not None and rule.severity == Severity.BLOCK


def working_days_left(trip: OutboundDelegation) -> int | None:
    """Working days left until the last day to file (A9); negative when that day has passed. None without a departure.

    A change of a decided trip is filed after it: the days of filing are over, and nobody is late.
    """
    if trip.departs_on is None or trip.amends_id is not None:
        return None
    lead = parameters([ParameterKey.LEAD_TIME], trip.departs_on).get(ParameterKey.LEAD_TIME)
    if lead is None:
        return None
    return working_days_between(timezone.localdate(), trip.departs_on, calendar()) - int(lead.value)
