"""The annexes: the list of trips in the columns of the ministries' registers (domain.md B.3), and what is missing."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from delegations.choices import FundingSource
from intlcoop.vietnamese.counts import count
from intlcoop.vietnamese.dates import known_date, table_date
from intlcoop.vietnamese.numbers import format_money
from intlcoop.web.file_numbers import shown
from reports.choices import PlanBasis
from reports.queries.figures import Row, is_accompanying, is_led
from reports.queries.narrative import blocks
from reports.queries.narrative.blocks import Block, Cell, cell, plain
from reports.queries.narrative.voice import Voice

SPOKEN = Voice()
#: Header, relative width, alignment. The columns of OPTIONAL are left out when no trip fills them.
COLUMNS = (
    ("TT", 11, "center"),
    ("Tên đoàn", 54, "left"),
    ("Trưởng đoàn", 36, "left"),
    ("Nước đến", 30, "left"),
    ("Thời gian", 32, "left"),
    ("Số người", 18, "center"),
    ("Đơn vị đề nghị", 30, "left"),
    ("Văn bản cử đoàn", 32, "left"),
    ("Cơ quan mời", 34, "left"),
    ("Kinh phí", 32, "left"),
    ("Ghi chú", 40, "left"),
)
PEOPLE = 5
OPTIONAL = (7, 8, 9)
PLAN_SAID = {
    PlanBasis.IN: "Trong kế hoạch",
    PlanBasis.OUT: "Ngoài kế hoạch",
    PlanBasis.UNKNOWN: "Chưa rõ trong hay ngoài kế hoạch",
    PlanBasis.NOT_ASKED: "",
}
#: As the ministry's registers write them; they are part of a Vietnamese document and not of the page.
FUNDING_SAID = {
    FundingSource.STATE_BUDGET: "Ngân sách nhà nước",
    FundingSource.HOST: "Phía mời",
    FundingSource.PROJECT: "Chương trình, dự án",
    FundingSource.OWN_INCOME: "Nguồn thu của đơn vị",
    FundingSource.OTHER: "Nguồn khác",
}


def list_of_trips(rows: Sequence[Row], ministry: str, voice: Voice = SPOKEN) -> list[Block]:
    """Led trips first, then the accompanying ones; a line with the total at the end."""
    if not rows:
        return []
    groups = (
        (
            voice("Đoàn do {ministry} chủ trì", "Led by {ministry}", ministry=ministry),
            [row for row in rows if is_led(row)],
        ),
        (
            voice("Đoàn tháp tùng Lãnh đạo Đảng, Nhà nước và Chính phủ", "Accompanying senior leaders"),
            [row for row in rows if is_accompanying(row)],
        ),
    )
    lines: list[dict[str, Any]] = []
    numbers = itertools.count(1)
    for title, members in groups:
        if members:
            lines.append({"group": f"{title}: {count(len(members))}{voice(' đoàn', '')}"})
        lines += [{"cells": line_of(next(numbers), row, voice)} for row in members]
    filled = [line["cells"] for line in lines if "cells" in line]
    kept = [
        place for place in range(len(COLUMNS)) if place not in OPTIONAL or any(cells[place]["text"] for cells in filled)
    ]
    return [
        blocks.table(
            "",
            [voice.word(COLUMNS[place][0]) for place in kept],
            [line if "group" in line else {"cells": _only(kept, line["cells"])} for line in lines],
            widths=[COLUMNS[place][1] for place in kept],
            aligns=[COLUMNS[place][2] for place in kept],
            total=_only(kept, _total(rows, voice)),
        )
    ]


def _total(rows: Sequence[Row], voice: Voice) -> list[Cell]:
    cells = [cell() for _ in COLUMNS]
    cells[1] = cell(voice("Tổng số: {n} đoàn", "Total: {n}", n=count(len(rows))))
    people = sum(len(row["members"]) for row in rows)
    cells[PEOPLE] = cell(count(people) if people else "")
    return cells


def _only(kept: Sequence[int], cells: Sequence[Cell]) -> list[Cell]:
    return [cells[place] for place in kept]


def line_of(number: int, row: Row, voice: Voice = SPOKEN) -> list[Cell]:
    return [
        cell(str(number)),
        cell(f"{plain(row['title'])} ({shown(row['number'])})", file=row["number"]),
        cell(head_said(row)),
        cell("; ".join(voice.name(place["name"]) for place in row["countries"])),
        cell(days_said(row)),
        cell(count(len(row["members"])) if row["members"] else ""),
        cell(voice.name(row["unit"]["name"])),
        cell(decision_said(row, voice)),
        cell(voice.name(row["host"])),
        cell(funding_said(row, voice)),
        cell(remarks(row, voice)),
    ]


def head_said(row: Row) -> str:
    """Name and post; a source that knows only the post has it in both places."""
    head = row["head"]
    return ", ".join(dict.fromkeys(filter(None, (plain(head["name"]), plain(head["post"]))))) if head else ""


def days_said(row: Row) -> str:
    """ "05/12/2026 – 08/12/2026", "năm 2022"."""
    names = ("departs_on", "returns_on") if "departs_on" in row else ("first_on", "last_on")
    began, ended = (row.get(name) for name in names)
    if not began or row["precision"] == "unknown":
        return ""
    first = dt.date.fromisoformat(began)
    if row["precision"] != "day":
        return known_date(first, row["precision"])
    if not ended:
        return table_date(first)
    last = dt.date.fromisoformat(ended)
    return table_date(first) if first == last else f"{table_date(first)} – {table_date(last)}"


def decision_said(row: Row, voice: Voice = SPOKEN) -> str:
    paper = row["decision"]
    if not paper:
        return ""
    day = voice.date(paper["date"])
    return voice("Quyết định số {number} ngày {day}", "Decision no. {number} of {day}", number=paper["number"], day=day)


def funding_said(row: Row, voice: Voice = SPOKEN) -> str:
    if row["host_pays_all"]:
        return voice.word("Phía mời chi toàn bộ")
    return "; ".join(
        f"{voice.word(FUNDING_SAID[FundingSource(item['source'])])}: "
        f"{format_money(Decimal(item['amount']), item['currency'], decimals=item['decimals'])}"
        for item in row["funding"]
    )


def remarks(row: Row, voice: Voice = SPOKEN) -> str:
    """Plan, accompanied leader, and what the reader must know of the source."""
    said = [
        voice("Tháp tùng {who}", "Accompanying {who}", who=plain(row["principal"])) if row["principal"] else "",
        "Đoàn liên ngành" if row["inter_agency"] else "",
        PLAN_SAID[PlanBasis(row["plan"]["basis"])],
        "Chưa nêu tên trong nguồn" if row["unnamed"] else "",
        "Dữ liệu minh họa" if row["sample"] else "",
    ]
    return "; ".join(voice.word(text) for text in said if text)
