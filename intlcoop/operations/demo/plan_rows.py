"""The sample lines of this and next year's plans, besides those of the sample trips."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from delegations.choices import LineState, PlanKind, PlanLevel, Purpose, SettlementReason
from intlcoop.people.choices import Rank

#: The line that the sample revision changes.
CHANGED = "Dự hội thảo khu vực về lưu trữ số tại Malaysia"


@dataclass(frozen=True, slots=True, kw_only=True)
class LineRow:
    """One line. `became`, `reason`, `text`: what became of it; `taken`, `declined`: what the ICD made of a proposal."""

    said: Mapping[str, Any]
    level: str = PlanLevel.MINISTRY
    by: str = "chuyenvien"
    became: str = ""
    reason: str = ""
    text: str = ""
    taken: bool = False
    declined: str = ""


def said(title: str, unit: str, country: str, **more: Any) -> dict[str, Any]:
    return {"title": title, "unit": unit, "countries": [country], "purpose_text": f"{title}.", **more}


THIS_YEAR = (
    LineRow(
        level=PlanLevel.PM,
        said=said(
            "Thăm và làm việc về phát triển vùng tại Hà Lan", "HTQT", "NL", month=6, persons=8, days=6,
            amount=1_450_000_000, head_rank=Rank.MINISTER, leader="botruong", purpose=Purpose.RELATIONS,
        ),
        became=LineState.MOVED, reason=SettlementReason.LEADER, text="Trùng lịch công tác trong nước (minh họa)",
    ),
    LineRow(
        level=PlanLevel.PM,
        said=said(
            "Đón đoàn Bộ Nội vụ Lào sang thăm, làm việc", "HTQT", "LA", kind=PlanKind.INBOUND, quarter=3, persons=10, days=4,
            amount=260_000_000, leader="thutruong", purpose=Purpose.RELATIONS,
        ),
        became=LineState.DONE, text="Đoàn sang tháng 8 (minh họa)",
    ),
    LineRow(
        said=said(CHANGED, "VTLT", "MY", month=6, persons=6, days=4, amount=210_000_000, purpose=Purpose.CONFERENCE),
    ),
    LineRow(
        said=said(
            "Khảo sát mô hình trường đại học vùng tại Phần Lan", "DHPT", "FI", month=4, persons=5, days=7, amount=480_000_000,
        ),
        became=LineState.DROPPED, reason=SettlementReason.MONEY, text="Không bố trí được kinh phí (minh họa)",
    ),
    LineRow(
        said=said(
            "Hội thảo quốc tế về chính quyền địa phương hai cấp", "CSDP", "JP", kind=PlanKind.EVENT, quarter=4, persons=80,
            days=2, amount=650_000_000, purpose=Purpose.CONFERENCE,
        ),
    ),
)  # fmt: skip

NEXT_YEAR = (
    LineRow(
        said=said(
            "Học tập kinh nghiệm phân cấp, phân quyền tại Nhật Bản", "CSDP", "JP", month=5, persons=6, days=6,
            amount=540_000_000,
        ),
        taken=True,
    ),
    LineRow(
        said=said(
            "Trao đổi về chính quyền đô thị thông minh tại Nhật Bản", "CSDP", "JP", quarter=2, persons=5, days=5,
            amount=430_000_000, leader="thutruong", head_rank=Rank.DEPUTY_MINISTER,
        ),
    ),
    LineRow(
        said=said(
            "Dự diễn đàn quản trị địa phương châu Á tại Hàn Quốc", "CSDP", "KR", month=9, persons=4, days=4,
            amount=240_000_000, purpose=Purpose.CONFERENCE, leader="thutruong", head_rank=Rank.DEPUTY_MINISTER,
        ),
        taken=True,
    ),
    LineRow(
        said=said(
            "Tham quan mô hình du lịch cộng đồng tại Italia", "CSDP", "IT", month=7, persons=12, days=10,
            amount=1_900_000_000,
        ),
        declined="Nội dung chưa gắn với nhiệm vụ của đơn vị; số người và số ngày vượt mức thông thường (minh họa).",
    ),
    LineRow(
        by="luutru",
        said=said(
            "Trao đổi tài liệu lưu trữ với Lưu trữ quốc gia Pháp", "VTLT", "FR", month=10, persons=4, days=6,
            amount=390_000_000, purpose=Purpose.NEGOTIATION,
        ),
        taken=True,
    ),
    LineRow(
        by="luutru",
        said=said(
            "Hội thảo quốc tế về lưu trữ điện tử tại Hà Nội", "VTLT", "FR", kind=PlanKind.EVENT, month=11, persons=60, days=2,
            amount=420_000_000, purpose=Purpose.CONFERENCE,
        ),
    ),
    LineRow(
        by="truonghoc",
        said=said(
            "Trao đổi chương trình đào tạo với trường đối tác tại Nhật Bản", "DHPT", "JP", month=5, persons=3, days=6,
            amount=260_000_000, purpose=Purpose.TRAINING,
        ),
    ),
)  # fmt: skip
