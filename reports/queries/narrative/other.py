"""The lists of visits received and of events, as annexes."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Any

from intlcoop.vietnamese.counts import count
from intlcoop.web.file_numbers import shown
from reports.queries.figures import Row
from reports.queries.narrative import blocks
from reports.queries.narrative.annexes import days_said, head_said
from reports.queries.narrative.blocks import Block, cell, plain
from reports.queries.narrative.voice import Voice

SPOKEN = Voice()
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


def list_of_visits(rows: Sequence[Row], voice: Voice = SPOKEN) -> list[Block]:
    """The visits that are files here, in the order of their arrival."""
    if not rows:
        return []
    people = sum(row["persons"] or 0 for row in rows)
    total = [cell() for _column in VISIT_COLUMNS]
    whole = voice("Tổng số: {n} đoàn", "Total: {n}", n=count(len(rows)))
    total[1], total[6] = cell(whole), cell(count(people) if people else "")
    lines = [{"cells": _visit(place, row, voice)} for place, row in enumerate(rows, start=1)]
    return [list_of(VISIT_COLUMNS, lines, total, voice)]


def _visit(number: int, row: Row, voice: Voice) -> list[blocks.Cell]:
    return [
        cell(str(number)),
        cell(f"{plain(row['title'])} ({shown(row['number'])})", file=row["number"]),
        cell(head_said(row)),
        cell(voice.name(row["partner"])),
        cell(voice.name(row["country"])),
        cell(days_said(row)),
        cell(count(row["persons"]) if row["persons"] else ""),
        cell(plain(row["host"])),
        cell(voice.name(row["unit"]["name"])),
    ]


def list_of_events(rows: Sequence[Row], voice: Voice = SPOKEN) -> list[Block]:
    """Those that we held first, then those that we attended."""
    lines: list[dict[str, Any]] = []
    numbers = itertools.count(1)
    for title, hosted in (("Chủ trì tổ chức", True), ("Tham dự", False)):
        found = [row for row in rows if row["hosted"] is hosted]
        if found:
            lines.append({"group": f"{voice.word(title)}: {count(len(found))}"})
        lines += [{"cells": _event(next(numbers), row, voice)} for row in found]
    if not lines:
        return []
    total = [cell() for _column in EVENT_COLUMNS]
    total[1] = cell(voice("Tổng số: {n} hội nghị, hội thảo, cuộc họp", "Total: {n}", n=count(len(rows))))
    return [list_of(EVENT_COLUMNS, lines, total, voice)]


def _event(number: int, row: Row, voice: Voice) -> list[blocks.Cell]:
    return [
        cell(str(number)),
        cell(f"{plain(row['title'])} ({shown(row['number'])})", file=row["number"]),
        cell(voice.name(row["mechanism"])),
        cell(days_said(row)),
        cell(plain(row["place"])),
        cell(voice.name(row["by"])),
        cell(voice.name(row["unit"]["name"])),
    ]


def list_of(
    columns: Sequence[tuple[str, int, str]], lines: list[dict[str, Any]], total: list[blocks.Cell], voice: Voice
) -> Block:
    """Without the columns that no row fills; the first two always stay."""
    filled = [line["cells"] for line in lines if "cells" in line]
    kept = [place for place in range(len(columns)) if place < 2 or any(cells[place]["text"] for cells in filled)]
    head, widths, aligns = zip(*(columns[place] for place in kept), strict=True)
    rows = [line if "group" in line else {"cells": [line["cells"][place] for place in kept]} for line in lines]
    named = [voice.word(title) for title in head]
    return blocks.table(
        "", named, rows, widths=widths, aligns=aligns, total=[total[place] for place in kept] if total else ()
    )
