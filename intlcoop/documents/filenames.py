"""What name does a file get on its way in and out? Names come from strangers' machines and go into headers."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from urllib.parse import quote

from intlcoop.vietnamese.folding import fold
from intlcoop.vietnamese.normalise import nfc

MAX_BYTES = 180  # file systems take 255; the person's machine may add to it
MAX_CHARACTERS = 200
UNSAFE = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]+')
# Windows opens these as devices, whatever their ending.
DEVICES = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d|conin\$|conout\$)(?=\.|$)", re.IGNORECASE)


def clean_name(name: str) -> str:
    """A name that can be stored, shown and downloaded: composed, without folders, control and direction marks.

    "../../etc/passwd" -> "passwd", "CON.pdf" -> "_CON.pdf". Cut to MAX_BYTES, keeping the ending. Never empty.
    """
    base = re.split(r"[/\\]", nfc(name).replace("\n", " "))[-1]
    base = re.sub(r"\s+", " ", UNSAFE.sub("_", base)).strip(" .")
    if DEVICES.match(base):
        base = f"_{base}"
    ending = PurePosixPath(base).suffix
    ending = ending if len(ending) <= 6 else ""
    stem = base[: len(base) - len(ending)] if ending else base
    while len((stem + ending).encode()) > MAX_BYTES:
        stem = stem[:-1]
    return (stem.strip(" .") or "tep") + ending


def extension_of(name: str) -> str:
    """ "pdf": in lower case, without the dot; "" when there is none."""
    return PurePosixPath(clean_name(name)).suffix.lower().lstrip(".")


def content_disposition(name: str, *, inline: bool = False) -> str:
    """The header of RFC 6266: the Vietnamese name in UTF-8, and an unaccented one for old programs."""
    clean = clean_name(name)
    ending = PurePosixPath(clean).suffix
    plain = fold(clean.removesuffix(ending)).replace(" ", "-").encode("ascii", "ignore").decode() or "tep"
    plain_ending = ending.encode("ascii", "ignore").decode()
    way = "inline" if inline else "attachment"
    return f"{way}; filename=\"{plain}{plain_ending}\"; filename*=UTF-8''{quote(clean, safe='')}"
