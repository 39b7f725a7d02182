"""In which order do Vietnamese names stand?

The embedded database has no ICU, so the order is computed into a key that plain byte order (COLLATE "C", Python's `<`)
sorts correctly. As in Vietnamese dictionaries, texts are compared syllable by syllable: first by letters
(a ă â b c d đ e ê g h i k l m n o ô ơ p q r s t u ư v x y), then by tone (ngang, huyền, hỏi, ngã, sắc, nặng).
So "Ba Lan" < "Bahrain" < "Bắc Macedonia", and every "Hà ..." stands before the first "Hạ ...".
"""

from __future__ import annotations

import re
import unicodedata

from intlcoop.vietnamese.folding import UNDIVIDED
from intlcoop.vietnamese.normalise import nfc

BREVE, CIRCUMFLEX, HORN = "\u0306", "\u0302", "\u031b"
# "~" is above every ASCII letter: a < az < a~ (ă) < a~z < a~~ (â) < b.
OTHER_LETTERS = {
    "a" + BREVE: "a~",
    "a" + CIRCUMFLEX: "a~~",
    "e" + CIRCUMFLEX: "e~",
    "o" + CIRCUMFLEX: "o~",
    "o" + HORN: "o~~",
    "u" + HORN: "u~",
}
D_STROKE = dict.fromkeys("đðɖ", "d~")
TONES = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}
SYLLABLE = re.compile(r"[^\W_]+")


def sort_key(text: str) -> str:
    """A key whose byte order is the Vietnamese alphabetical order of the texts.

    Case, punctuation and the place of a tone mark within its syllable do not count, so two spellings may share a key:
    always add the id as the last key. At most about three characters per letter; store it in a text column.
    """
    # The space between syllables is below "!" (a tone follows), which is below every digit and letter.
    return " ".join(_syllable_key(syllable) for syllable in SYLLABLE.findall(_comparable(text)))


def person_sort_key(name: str) -> str:
    """A key that sorts people as Vietnamese lists do: by given name (the last word), then family and middle names."""
    words = nfc(name).split()
    return sort_key(" ".join([*words[-1:], *words[:-1]]))


def _comparable(text: str) -> str:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFKC", nfc(text)).casefold())


def _syllable_key(syllable: str) -> str:
    letters: list[str] = []
    tones: list[str] = []
    for char in syllable:
        base, *marks = list(unicodedata.normalize("NFD", char))
        shape = next((OTHER_LETTERS[base + mark] for mark in marks if base + mark in OTHER_LETTERS), None)
        letters.append(shape or D_STROKE.get(base) or base.translate(UNDIVIDED))
        tones.extend(TONES[mark] for mark in marks if mark in TONES)
    return "".join(letters) + ("!" + "".join(tones) if tones else "")
