"""Two versions of a file side by side: what was taken away, what was added, word by word. Pure functions over lines of text."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

#: (label, lines) as `registry.FileKind.readable` gives them.
Readable = Sequence[tuple[str, Sequence[str]]]
WORDS = re.compile(r"\s+|[^\s]+")
#: Two lines with less than this in common are two lines, not one that was edited.
ALIKE = 0.5


@dataclass(frozen=True, slots=True)
class Piece:
    text: str
    changed: bool = False


@dataclass(frozen=True, slots=True)
class Comparison:
    """One subject (members, days, purpose ...) whose text differs: lines of pieces, before and after."""

    label: str
    before: tuple[tuple[Piece, ...], ...]
    after: tuple[tuple[Piece, ...], ...]


def compare(before: Readable, after: Readable) -> list[Comparison]:
    """The subjects that differ, in the order of the newer version; those that only the older one has come last."""
    old, new = _by_label(before), _by_label(after)
    labels = list(dict.fromkeys([*new, *old]))
    return [
        Comparison(label, *_lines(old.get(label, ()), new.get(label, ())))
        for label in labels
        if tuple(old.get(label, ())) != tuple(new.get(label, ()))
    ]


def _by_label(readable: Readable) -> Mapping[str, Sequence[str]]:
    return {str(label): [line for line in lines if line] for label, lines in readable}


def _lines(
    before: Sequence[str], after: Sequence[str]
) -> tuple[tuple[tuple[Piece, ...], ...], tuple[tuple[Piece, ...], ...]]:
    """Lines that stand in both are unchanged wherever they stand; of the others, alike ones are compared word by word."""
    gone = [line for line in before if line not in after]
    come = [line for line in after if line not in before]
    pairs = _pairs(gone, come)
    left = tuple(_words(line, pairs[line])[0] if line in pairs else (Piece(line, line in gone),) for line in before)
    partner = {new: old for old, new in pairs.items()}
    right = tuple(_words(partner[line], line)[1] if line in partner else (Piece(line, line in come),) for line in after)
    return left, right


def _pairs(gone: Sequence[str], come: Sequence[str]) -> dict[str, str]:
    pairs: dict[str, str] = {}
    free = list(come)
    for line in gone:
        best = max(free, key=lambda other: _ratio(line, other), default=None)
        if best is not None and _ratio(line, best) >= ALIKE:
            pairs[line] = best
            free.remove(best)
    return pairs


def _ratio(one: str, other: str) -> float:
    return difflib.SequenceMatcher(None, one.split(), other.split(), autojunk=False).ratio()


def _words(before: str, after: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    old, new = WORDS.findall(before), WORDS.findall(after)
    left: list[Piece] = []
    right: list[Piece] = []
    for tag, i1, i2, j1, j2 in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if i2 > i1:
            left.append(Piece("".join(old[i1:i2]), tag != "equal"))
        if j2 > j1:
            right.append(Piece("".join(new[j1:j2]), tag != "equal"))
    return _joined(left), _joined(right)


def _joined(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """Neighbours of one kind as one piece; a blank between two changed words is changed with them."""
    joined: list[Piece] = []
    for number, piece in enumerate(pieces):
        between = piece.text.isspace() and 0 < number < len(pieces) - 1
        changed = piece.changed or (between and pieces[number - 1].changed and pieces[number + 1].changed)
        if joined and joined[-1].changed == changed:
            joined[-1] = Piece(joined[-1].text + piece.text, changed)
        else:
            joined.append(Piece(piece.text, changed))
    return tuple(joined)
