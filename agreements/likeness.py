"""Are two names those of one partner? Pure comparison: accents, case, word order, abbreviations, two languages, typing errors.

The candidates come from the database (`Partner.likeness`, a trigram index over `traces`); `likeness` judges each pair.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from agreements.vocabulary import Meaning, phrases_of, vocabulary
from intlcoop.vietnamese.folding import fold
from intlcoop.vietnamese.normalise import nfc

#: From here on two names are taken for the same; settled on one half of tests/agreements/pairs.csv.
ALIKE = 0.74
FUZZY = 0.9
INITIALS = 0.95
#: What a country weighs that only one of the two names says.
PLACE_WEIGHT = 0.25
LIGHT = 0.45
ASIDE = re.compile(r"\(([^()]*)\)")


@dataclass(frozen=True, slots=True)
class Reading:
    """A name taken apart. `concepts` with their weights, `places` as country codes, `initials` as others may shorten it;
    `letters` is the word that may itself be such a shortening, or ""."""

    concepts: tuple[tuple[str, float], ...]
    places: frozenset[str]
    initials: frozenset[str]
    letters: str


def readings(name: str) -> tuple[Reading, ...]:
    """The name, and what stands in brackets as another name: "Chương trình … (UNDP)", "JICA (Cơ quan Hợp tác …)".

    Other words in brackets, such as "(mới)", say nothing of the name.
    """
    return _readings(nfc(name))


@lru_cache(maxsize=4096)
def _readings(name: str) -> tuple[Reading, ...]:
    outside = ASIDE.sub(" ", name)
    inside = [text for text in ASIDE.findall(name) if fold(text)]
    found = [_read(outside)] if fold(outside) else []
    for text in inside:
        aside = _read(text)
        is_name = not found or _is_short(text) or _is_short(outside)
        if aside.concepts and is_name:
            found.append(aside)
        elif not aside.concepts and found and aside.places:
            # "Ministry of Communications (Japan)": the brackets say where.
            found[0] = Reading(found[0].concepts, found[0].places | aside.places, found[0].initials, found[0].letters)
    return tuple(found)


def _is_short(text: str) -> bool:
    """An abbreviation: one word in capitals, or letters that are known."""
    words = text.split()
    return len(words) == 1 and (words[0].isupper() or fold(text) in vocabulary().acronyms)


def _read(text: str) -> Reading:
    phrases = [(words, _mended(words, meaning)) for words, meaning in phrases_of(text)]
    concepts: dict[str, float] = {}
    for _words, meaning in phrases:
        concepts |= {concept: max(weight, concepts.get(concept, 0)) for concept, weight in meaning.concepts}
    places = frozenset(meaning.place for _words, meaning in phrases if meaning.place)
    unknown = [words for words, meaning in phrases if _is_unknown(words, meaning)]
    heavy = [words for words, meaning in phrases if meaning.concepts]
    letters = (
        unknown[0] if len(unknown) == len(heavy) == 1 and unknown[0].isalpha() and 2 <= len(unknown[0]) <= 8 else ""
    )
    return Reading(tuple(sorted(concepts.items())), places, _initials(phrases), letters)


def _is_unknown(words: str, meaning: Meaning) -> bool:
    return len(meaning.concepts) == 1 and fold(meaning.concepts[0][0]) == words and words not in vocabulary().acronyms


@lru_cache(maxsize=8192)
def _mended(words: str, meaning: Meaning) -> Meaning:
    """A long unknown word that is a known one but for a letter or two means that one."""
    if not _is_unknown(words, meaning) or len(words) < 5:
        return meaning
    known = vocabulary()
    if len(words) >= 6:
        most = 2 if len(words) >= 9 else 1
        for word, its in known.words.items():
            if word[0] == words[0] and abs(len(word) - len(words)) <= most and distance(word, words, most) <= most:
                return its
    for word, its in known.acronyms.items():
        if len(word) >= 5 and word[0] == words[0] and distance(word, words, 1) <= 1:
            return its
    return meaning


def _initials(phrases: list[tuple[str, Meaning]]) -> frozenset[str]:
    """First letters of all words, without small words, and each also without the country."""
    found = set()
    for keep_small in (True, False):
        for keep_place in (True, False):
            words = [
                word
                for phrase, meaning in phrases
                if (keep_place or not meaning.place) and (keep_small or meaning.concepts or meaning.place)
                for word in phrase.split()
            ]
            if len(words) > 1:
                found.add("".join(word[0] for word in words))
    return frozenset(found)


def likeness(one: str, other: str, country: str = "", other_country: str = "") -> float:
    """0 … 1: how surely both are names of one partner. Countries are two-letter codes; "" where none is known."""
    first, second = readings(one), readings(other)
    scores = (_score(a, b, country, other_country) for a in first for b in second)
    return max(scores, default=0.0)


def best_likeness(names: Iterable[str], others: Iterable[str], country: str = "", other_country: str = "") -> float:
    """The highest likeness of any name of one to any name of the other."""
    others = [name for name in others if name]
    pairs = (likeness(name, other, country, other_country) for name in names if name for other in others)
    return max(pairs, default=0.0)


def _score(one: Reading, other: Reading, country: str, other_country: str) -> float:
    places = one.places | ({country} if country else set())
    others = other.places | ({other_country} if other_country else set())
    if places and others and not places & others:
        return 0.0
    shared, total = _overlap(dict(one.concepts), dict(other.concepts))
    if bool(places) != bool(others):
        total += PLACE_WEIGHT
    elif places and not (country or other_country):
        shared, total = shared + PLACE_WEIGHT, total + PLACE_WEIGHT
    score = shared / total if total else 0.0
    if _shortened(one, other) or _shortened(other, one):
        score = max(score, INITIALS if bool(places) == bool(others) else INITIALS - 0.1)
    return score


def _shortened(short: Reading, full: Reading) -> bool:
    return len(short.letters) >= 2 and short.letters in full.initials


def _overlap(one: dict[str, float], other: dict[str, float]) -> tuple[float, float]:
    """(weight of what both say, weight of what either says); names of light words alone count in full."""
    if not any(weight > LIGHT for weight in (*one.values(), *other.values())):
        one, other = dict.fromkeys(one, 1.0), dict.fromkeys(other, 1.0)
    same = one.keys() & other.keys()
    shared = sum(max(one[concept], other[concept]) for concept in same)
    left = {concept: weight for concept, weight in one.items() if concept not in same}
    right = {concept: weight for concept, weight in other.items() if concept not in same}
    total = shared
    for concept, weight in left.items():
        twin = next((each for each in right if _nearly(concept, each)), None)
        if twin is None:
            total += weight
        else:
            shared += FUZZY * weight
            total += max(weight, right.pop(twin))
    return shared, total + sum(right.values())


def _nearly(one: str, other: str) -> bool:
    """Two unknown words that differ by a typing error, or by the accents that one of them leaves out."""
    plain, plain_other = fold(one), fold(other)
    if plain == plain_other:
        return one == plain or other == plain_other
    return min(len(plain), len(plain_other)) >= 5 and distance(plain, plain_other, 1) <= 1


def distance(one: str, other: str, most: int) -> int:
    """Letters to change, add, drop or swap to get from one to the other; `most + 1` stands for more."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    line = list(range(len(other) + 1))
    for row, letter in enumerate(one, start=1):
        now = [row]
        for column, against in enumerate(other, start=1):
            cost = min(now[-1] + 1, line[column] + 1, line[column - 1] + (letter != against))
            if row > 1 and column > 1 and letter == other[column - 2] and one[row - 2] == against:
                cost = min(cost, before[column - 2] + 1)
            now.append(cost)
        before, line = line, now
        if min(line) > most:
            return most + 1
    return line[-1]


def traces(names: Iterable[str]) -> str:
    """What the database keeps of a partner's names to find candidates: their concepts and initials, without countries."""
    found = dict.fromkeys(trace for name in names for reading in readings(name) for trace in _traces_of(reading))
    return " | ".join(found)


def searches(names: Iterable[str]) -> list[str]:
    """What to look for in `traces` to find partners with names like these."""
    return [trace for trace in dict.fromkeys(_words(reading) for name in names for reading in readings(name)) if trace]


def _traces_of(reading: Reading) -> list[str]:
    words = _words(reading)
    return [words, *sorted(reading.initials)] if words else sorted(reading.initials)


def _words(reading: Reading) -> str:
    heavy = [fold(concept) for concept, weight in reading.concepts if weight > LIGHT]
    return " ".join(heavy or [fold(concept) for concept, _weight in reading.concepts])
