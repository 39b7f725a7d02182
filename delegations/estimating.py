"""What does a trip cost? Pure arithmetic over plain values: no database, no language, no rounding that is not said here.

Rounding: each line is rounded half up to the places of its currency, then half up to whole đồng; totals are sums of rounded
lines, so that they always add up. A total with a line that has no amount or no rate is not known (None), never less.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

#: The source of what others pay on the spot: it is shown, but the ministry does not ask money for it.
HOST = "host"
WHOLE = Decimal(1)
#: Below this difference in đồng, an estimate and the round sum that was asked for are taken as equal.
ROUNDED_AWAY = Decimal(1000)
#: Longer stays are a slip of the pen; nobody counts their nights.
LONGEST = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of an estimate. `people` are the keys of those for whom it counts; empty on a line of the whole delegation."""

    key: int
    item: str
    source: str
    currency: str
    decimals: int
    quantity: Decimal
    unit_amount: Decimal | None
    rate: Decimal | None
    people: tuple[int, ...] = ()
    of_group: bool = False

    @property
    def times(self) -> int:
        return 1 if self.of_group else len(self.people)

    @property
    def amount(self) -> Decimal | None:
        """People x quantity x amount, in the currency of the line."""
        if self.unit_amount is None:
            return None
        return rounded(self.times * self.quantity * self.unit_amount, self.decimals)

    @property
    def vnd(self) -> Decimal | None:
        amount = self.amount
        if amount is None:
            return None
        if not amount:
            return Decimal(0)
        return None if self.rate is None else rounded(amount * self.rate)


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """The sums of an estimate in đồng; None where a part of the sum is not known yet. `own` is without what the host pays."""

    all: Decimal | None
    own: Decimal | None
    host: Decimal | None
    by_source: Mapping[str, Decimal | None]
    by_item: Mapping[str, Decimal | None]
    by_person: Mapping[int, Decimal | None]
    by_source_and_currency: Mapping[tuple[str, str], Decimal | None]
    without_rate: tuple[str, ...]
    without_amount: tuple[int, ...]


def rounded(value: Decimal, places: int = 0) -> Decimal:
    return value.quantize(WHOLE.scaleb(-places), rounding=ROUND_HALF_UP)


def plus(values: Iterable[Decimal | None]) -> Decimal | None:
    """The sum, or None if a part of it is not known."""
    total = Decimal(0)
    for value in values:
        if value is None:
            return None
        total += value
    return total


def shares(amount: Decimal, parts: int) -> list[Decimal]:
    """Whole đồng for each, differing by one at most, and adding up to `amount`."""
    if parts < 1:
        return []
    each, left = divmod(rounded(amount), parts)
    return [each + (1 if number < left else 0) for number in range(parts)]


def totals(lines: Sequence[Line], people: Sequence[int]) -> Totals:
    """All sums of these lines. What is for the whole delegation is shared by all its `people`; the host's part is left out
    of what a person costs."""
    by_source: dict[str, list[Decimal | None]] = {}
    by_item: dict[str, list[Decimal | None]] = {}
    in_currency: dict[tuple[str, str], list[Decimal | None]] = {}
    by_person: dict[int, list[Decimal | None]] = {person: [] for person in people}
    for line in lines:
        vnd = line.vnd
        by_source.setdefault(line.source, []).append(vnd)
        by_item.setdefault(line.item, []).append(vnd)
        in_currency.setdefault((line.source, line.currency), []).append(line.amount)
        if line.source == HOST:
            continue
        concerned = list(people) if line.of_group else [person for person in line.people if person in by_person]
        parts = [None] * len(concerned) if vnd is None else shares(vnd, len(concerned))
        for person, part in zip(concerned, parts, strict=True):
            by_person[person].append(part)
    return Totals(
        all=plus(line.vnd for line in lines),
        own=plus(line.vnd for line in lines if line.source != HOST),
        host=plus(line.vnd for line in lines if line.source == HOST),
        by_source={key: plus(values) for key, values in by_source.items()},
        by_item={key: plus(values) for key, values in by_item.items()},
        by_person={key: plus(values) for key, values in by_person.items()},
        by_source_and_currency={key: plus(values) for key, values in in_currency.items()},
        without_rate=tuple(dict.fromkeys(line.currency for line in lines if line.amount and line.rate is None)),
        without_amount=tuple(line.key for line in lines if line.unit_amount is None),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Stay:
    """Days in one place, both ends counted; without days it lasts as long as the trip."""

    place: str
    first: dt.date | None = None
    last: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    days: int
    nights: int


def spans(stays: Sequence[Stay], first: dt.date | None, last: dt.date | None) -> dict[str, Span] | None:
    """Days and nights per place. A day in two places counts for the one where it ends; a night, for the place slept in.

    None as long as the days are not known: a trip without days, or several stays of which one has none.
    """
    if first is None or last is None or not stays:
        return None
    if len({stay.place for stay in stays}) == 1 and any(stay.first is None or stay.last is None for stay in stays):
        return {stays[0].place: Span(days=(last - first).days + 1, nights=(last - first).days)}
    where: dict[dt.date, str] = {}
    slept: dict[dt.date, str] = {}
    for stay in sorted(stays, key=lambda each: (each.first or first, each.last or last)):
        if stay.first is None or stay.last is None or (stay.last - stay.first).days > LONGEST:
            return None
        for day in days_of(stay.first, stay.last):
            where[day] = stay.place
            if day < stay.last:
                slept[day] = stay.place
    places = dict.fromkeys(stay.place for stay in stays)
    return {
        place: Span(
            days=sum(each == place for each in where.values()), nights=sum(each == place for each in slept.values())
        )
        for place in places
    }


def days_of(first: dt.date, last: dt.date) -> list[dt.date]:
    return [first + dt.timedelta(days=number) for number in range((last - first).days + 1)]


def exceeds(
    amount: Decimal | None,
    rate: Decimal | None,
    currency: str,
    norm: Decimal,
    norm_rate: Decimal | None,
    norm_currency: str,
) -> bool | None:
    """Whether an amount is above its norm; None when the two currencies cannot be compared yet."""
    if amount is None:
        return False
    if currency == norm_currency:
        return amount > norm
    if rate is None or norm_rate is None:
        return None
    return amount * rate > norm * norm_rate


def agree(asked: Decimal, estimated: Decimal) -> bool:
    """Whether the sum that was asked for is the estimated one, rounded at most."""
    return abs(asked - estimated) < ROUNDED_AWAY


def per_head(total: Decimal | None, people: int) -> Decimal | None:
    return None if total is None or people < 1 else rounded(total / people)


def median(values: Sequence[Decimal]) -> Decimal | None:
    """The middle value, of an even number the mean of the two in the middle, in whole đồng."""
    if not values:
        return None
    ordered = sorted(values)
    middle = len(ordered) // 2
    if len(ordered) % 2:
        return ordered[middle]
    return rounded((ordered[middle - 1] + ordered[middle]) / 2)
