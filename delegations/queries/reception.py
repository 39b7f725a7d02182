"""The norms of reception that hold, and what a visit may cost by them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal

from django.utils import timezone

from delegations.models import InboundDelegation, ReceptionNorm, VisitReception
from delegations.receiving import Ceiling, Comparison, Norm, NormBook, Party, Shares, Spent, ceilings, compare
from delegations.reception_choices import NormPart, PayMode
from delegations.visit_choices import GuestPart
from intlcoop.regulations.choices import ParameterKey
from intlcoop.regulations.queries import parameters


def norms_on(day: dt.date) -> list[Norm]:
    """The norms of one day, for arithmetic. One query."""
    rows = ReceptionNorm.objects.on(day).select_related("instrument")
    return [
        Norm(
            guest_class=row.guest_class,
            item=row.item,
            part=row.part,
            unit=row.unit,
            amount=row.amount,
            citation=row.citation,
            symbol=row.instrument.symbol,
            first=row.valid_from,
            last=row.valid_until,
            needs_check=row.needs_check,
        )
        for row in rows
    ]


def ceilings_of(party: Party) -> list[Ceiling]:
    return ceilings(norms_on(party.norm_day), party)


def party_of(visit: InboundDelegation, reception: VisitReception | None) -> Party | None:
    """The guests as arithmetic sees them; None while class, number or days are not known. The list counts where it is longer."""
    days = visit.days
    listed = list(visit.members.all())
    guests = max(len(listed), visit.persons or 0)
    if not visit.guest_class or not guests or days is None or visit.arrives_on is None:
        return None
    return Party(
        guest_class=visit.guest_class,
        guests=guests,
        days=days,
        mode=reception.mode if reception is not None else PayMode.FULL,
        starts_on=visit.arrives_on,
        approved_on=reception.approved_on if reception is not None else None,
        deputies=sum(guest.part == GuestPart.DEPUTY_HEAD for guest in listed),
        nights=reception.nights if reception is not None else None,
        is_farewell=reception.is_farewell if reception is not None else False,
    )


def shares_on(day: dt.date) -> Shares:
    """What a language outside the six of the United Nations adds, and what is left for our own interpreters. One query."""
    found = parameters((ParameterKey.OTHER_LANGUAGE, ParameterKey.IN_HOUSE), day)
    shares = {key: int(rule.value) for key, rule in found.items()}
    return Shares(other_language=shares.get(ParameterKey.OTHER_LANGUAGE), in_house=shares.get(ParameterKey.IN_HOUSE))


def comparison_of(party: Party, lines: Iterable[Spent]) -> list[Comparison]:
    return compare(norms_on(party.norm_day), party, lines, shares_on(party.norm_day))


def gift_norm(guest_class: str, part: str, day: dt.date | None = None) -> Norm | None:
    """The most that one gift to this guest may be worth."""
    day = day or timezone.localdate()
    return NormBook(norms_on(day), day).norm_of(guest_class, "gifts", part or NormPart.MEMBER)


def spent_on(reception: VisitReception) -> list[Spent]:
    return [
        Spent(item=row.item, amount=Decimal(row.amount), quantity=row.quantity, reason=row.reason, rate=row.rate)
        for row in reception.costs.all()
    ]
