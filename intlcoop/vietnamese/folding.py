"""Under which letters is a Vietnamese text found?

`fold` gives the form that is stored beside a text and compared with what the reader typed. `normalise_tone_marks`
gives the one spelling (hòa, not hoà) by which exact hits are ranked first.
"""

from __future__ import annotations

import re
import unicodedata

from intlcoop.vietnamese.normalise import nfc

# Letters that Unicode does not take apart. Ð and Ɖ are often typed for Đ because they look the same.
UNDIVIDED = str.maketrans(
    {"đ": "d", "ð": "d", "ɖ": "d", "ø": "o", "ł": "l", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ħ": "h"}
)

# Second letter with a tone -> first letter with the same tone, in open syllables only (toàn, khuỷu stay).
TONED = {"o": "òỏõóọ", "u": "ùủũúụ", "a": "àảãáạ", "e": "èẻẽéẹ", "y": "ỳỷỹýỵ"}
MOVED = {
    first + toned: TONED[first][tone] + second
    for first, second in ("oa", "oe", "uy")
    for tone, toned in enumerate(TONED[second])
}
# "quý" keeps its mark: there the u belongs to the consonant.
OPEN_SYLLABLE = re.compile(rf"(?<![qQ])(?:{'|'.join(MOVED)})(?![^\W\d_])", re.IGNORECASE)


def fold(text: str) -> str:
    """The text in lower case, without accents, each run of other signs turned into one space; đ becomes d.

    The result holds letters, digits and single spaces only, so a moved hyphen, another dash or a doubled space does not
    hide a record, and the LIKE wildcards of a query are gone. `fold(fold(x)) == fold(x)`; composed and
    decomposed input give the same.
    """
    # Taking apart may give capitals, so case is folded after it; folding may give compounds, so they are split again.
    lower = unicodedata.normalize("NFKD", nfc(text)).casefold()
    plain = unicodedata.normalize("NFKD", lower.translate(UNDIVIDED))
    letters = (char if char.isalnum() else " " for char in plain if not unicodedata.category(char).startswith("M"))
    return " ".join("".join(letters).split())


def normalise_tone_marks(text: str) -> str:
    """The text with the mark of oa, oe and uy on the first letter: hoà -> hòa, thuý -> thúy, but quý and toàn stay."""
    return OPEN_SYLLABLE.sub(_move_mark, nfc(text))


def _move_mark(match: re.Match[str]) -> str:
    pair = match.group()
    moved = MOVED[pair.lower()]
    return "".join(letter.upper() if typed.isupper() else letter for letter, typed in zip(moved, pair, strict=True))
