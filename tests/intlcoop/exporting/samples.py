"""Papers that several tests print."""

from __future__ import annotations

import datetime as dt

from intlcoop.exporting.papers import (
    Annex,
    Article,
    Banner,
    Basis,
    Bullet,
    Head,
    Heading,
    Paper,
    Paragraph,
    Recipients,
    Signature,
    Table,
)


def decision(**changes) -> Paper:
    """A trip decision with a list of members on a page of its own."""
    head = changes.pop("head", Head(issuer="Bộ Nội vụ", number="5/QĐ-BNV", date=dt.date(2026, 1, 5)))
    members = Table(
        headers=("TT", "Họ và tên", "Chức vụ"),
        rows=tuple((str(number), "Nguyễn Thị Thanh Huyền", "Chuyên viên") for number in range(1, 41)),
        widths=(1, 5, 4),
        aligns=("center", "left", "left"),
        total=("", "Tổng số", "40 người"),
    )
    parts = {
        "head": head,
        "title": "Quyết định",
        "subject": "Về việc cử đoàn đi công tác nước ngoài",
        "blocks": (
            Banner("BỘ TRƯỞNG BỘ NỘI VỤ"),
            Basis("Căn cứ Quy chế hợp tác quốc tế của Bộ Nội vụ"),
            Basis("Theo đề nghị của Vụ trưởng Vụ Tổ chức cán bộ"),
            Banner("QUYẾT ĐỊNH:"),
            Article(1, "Cử đoàn gồm 05 người đi công tác tại Thái Lan."),
            Article(2, "Kinh phí:", ("a) Ban tổ chức chịu chi phí ăn, ở;", "b) Bộ Nội vụ chịu vé máy bay.")),
            Article(3, "Các ông, bà có tên tại Điều 1 chịu trách nhiệm thi hành Quyết định này."),
        ),
        "recipients": Recipients(items=("Như Điều 3", "Bộ Ngoại giao (Cục Lãnh sự)"), filed="VT, TCCB"),
        "signature": Signature(authority=("KT. Bộ trưởng",), title="Thứ trưởng", name="Trần Thị Bình"),
        "annexes": (
            Annex(
                title="DANH SÁCH ĐOÀN",
                attached_to=f"Kèm theo {head.citation('Quyết định')} của Bộ trưởng Bộ Nội vụ",
                blocks=(members,),
                landscape=True,
            ),
        ),
    }
    return Paper(**{**parts, **changes})


def letter(**changes) -> Paper:
    """An official letter to two departments, with every kind of running text."""
    parts = {
        "head": Head(superior="Bộ Nội vụ", issuer="Vụ Hợp tác quốc tế", symbol="BNV-HTQT", year=2026),
        "subject": "xin ý kiến về thành phần đoàn công tác",
        "to": ("Vụ Tổ chức cán bộ", "Vụ Kế hoạch - Tài chính"),
        "blocks": (
            Heading("I. Bối cảnh", 1),
            Heading("1. Nội dung", 2),
            Heading("a) Chi tiết", 3),
            Paragraph("Thực hiện chương trình công tác.\nVụ xin ý kiến.", lead="Mục đích:"),
            Bullet("- Dự hội nghị"),
            Paragraph("Trân trọng."),
        ),
        "countersignature": Signature(title="Người lập", name="Phạm Văn Dũng", note="(Đã ký)"),
        "signature": Signature(title="Vụ trưởng", name="Lê Văn Cường"),
        "recipients": Recipients(items=("Như trên",), filed="HTQT"),
    }
    return Paper(**{**parts, **changes})
