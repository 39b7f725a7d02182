"""In which language does the report speak? One structure, two texts: each sentence stands once in Vietnamese and once in
English beside it, and both take the same figures."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from intlcoop.vietnamese.counts import Qualifier
from intlcoop.vietnamese.dates import known_date, short_date
from intlcoop.vietnamese.joining import capitalise_first, join_semicolons
from intlcoop.vietnamese.numbers import format_money
from reports.queries.narrative.blocks import counted, counted_plainly, figure, plain
from reports.queries.narrative.english import COUNT_WORDS, MONTHS, PERIODS, WORDS
from reports.queries.windows import Period

VIETNAMESE, ENGLISH = "vi", "en"
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Voice:
    """`names`: English names of countries, units, partners and mechanisms by their Vietnamese ones, as far as they are kept."""

    language: str = VIETNAMESE
    names: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_english(self) -> bool:
        return self.language == ENGLISH

    def __call__(self, vietnamese: str, english: str, /, **parts: object) -> str:
        """The sentence of this language with its parts."""
        return (english if self.is_english else vietnamese).format(**parts)

    def word(self, text: str) -> str:
        """A heading or a fixed word of the paper."""
        return WORDS.get(text, text) if self.is_english else text

    def name(self, text: str) -> str:
        """A name on one line, in English where an English one is kept; titles of files are what they are."""
        text = plain(text)
        return plain(self.names.get(text) or text) if self.is_english else text

    # --- figures ----------------------------------------------------------------------------------------------------

    def counted(self, found: Row, ref: object, vietnamese: str, one: str, many: str, *, padded: bool = True) -> str:
        """ "05 đoàn", "5 delegations": a figure with what it counts, leading to its rows."""
        if not self.is_english:
            said = counted(found, vietnamese) if padded else counted_plainly(found, vietnamese)
            return figure(said, ref)
        exact = f"{found['value']:,} {one if found['value'] == 1 else many}"
        word = COUNT_WORDS[Qualifier(found["qualifier"])] if found["qualifier"] else ""
        return figure(f"{word} {exact}".strip(), ref)

    def money(self, found: Row, ref: object) -> str:
        """A sum with its currency: "hơn 120.000.000 đồng"."""
        if not self.is_english:
            said = format_money(Decimal(found["amount"]), found["currency"], decimals=found["decimals"])
            return figure(f"ít nhất {said}" if found["qualifier"] else said, ref)
        said = f"{found['currency']} {Decimal(found['amount']):,.{found['decimals']}f}"
        return figure(f"at least {said}" if found["qualifier"] else said, ref)

    # --- days -------------------------------------------------------------------------------------------------------

    def date(self, day: dt.date | str) -> str:
        """ "09/12/2022", "9 December 2022"."""
        day = dt.date.fromisoformat(day) if isinstance(day, str) else day
        return f"{day.day} {MONTHS[day.month - 1]} {day.year}" if self.is_english else short_date(day)

    def known(self, row: Row) -> str:
        """When it was, as far as that is known: "ngày 08/4/2021", "tháng 2/2022", "năm 2022"; "" when it is not."""
        first, precision = row.get("first_on"), row.get("precision", "day")
        if not first or precision == "unknown":
            return ""
        day = dt.date.fromisoformat(first)
        if not self.is_english:
            return known_date(day, precision)
        return {"month": f"{MONTHS[day.month - 1]} {day.year}", "year": str(day.year)}.get(precision) or self.date(day)

    def period(self, period: Period) -> str:
        if not self.is_english:
            return period.said
        name = PERIODS.get(period.window, "{year}").format(year=period.year)
        if period.window == "calendar":
            return name
        return f"{name} ({self.date(period.first)} to {self.date(period.last)})"

    # --- lists ------------------------------------------------------------------------------------------------------

    def listed(self, items: Iterable[str], *, end: str = ".") -> str:
        """ "A; B; C." with each item beginning as it does in a list."""
        return join_semicolons((capitalise_first(item) for item in items), end=end)

    def titled(self, rows: Iterable[Row], *, keep: int = 12, dated: bool = False, end: str = ".") -> str:
        """The titles of rows as one list; beyond `keep` of them the list is elided, as the annex has them all."""
        rows = list(rows)
        items = [f"{plain(row['title'])}{self.when(row) if dated else ''}" for row in rows[:keep]]
        return self.listed([*items, "…"] if len(rows) > keep else items, end=end)

    def when(self, row: Row) -> str:
        known = self.known(row)
        return f" ({known})" if known else ""
