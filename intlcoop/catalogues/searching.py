"""Under which words is a row with many names found?

Vietnamese is written in short syllables, so a hit in the middle of one is noise ("anh" in "Thanh"): each word that
was typed must begin a word of one of the names. Names are folded (`vietnamese.folding`), so accents and hyphens do
not count.
"""

from __future__ import annotations

from intlcoop.vietnamese.folding import fold


def search_text(*names: str) -> str:
    """What is stored beside the names of a row: each folded, all in one line, a space before every word."""
    return "".join(f" {folded}" for folded in (fold(name) for name in names) if folded)
