"""What is a unit of a currency worth in đồng, as the finance department entered it?"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from decimal import Decimal
from typing import Any

from delegations.models import ExchangeRate

OWN = "VND"


class RateBook:
    """All rates of exchange, read in one query; ask it as often as you like."""

    def __init__(self) -> None:
        self._rows: dict[str, list[tuple[dt.date, dt.date, Decimal, str]]] = defaultdict(list)
        rows: Any = ExchangeRate.objects.order_by("valid_from").values_list(
            "currency__code", "valid_from", "valid_until", "rate", "source"
        )
        for code, first, last, rate, source in rows:
            self._rows[code].append((first, last, rate, source))

    def on(self, code: str, day: dt.date) -> Decimal | None:
        """The rate that holds on this day; None when nobody has entered one."""
        if code == OWN:
            return Decimal(1)
        return next((rate for first, last, rate, _source in self._rows[code] if first <= day <= last), None)

    def near(self, code: str, day: dt.date) -> Decimal | None:
        """The rate of this day, else the last one before it: for comparisons, never for an estimate."""
        if code == OWN:
            return Decimal(1)
        earlier = [rate for first, _last, rate, _source in self._rows[code] if first <= day]
        return earlier[-1] if earlier else None

    def source(self, code: str, day: dt.date) -> str:
        return next((source for first, last, _rate, source in self._rows[code] if first <= day <= last), "")
