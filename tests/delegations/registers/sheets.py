"""Registers as ministries and provinces keep them, made with XlsxWriter."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence
from typing import Any

import xlsxwriter

#: The fifteen columns of domain.md B.3.
PROVINCIAL = (
    "STT", "DANH SÁCH ĐOÀN RA", "TÊN TRƯỞNG ĐOÀN", "NGÀY ĐI", "NGÀY VỀ", "VĂN BẢN XIN PHÉP", "VĂN BẢN CHO PHÉP",
    "ĐƠN VỊ XIN PHÉP", "NƯỚC ĐẾN", "MỤC ĐÍCH", "SỐ TIỀN", "NGUỒN KINH PHÍ", "ĐƠN VỊ MỜI", "BÁO CÁO", "GHI CHÚ",
)  # fmt: skip


def row(number: int = 1, **changes: Any) -> list[Any]:
    """A good row of the provincial layout; `changes` by the first word of a column in small letters."""
    values = {
        "stt": number,
        "list": f"1. Nguyễn Văn Thử {number} - Phó Vụ trưởng; 2. Trần Thị Mẫu, Chuyên viên",
        "head": f"Nguyễn Văn Thử {number}",
        "out": dt.date(2022, 4, 5),
        "back": dt.date(2022, 4, 8),
        "asked": "12/CSĐP-HC ngày 01/3/2022",
        "allowed": "345/QĐ-BDP ngày 20/3/2022",
        "unit": "Vụ Chính sách địa phương",
        "where": "Thái Lan",
        "what": f"Trao đổi kinh nghiệm số {number}",
        "money": "120 triệu đồng",
        "source": "Ngân sách nhà nước",
        "host": "Bộ Nội vụ Thái Lan",
        "report": "Đã báo cáo",
        "remark": "",
    }
    return list((values | changes).values())


def workbook(rows: Sequence[Sequence[Any]], *, head: Sequence[str] = PROVINCIAL) -> bytes:
    """A plain table: header in the first line."""
    return provincial(rows, head=head, title=(), two_lines=False)


def provincial(
    rows: Sequence[Sequence[Any]],
    *,
    head: Sequence[str] = PROVINCIAL,
    title: Sequence[str] = ("SỞ NGOẠI VỤ", "DANH SÁCH CÁC ĐOÀN RA NĂM 2022"),
    two_lines: bool = True,
    numbered: bool = False,
    units: dict[str, str] | None = None,
) -> bytes:
    """Titles in merged cells, a header over two lines with "THỜI GIAN" over both days, then the rows."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True, "default_date_format": "dd/mm/yyyy"})
    sheet = book.add_worksheet("Đoàn ra")
    line = 0
    for text in title:
        sheet.merge_range(line, 0, line, len(head) - 1, text)
        line += 1
    if title:
        line += 1
    for column, label in enumerate(head):
        shown = f"{label} ({units[label]})" if units and label in units else label
        if two_lines and label in ("NGÀY ĐI", "NGÀY VỀ"):
            if label == "NGÀY ĐI":
                sheet.merge_range(line, column, line, column + 1, "THỜI GIAN")
            sheet.write(line + 1, column, shown)
        elif two_lines:
            sheet.merge_range(line, column, line + 1, column, shown)
        else:
            sheet.write(line, column, shown)
    line += 2 if two_lines else 1
    if numbered:
        sheet.write_row(line, 0, [f"({n})" for n in range(1, len(head) + 1)])
        line += 1
    for values in rows:
        for column, value in enumerate(values):
            if isinstance(value, dt.date):
                sheet.write_datetime(line, column, dt.datetime.combine(value, dt.time()))
            elif value not in (None, ""):
                sheet.write(line, column, value)
        line += 1
    book.close()
    return target.getvalue()
