"""What the norm says of a gift."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from delegations.models import Gift
from delegations.queries.reception import gift_norm
from delegations.reception_choices import GiftDirection, NormClass


@dataclass(frozen=True, slots=True, kw_only=True)
class Excess:
    """By how much one gift is beyond its norm."""

    over: Decimal
    norm: Decimal
    citation: str


def gift_excess(gift: Gift) -> Excess | None:
    """None where it is within the norm, or where no norm is known; what we receive has none."""
    if gift.direction != GiftDirection.GIVEN or gift.value is None or not gift.guest_class:
        return None
    if gift.guest_class == NormClass.SPECIAL:
        return None
    norm = gift_norm(gift.guest_class, gift.guest_part, gift.given_on)
    if norm is None or gift.value <= norm.amount:
        return None
    return Excess(over=gift.value - norm.amount, norm=norm.amount, citation=norm.citation)
