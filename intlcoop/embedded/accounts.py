"""What `make run` prints when the portal answers: the address and the demo accounts, in Vietnamese and English."""

from __future__ import annotations

from pathlib import Path

PASSWORD = "hop-tac-quoc-te-2026"  # noqa: S105 - public: demo data only, refused without DEMO=1

ACCOUNTS = {
    "chuyenvien": ("chuyên viên một đơn vị thuộc Bộ, lập hồ sơ", "staff of a unit, files trip requests"),
    "lanhdaodonvi": ("lãnh đạo đơn vị đó", "head of that unit"),
    "truonghoc": ("đầu mối của đơn vị trực thuộc (trường)", "focal staff of an attached unit (university)"),
    "htqt": ("chuyên viên Vụ Hợp tác quốc tế", "official of the ICD"),
    "vutruong": ("Vụ trưởng Vụ Hợp tác quốc tế", "Director General of the ICD"),
    "taichinh": ("Vụ Kế hoạch - Tài chính", "Planning and Finance"),
    "tccb": ("Vụ Tổ chức cán bộ, soạn quyết định", "Personnel, drafts trip decisions"),
    "phapche": ("Vụ Pháp chế", "Legal Affairs"),
    "vanthu": ("văn thư: số, ngày, dấu, bản quét", "clerk: numbers, dates, seals, scans"),
    "thutruong": ("Thứ trưởng phụ trách", "Deputy Minister in charge"),
    "botruong": ("Bộ trưởng", "Minister"),
    "quantri": ("quản trị; lập báo cáo, không quyết định", "administrator; reports, decides nothing"),
    "kiemtoan": ("kiểm toán, chỉ đọc", "auditor, reads only"),
}


def welcome(address: str, logs: Path) -> str:
    """The text, ready to print."""
    width = max(len(vietnamese) for vietnamese, _english in ACCOUNTS.values())
    rows = (f"  {name:<13}{vietnamese:<{width}}  {english}" for name, (vietnamese, english) in ACCOUNTS.items())
    return "\n".join(
        (
            "",
            f"  {address}",
            f"  Thư đã gửi / mails sent: {address}/quan-tri/thu-demo/",
            "",
            f"  Mật khẩu của mọi tài khoản minh họa / password of all demo accounts: {PASSWORD}",
            "",
            *rows,
            "",
            f"  Nhật ký / logs: {logs}    Dừng / stop: Ctrl-C",
            "",
        )
    )
