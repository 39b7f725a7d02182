"""Does a trip whose host was merged into another partner ask for something new? No: it is the same host under another row."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from agreements.models import Partner
from agreements.queries.tree import survivor
from intlcoop.workflow.binding import USUAL_COMPARATORS, Comparator, compare_exactly
from intlcoop.workflow.choices import Change, Facet


def compare_programme(before: Mapping[str, Any], after: Mapping[str, Any], tolerance: int = 0) -> Change:
    """As usual, but the decided host counts as the one that it was merged into since."""
    was, now = before.get("host_partner"), after.get("host_partner")
    if was is not None and now is not None and was != now:
        decided = Partner.objects.select_related("merged_into").filter(pk=was).first()
        if decided is not None and survivor(decided).pk == now:
            before = {**before, "host_partner": now}
    return compare_exactly(before, after, tolerance)


TRIP_COMPARATORS: dict[str, Comparator] = {**USUAL_COMPARATORS, Facet.PROGRAMME: compare_programme}
