"""Reads over the catalogues: what may still be chosen, and what somebody meant by what they typed."""

from __future__ import annotations

from typing import Self

from django.db import models

from intlcoop.catalogues.searching import SearchableQuerySet


class ActiveQuerySet(models.QuerySet):
    def active(self) -> Self:
        """Rows that may be chosen in new files; the others stay readable in old ones."""
        return self.filter(is_active=True)


class CountryQuerySet(SearchableQuerySet, ActiveQuerySet):
    def abroad(self) -> Self:
        """Without Viet Nam: where a delegation can go."""
        return self.exclude(iso2="VN")
