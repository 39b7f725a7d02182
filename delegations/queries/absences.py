"""Who is abroad by a decision of this portal, as the rooms below ask it (people.registry)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from delegations.choices import DatePrecision, OutboundState
from delegations.models import DelegationMember
from intlcoop.people.registry import Absence

#: A trip that is decided takes place until somebody cancels it; one that came back took place.
ABROAD = (OutboundState.DECIDED, OutboundState.TRAVELLING, OutboundState.REPORT_DUE, OutboundState.COMPLETED)


def journeys(first: dt.date, last: dt.date, people: Iterable[int] | None) -> Iterator[Absence]:
    """Members of ours on trips with a day in common with these; only trips whose days are known to the day. One query."""
    rows = DelegationMember.objects.filter(
        person__isnull=False,
        delegation__departs_on__lte=last,
        delegation__returns_on__gte=first,
        delegation__date_precision=DatePrecision.DAY,
        delegation__case__state__in=ABROAD,
    ).order_by()
    if people is not None:
        rows = rows.filter(person__in=people)
    values = rows.values_list(
        "person_id", "delegation__departs_on", "delegation__returns_on", "delegation__case__number"
    )
    for person, departs, returns, number in values:
        yield Absence(person_id=person, first=departs, last=returns, number=number)  # type: ignore[arg-type]
