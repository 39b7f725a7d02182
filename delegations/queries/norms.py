"""Which amount does a circular set, for a country, a class and an item, on the day of departure?"""

from __future__ import annotations

import datetime as dt

from delegations.choices import PersonClass
from delegations.models import CountryGroup, GroupedCountry, NormTable, PerDiemNorm


class NormBook:
    """The norms that hold for trips departing on a day: four queries, then plain lookups. Empty where nothing is entered."""

    def __init__(self, on: dt.date | None) -> None:
        self.table = NormTable.objects.on(on).select_related("instrument").first() if on else None
        self._groups: dict[int, int] = {}
        self._rest: int | None = None
        self._norms: dict[tuple[int, str, str], PerDiemNorm] = {}
        if self.table is None or on is None:
            return
        self._groups = dict(GroupedCountry.objects.filter(table=self.table).values_list("country", "group"))
        self._rest = CountryGroup.objects.filter(table=self.table, is_rest=True).values_list("pk", flat=True).first()
        norms = PerDiemNorm.objects.on(on).filter(group__table=self.table).select_related("currency", "group")
        self._norms = {(norm.group_id, norm.person_class, norm.item): norm for norm in norms}

    def class_of(self, rank: str) -> str:
        ranks = self.table.class_a_ranks if self.table else ()
        return PersonClass.A if rank in ranks else PersonClass.B

    def group_of(self, country: int | None) -> int | None:
        return None if country is None else self._groups.get(country, self._rest)

    def norm(self, country: int | None, person_class: str, item: str) -> PerDiemNorm | None:
        group = self.group_of(country)
        return self._norms.get((group, person_class, item)) if group is not None else None

    def neighbours(self, countries: set[int]) -> set[int]:
        """These countries and those for which the same amounts hold; the group of all others joins nobody."""
        groups = {self._groups[country] for country in countries if country in self._groups}
        return countries | {country for country, group in self._groups.items() if group in groups}

    @property
    def is_empty(self) -> bool:
        return not self._norms
