"""Trips outside the approved plan: W002-02 asks for the reason, W002-03 asks attached units not to invite a leader into one."""

from __future__ import annotations

from django.utils.translation import gettext as _

from delegations.guards.findings import Warning_, warn
from delegations.guards.limits import Look
from intlcoop.people.choices import Rank, UnitClass
from intlcoop.regulations.choices import ParameterKey, Severity
from intlcoop.regulations.queries import ParameterValue


def asks_reason(look: Look) -> ParameterValue | None:
    """The rule by which this trip has to say why it is not in the plan, while it has not."""
    rule = look.limits.get(ParameterKey.UNPLANNED_REASON)
    if rule is None or not look.trip.is_out_of_plan or look.trip.out_of_plan_reason.strip() or int(rule.value) > 0:
        return None
    return rule


def without_reason(look: Look) -> list[Warning_]:
    """Where the rule only warns; where it blocks, the submission asks for the line or the reason (has_plan_or_reason)."""
    rule = asks_reason(look)
    if rule is None or rule.severity == Severity.BLOCK:
        return []
    return [warn("unplanned", _("The trip stands in no approved plan, and does not say why."), rule)]


def attached_unit_invites_leader(look: Look) -> list[Warning_]:
    trip, rule = look.trip, look.limits.get(ParameterKey.ATTACHED_INVITES)
    if rule is None or not trip.is_out_of_plan or trip.case.unit.unit_class != UnitClass.ATTACHED:
        return []
    leaders = [member for member in look.members if member.rank in (Rank.DEPUTY_MINISTER, Rank.MINISTER)]
    if len(leaders) <= int(rule.value):
        return []
    text = _("An attached unit should not invite a leader of the ministry into a trip outside the plan (%(names)s).")
    names = ", ".join(member.full_name for member in leaders)
    return [warn("attached_unit_invites_leader", text % {"names": names}, rule)]
