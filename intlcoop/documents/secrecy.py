"""Does a text carry a stamp of state secrecy: MẬT, TỐI MẬT, TUYỆT MẬT?

A document so marked may not be kept on this system at all (Law 117/2025/QH15, article 5.2), so every stamp must be
found; but the word is common, so prose must pass. What tells them apart: a stamp stands alone (a line, a frame, a
cell), behind a label ("Độ mật: Mật"), in capitals inside the head of a page, or in a file's name. Prose talks ("đóng
dấu Mật", "độ Tối mật"), joins words ("bảo mật", "mật khẩu") or lists the levels ("Tuyệt mật, Tối mật, Mật").

Texts are read line by line. A line feed may be a mere line break (PDF); a blank line is a real end (paragraph, cell).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from intlcoop.documents import secrecy_words as w
from intlcoop.documents.secrecy_lines import WORD, Line, Word, candidates, may_hold_a_stamp, words_of
from intlcoop.vietnamese import folding

fold = lru_cache(maxsize=256)(folding.fold)


class Level(StrEnum):
    MAT = "MẬT"
    TOI_MAT = "TỐI MẬT"
    TUYET_MAT = "TUYỆT MẬT"


class Place(StrEnum):
    """Where a text stands in a file; a word that is prose in the body is a stamp in a header or a file name."""

    BODY = "body"
    MARGIN = "margin"  # headers, footers, titles, subjects, keywords, names of sheets
    NAME = "name"  # the file's name
    PERSON = "person"  # author and the like


@dataclass(frozen=True)
class Mark:
    """The stamp that was found. The words around it are not kept: they may be the secret."""

    level: Level
    place: Place


@dataclass(frozen=True)
class Found:
    """A level in a line: words[first:last]."""

    level: Level
    first: int
    last: int
    capitals: bool


# Bounds the work that a hostile text can cause. A stamp is short, also when it is repeated across the page.
HITS_MAX, ALONE_MAX = 20, 120
_MAT, _AFTER = ("|".join(sorted(group)) for group in (w.MAT | w.MAT_BARE, w.MAT_AFTER_FIRST_WORD))
_TOI, _TUYET = ("|".join(sorted(group)) for group in (w.TOI, w.TUYET))
ONE_STAMP = re.compile(rf"(?P<tuyet>{_TUYET})(?:{_AFTER})|(?P<toi>{_TOI})(?:{_AFTER})|(?:{_MAT})")
STAMPS = re.compile(rf"(?:(?:{_TUYET}|{_TOI})(?:{_AFTER})|(?:{_MAT}))+")
CAPITALS = re.compile(r"M(?:[ẬÂẠAË]|AÄ)T")
PAGE = re.compile(r"\b(?:trang|page|tr|bản số|bản thứ)\W*\d{1,4}\b|^\W*\d{1,4}(?![.)]|\w)|\b\d{1,4}\W*$", re.IGNORECASE)
ENUMERATOR = re.compile(r"\s*(?:\d{1,2}|[a-zđ]|[ivx]{1,4})\s*[.)/]\s*\w", re.IGNORECASE)
BULLET = re.compile(r"\s*[-–—•+*●▪]\s*\w.*[^-–—*\s]\s*$")
LABEL = re.compile(
    r"\b(?:độ|mức|cấp|dấu|do|muc|cap)\s+(?:bảo\s+|bao\s+)?(?:mật|mat)(?:\s*\([^)]{0,40}\))?\s*[:=\-–→]\s*",
    re.IGNORECASE,
)
BOX = re.compile(r"(?P<on>[☒☑✔✓✅■●◉]|[\[(] ?[xXvV×✓] ?[\])])|[☐□○◯]|[\[(] {0,3}[\])]")
JOINED = re.compile(r"(?<![^\W_])(tuyệt|tuyet|tối|toi)(mật|mat)(?![^\W_])", re.IGNORECASE)
FLOWS_ON = re.compile(r"[^.;:!?…\"”)\]]\s*$")
QUOTES = "\"'“”‘’«»"
# The stamp ran into the end of the line with the number or the date.
HEAD_END = re.compile(
    r"(?:\bnăm\s+\d{4}|^\W*[Ss]ố\s*:\s*\S{0,20}/\S{1,30})\W+"
    r"(Tuyệt mật|Tối mật|Mật|(?<=[(\[])(?:tuyệt mật|tối mật|mật)(?=[)\]]))\W*$"
)
NUMBER_OR_DATE = re.compile(r"\bsố\s*:|\bngày\b.{1,12}\btháng\b.{1,12}\bnăm\b", re.IGNORECASE)


def find_secrecy_mark(text: str, *, place: Place = Place.BODY) -> Mark | None:
    """The first stamp in the text, or None. Composed, decomposed, spaced and unaccented writings are the same."""
    if not may_hold_a_stamp(text):
        return None
    rules = {
        Place.BODY: (_alone, _labelled, _in_capitals),
        Place.MARGIN: (_alone, _labelled, _in_capitals, _loose),
        Place.NAME: (_named,),
        Place.PERSON: (_person,),
    }[place]
    for line in candidates(text):
        if level := next(filter(None, (rule(line) for rule in rules)), None):
            return Mark(level, place)
    return None


def _found(words: list[Word], *, bare: bool = False) -> list[Found]:
    """Every level among the words that is not part of another word. `bare` takes an unaccented "mat" alone too."""
    hits = []
    for at, word in enumerate(words):
        first = words[at - 1].low if at else ""
        level = None
        if first in w.TUYET and word.low in w.MAT_AFTER_FIRST_WORD:
            level = Level.TUYET_MAT
        elif first in w.TOI and word.low in w.MAT_AFTER_FIRST_WORD:
            level = Level.TOI_MAT
        elif word.low in w.MAT or (bare and word.low in w.MAT_BARE):
            level = None if _compound(words, at) else Level.MAT
        if level:
            start = at if level == Level.MAT else at - 1
            capitals = all(item.text.isupper() for item in words[start : at + 1])
            hits.append(Found(level, start, at + 1, capitals))
    return hits


def _compound(words: list[Word], at: int) -> bool:
    before = words[at - 1].low if at else ""
    behind = words[at + 1].low if at + 1 < len(words) else ""
    third = words[at + 2].low if at + 2 < len(words) else ""
    if before in w.WORD_BEFORE or (before in w.NAME_WORDS and fold(words[at - 2].text if at > 1 else "") != "cong"):
        return True
    return behind in w.WORD_BEHIND and third not in w.WORD_BEHIND[behind]


# --- a stamp stands alone ---------------------------------------------------------------------------------------


def _alone(line: Line) -> Level | None:
    level = _only_level(line.text)
    if level is None or ENUMERATOR.match(line.text):
        return None
    core = [word for word in words_of(PAGE.sub(" ", line.text)) if not word.text.isdigit()]
    capitals = all(word.text.isupper() for word in core)
    # Unaccented and in small letters it may be "tôi mất".
    bare = all(ord(char) < 128 for word in core for char in word.text)
    if (bare or BULLET.match(line.text)) and not capitals:
        return None
    if _continues(line, level, capitals) or _part_of_a_list(line, level, capitals):
        return None
    return level


def _only_level(text: str) -> Level | None:
    """The level when the line says nothing else but a page number; frames, signs and repetition do not count."""
    if len(text) > ALONE_MAX:
        return None
    letters = "".join(word.low for word in words_of(PAGE.sub(" ", text)))
    if not STAMPS.fullmatch(letters):
        return None
    levels = {
        Level.TUYET_MAT if match["tuyet"] else Level.TOI_MAT if match["toi"] else Level.MAT
        for match in ONE_STAMP.finditer(letters)
    }
    return levels.pop() if len(levels) == 1 else None


def _continues(line: Line, level: Level, capitals: bool) -> bool:
    """Whether the words are the broken-off end or start of a sentence: "... công tác bảo" / "mật" / "và ..."."""
    above, below = words_of(line.above), words_of(line.below)
    last, first = (above[-1] if above else None), (below[0] if below else None)
    flows = bool(last and FLOWS_ON.search(line.above))
    if (
        last
        and flows
        and last.low in (w.WORD_BEFORE if level == Level.MAT else w.TALK)
        and last.text.isupper() == capitals
    ):
        return True
    if level == Level.MAT and first and first.text.isupper() == capitals and first.low in w.WORD_BEHIND:
        third = below[1].low if len(below) > 1 else ""
        return third not in w.WORD_BEHIND[first.low]
    if capitals:
        return False
    if line.text[:1].islower():
        return flows or bool(first and first.text[0].islower())
    return level == Level.MAT and _ends_like_a_name(line.before)


def _ends_like_a_name(before: tuple[str, ...]) -> bool:
    """The column before holds the rest of a person's name: "Nguyễn Văn" | "Mật"."""
    words = [word.low for word in words_of(before[-1] if before else "")]
    return bool(words) and len(words) <= 4 and (words[-1] in w.NAME_WORDS or words[0] in w.SURNAMES)


def _part_of_a_list(line: Line, level: Level, capitals: bool) -> bool:
    """The levels one below the other are a list of all levels; a paper is stamped with one."""
    near = {level, *filter(None, (_only_level(text) for text in (*line.before, *line.after)))}
    return len(near) >= (3 if capitals else 2)


# --- behind a label, or ticked ----------------------------------------------------------------------------------


def _labelled(line: Line) -> Level | None:
    if level := _ticked(line.text):
        return level
    if end := HEAD_END.search(line.text):
        return _only_level(end[1])
    if BOX.search(line.text):
        return None
    for label in LABEL.finditer(line.text):
        words = words_of(line.text[label.end() :])
        hits = _found(words, bare=True)
        if len(hits) == 1 and hits[0].first == 0:
            return hits[0].level
    return None


def _ticked(text: str) -> Level | None:
    """ "☐ Tuyệt mật ☒ Tối mật ☐ Mật": the level whose box is ticked, whether boxes stand before or behind."""
    boxes = list(BOX.finditer(text))
    words = words_of(text) if boxes else []
    hits = [hit for hit in _found(words) if not (hit.first and words[hit.first - 1].low in w.TALK)]
    if not hits:
        return None
    behind = words[hits[0].first].start < boxes[0].start()
    for box in (box for box in boxes if box["on"]):
        if behind:
            near = [hit for hit in hits if words[hit.last - 1].end <= box.start()][-1:]
        else:
            near = [hit for hit in hits if words[hit.first].start >= box.end()][:1]
        gap = text[box.end() : words[near[0].first].start] if near and not behind else ""
        if near and not WORD.search(gap):
            return near[0].level
    return None


# --- in capitals, run into other words of the page --------------------------------------------------------------


def _in_capitals(line: Line) -> Level | None:
    if not CAPITALS.search(line.text):
        return None
    words = words_of(line.text)
    hits = _found(words)
    if len({hit.level for hit in hits}) != 1 or _only_level(line.text):
        return None
    for hit in hits[:HITS_MAX]:
        if hit.capitals and not _talked_about(line, words, hit) and _is_stamp(line, words, hit):
            return hit.level
    return None


def _talked_about(line: Line, words: list[Word], hit: Found) -> bool:
    start, end = words[hit.first].start, words[hit.last - 1].end
    if (start and line.text[start - 1] in QUOTES) or (end < len(line.text) and line.text[end] in QUOTES):
        return True
    before = words[hit.first - 1] if hit.first else None
    if before is None and line.above and FLOWS_ON.search(line.above):
        before = next(reversed(words_of(line.above)), None)
    if before and before.low in w.TOI | w.TUYET:
        return True  # "TUYỆT/TỐI MẬT"
    if before is None or before.low not in w.TALK | (w.WORD_BEFORE if hit.level == Level.MAT else frozenset()):
        return False
    if hit.first and ":" in line.text[before.end : start]:
        return False
    return not line.text.isupper() or "bi mat nha nuoc" in fold(f"{line.above} {line.text}") or hit.level == Level.MAT


def _is_stamp(line: Line, words: list[Word], hit: Found) -> bool:
    if any(sign in fold(line.text) for sign in w.LETTERHEAD) or NUMBER_OR_DATE.search(line.text):
        return True
    if not line.text.isupper():
        return hit.level != Level.MAT or hit.first == 0 or hit.last == len(words)
    rest = fold(" ".join(word.text for word in words[: hit.first] + words[hit.last :] if not word.text.isdigit()))
    if not rest or rest in w.DOCUMENT_KINDS or rest in w.OTHER_STAMPS:
        return True
    if hit.level != Level.MAT and not line.text.isascii():
        return not any(about in rest for about in w.ABOUT)
    at_the_edge = hit.first == 0 or hit.last == len(words)
    return at_the_edge and any(rest == name or rest.startswith(name + " ") for name in w.ORGANISATIONS)


# --- in margins, names and titles -------------------------------------------------------------------------------


def _loose(line: Line) -> Level | None:
    """In a header or a title the word need not stand alone, but a title can be about secret papers."""
    words = words_of(line.text)
    if len(line.text) > 100:
        return None
    hits = [hit for hit in _found(words) if not _only_mentioned(line.text, words, hit)]
    return hits[0].level if hits else None


def _named(line: Line) -> Level | None:
    """A file name: underscores and hyphens part words, and accents are often left out."""
    text = re.sub(r"\.[A-Za-z]{3,4}$", "", line.text)
    text = re.sub(r"(?<=[^\W\d_])(?=\d)|(?<=\d)(?=[^\W\d_])|[_\-+.]", " ", text)
    text = JOINED.sub(r"\1 \2", text)
    words = words_of(text)
    for hit in _found(words, bare=True):
        bare = hit.level == Level.MAT and words[hit.first].low in w.MAT_BARE
        if not (_only_mentioned(text, words, hit) or (bare and not _bare_is_stamp(text, words, hit))):
            return hit.level
    return _only_level(text) if len(words) > 1 else None


def _only_mentioned(text: str, words: list[Word], hit: Found) -> bool:
    start, end = words[hit.first].start, words[hit.last - 1].end
    if _in_brackets(text, start, end):
        return False
    near = [word.low for word in words[max(hit.first - 3, 0) : hit.first]]
    if near and (near[-1] in w.TALK or near[-1] in w.TALK_FOLDED or near[0] in w.SURNAMES):
        return True
    if hit.capitals and not text.isupper():
        return False
    return any(about in fold(text[:start]) for about in w.ABOUT)


def _in_brackets(text: str, start: int, end: int) -> bool:
    return text[max(start - 1, 0) : start] in ("(", "[") and text[end : end + 1] in (")", "]")


def _bare_is_stamp(text: str, words: list[Word], hit: Found) -> bool:
    """ "15-BC-BDH-MAT", "cong_van_mat_15", "mat": yes. "bao cao mat ho chieu", "danh sach co mat", "mat tran": no."""
    start, end = words[hit.first].start, words[hit.last - 1].end
    if len(words) == 1 or _in_brackets(text, start, end):
        return True
    before = fold(words[hit.first - 1].text) if hit.first else ""
    behind = fold(words[hit.last].text) if hit.last < len(words) else ""
    if before in w.BARE_BEFORE or behind in w.BARE_BEHIND:
        return False
    if hit.capitals and not text.isupper() and not (behind and words[hit.last].text.isupper()):
        return True
    in_front = fold(text[:start])
    at_end = not behind or behind.isdigit() or behind == "so"
    return at_end and (in_front in w.KINDS_BARE or not w.SYMBOLS.isdisjoint(in_front.split()))


def _person(line: Line) -> Level | None:
    """An author may well be called Mật; only the stamp itself counts."""
    level = _only_level(line.text)
    return level if level and (level != Level.MAT or line.text.isupper()) else None
