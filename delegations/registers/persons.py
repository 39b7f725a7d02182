"""Who stands in a list of a delegation, and with which post? One cell, many ways of writing it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from intlcoop.people.choices import Rank
from intlcoop.vietnamese.folding import fold

LINES = re.compile(r"[;\n]|(?:(?<=\s)|^)\d{1,3}\s*[.)]\s*(?=\D)")
BULLET = re.compile(r"^[\s\-–—•*+]+")
POLITE = re.compile(
    r"^(?:ông|bà|đ/c|đồng chí|anh|chị|gs\.?|pgs\.?|ts\.?|ths\.?|ng\.?|bs\.?|mr\.?|mrs\.?|ms\.?)[\s.:]+", re.IGNORECASE
)
DASH = re.compile(r"\s+[–—-]\s+|\s*:\s*")
#: With these a post or a body begins, never a name of a person.
POSTS = (
    "bo truong", "thu truong", "chu nhiem", "pho chu nhiem", "vu truong", "pho vu truong", "cuc truong", "pho cuc truong",
    "giam doc", "pho giam doc", "vien truong", "pho vien truong", "hieu truong", "pho hieu truong", "chanh", "pho chanh",
    "truong", "pho", "chuyen vien", "chu tich", "can bo", "cong chuc", "vien chuc", "giang vien", "thanh vien",
    "thu ky", "phien dich", "so ", "ban ", "van phong", "uy ban", "ubnd", "bo ", "vu ", "cuc ", "vien ", "to truong",
    "dai bieu", "bi thu", "tong ", "thanh tra", "ke toan", "lai xe", "bac si", "ky su",
)  # fmt: skip
MINISTERS = ("bo truong", "chu nhiem uy ban")
DEPUTIES = ("thu truong", "pho chu nhiem")
DIRECTORS = (
    "vu truong", "cuc truong", "giam doc", "vien truong", "hieu truong", "chanh van phong", "chanh thanh tra",
    "tong cuc truong", "chu tich", "truong ban",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Named:
    """A person as a register writes them."""

    name: str
    post: str = ""

    @property
    def rank(self) -> str:
        return rank_of(self.post)


def read_people(text: str) -> list[Named]:
    """ "1. Nguyễn Văn A - Phó Giám đốc; 2. Trần Thị B", one per line, or names with commas between them."""
    found: list[Named] = []
    for line in LINES.split(text):
        cleaned = BULLET.sub("", " ".join(line.split())).strip(" .,")
        if cleaned:
            found += _line(cleaned)
    return list({fold(person.name): person for person in reversed(found) if person.name}.values())[::-1]


def read_person(text: str) -> Named:
    """The one person of a cell: "Thứ trưởng Nguyễn Văn A", "Nguyễn Văn A, Phó Vụ trưởng"."""
    people = read_people(text)
    return people[0] if people else Named("")


def is_title(text: str) -> bool:
    """ "Đoàn công tác của ..." is the name of a delegation, no list of people."""
    return fold(text).startswith(("doan ", "chuong trinh ", "tham du ", "du hoi"))


def rank_of(post: str) -> str:
    plain = f" {fold(post)} "
    if any(f" {word} " in plain for word in DEPUTIES):
        return Rank.DEPUTY_MINISTER
    if any(f" {word} " in plain for word in MINISTERS) and "thu truong" not in plain:
        return Rank.MINISTER
    return Rank.DIRECTOR if any(f" {word} " in plain for word in DIRECTORS) else Rank.OFFICIAL


def _line(text: str) -> list[Named]:
    if match := re.search(r"\(([^)]*)\)", text):
        person = _polite(text[: match.start()] + text[match.end() :])
        return [Named(person.name, person.post or match[1].strip())]
    head, _, rest = _split(DASH, text)
    if rest:
        person = _polite(head)
        return [Named(person.name, person.post or rest)]
    parts = [part.strip() for part in text.split(",") if part.strip()]
    if len(parts) > 1 and all(_is_name(part) for part in parts):
        return [_polite(part) for part in parts]
    if len(parts) > 1 and _is_post(parts[0]):
        return [_polite(text)]
    person = _polite(parts[0]) if parts else Named("")
    return [Named(person.name, person.post or ", ".join(parts[1:]))]


def _split(pattern: re.Pattern[str], text: str) -> tuple[str, str, str]:
    match = pattern.search(text)
    return (text[: match.start()], match[0], text[match.end() :].strip()) if match else (text, "", "")


def _polite(text: str) -> Named:
    """Without "ông", "TS."; a post in front of the name is taken off: "Thứ trưởng Nguyễn Văn A"."""
    plain = " ".join(text.split()).strip(" .,-")
    before = None
    while before != plain:
        before, plain = plain, POLITE.sub("", plain)
    words = plain.split()
    if words and _is_post(plain):
        # The name is the run of words in capitals at the end, three or four long as Vietnamese names are.
        for length in (4, 3, 2):
            name, post = " ".join(words[-length:]), " ".join(words[:-length])
            if post and _looks_like_name(words[-length:]) and not _is_post(name):
                return Named(name[:120], post.strip(" ,"))
    return Named(plain[:120])


def _is_name(text: str) -> bool:
    words = POLITE.sub("", text).split()
    return 2 <= len(words) <= 6 and _looks_like_name(words) and not _is_post(text)


def _looks_like_name(words: list[str]) -> bool:
    return all(word[:1].isupper() for word in words)


def _is_post(text: str) -> bool:
    plain = f"{fold(text)} "
    return any(plain.startswith(word if word.endswith(" ") else f"{word} ") for word in POSTS)
