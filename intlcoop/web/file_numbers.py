"""How is a file's number written on screen, and which number did a person mean?

Stored and in addresses: ASCII, `DR-2026-0012`. On screen: `ĐR-2026-0012` (contracts). Both are found.
"""

from __future__ import annotations

import re

from intlcoop.vietnamese.normalise import nfc

PREFIXES = ("DR", "DV", "HN", "KH", "TTQT", "BC", "DCDR", "DCKH", "DCTT", "CK", "BCQG", "DA", "CH", "NC")
#: Prefixes that stand for words with Đ: đoàn ra, đoàn vào, điều chỉnh đoàn ra, điều chỉnh kế hoạch, điều chỉnh thỏa thuận.
WITH_STROKE = {"DR": "ĐR", "DV": "ĐV", "DCDR": "ĐCĐR", "DCKH": "ĐCKH", "DCTT": "ĐCTT"}
# Ð (eth) and Ɖ (African D) look like Đ and are typed for it.
STROKES = str.maketrans({"Đ": "D", "Ð": "D", "Ɖ": "D"})
WRITTEN = re.compile(rf"({'|'.join(PREFIXES)})[\s./–-]*(\d{{4}})(?:[\s./–-]+(\d{{0,6}}))?")


def shown(number: str) -> str:
    """DR-2026-0012 -> ĐR-2026-0012; HN-, KH-, TTQT- and BC- stay as they are."""
    prefix, dash, rest = number.partition("-")
    return f"{WITH_STROKE.get(prefix, prefix)}{dash}{rest}"


def normalise_number(text: str) -> str:
    """What a person typed, as numbers are stored; "" when it is no number of a file.

    "đr-2026-12" -> "DR-2026-0012", "dr 2026" -> "DR-2026-" (search by its beginning), "DR-2026-00" -> "DR-2026-00".
    """
    match = WRITTEN.fullmatch(nfc(text).strip().upper().translate(STROKES))
    if match is None:
        return ""
    prefix, year, running = match.groups()
    # "00" is the beginning of many numbers, "12" is number 12.
    if running and not running.startswith("0"):
        running = running.zfill(4)
    return f"{prefix}-{year}-{running or ''}"
