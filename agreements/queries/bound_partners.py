"""Does a file whose partner was merged into another one ask for something new? No, it is one partner under another row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from agreements.models import Partner
from agreements.queries.tree import survivor
from intlcoop.workflow.binding import compare_exactly
from intlcoop.workflow.choices import Change


def today_ids(ids: Iterable[int]) -> dict[int, int]:
    """Each partner's id -> the id under which it stands in the list today."""
    rows = Partner.objects.filter(pk__in=set(ids), merged_into__isnull=False).select_related("merged_into")
    return {row.pk: survivor(row).pk for row in rows}


def compare_parties(before: Mapping[str, Any], after: Mapping[str, Any], tolerance: int = 0) -> Change:
    """What an agreement binds, compared as usual, but with the parties under the ids that they have today."""
    decided, asked = before.get("parties") or [], after.get("parties") or []
    if decided != asked:
        today = today_ids([*decided, *asked])
        before = {**before, "parties": sorted({today.get(party, party) for party in decided})}
        after = {**after, "parties": sorted({today.get(party, party) for party in asked})}
    return compare_exactly(before, after, tolerance)
