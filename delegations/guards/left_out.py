"""Who was left out by a decision and stands in the delegation again: whoever decides next has to know."""

from __future__ import annotations

from django.utils.translation import gettext as _

from delegations.guards.findings import Warning_, warn
from delegations.guards.limits import Look
from intlcoop.vietnamese.dates import table_date
from intlcoop.workflow.leaving_out import left_out_of


def left_out_before(look: Look) -> list[Warning_]:
    if look.trip.case.first_submitted_at is None:
        return []
    people = {member.person_id: member for member in look.members if member.person_id}
    others = {member.full_name: member for member in look.members if not member.person_id}
    found = []
    for row in left_out_of(look.trip.case):
        person = row.snapshot.get("person")
        member = people.get(person) if person else others.get(row.snapshot.get("full_name", ""))
        if member is not None:
            values = {
                "name": member.full_name,
                "decider": row.decision.decided_by_name,
                "day": table_date(row.decision.decided_on),
                "reason": row.reason,
            }
            found.append(warn("left_out", _("%(decider)s did not agree to %(name)s on %(day)s: %(reason)s") % values))
    return found
