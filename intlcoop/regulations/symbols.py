"""Does the number and symbol of an instrument fit who issued it? (domain.md X-01: it warns, and never blocks.)

A symbol is read as Decree 30/2020 writes it: "1439/QĐ-BNV" is a decision (QĐ) of the Ministry of Home Affairs (BNV),
"30/2020/NĐ-CP" a decree of the Government, "272-QĐ/TW" one of the Party's. Pure functions.
"""

from __future__ import annotations

import re

from django.utils.translation import gettext

from intlcoop.regulations.choices import InstrumentKind as Kind
from intlcoop.vietnamese.folding import fold

#: Abbreviation of a type in the symbol -> what the instrument then is.
TYPES = {
    "NĐ": Kind.DECREE,
    "QĐ": Kind.DECISION,
    "TT": Kind.CIRCULAR,
    "TTLT": Kind.CIRCULAR,
    "CT": Kind.DIRECTIVE,
    "NQ": Kind.RESOLUTION,
    "KL": Kind.CONCLUSION,
    "HD": Kind.GUIDANCE,
}

#: Abbreviation of a body in the symbol -> the names it goes by; the first is the one that a sentence says.
BODIES = {
    "QH": ("Quốc hội",),
    "UBTVQH": ("Ủy ban Thường vụ Quốc hội",),
    "CTN": ("Chủ tịch nước",),
    "CP": ("Chính phủ",),
    "TTg": ("Thủ tướng Chính phủ", "Thủ tướng"),
    "VPCP": ("Văn phòng Chính phủ",),
    "TW": (
        "Trung ương Đảng",
        "Bộ Chính trị",
        "Ban Bí thư",
        "Ban Chấp hành Trung ương",
        "Ban Chấp hành Trung ương Đảng",
    ),
    "BĐNTW": ("Ban Đối ngoại Trung ương",),
    "BCA": ("Bộ Công an",),
    "BCT": ("Bộ Công Thương",),
    "BDTTG": ("Bộ Dân tộc và Tôn giáo",),
    "BGDĐT": ("Bộ Giáo dục và Đào tạo",),
    "BKHĐT": ("Bộ Kế hoạch và Đầu tư",),
    "BLĐTBXH": ("Bộ Lao động - Thương binh và Xã hội",),
    "BNG": ("Bộ Ngoại giao",),
    "BNV": ("Bộ Nội vụ",),
    "BQP": ("Bộ Quốc phòng",),
    "BTC": ("Bộ Tài chính",),
    "BTP": ("Bộ Tư pháp",),
    "BVHTTDL": ("Bộ Văn hóa, Thể thao và Du lịch",),
    "BYT": ("Bộ Y tế",),
    "UBDT": ("Ủy ban Dân tộc",),
}
SAME = {fold(code): code for code in BODIES}
WORD = re.compile(r"[^\W\d_]+")


def doubts(kind: str, symbol: str, issuer: str) -> list[str]:
    """The sentences that an editor of the instrument should read; none when all fits or nothing is known."""
    types, bodies = read(symbol)
    if not types and not bodies:
        return [gettext("The symbol “%(symbol)s” cannot be read. Check it on the paper.") % {"symbol": symbol}]
    found = []
    for name in types:
        if TYPES[name] != kind:
            values = {"symbol": symbol, "type": name, "kind": TYPES[name].label, "typed": Kind(kind).label}
            found.append(
                gettext("The symbol %(symbol)s has “%(type)s” (%(kind)s), but the kind entered is %(typed)s.") % values
            )
    known = [SAME[fold(body)] for body in bodies if fold(body) in SAME]
    if known and not any(_is_called(code, issuer) for code in known):
        values = {"symbol": symbol, "body": BODIES[known[0]][0], "issuer": issuer}
        found.append(
            gettext("The issuer does not fit the symbol: %(symbol)s is a symbol of %(body)s, not of %(issuer)s.")
            % values
        )
    elif not known and (own := _abbreviation(issuer)):
        values = {"symbol": symbol, "own": own, "issuer": issuer}
        found.append(gettext("The issuer does not fit the symbol: %(symbol)s lacks “%(own)s” of %(issuer)s.") % values)
    return found


def read(symbol: str) -> tuple[list[str], list[str]]:
    """The types and the bodies that a symbol names: "1439/QĐ-BNV" -> (["QĐ"], ["BNV"]); numbers and years fall away."""
    by_fold = {fold(name): name for name in TYPES}
    words = WORD.findall(symbol)
    types = [by_fold[fold(word)] for word in words if fold(word) in by_fold]
    return types, [word for word in words if fold(word) not in by_fold]


def _is_called(code: str, issuer: str) -> bool:
    return _plain(issuer) in {_plain(name) for name in BODIES[code]}


def _abbreviation(issuer: str) -> str:
    return next((code for code in BODIES if _is_called(code, issuer)), "")


def _plain(text: str) -> str:
    return " ".join(WORD.findall(fold(text)))
