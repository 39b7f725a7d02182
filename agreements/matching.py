"""How well does a partner answer to a need? Pure: fields in common, and words of the need in what the partner says of itself."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from itertools import pairwise

from intlcoop.vietnamese.folding import fold

#: Shorter syllables, and those that stand in every need, say nothing.
LEAST_LETTERS = 3
COMMON = frozenset(
    fold(
        "các cho của hợp tác quốc tế kinh nghiệm hỗ trợ đơn vị nước ngoài việc trong những được mô hình cán bộ"
    ).split()
)
#: A field in common weighs more than any few words.
FIELD, PAIR, COUNTRY = 10, 3, 4


@dataclass(frozen=True, slots=True)
class Fit:
    """Why a partner was thought of; the higher the points, the nearer."""

    points: int
    fields: tuple[int, ...]
    words: tuple[str, ...]
    country: bool = False


def pairs(text: str) -> list[str]:
    """Two syllables side by side: most Vietnamese words have two, and one alone has too many meanings."""
    said = fold(text).split()
    return [
        f"{a} {b}"
        for a, b in pairwise(said)
        if not (a in COMMON and b in COMMON) and max(len(a), len(b)) >= LEAST_LETTERS
    ]


def fit_of(
    need_text: str,
    need_fields: Collection[int],
    need_countries: Collection[int],
    *,
    offers: str,
    fields: Collection[int],
    country: int | None,
) -> Fit | None:
    """None where nothing is in common: being of a country that is looked to is no reason by itself."""
    shared = tuple(sorted(set(need_fields) & set(fields)))
    said = f" {fold(offers)} "
    words = tuple(dict.fromkeys(pair for pair in pairs(need_text) if f" {pair} " in said))
    if not shared and not words:
        return None
    there = country is not None and country in need_countries
    return Fit(len(shared) * FIELD + len(words) * PAIR + there * COUNTRY, shared, words, there)
