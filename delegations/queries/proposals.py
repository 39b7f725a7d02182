"""What lines does the estimate of a trip need? From its members, its itinerary and the norms that hold on the day of departure.

Lines by norm come with the norm as their amount; the others without, because nobody but the unit knows what a ticket costs.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from delegations.choices import ExpenseItem, FundingSource, PersonClass, Purpose
from delegations.estimating import Span
from delegations.models import OutboundDelegation
from delegations.queries.estimates import spans_of
from delegations.queries.norms import NormBook
from intlcoop.catalogues.models import Country, Currency


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """A line that the trip needs: what makes it the same line as one that is there already is item, country and class."""

    item: str
    country: Country | None
    person_class: str
    people: tuple[int, ...]
    quantity: Decimal

    @property
    def key(self) -> tuple[str, int | None, str]:
        return (self.item, self.country.pk if self.country else None, self.person_class)


def needs_of(trip: OutboundDelegation, norms: NormBook | None = None) -> list[Need]:
    """The lines in the order of the paper: tickets, per country and class lodging, meals, transfer, then what is paid once."""
    norms = norms or NormBook(trip.departs_on)
    members = list(trip.members.all())
    everybody = tuple(member.pk for member in members)
    if not members:
        return []
    one = Decimal(1)
    found = [Need(item=ExpenseItem.TICKET, country=None, person_class="", people=everybody, quantity=one)]
    spans = spans_of(trip)
    for country in countries_of(trip):
        for person_class in PersonClass.values:
            people = tuple(member.pk for member in members if norms.class_of(member.rank) == person_class)
            if people:
                span = spans.get(country.iso2) if spans else None
                found += _in_country(country, person_class, people, span)
    found += [
        Need(item=item, country=None, person_class="", people=everybody, quantity=one)
        for item in (ExpenseItem.VISA, ExpenseItem.INSURANCE, *_fees(trip))
    ]
    return found


def _in_country(country: Country, person_class: str, people: tuple[int, ...], span: Span | None) -> list[Need]:
    """Without known days one night and one day stand there, to be corrected; a day trip has no night."""
    nights, days = (span.nights, span.days) if span else (1, 1)
    counted = ((ExpenseItem.LODGING, nights), (ExpenseItem.MEALS, days), (ExpenseItem.TRANSFER, 1))
    return [
        Need(item=item, country=country, person_class=person_class, people=people, quantity=Decimal(number))
        for item, number in counted
        if number > 0
    ]


def _fees(trip: OutboundDelegation) -> tuple[str, ...]:
    return (ExpenseItem.CONFERENCE_FEE,) if trip.purpose == Purpose.CONFERENCE else ()


def countries_of(trip: OutboundDelegation) -> list[Country]:
    return list({leg.country_id: leg.country for leg in trip.legs.all()}.values())


def proposed_rows(trip: OutboundDelegation, norms: NormBook | None = None) -> list[dict[str, Any]]:
    """The lines as the form and `services.save_estimate` take them."""
    norms = norms or NormBook(trip.departs_on)
    own, foreign = _currencies()
    source = usual_source(trip)
    return [row_of(need, norms, own, foreign, source) for need in needs_of(trip, norms)]


def row_of(need: Need, norms: NormBook, own: Currency, foreign: Currency, source: str) -> dict[str, Any]:
    norm = norms.norm(need.country.pk, need.person_class, need.item) if need.country else None
    abroad = norm.currency if norm else foreign if need.country else own
    return {
        "item": need.item,
        "country": need.country,
        "person_class": need.person_class,
        "people": list(need.people),
        "quantity": need.quantity,
        "unit_amount": norm.amount if norm else None,
        "currency": abroad,
        "source": source,
        "over_reason": "",
        "note": "",
    }


def usual_source(trip: OutboundDelegation) -> str:
    """What the file names first, else the state budget."""
    if trip.host_pays_all:
        return str(FundingSource.HOST)
    first = next((item.source for item in trip.funding.all()), FundingSource.STATE_BUDGET)
    return str(first)


def _currencies() -> tuple[Currency, Currency]:
    """Our own, and the one in which circulars set what is paid abroad."""
    found = {each.code: each for each in Currency.objects.filter(code__in=("VND", "USD"))}
    return found["VND"], found.get("USD", found["VND"])
