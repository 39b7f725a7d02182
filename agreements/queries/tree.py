"""Which partner belongs to which: the ways up and down, safe against circles."""

from __future__ import annotations

from agreements.models import Partner


def ancestors(partner: Partner) -> list[Partner]:
    """The partners that it belongs to, nearest first."""
    found: list[Partner] = []
    seen = {partner.pk}
    above = partner.parent
    while above is not None and above.pk not in seen:
        found.append(above)
        seen.add(above.pk)
        above = above.parent
    return found


def descendant_ids(partner: Partner) -> set[int]:
    """The ids of all partners below it, level by level; itself only if there were a circle."""
    found: set[int] = set()
    newest = {partner.pk}
    while newest:
        newest = set(Partner.objects.filter(parent__in=newest).values_list("pk", flat=True)) - found
        found |= newest
    return found


def survivor(partner: Partner) -> Partner:
    """The partner that this one was merged into, step by step; itself when it was not merged."""
    seen = {partner.pk}
    while partner.merged_into is not None and partner.merged_into_id not in seen:
        partner = partner.merged_into
        seen.add(partner.pk)
    return partner
