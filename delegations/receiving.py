"""What may be spent on guests? Pure arithmetic over dated norms: class, persons, days and who pays give the ceilings, each with
its article (Thông tư 35/2026/TT-BTC and, before it, 71/2018/TT-BTC; domain.md B.6).

A ceiling without an amount is one that money does not say: guests of the special class are received by their scheme, and of
some amounts our sources do not know the figure. Neither is ever counted as zero.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from delegations.reception_choices import CostRate, NormClass, NormPart, NormUnit, PayMode, ReceptionItem

Item = ReceptionItem
#: How a ceiling is known.
KNOWN: Literal["known"] = "known"
BY_SCHEME: Literal["by_scheme"] = "by_scheme"
UNKNOWN: Literal["unknown"] = "unknown"
Standing = Literal["known", "by_scheme", "unknown"]

#: In the order of the papers. Each with the parts of the delegation that it is reckoned for.
BY_PART = (NormPart.HEAD, NormPart.DEPUTY_HEAD, NormPart.MEMBER)
ITEMS: tuple[tuple[ReceptionItem, tuple[NormPart, ...]], ...] = (
    (Item.HOTEL, BY_PART),
    (Item.MEALS, (NormPart.ANY,)),
    (Item.BANQUET, (NormPart.ANY,)),
    (Item.DRINKS, (NormPart.ANY,)),
    (Item.FLOWERS, (NormPart.HEAD,)),
    (Item.GIFTS, BY_PART),
)
FAREWELL: tuple[tuple[ReceptionItem, tuple[NormPart, ...]], ...] = (
    (Item.FAREWELL_MEAL, (NormPart.HEAD,)),
    (Item.FAREWELL_GIFT, (NormPart.HEAD,)),
)
#: Only these classes are met with flowers.
WITH_FLOWERS = (NormClass.SPECIAL, NormClass.A, NormClass.B)
HALF_DAYS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Norm:
    """One amount of one circular, as far as arithmetic needs it."""

    guest_class: str
    item: str
    part: str
    unit: str
    amount: Decimal
    citation: str
    symbol: str
    first: dt.date
    last: dt.date | None = None
    needs_check: bool = True

    def holds_on(self, day: dt.date) -> bool:
        return self.first <= day and (self.last is None or day <= self.last)


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """Whom we receive, for how long, at whose cost."""

    guest_class: str
    guests: int
    days: int
    mode: str
    starts_on: dt.date
    approved_on: dt.date | None = None
    deputies: int = 0
    nights: int | None = None
    is_farewell: bool = False

    def __post_init__(self) -> None:
        if self.guests < 1 or self.days < 1 or self.deputies < 0 or (self.nights is not None and self.nights < 0):
            raise ValueError("a visit has at least one guest and one day")

    @property
    def norm_day(self) -> dt.date:
        """The later of approval and beginning: a programme approved and begun under the old circular is settled by it, any
        other by the new one (Điều 35.4)."""
        return max(self.starts_on, self.approved_on or self.starts_on)

    @property
    def hotel_nights(self) -> int:
        return self.days - 1 if self.nights is None else self.nights

    def persons(self, part: str) -> int:
        """One head, the deputies that are named, everybody else a member."""
        deputies = min(self.deputies, self.guests - 1)
        counted = {NormPart.HEAD: 1, NormPart.DEPUTY_HEAD: deputies, NormPart.MEMBER: self.guests - 1 - deputies}
        return counted.get(NormPart(part), self.guests)

    def times(self, unit: str) -> int:
        """How often a person is reckoned with."""
        counted = {
            NormUnit.PERSON_NIGHT: self.hotel_nights,
            NormUnit.PERSON_DAY: self.days,
            NormUnit.PERSON_HALF_DAY: self.days * HALF_DAYS,
        }
        return counted.get(NormUnit(unit), 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ceiling:
    """The most that may be spent on one item for one part of the delegation."""

    item: str
    part: str
    standing: Standing
    persons: int
    times: int = 1
    unit: str = ""
    norm: Decimal | None = None
    amount: Decimal | None = None
    citation: str = ""
    symbol: str = ""
    needs_check: bool = True
    #: Our side pays it only where the agreed programme says so.
    if_agreed: bool = False


class NormBook:
    """The norms that hold on one day."""

    def __init__(self, norms: Iterable[Norm], day: dt.date) -> None:
        self.found: Mapping[tuple[str, str, str], Norm] = {
            (norm.guest_class, norm.item, norm.part): norm for norm in norms if norm.holds_on(day)
        }

    def norm_of(self, guest_class: str, item: str, part: str) -> Norm | None:
        """The amount for this part of the delegation; a deputy for whom nothing is said is a member."""
        parts = [part, NormPart.MEMBER] if part == NormPart.DEPUTY_HEAD else [part]
        for each in [*parts, NormPart.ANY]:
            for kind in (guest_class, NormClass.ANY):
                if found := self.found.get((kind, item, each)):
                    return found
        return None

    @property
    def symbol(self) -> str:
        """The circular of these days, where there is one."""
        return next((norm.symbol for norm in self.found.values()), "")


def ceilings(norms: Iterable[Norm], party: Party) -> list[Ceiling]:
    """Every ceiling of this visit, in the order of the circular."""
    book = NormBook(norms, party.norm_day)
    items = [*ITEMS, *(FAREWELL if party.is_farewell else ())]
    return [
        ceiling_of(book, party, item, part) for item, parts in items if is_paid(party, item)
        for part in parts if party.persons(part)
    ]  # fmt: skip


def is_paid(party: Party, item: str) -> bool:
    """Guests who pay for themselves are still welcomed, given tea, one banquet and a gift; a guest of one day has no hotel."""
    if item == Item.FLOWERS and party.guest_class not in WITH_FLOWERS:
        return False
    if item == Item.HOTEL and not party.hotel_nights:
        return False
    return party.mode != PayMode.GUEST or item in Item.ALWAYS or item in (Item.FAREWELL_MEAL, Item.FAREWELL_GIFT)


def ceiling_of(book: NormBook, party: Party, item: str, part: str) -> Ceiling:
    persons = party.persons(part)
    if_agreed = party.mode == PayMode.PARTLY and item in (Item.HOTEL, Item.MEALS)
    norm = book.norm_of(party.guest_class, item, part)
    if norm is None:
        # Heads of state and of government are received by their scheme, whatever the item.
        standing: Standing = BY_SCHEME if party.guest_class == NormClass.SPECIAL else UNKNOWN
        return Ceiling(
            item=item, part=part, standing=standing, persons=persons, symbol=book.symbol, if_agreed=if_agreed
        )
    times = party.times(norm.unit)
    return Ceiling(
        item=item,
        part=part,
        standing=KNOWN,
        persons=persons,
        times=times,
        unit=norm.unit,
        norm=norm.amount,
        amount=norm.amount * persons * times,
        citation=norm.citation,
        symbol=norm.symbol,
        needs_check=norm.needs_check,
        if_agreed=if_agreed,
    )


def total(found: Iterable[Ceiling]) -> Decimal | None:
    """The sum, or None as soon as one part of it is not known: half a sum would read as the whole."""
    amounts = [each.amount for each in found if not each.if_agreed]
    if not amounts or any(amount is None for amount in amounts):
        return None
    return sum((amount for amount in amounts if amount is not None), Decimal(0))


# --- what was spent ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Spent:
    """One line of costs."""

    item: str
    amount: Decimal
    quantity: Decimal | None = None
    reason: str = ""
    rate: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shares:
    """What the law adds for a language outside the six of the United Nations, and what it leaves for our own interpreters, in
    percent of the norm. None: the law says nothing, so nothing is added, and of our own people no ceiling is known."""

    other_language: int | None = None
    in_house: int | None = None

    def of(self, line: Spent) -> Decimal | None:
        """By what the norm of this line is multiplied."""
        if line.rate == CostRate.OTHER_LANGUAGE:
            return (100 + Decimal(self.other_language or 0)) / 100
        if line.rate == CostRate.IN_HOUSE:
            return None if self.in_house is None else Decimal(self.in_house) / 100
        return Decimal(1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """One item: what was spent and what may be. `ceiling` None: no norm says it."""

    item: str
    spent: Decimal
    ceiling: Decimal | None
    standing: Standing | None
    reasons: tuple[str, ...]
    citation: str = ""
    if_agreed: bool = False

    @property
    def over(self) -> Decimal:
        """By how much the norm is exceeded; nothing where none is known."""
        return max(self.spent - self.ceiling, Decimal(0)) if self.ceiling is not None else Decimal(0)

    @property
    def wants_reason(self) -> bool:
        return self.over > 0 and not self.reasons


def compare(
    norms: Iterable[Norm], party: Party, lines: Iterable[Spent], shares: Shares | None = None
) -> list[Comparison]:
    """What was spent on each item against its ceiling, in the order of the list of items. What the guests pay for themselves
    has the ceiling zero."""
    norms, lines = list(norms), list(lines)
    book = NormBook(norms, party.norm_day)
    allowed: dict[str, list[Ceiling]] = {}
    for each in ceilings(norms, party):
        allowed.setdefault(each.item, []).append(each)
    found = []
    for item in Item:
        rows = [line for line in lines if line.item == item]
        if rows:
            found.append(_compared(book, party, item, rows, allowed.get(item, []), shares or Shares()))
    return found


def _compared(
    book: NormBook, party: Party, item: str, rows: list[Spent], limits: list[Ceiling], shares: Shares
) -> Comparison:
    spent = sum((row.amount for row in rows), Decimal(0))
    reasons = tuple(row.reason for row in rows if row.reason.strip())
    if item in Item.WITHOUT_NORM:
        return Comparison(item=item, spent=spent, ceiling=None, standing=None, reasons=reasons)
    if item in Item.BY_QUANTITY:
        norm = book.norm_of(party.guest_class, item, NormPart.ANY)
        parts = [norm.amount * row.quantity * share for row in rows
                 if norm is not None and row.quantity is not None and (share := shares.of(row)) is not None]  # fmt: skip
        known = len(parts) == len(rows)
        ceiling = sum(parts, Decimal(0)) if known else None
        citation = norm.citation if norm is not None else ""
        return Comparison(
            item=item, spent=spent, ceiling=ceiling, standing=KNOWN if known else UNKNOWN, reasons=reasons, citation=citation
        )  # fmt: skip
    if not limits and party.guest_class == NormClass.SPECIAL:
        return Comparison(item=item, spent=spent, ceiling=None, standing=BY_SCHEME, reasons=reasons)
    amounts = [limit.amount for limit in limits]
    unknown = next((limit.standing for limit in limits if limit.amount is None), None)
    ceiling = None if unknown else sum((amount for amount in amounts if amount is not None), Decimal(0))
    return Comparison(
        item=item,
        spent=spent,
        ceiling=ceiling,
        standing=unknown or KNOWN,
        reasons=reasons,
        citation=next((limit.citation for limit in limits if limit.citation), ""),
        if_agreed=any(limit.if_agreed for limit in limits),
    )
