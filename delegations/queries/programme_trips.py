"""The outbound delegations that serve a scheme or programme, for its page."""

from __future__ import annotations

from typing import Any

from agreements.models import Programme
from agreements.queries.programmes import MOST_LINES, FileLine, lines_data
from delegations.models import OutboundDelegation
from delegations.queries.trips import countries_text, days_text
from intlcoop.workflow.registry import kind_of
from intlcoop.workflow.wording import state_badge


def trips_of(programme: Programme, user: Any) -> dict[str, Any] | None:
    """Those that this person may read, the newest first."""
    rows = OutboundDelegation.objects.visible_to(user).filter(programme=programme)
    found = list(rows.select_related("case").prefetch_related("legs__country")[:MOST_LINES])
    count = len(found) if len(found) < MOST_LINES else rows.count()
    return lines_data((_line(trip) for trip in found), count)


def _line(trip: OutboundDelegation) -> FileLine:
    words = " · ".join(filter(None, (countries_text(trip), days_text(trip))))
    label = kind_of(trip.case).lifecycle.state_label(trip.case.state)
    return FileLine(trip.case, words, state_badge(trip.case, label, ()))
