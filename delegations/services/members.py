"""What a decision does to the members of a delegation."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from delegations.models import DelegationMember
from delegations.queries.trips import MEMBER_KEY

if TYPE_CHECKING:
    from intlcoop.workflow.models import Case

KEPT = ("full_name", "post", "body", "rank", "part", "member_class")


def leave_out_members(case: Case, keys: Sequence[str]) -> dict[str, dict[str, Any]]:
    """Take members out of the delegation of a file; {key: what the row said}, for the record of the decision."""
    ids = {int(key.removeprefix(MEMBER_KEY)): key for key in keys}
    members = DelegationMember.everything.filter(delegation__case=case, pk__in=ids)
    snapshots = {
        ids[member.pk]: {"person": member.person_id, **{name: getattr(member, name) for name in KEPT}}
        for member in members
    }
    for member in members:
        member.delete()
    return snapshots
