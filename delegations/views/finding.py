"""Finding the trip of an address, and what every page about a trip has in its frame."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from delegations.models import OutboundDelegation
from intlcoop.web.display import Crumb
from intlcoop.web.file_numbers import shown
from intlcoop.workflow.doors import person_of


def visible_trip(request: HttpRequest, number: str) -> OutboundDelegation:
    """The trip of this number, if this person may see it; a stranger gets 404 as if it did not exist."""
    return visible_version(request, number, OutboundDelegation.objects)


def visible_version(request: HttpRequest, number: str, rows: Any = OutboundDelegation.everything) -> OutboundDelegation:
    """The same with the changed versions of trips, which are written in the same form."""
    found = (
        rows.visible_to(person_of(request))
        .select_related("case__unit", "case__created_by", "plan_line__plan", "plan_line__unit", "host_partner", "field")
        .select_related("imported", "programme")
        .prefetch_related("legs__country", "members__person", "funding__currency")
        .filter(case__number=number)
        .first()
    )
    if found is None:
        raise Http404
    return found


def trip_page(trip: OutboundDelegation, **more: Any) -> dict[str, Any]:
    """The trip, its address, and the way back to it."""
    url = trip.get_absolute_url()
    return {
        "trip": trip,
        "case": trip.case,
        "file_url": url,
        "crumbs": [
            Crumb(_("Outbound delegations"), reverse("delegations:trips")),
            Crumb(shown(trip.case.number), url),
        ],
        **more,
    }
