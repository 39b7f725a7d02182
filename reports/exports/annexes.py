"""How do the figures and lists of a report become a workbook? Real dates and numbers, one sheet for each kind of row.

Everything is read from the snapshot, so the workbook says what the report says, however the files change later.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from intlcoop.exporting.tables import Column, Sheet, to_workbook
from intlcoop.people.letterhead import in_vietnamese
from intlcoop.web.file_numbers import shown
from reports.choices import RowKind
from reports.models import Snapshot, YearEndReport
from reports.queries.figure_names import figure_name
from reports.queries.figures import Ref
from reports.queries.narrative.annexes import PLAN_SAID
from reports.queries.narrative.blocks import plain
from reports.queries.reading import member_name

Row = Mapping[str, Any]
TOTAL = "TỔNG SỐ"
#: The breakdowns as the workbook names them, in its order.
BREAKDOWNS = (
    ("by_unit", "unit", "Theo đơn vị", "Đơn vị"),
    ("by_country", "country", "Theo nước", "Nước"),
    ("by_mechanism", "mechanism", "Theo cơ chế", "Cơ chế hợp tác"),
    ("by_month", "month", "Theo tháng", "Tháng"),
)


def render_xlsx(report: YearEndReport, snapshot: Snapshot) -> bytes:
    """The workbook. The same snapshot gives the same bytes."""
    with in_vietnamese():
        sheets = [
            _figures(snapshot),
            *(sheet for names in BREAKDOWNS if (sheet := _breakdown(snapshot, *names)) is not None),
            *_lists(snapshot.rows),
            *_gaps(snapshot),
        ]
        return to_workbook(f"{snapshot.paper['title']} {snapshot.paper['subject']}", sheets)


# --- the figures ------------------------------------------------------------------------------------------------


def _figures(snapshot: Snapshot) -> Sheet:
    """Every figure by its name and key, with its estimate, the same of the years before, and its sums of money."""
    figures = snapshot.figures
    years = sorted(figures.get("years", {}), reverse=True)
    estimates = figures.get("estimate", {})
    lines: list[dict[str, Any]] = [
        {
            "name": figure_name(key),
            "key": key,
            "value": figure["value"],
            "qualifier": "hơn" if figure["qualifier"] else "",
            "whole": estimates.get(key, {}).get("whole"),
            **{year: figures["years"][year].get(key, {}).get("value") for year in years},
        }
        for key, figure in figures["figures"].items()
    ]
    lines += [
        {"name": figure_name(key), "key": key, "value": Decimal(figure["amount"]), "qualifier": ""}
        for key, figure in figures.get("money", {}).items()
    ]
    columns = [
        Column("Chỉ tiêu", _at("name"), width=54),
        Column("Mã chỉ tiêu", _at("key"), width=30),
        Column("Số liệu", _at("value"), "decimal", 18),
        Column("Mức độ chính xác", _at("qualifier"), width=18),
        Column("Ước cả kỳ", _at("whole"), "int", 14),
        *(Column(f"Năm {year}", _at(year), "int", 12) for year in years),
    ]
    return Sheet("Số liệu", columns, lines)


def _at(name: str) -> Callable[[Row], object]:
    return lambda row: row.get(name)


def _breakdown(snapshot: Snapshot, name: str, dimension: str, title: str, head: str) -> Sheet | None:
    """One line for each member, one column for each figure that it is broken down by."""
    found: Mapping[str, Mapping[str, Row]] = snapshot.figures.get(name, {})
    keys = list(dict.fromkeys(key for figures in found.values() for key in figures))
    if not keys:
        return None
    named = [
        (member_name(Ref(keys[0], dimension, member), snapshot.rows), figures) for member, figures in found.items()
    ]
    columns = [
        Column(head, lambda line: line[0], width=40),
        *(Column(figure_name(key), _value_of(key), "int", 16) for key in keys),
    ]
    return Sheet(title, columns, named)


def _value_of(key: str) -> Callable[[Any], object]:
    return lambda line: line[1].get(key, {}).get("value")


def _cell_of(place: int) -> Callable[[Any], object]:
    return lambda line: line[1][place]


def _gaps(snapshot: Snapshot) -> list[Sheet]:
    numbered = list(enumerate(snapshot.gaps, start=1))
    columns = [
        Column("TT", lambda line: line[0], "int", 6),
        Column("Số liệu còn thiếu hoặc cần đối chiếu", lambda line: line[1], width=110),
    ]
    return [Sheet("Số liệu còn thiếu", columns, numbered)] if numbered else []


# --- the lists --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Field:
    """A column of a list; `summed`: the last line adds it up."""

    header: str
    value: Callable[[Row], object]
    kind: Any = "text"
    width: float = 18
    summed: bool = False


def _lists(rows: Sequence[Row]) -> Iterable[Sheet]:
    for kind, (title, fields) in LISTS.items():
        members = [row for row in rows if row.get("kind", RowKind.OUTBOUND) == kind]
        if members:
            yield _list(title, fields, members)


def _list(title: str, fields: Sequence[Field], rows: Sequence[Row]) -> Sheet:
    """Without the columns that no row fills; the last line counts the rows and adds up people and money."""
    cells = [[field.value(row) for field in fields] for row in rows]
    kept = [place for place in range(len(fields)) if any(line[place] not in (None, "") for line in cells)]
    columns = [
        Column("TT", lambda line: line[0], "int", 6),
        *(Column(fields[place].header, _cell_of(place), fields[place].kind, fields[place].width) for place in kept),
    ]
    total: list[object] = [None, *(_sum(cells, place) if fields[place].summed else None for place in kept)]
    total[1] = f"{TOTAL}: {len(rows)}"
    return Sheet(title, columns, list(enumerate(cells, start=1)), total)


def _sum(cells: Sequence[Sequence[Any]], place: int) -> object:
    known = [line[place] for line in cells if line[place] is not None]
    return sum(known) if known else None


def _text(*names: str) -> Callable[[Row], str]:
    """The first of these that says something; lists joined, objects by their name."""

    def value(row: Row) -> str:
        return next((said for name in names if (said := _said(row.get(name)))), "")

    return value


def _said(value: Any) -> str:
    match value:
        case None:
            return ""
        case list():
            return "; ".join(filter(None, map(_said, value)))
        case dict():
            return ", ".join(dict.fromkeys(filter(None, (plain(value.get("name", "")), plain(value.get("post", ""))))))
    return plain(str(value))


def _day(*names: str) -> Callable[[Row], dt.date | None]:
    """A day that is known to the day; a month or a year alone is no date of a spreadsheet."""

    def value(row: Row) -> dt.date | None:
        said = next((row[name] for name in names if row.get(name)), None)
        exact = row.get("precision", "day") == "day" or not any(name in PERIOD for name in names)
        return dt.date.fromisoformat(said) if said and exact else None

    return value


PERIOD = ("departs_on", "returns_on", "first_on", "last_on", "signed_on")


def _money(name: str, currency: str) -> Callable[[Row], Decimal | None]:
    def value(row: Row) -> Decimal | None:
        found = [Decimal(item["amount"]) for item in row.get(name) or () if item["currency"] == currency]
        return sum(found, Decimal(0)) if found else None

    return value


def _moneys(header: str, name: str) -> tuple[Field, ...]:
    return tuple(
        Field(f"{header} ({currency})", _money(name, currency), "money", 18, summed=True)
        for currency in ("VND", "USD", "EUR")
    )


def _number(name: str) -> Callable[[Row], int | None]:
    return lambda row: row.get(name)


def _iso(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def _yes(name: str) -> Callable[[Row], str]:
    return lambda row: "Có" if row.get(name) else ""


NUMBER = Field("Số hồ sơ", lambda row: "" if "link" in row else shown(row["number"]), width=18)
TITLE = Field("Tên", _text("title"), width=54)
UNIT = Field("Đơn vị", lambda row: plain(row["unit"]["name"]), width=30)
FIRST, LAST = Field("Từ ngày", _day("first_on"), "date", 13), Field("Đến ngày", _day("last_on"), "date", 13)
COUNTRIES = Field("Nước", _text("countries", "country"), width=26)
SAMPLE = Field("Ghi chú", lambda row: "Dữ liệu minh họa" if row.get("sample") else "", width=18)

LISTS: dict[str, tuple[str, tuple[Field, ...]]] = {
    RowKind.OUTBOUND: (
        "Đoàn ra",
        (
            Field("Tên đoàn", _text("title"), width=54),
            NUMBER,
            Field("Hình thức", lambda row: "Tháp tùng" if row["mode"] == "accompanying" else "Chủ trì", width=12),
            Field("Trưởng đoàn", _text("head"), width=30),
            Field("Nước đến", _text("countries"), width=26),
            Field("Ngày đi", _day("departs_on"), "date", 13),
            Field("Ngày về", _day("returns_on"), "date", 13),
            Field("Số người", lambda row: len(row["members"]) or None, "int", 10, summed=True),
            UNIT,
            Field("Số văn bản cử đoàn", lambda row: (row["decision"] or {}).get("number", ""), width=20),
            Field("Ngày văn bản", lambda row: _iso((row["decision"] or {}).get("date")), "date", 13),
            Field("Cơ quan mời", _text("host"), width=30),
            Field("Mục đích", _text("purpose_text"), width=36),
            *_moneys("Kinh phí dự kiến", "funding"),
            *_moneys("Kinh phí quyết toán", "spent"),
            Field("Kế hoạch", lambda row: PLAN_SAID.get(row["plan"]["basis"], ""), width=22),
            SAMPLE,
        ),
    ),
    RowKind.INBOUND: (
        "Đoàn vào",
        (
            Field("Tên đoàn", _text("title"), width=54),
            NUMBER,
            Field("Đối tác", _text("partner"), width=30),
            COUNTRIES,
            Field("Trưởng đoàn khách", _text("head"), width=30),
            FIRST,
            LAST,
            Field("Số khách", _number("persons"), "int", 10, summed=True),
            Field("Người tiếp", _text("host")),
            UNIT,
            Field("Mục đích", _text("purpose"), width=36),
            Field("Kết quả", _text("result"), width=36),
            *_moneys("Chi phí", "cost"),
            SAMPLE,
        ),
    ),
    RowKind.EVENT: (
        "Hội nghị, hội thảo quốc tế",
        (
            TITLE,
            NUMBER,
            Field("Vai trò", lambda row: "Đăng cai" if row["hosted"] else "Tham dự", width=12),
            Field("Cơ chế hợp tác", _text("mechanism"), width=22),
            FIRST,
            LAST,
            Field("Địa điểm", _text("place"), width=26),
            UNIT,
            Field("Cơ quan chủ trì", _text("by"), width=28),
            Field("Đại biểu Việt Nam", _number("vietnamese"), "int", 12, summed=True),
            Field("Đại biểu nước ngoài", _number("foreign"), "int", 12, summed=True),
            Field("Kết quả", _text("result"), width=36),
            *_moneys("Kinh phí dự kiến", "budget"),
            *_moneys("Kinh phí đã chi", "spent"),
            SAMPLE,
        ),
    ),
    RowKind.AGREEMENT: (
        "Thỏa thuận quốc tế",
        (
            TITLE,
            NUMBER,
            Field("Đối tác", _text("partners"), width=36),
            COUNTRIES,
            Field("Ngày ký", _day("signed_on"), "date", 13),
            Field("Nơi ký", _text("place"), width=22),
            Field("Ngày có hiệu lực", _day("effective_on"), "date", 13),
            Field("Ngày hết hiệu lực", _day("ended_on", "expires_on"), "date", 13),
            Field("Ký trong kỳ", _yes("signed"), width=12),
            Field("Còn hiệu lực", _yes("in_force"), width=12),
            Field("Lâu không có hoạt động", _yes("dormant"), width=14),
            UNIT,
            SAMPLE,
        ),
    ),
    RowKind.PROJECT: (
        "Dự án, khoản viện trợ",
        (
            TITLE,
            NUMBER,
            Field("Nhà tài trợ", _text("donors"), width=36),
            FIRST,
            LAST,
            Field("Đang thực hiện", _yes("active"), width=12),
            *_moneys("Vốn nước ngoài", "aid"),
            *_moneys("Vốn đối ứng", "counterpart"),
            *_moneys("Đã giải ngân", "disbursed"),
            UNIT,
            SAMPLE,
        ),
    ),
    RowKind.COMMITMENT: (
        "Cam kết",
        (
            TITLE,
            NUMBER,
            Field("Đối tác", _text("partner"), width=30),
            Field("Hạn thực hiện", _day("due_on"), "date", 13),
            Field("Ngày hoàn thành", _day("done_on"), "date", 13),
            UNIT,
            Field("Người phụ trách", _text("owner"), width=24),
            SAMPLE,
        ),
    ),
    RowKind.PARTNER: (
        "Đối tác",
        (TITLE, COUNTRIES, UNIT, Field("Đối tác mới", _yes("new"), width=12), SAMPLE),
    ),
    RowKind.TREATY_REPORT: (
        "Báo cáo quốc gia",
        (
            TITLE,
            Field("Công ước", _text("convention"), width=40),
            Field("Hạn nộp", _day("due_on"), "date", 13),
            Field("Ngày nộp", _day("sent_on"), "date", 13),
            Field("Ngày bảo vệ", _day("defended_on"), "date", 13),
            UNIT,
            SAMPLE,
        ),
    ),
    RowKind.SESSION: (
        "Phiên họp của các cơ chế",
        (TITLE, Field("Cơ chế hợp tác", _text("mechanism"), width=22), FIRST, LAST, UNIT, SAMPLE),
    ),
    RowKind.MEETING: (
        "Cuộc họp định kỳ",
        (
            TITLE,
            Field("Cơ quan chủ trì", _text("body"), width=28),
            FIRST,
            Field("Người dự", _text("who")),
            UNIT,
            SAMPLE,
        ),
    ),
    RowKind.WORK: (
        "Công việc khác",
        (
            TITLE,
            NUMBER,
            Field("Cơ quan", _text("body"), width=30),
            FIRST,
            LAST,
            Field("Số người", _number("persons"), "int", 10, summed=True),
            Field("Số văn bản", _text("paper"), width=20),
            UNIT,
            Field("Kết quả", _text("result"), width=36),
            SAMPLE,
        ),
    ),
}
