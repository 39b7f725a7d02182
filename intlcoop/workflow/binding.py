"""What a decision binds, and whether a new version of a file asks for more than was decided. Pure functions."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from intlcoop.workflow.choices import Change, Facet

#: (decided value, new value, tolerated shift in days) -> Change
Comparator = Callable[[Any, Any, int], Change]


def content_hash(content: Mapping[str, Any]) -> str:
    """SHA-256 of the canonical JSON of a file's content."""
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def compare_people(before: Sequence[str], after: Sequence[str], tolerance: int = 0) -> Change:
    """Fewer people is less; anybody new, or another part in the delegation, is more."""
    if sorted(before) == sorted(after):
        return Change.SAME
    return Change.LESS if set(after) < set(before) else Change.MORE


def compare_money(before: Mapping[str, str], after: Mapping[str, str], tolerance: int = 0) -> Change:
    """{"state_budget VND": "120000000"}: a source or currency not decided on, or more of one, is more."""
    old = {key: Decimal(value) for key, value in before.items()}
    new = {key: Decimal(value) for key, value in after.items()}
    if old == new:
        return Change.SAME
    grown = any(amount > old.get(key, Decimal(0)) for key, amount in new.items())
    return Change.MORE if grown else Change.LESS


def compare_time_place(before: Mapping[str, Any], after: Mapping[str, Any], tolerance: int = 0) -> Change:
    """{"from": ISO date, "to": ISO date, "countries": [codes]}.

    A country more, a day more, or a shift of either end beyond the tolerance is more; a shift within it is less, so that it
    only notifies.
    """
    if before == after:
        return Change.SAME
    if not set(after["countries"]) <= set(before["countries"]):
        return Change.MORE
    old_from, old_to, new_from, new_to = (
        dt.date.fromisoformat(value) for value in (before["from"], before["to"], after["from"], after["to"])
    )
    if (new_to - new_from) > (old_to - old_from):
        return Change.MORE
    inside = old_from <= new_from and new_to <= old_to
    shifted = max(abs((new_from - old_from).days), abs((new_to - old_to).days))
    return Change.LESS if inside or shifted <= tolerance else Change.MORE


def compare_exactly(before: Any, after: Any, tolerance: int = 0) -> Change:
    return Change.SAME if before == after else Change.MORE


USUAL_COMPARATORS: dict[str, Comparator] = {
    Facet.PEOPLE: compare_people,
    Facet.MONEY: compare_money,
    Facet.TIME_PLACE: compare_time_place,
    Facet.PROGRAMME: compare_exactly,
}


def changes(
    before: Mapping[str, Any], after: Mapping[str, Any], comparators: Mapping[str, Comparator], tolerance: int
) -> dict[str, Change]:
    """Per facet, what the new content is to the decided one."""
    return {
        facet: compare(before[facet], after[facet], tolerance)
        for facet, compare in comparators.items()
        if facet in before and facet in after
    }
