"""Writing groups of partners, such as the Development Partners group (F001-21)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction

from agreements.models import GroupMembership, PartnerGroup
from intlcoop.people.models import User
from intlcoop.vietnamese.normalise import nfc
from intlcoop.vietnamese.sorting import sort_key


@transaction.atomic
def save_group(
    group: PartnerGroup | None, *, members: Iterable[Mapping[str, Any]] | None = None, actor: User, **fields: Any
) -> PartnerGroup:
    """Write a group and its members: {"partner", "role", "since", "until"}; each partner once, the last row of it counts."""
    group = group or PartnerGroup()
    for name, value in fields.items():
        setattr(group, name, value)
    group.name_vi = " ".join(nfc(group.name_vi).split())
    group.sort_key = sort_key(group.name_vi)[:700]
    group.save()
    if members is not None:
        _set_members(group, {row["partner"].pk: row for row in members})
    return group


def _set_members(group: PartnerGroup, wanted: Mapping[int, Mapping[str, Any]]) -> None:
    # Rows of partners that were merged away stay as they are: the merger may be taken back.
    known = {row.partner_id: row for row in group.memberships.filter(partner__merged_into__isnull=True)}
    for partner_id, row in wanted.items():
        found = known.pop(partner_id, None) or GroupMembership(group=group, partner_id=partner_id)
        values = {"role": row.get("role") or "", "since": row.get("since"), "until": row.get("until")}
        if found.pk and all(getattr(found, name) == value for name, value in values.items()):
            continue
        for name, value in values.items():
            setattr(found, name, value)
        found.save()
    for gone in known.values():
        gone.delete()
