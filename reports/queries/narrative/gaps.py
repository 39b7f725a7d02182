"""What the records do not say: listed, not hidden (feature T5). No record is not zero."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from intlcoop.vietnamese.counts import count
from intlcoop.web.file_numbers import shown
from reports.choices import Key
from reports.queries.figures import Row, lacks_basis

#: At most this many numbers of files are named in one sentence.
NAMED = 10
#: Parts of the merged template (domain.md A5) of which this portal keeps no records yet.
WITHOUT_RECORDS = (
    "đoàn vào và tiếp khách quốc tế",
    "hợp tác đa phương",
    "hợp tác song phương",
    "tổ chức phi chính phủ và đối tác phát triển",
    "ký kết và thực hiện điều ước quốc tế, thỏa thuận quốc tế",
    "hội nghị, hội thảo quốc tế",
    "chương trình, dự án, viện trợ",
    "nhân quyền và thực hiện công ước",
)


def gaps_of(
    rows: Sequence[Row], figures: Mapping[str, Any], *, year: int, ministry: str, plans: Sequence[Any]
) -> list[str]:
    """One sentence per gap, in the order of the report."""
    found = [] if plans else [f"Chưa có kế hoạch đoàn ra năm {year} đã được phê duyệt trong hệ thống."]
    found += [*_missing_trips(rows, figures["figures"], ministry), *_doubtful_trips(rows)]
    found.append(f"Chưa có dữ liệu trong hệ thống nên chưa đưa vào báo cáo: {'; '.join(WITHOUT_RECORDS)}.")
    return found


def _missing_trips(rows: Sequence[Row], figures: Mapping[str, Any], ministry: str) -> Iterator[str]:
    unconfirmed = "chưa có xác nhận “không phát sinh”"
    if not rows:
        yield f"Chưa ghi nhận đoàn ra nào trong kỳ; {unconfirmed}."
        return
    if Key.LED not in figures:
        yield f"Chưa ghi nhận đoàn ra nào do {ministry} chủ trì trong kỳ; {unconfirmed}."
    if Key.ACCOMPANYING not in figures:
        yield f"Chưa ghi nhận đoàn nào tháp tùng Lãnh đạo Đảng, Nhà nước và Chính phủ trong kỳ; {unconfirmed}."
    if not any(row["highlight"] for row in rows):
        yield "Chưa có đoàn ra nào được đánh dấu là nổi bật."


def _doubtful_trips(rows: Sequence[Row]) -> Iterator[str]:
    checks: tuple[tuple[Callable[[Row], bool], str], ...] = (
        (lambda row: row["unnamed"], "{} chưa được nêu tên trong nguồn"),
        (lacks_basis, "{} chưa rõ trong hay ngoài kế hoạch nên không tính vào bên nào"),
        (lambda row: not row["countries"], "{} chưa nêu nước đến nên số nước là số tối thiểu"),
        (lambda row: not row["members"], "{} chưa có danh sách thành viên nên số lượt người là số tối thiểu"),
        (lambda row: row["precision"] != "day", "{} chỉ biết thời gian đến tháng hoặc năm"),
        (lambda row: row["state"] == "report_due", "{} đã về nhưng chưa có báo cáo kết quả được tiếp nhận"),
        (lambda row: row["sample"], "{} là dữ liệu minh họa"),
    )
    for concerns, sentence in checks:
        numbers = sorted(shown(row["number"]) for row in rows if concerns(row))
        if numbers:
            named = ", ".join(numbers[:NAMED]) + (", …" if len(numbers) > NAMED else "")
            yield f"{sentence.format(f'{count(len(numbers))} đoàn')}: {named}."
