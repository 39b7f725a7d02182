"""Until when the passports of travellers are valid, as far as it was written down while a trip was prepared. Never a number."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from delegations.choices import PreparationState
from delegations.models import OutboundDelegation, PreparationItem

OF_PERSON = "p-"


@dataclass(frozen=True, slots=True, kw_only=True)
class PassportNoted:
    """The last day of a passport, and the file where it was written down: empty when that is the trip that was asked about."""

    ends_on: dt.date
    number: str = ""


def passports_noted(trip: OutboundDelegation, people: Collection[int]) -> dict[int, PassportNoted]:
    """By person: what is written down for this trip, else what was written down last for another one."""
    rows = (
        PreparationItem.objects.filter(
            subject__in=[f"{OF_PERSON}{person}" for person in people], passport_expires_on__isnull=False
        )
        .exclude(state=PreparationState.NOT_NEEDED)
        .order_by("done_on", "pk")
        .values_list("subject", "passport_expires_on", "delegation", "delegation__case__number")
    )
    found: dict[int, PassportNoted] = {}
    for subject, ends_on, delegation, number in rows if people else ():
        assert ends_on is not None
        person, own = int(subject.removeprefix(OF_PERSON)), delegation in trip.own_ids
        if own or person not in found or found[person].number:
            found[person] = PassportNoted(ends_on=ends_on, number="" if own else number)
    return found
