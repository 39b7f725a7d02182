"""The types of administrative papers and their abbreviations, Decree 30/2020/NĐ-CP, Annex III. An official letter has none."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from intlcoop.vietnamese.normalise import nfc

#: The type's name as it stands on the paper, and what its symbol begins with.
ANNEX_III: Final = MappingProxyType(
    {
        "Nghị quyết": "NQ",
        "Quyết định": "QĐ",
        "Chỉ thị": "CT",
        "Quy chế": "QC",
        "Quy định": "QyĐ",
        "Thông cáo": "TC",
        "Thông báo": "TB",
        "Hướng dẫn": "HD",
        "Chương trình": "CTr",
        "Kế hoạch": "KH",
        "Phương án": "PA",
        "Đề án": "ĐA",
        "Dự án": "DA",
        "Báo cáo": "BC",
        "Biên bản": "BB",
        "Tờ trình": "TTr",
        "Hợp đồng": "HĐ",
        "Công điện": "CĐ",
        "Bản ghi nhớ": "BGN",
        "Bản thỏa thuận": "BTT",
        "Giấy ủy quyền": "GUQ",
        "Giấy mời": "GM",
        "Giấy giới thiệu": "GGT",
        "Giấy nghỉ phép": "GNP",
        "Phiếu gửi": "PG",
        "Phiếu chuyển": "PC",
        "Phiếu báo": "PB",
    }
)
COPIES: Final = MappingProxyType({"Sao y": "SY", "Trích sao": "TrS", "Sao lục": "SL"})
_BY_NAME = {name.casefold(): symbol for name, symbol in ANNEX_III.items()}


def abbreviation(name: str) -> str:
    """ "TTr" of "Tờ trình", in whatever letters it is written; empty for what Annex III does not name."""
    return _BY_NAME.get(nfc(name).strip().casefold(), "")


def symbol_of(name: str, *issuers: str) -> str:
    """ "TTr-HTQT"; of an official letter, which has no name, "BNV-HTQT"."""
    return "-".join(part for part in (abbreviation(name), *issuers) if part)
