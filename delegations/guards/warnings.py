"""What has to be seen before a trip goes on: all findings in the order of the form, and which of them block."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext as _

from delegations.guards import limits
from delegations.guards.findings import Warning_, warn
from delegations.guards.limits import Look
from delegations.guards.plan_line import beyond_the_line
from delegations.models import OutboundDelegation
from intlcoop.people.choices import Rank, UnitClass
from intlcoop.regulations.choices import ParameterKey
from intlcoop.regulations.queries import calendar, parameters
from intlcoop.regulations.working_days import working_days_between


def attached_unit_invites_leader(look: Look) -> list[Warning_]:
    """W002-03: an attached unit should not bring a Deputy Minister into a trip outside the plan."""
    trip = look.trip
    if not trip.is_out_of_plan or trip.case.unit.unit_class != UnitClass.ATTACHED:
        return []
    if not any(member.rank in (Rank.DEPUTY_MINISTER, Rank.MINISTER) for member in look.members):
        return []
    text = _("An attached unit should not invite a leader of the ministry into a trip outside the plan.")
    return [warn("attached_unit_invites_leader", text)]


CHECKS = (
    limits.late,
    limits.overlaps,
    limits.sizes,
    limits.key_leaders_of_one_unit,
    limits.same_content,
    beyond_the_line,
    attached_unit_invites_leader,
    limits.trips_per_leader,
    limits.overdue_reports,
)


def warnings(trip: OutboundDelegation, look: Look | None = None) -> list[Warning_]:
    """Everything that has to be seen, in the order of the form; what blocks comes first."""
    look = look or Look(trip)
    found = [finding for check in CHECKS for finding in check(look)]
    return sorted(found, key=lambda finding: not finding.blocks)


def working_days_left(trip: OutboundDelegation) -> int | None:
    """Working days left until the last day to file (A9); negative when that day has passed. None without a departure."""
    if trip.departs_on is None:
        return None
    lead = parameters([ParameterKey.LEAD_TIME], trip.departs_on).get(ParameterKey.LEAD_TIME)
    if lead is None:
        return None
    return working_days_between(timezone.localdate(), trip.departs_on, calendar()) - int(lead.value)
