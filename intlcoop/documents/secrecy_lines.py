"""How is a text laid out for the search: lines with their neighbours, letters that were spaced out put together again?"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from intlcoop.vietnamese.normalise import nfc

LINE_MAX = 4000  # bounds the work that a hostile text can cause
WORD = re.compile(r"[^\W_]+")
CANDIDATE = re.compile(r"m[\W_]{0,3}(?:ậ|â|ạ|a|ë|aä)[\W_]{0,3}t", re.IGNORECASE)
SPACED = re.compile(r"(?<![^\W_])[^\W\d_](?:[ .\-_·]{1,3}[^\W\d_](?![^\W_])){2,}")
INSIDE_SPACED = re.compile(r"(tuyệt|tối)?mật|^(tuyet|toi)?mat$", re.IGNORECASE)


@dataclass(frozen=True)
class Word:
    text: str
    start: int
    end: int

    @property
    def low(self) -> str:
        return self.text.casefold()


@dataclass(frozen=True)
class Line:
    text: str
    above: str  # the line directly above, "" when a paragraph starts here
    below: str
    before: tuple[str, ...]  # the last two lines with text, whatever lies between
    after: tuple[str, ...]


def may_hold_a_stamp(text: str) -> bool:
    return bool(CANDIDATE.search(unicodedata.normalize("NFKC", text)))


def candidates(text: str) -> Iterator[Line]:
    """The lines in which the word may stand, with their neighbours."""
    raw = unicodedata.normalize("NFKC", nfc(text))
    # A tab or a bar parts columns: what follows is no continuation of what stands before.
    parts = [part.strip() for part in re.sub(r"[\t|│┃]+| {4,}", "\n\n", _join_spaced(raw)).split("\n")]
    parts = _join_upright(parts)
    parts = [part[start : start + LINE_MAX] for part in parts for start in range(0, max(len(part), 1), LINE_MAX)]
    filled = [part for part in parts if part]
    at = -1
    for above, part, below in zip(["", *parts], parts, [*parts[1:], ""], strict=False):
        at += bool(part)
        if CANDIDATE.search(part):
            yield Line(part, above, below, tuple(filled[max(at - 2, 0) : at]), tuple(filled[at + 1 : at + 3]))


def _join_spaced(text: str) -> str:
    """ "M Ậ T" -> "MẬT", "B Ả O  M Ậ T" -> "BẢO MẬT"; other spaced letters stay."""

    def join(match: re.Match[str]) -> str:
        letters = "".join(WORD.findall(match.group()))
        if not INSIDE_SPACED.search(letters):
            return match.group()
        # Nobody spaces out a word of a sentence, so it counts as capitals.
        return INSIDE_SPACED.sub(lambda found: f" {found[1] or found[2] or ''} MẬT ".upper(), letters)

    return SPACED.sub(join, text)


def _join_upright(parts: list[str]) -> list[str]:
    """Letters below one another (a stamp on its side) become one line."""
    joined: list[str] = []
    run: list[str] = []
    for part in [*parts, ""]:
        if len(part) == 1 and part.isalpha():
            run.append(part)
            continue
        joined.extend(["", _join_spaced(" ".join(run)).strip(), ""] if len(run) >= 3 else run)
        run = []
        joined.append(part)
    return joined


def words_of(text: str) -> list[Word]:
    return [Word(match.group(), *match.span()) for match in WORD.finditer(text)]
