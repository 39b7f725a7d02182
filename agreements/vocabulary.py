"""Which words of a partner's name mean the same, in Vietnamese and English? A small vocabulary of our own, read from `data/`.

A name is taken apart into concepts: "Bộ Nội vụ Lào" and "Ministry of Home Affairs of Laos" are both {ministry, interior} in LA.
Vietnamese single syllables are matched with their accents ("số" is no "sở"), unless the text has none at all.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from intlcoop.catalogues.names import country_names
from intlcoop.vietnamese.folding import fold, normalise_tone_marks
from intlcoop.vietnamese.normalise import nfc

DATA = Path(__file__).parent / "data"
#: A word that the vocabulary does not know weighs this much.
UNKNOWN_WEIGHT = 1.0
LONGEST_PHRASE = 9
#: Our own country says only where an office of the partner sits.
HOME = "VN"


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a phrase stands for: concepts with their weights, or countries."""

    concepts: tuple[tuple[str, float], ...] = ()
    place: str = ""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Phrases as tuples of words: `marked` with accents, `plain` folded; `words` are single known words for typing errors."""

    marked: dict[tuple[str, ...], Meaning]
    plain: dict[tuple[str, ...], Meaning]
    words: dict[str, Meaning]
    acronyms: dict[str, Meaning]


def marked_words(text: str) -> list[str]:
    """The words in lower case with their accents, tone marks in one place; as many of them as `fold` finds."""
    lower = normalise_tone_marks(nfc(text)).casefold()
    return "".join(char if char.isalnum() else " " for char in lower).split()


@cache
def vocabulary() -> Vocabulary:
    """Everything that `data/` and the list of countries know; read once per process."""
    known = Vocabulary({}, {}, {}, {})
    for row in _rows("words.csv"):
        weight = float(row["weight"])
        meaning = Meaning(((row["concept"], weight),) if row["concept"] and weight else ())
        for phrase in f"{row['vi']};{row['en']}".split(";"):
            _learn(known, phrase, meaning)
        for phrase in row["en"].split(";"):
            if len(phrase) > 5 and " " not in phrase:
                known.words.setdefault(fold(phrase), meaning)
    for code, names in country_names().items():
        for name in names if code != HOME else ():
            _learn(known, name, Meaning(place=code))
            if len(fold(name)) > 5 and " " not in fold(name):
                known.words.setdefault(fold(name), Meaning(place=code))
    for row in _rows("demonyms.csv"):
        for word in row["words"].split(";"):
            _learn(known, word, Meaning(place=row["iso2"]))
    for row in _rows("acronyms.csv"):
        _learn_acronym(known, row["acronym"], row["names"].split(";"))
    return known


def _learn(known: Vocabulary, phrase: str, meaning: Meaning) -> None:
    if not phrase:
        return
    marked, plain = tuple(marked_words(phrase)), tuple(fold(phrase).split())
    known.marked.setdefault(marked, meaning)
    known.plain.setdefault(plain, meaning)


def _learn_acronym(known: Vocabulary, acronym: str, names: list[str]) -> None:
    """The letters and all full names of a body stand for the concepts of its first name; its country counts too."""
    first = [meaning for _word, meaning in phrases_of(names[0], known)]
    concepts = {concept: weight for meaning in first for concept, weight in meaning.concepts}
    place = next((meaning.place for meaning in first if meaning.place), "")
    meaning = Meaning(tuple(concepts.items()), place)
    for phrase in (acronym, *names):
        marked, plain = tuple(marked_words(phrase)), tuple(fold(phrase).split())
        known.marked[marked] = known.plain[plain] = meaning
    known.acronyms[fold(acronym)] = meaning


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as handle:
        yield from csv.DictReader(handle)


def phrases_of(text: str, known: Vocabulary | None = None) -> list[tuple[str, Meaning]]:
    """The text from left to right as (folded words, meaning), the longest known phrase first; an unknown word means itself."""
    known = known or vocabulary()
    marked, plain = marked_words(text), fold(text).split()
    if len(marked) != len(plain):
        # A ligature or another sign that folding takes apart: compare without accents.
        marked = plain
    bare = marked == plain
    found: list[tuple[str, Meaning]] = []
    at = 0
    while at < len(plain):
        for length in range(min(LONGEST_PHRASE, len(plain) - at), 0, -1):
            words = tuple(plain[at : at + length])
            meaning = known.marked.get(tuple(marked[at : at + length]))
            if meaning is None and (bare or length > 1):
                meaning = known.plain.get(words)
            if meaning is not None:
                found.append((" ".join(words), meaning))
                at += length
                break
        else:
            found.append((plain[at], Meaning(((marked[at], UNKNOWN_WEIGHT),))))
            at += 1
    return found
