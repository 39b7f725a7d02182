"""Reads over the catalogues: what may still be chosen, and what somebody meant by what they typed."""

from __future__ import annotations

from typing import Self

from django.db import models

from intlcoop.vietnamese.folding import fold


class ActiveQuerySet(models.QuerySet):
    def active(self) -> Self:
        """Rows that may be chosen in new files; the others stay readable in old ones."""
        return self.filter(is_active=True)


class SearchableQuerySet(ActiveQuerySet):
    """Rows with many names, in a `search_text` column that `searching.search_text` made."""

    def search(self, text: str) -> Self:
        """Rows of which every word of `text` begins a word of a name, in any order; an empty text finds all."""
        found = self
        for word in fold(text).split():
            found = found.filter(search_text__contains=f" {word}")
        return found


class CountryQuerySet(SearchableQuerySet):
    def abroad(self) -> Self:
        """Without Viet Nam: where a delegation can go."""
        return self.exclude(iso2="VN")
