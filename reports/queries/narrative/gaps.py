"""What the records do not say: listed, not hidden (feature T5). No record is not zero."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Any

from intlcoop.vietnamese.counts import count
from intlcoop.web.file_numbers import shown
from reports.choices import Key, RowKind
from reports.queries.figures import Row, lacks_basis, of_kind

#: At most this many numbers of files are named in one sentence.
NAMED = 10
#: Sections of the merged template (domain.md A5), as the sentence about those without records calls them.
UNTOLD = {
    "advice": "công tác tham mưu, xây dựng văn bản, kế hoạch",
    "un": "hợp tác với Liên hợp quốc và các tổ chức quốc tế",
    "regional": "hợp tác ASEAN",
    "forum": "các diễn đàn, cơ chế tiểu vùng",
    "bilateral": "hợp tác song phương",
    "ngo": "tổ chức phi chính phủ và đối tác phát triển",
    "agreements": "ký kết và thực hiện điều ước quốc tế, thỏa thuận quốc tế",
    "projects": "chương trình, dự án, viện trợ",
    "conventions": "nhân quyền và thực hiện công ước",
}


def gaps_of(
    rows: Sequence[Row],
    figures: Mapping[str, Any],
    *,
    year: int,
    ministry: str,
    plans: Sequence[Any],
    recorded: Sequence[Mapping[str, Any]] = (),
    told: Collection[str] = (),
) -> list[str]:
    """One sentence per gap, in the order of the report. `told`: the keys of the sections that have something to say."""
    found = [] if plans else [f"Chưa có kế hoạch đoàn ra năm {year} đã được phê duyệt trong hệ thống."]
    trips = of_kind(rows, RowKind.OUTBOUND)
    found += [*_missing_trips(trips, figures["figures"], ministry), *_doubtful(trips, TRIP_DOUBTS)]
    found += [*_missing_others(figures["figures"]), *_stated(figures["figures"], recorded)]
    for kind in (RowKind.INBOUND, RowKind.EVENT, RowKind.WORK):
        found += _doubtful(of_kind(rows, kind), OTHER_DOUBTS[kind])
    if untold := [said for key, said in UNTOLD.items() if key not in told]:
        found.append(f"Chưa có dữ liệu trong hệ thống về: {'; '.join(untold)}.")
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


def _missing_others(figures: Mapping[str, Any]) -> Iterator[str]:
    unconfirmed = "chưa có xác nhận “không phát sinh”"
    if Key.VISITS not in figures:
        yield f"Chưa ghi nhận đoàn vào nào trong kỳ; {unconfirmed}."
    if Key.HOSTED not in figures and Key.EVENTS_ATTENDED not in figures:
        yield f"Chưa ghi nhận hội nghị, hội thảo quốc tế nào trong kỳ; {unconfirmed}."
    if Key.TASKS not in figures:
        yield f"Chưa ghi nhận công việc phối hợp nào trong kỳ; {unconfirmed}."


def _stated(figures: Mapping[str, Any], recorded: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """Totals of a source: of how many the files are missing, or that there are more files than the source states."""
    for total in recorded:
        found = figures[total["key"]]
        label, said = STATED[total["key"]], count(total["value"], total["qualifier"] or None)
        if found["source"] is None:
            yield (
                f"{label}: nguồn “{total['source']}” ghi {said}, ít hơn {count(found['value'])} hồ sơ hiện có trong hệ thống; "
                "báo cáo lấy số hồ sơ."
            )
        elif len(found["items"]) < total["value"]:
            yield (
                f"{label}: {said} là tổng số được ghi nhận theo nguồn “{total['source']}”; "
                + (
                    f"trong hệ thống hiện có {count(len(found['items']))} hồ sơ."
                    if found["items"]
                    else "trong hệ thống chưa có hồ sơ nào."
                )
            )
        if found.get("until"):
            yield f"{label}: nguồn “{total['source']}” không nêu số liệu được tính từ ngày nào."


#: As a Vietnamese document names what a source states.
STATED = {
    Key.VISITS: "Đoàn vào",
    Key.GUESTS: "Lượt khách quốc tế",
    Key.HOSTED: "Hội nghị, hội thảo quốc tế chủ trì tổ chức",
    Key.EVENTS_ATTENDED: "Hội nghị, hội thảo quốc tế tham dự",
    Key.TASKS: "Công việc phối hợp",
    Key.TRAININGS: "Khóa đào tạo, bồi dưỡng",
    Key.TRAINED: "Lượt học viên",
    Key.LED: "Đoàn ra chủ trì",
    Key.ACCOMPANYING: "Đoàn tháp tùng",
    Key.PERSONS: "Lượt người đi công tác nước ngoài",
    Key.SIGNED: "Thỏa thuận được ký",
    Key.SIGNED_COUNTRIES: "Số nước có cơ quan ký thỏa thuận",
    Key.AGREEMENTS: "Thỏa thuận đã ký",
    Key.PARTNERS: "Đối tác",
    Key.MEETINGS_ATTENDED: "Cuộc họp định kỳ đã tham dự",
    Key.MEETINGS_MISSED: "Cuộc họp định kỳ không tham dự",
}
Doubts = tuple[tuple[Callable[[Row], bool], str], ...]

TRIP_DOUBTS: Doubts = (
    (lambda row: row["unnamed"], "{} chưa được nêu tên trong nguồn"),
    (lacks_basis, "{} chưa rõ trong hay ngoài kế hoạch nên không tính vào bên nào"),
    (lambda row: not row["countries"], "{} chưa nêu nước đến nên số nước là số tối thiểu"),
    (lambda row: not row["members"], "{} chưa có danh sách thành viên nên số lượt người là số tối thiểu"),
    (lambda row: row["precision"] != "day", "{} chỉ biết thời gian đến tháng hoặc năm"),
    (lambda row: row["state"] == "report_due", "{} đã về nhưng chưa có báo cáo kết quả được tiếp nhận"),
    (lambda row: row["sample"], "{} là dữ liệu minh họa"),
)
OTHER_DOUBTS: dict[RowKind, Doubts] = {
    RowKind.INBOUND: (
        (lambda row: not row["persons"], "{} vào chưa nêu số khách nên chưa tính được đủ lượt khách"),
        (lambda row: row["precision"] != "day", "{} vào chỉ biết thời gian đến tháng hoặc năm"),
        (lambda row: row["state"] == "report_due", "{} vào chưa có báo cáo kết quả"),
        (lambda row: row["sample"], "{} vào là dữ liệu minh họa"),
    ),
    RowKind.EVENT: (
        (lambda row: row["precision"] != "day", "{} chỉ biết thời gian đến tháng hoặc năm"),
        (lambda row: row["state"] == "report_due", "{} chưa có báo cáo kết quả"),
        (lambda row: row["sample"], "{} là dữ liệu minh họa"),
    ),
    RowKind.WORK: ((lambda row: row["sample"], "{} là dữ liệu minh họa"),),
}
NOUNS = {RowKind.EVENT: "hội nghị, hội thảo", RowKind.WORK: "công việc"}


def _doubtful(rows: Sequence[Row], doubts: Doubts) -> Iterator[str]:
    for concerns, sentence in doubts:
        concerned = [row for row in rows if concerns(row)]
        if concerned:
            noun = NOUNS.get(concerned[0].get("kind", RowKind.OUTBOUND), "đoàn")
            numbers = sorted(shown(row["number"]) for row in concerned)
            named = ", ".join(numbers[:NAMED]) + (", …" if len(numbers) > NAMED else "")
            yield f"{sentence.format(f'{count(len(numbers))} {noun}')}: {named}."
