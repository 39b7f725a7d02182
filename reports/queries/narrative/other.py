"""The sections and annexes on what is not a trip: visits received, events, other work."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Mapping, Sequence
from typing import Any

from intlcoop.vietnamese.counts import count
from intlcoop.vietnamese.dates import short_date
from intlcoop.vietnamese.joining import capitalise_first, join_semicolons
from intlcoop.web.file_numbers import shown
from reports.choices import Key
from reports.queries.figures import Row
from reports.queries.narrative import blocks
from reports.queries.narrative.annexes import days_said, head_said
from reports.queries.narrative.blocks import Block, cell, counted, figure, paragraph, plain

Figures = Mapping[str, Any]
VISIT_COLUMNS = (
    ("TT", 11, "center"),
    ("Tên đoàn", 60, "left"),
    ("Trưởng đoàn", 42, "left"),
    ("Cơ quan, đối tác", 46, "left"),
    ("Nước", 28, "left"),
    ("Thời gian", 34, "left"),
    ("Số khách", 18, "center"),
    ("Người chủ trì tiếp", 38, "left"),
    ("Đơn vị đầu mối", 34, "left"),
)
EVENT_COLUMNS = (
    ("TT", 11, "center"),
    ("Tên hội nghị, hội thảo", 80, "left"),
    ("Cơ chế hợp tác", 40, "left"),
    ("Thời gian", 34, "left"),
    ("Địa điểm", 40, "left"),
    ("Cơ quan tổ chức", 44, "left"),
    ("Đơn vị đầu mối", 36, "left"),
)


def opening(found: Mapping[str, Any], period: str) -> str:
    """A total as of a day is not of the period: the source does not say since when it was counted."""
    if until := found.get("until"):
        return f"Tính đến ngày {short_date(dt.date.fromisoformat(until))}"
    return f"Trong {period}"


def inbound(rows: Sequence[Row], figures: Figures, *, period: str, ministry: str) -> list[Block]:
    """How many delegations and guests; where the total is a source's, what is known by name of it."""
    visits = figures.get(Key.VISITS)
    if not visits:
        return []
    guests = figures.get(Key.GUESTS)
    with_guests = f", với {figure(counted(guests, 'lượt khách'), Key.GUESTS)}" if guests else ""
    found = [
        f"{opening(visits, period)}, {ministry} đã tổ chức đón, tiếp {figure(counted(visits, 'đoàn'), Key.VISITS)} "
        f"khách quốc tế đến thăm và làm việc{with_guests}."
    ]
    if visits["source"] is not None and rows:
        named = [capitalise_first(plain(row["title"])) for row in rows]
        found.append(f"Trong đó có: {join_semicolons(named, end='.')}")
    return [paragraph(text) for text in found]


def held(rows: Sequence[Row], figures: Figures, *, period: str, ministry: str) -> list[Block]:
    """Held and attended apart; the one without records is not mentioned."""
    parts: dict[str, list[str]] = {}
    for key, verb in ((Key.HOSTED, "chủ trì tổ chức"), (Key.EVENTS_ATTENDED, "tham dự")):
        if found := figures.get(key):
            said = f"{verb} {figure(counted(found, 'hội nghị, hội thảo, cuộc họp quốc tế'), key)}"
            parts.setdefault(opening(found, period), []).append(said)
    if not parts:
        return []
    text = [paragraph(f"{begin}, {ministry} đã {' và '.join(said)}.") for begin, said in parts.items()]
    named = dict.fromkeys(plain(row["mechanism"]) for row in rows if row["mechanism"])
    if named:
        text.append(paragraph(f"Các hoạt động trong khuôn khổ cơ chế hợp tác: {join_semicolons(named, end='.')}"))
    return text


def other_work(figures: Figures, *, period: str, ministry: str) -> list[Block]:
    """Tasks for other bodies, and training."""
    found = []
    if tasks := figures.get(Key.TASKS):
        found.append(
            f"{opening(tasks, period)}, {ministry} đã thực hiện {figure(counted(tasks, 'công việc phối hợp'), Key.TASKS)} "
            "theo chức năng, nhiệm vụ được giao."
        )
    if courses := figures.get(Key.TRAININGS):
        trained = figures.get(Key.TRAINED)
        people = f", với {figure(counted(trained, 'lượt học viên'), Key.TRAINED)}" if trained else ""
        found.append(
            f"Công tác đào tạo, bồi dưỡng: đã tổ chức, tham gia {figure(counted(courses, 'khóa'), Key.TRAININGS)}{people}."
        )
    return [paragraph(text) for text in found]


def list_of_visits(rows: Sequence[Row]) -> list[Block]:
    """The visits that are files here, in the order of their arrival."""
    if not rows:
        return []
    people = sum(row["persons"] or 0 for row in rows)
    total = [cell() for _column in VISIT_COLUMNS]
    total[1], total[6] = cell(f"Tổng số: {count(len(rows))} đoàn"), cell(count(people) if people else "")
    return [_table(VISIT_COLUMNS, [{"cells": _visit(*numbered)} for numbered in enumerate(rows, start=1)], total)]


def _visit(number: int, row: Row) -> list[blocks.Cell]:
    return [
        cell(str(number)),
        cell(f"{plain(row['title'])} ({shown(row['number'])})", file=row["number"]),
        cell(head_said(row)),
        cell(plain(row["partner"])),
        cell(plain(row["country"])),
        cell(days_said(row)),
        cell(count(row["persons"]) if row["persons"] else ""),
        cell(plain(row["host"])),
        cell(plain(row["unit"]["name"])),
    ]


def list_of_events(rows: Sequence[Row]) -> list[Block]:
    """Those that we held first, then those that we attended."""
    lines: list[dict[str, Any]] = []
    numbers = itertools.count(1)
    for title, hosted in (("Chủ trì tổ chức", True), ("Tham dự", False)):
        found = [row for row in rows if row["hosted"] is hosted]
        if found:
            lines.append({"group": f"{title}: {count(len(found))}"})
        lines += [{"cells": _event(next(numbers), row)} for row in found]
    if not lines:
        return []
    total = [cell() for _column in EVENT_COLUMNS]
    total[1] = cell(f"Tổng số: {count(len(rows))} hội nghị, hội thảo, cuộc họp")
    return [_table(EVENT_COLUMNS, lines, total)]


def _event(number: int, row: Row) -> list[blocks.Cell]:
    return [
        cell(str(number)),
        cell(f"{plain(row['title'])} ({shown(row['number'])})", file=row["number"]),
        cell(plain(row["mechanism"])),
        cell(days_said(row)),
        cell(plain(row["place"])),
        cell(plain(row["by"])),
        cell(plain(row["unit"]["name"])),
    ]


def _table(columns: Sequence[tuple[str, int, str]], lines: list[dict[str, Any]], total: list[blocks.Cell]) -> Block:
    """Without the columns that no row fills; the first two always stay."""
    filled = [line["cells"] for line in lines if "cells" in line]
    kept = [place for place in range(len(columns)) if place < 2 or any(cells[place]["text"] for cells in filled)]
    head, widths, aligns = zip(*(columns[place] for place in kept), strict=True)
    rows = [line if "group" in line else {"cells": [line["cells"][place] for place in kept]} for line in lines]
    return blocks.table("", head, rows, widths=widths, aligns=aligns, total=[total[place] for place in kept])
