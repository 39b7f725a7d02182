"""Under which words is a row with many names found?

Vietnamese is written in short syllables, so a hit in the middle of one is noise ("anh" in "Thanh"): each word that
was typed must begin a word of one of the names. Names are folded (`vietnamese.folding`), so accents and hyphens do
not count.
"""

from __future__ import annotations

from typing import Self

from django.db import models

from intlcoop.vietnamese.folding import fold


def search_text(*names: str) -> str:
    """What is stored beside the names of a row: each folded, all in one line, a space before every word."""
    return "".join(f" {folded}" for folded in (fold(name) for name in names) if folded)


class SearchableQuerySet(models.QuerySet):
    """Rows with a `search_text` column that `search_text()` made."""

    def search(self, text: str) -> Self:
        """Rows of which every word of `text` begins a word of a name, in any order; an empty text finds all."""
        found = self
        for word in fold(text).split():
            found = found.filter(search_text__contains=f" {word}")
        return found
