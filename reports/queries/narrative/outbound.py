"""The section on outbound trips: led and accompanying apart, highlights, plan, where to, from which unit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from intlcoop.vietnamese.counts import count
from intlcoop.vietnamese.joining import capitalise_first, join_semicolons
from intlcoop.vietnamese.sorting import sort_key
from reports.choices import Key
from reports.queries.figures import NOWHERE, Ref, Row
from reports.queries.narrative import blocks
from reports.queries.narrative.blocks import Block, cell, counted, counted_plainly, figure, paragraph, plain

Figures = Mapping[str, Any]

COUNTED = (Key.LED, Key.ACCOMPANYING, Key.TOTAL)
WIDTHS = (40, 22, 22, 16)
ALIGNS = ("left", "center", "center", "center")


def outbound(rows: Sequence[Row], figures: Figures, *, period: str, ministry: str) -> list[Block]:
    """All blocks of the section; empty without trips."""
    if not rows:
        return []
    found = [
        paragraph(how_many(figures["figures"], period=period, ministry=ministry)),
        *(paragraph(text) for text in (highlights(rows), by_plan(figures["figures"], ministry), reach(rows, figures))),
        *by_country(rows, figures, ministry),
        by_unit(rows, figures, ministry),
    ]
    return [block for block in found if block.get("text", "-")]


def how_many(figures: Figures, *, period: str, ministry: str) -> str:
    """Led and accompanying are counted apart; the one that has no records is not mentioned."""
    parts = []
    if led := figures.get(Key.LED):
        parts.append(f"{figure(counted(led, 'đoàn'), Key.LED)} do {ministry} chủ trì")
    if with_leaders := figures.get(Key.ACCOMPANYING):
        parts.append(
            f"{figure(counted(with_leaders, 'đoàn'), Key.ACCOMPANYING)} tháp tùng Lãnh đạo Đảng, Nhà nước và Chính phủ"
        )
    return f"Trong {period}, công tác đoàn ra được thực hiện với {' và '.join(parts)} đi công tác nước ngoài."


def highlights(rows: Sequence[Row]) -> str:
    """ "Trong đó, nổi bật là: A; B; C." from the trips that the department marked, in its own words."""
    named = [capitalise_first(plain(row["highlight_text"]) or plain(row["title"])) for row in rows if row["highlight"]]
    return f"Trong đó, nổi bật là: {join_semicolons(named, end='.')}" if named else ""


def by_plan(figures: Figures, ministry: str) -> str:
    """In and out of plan, of the led trips; nothing when no source says so of any trip."""
    led, inside, outside = (figures.get(key) for key in (Key.LED, Key.IN_PLAN, Key.OUT_OF_PLAN))
    if not led or not (inside or outside):
        return ""
    whole = figure(counted(led, "đoàn"), Key.LED)
    if inside and not inside["qualifier"] and inside["value"] == led["value"]:
        return f"Cả {whole} do {ministry} chủ trì đều nằm trong kế hoạch đoàn ra đã được phê duyệt."
    parts = []
    if inside and inside["value"]:
        parts.append(f"{figure(counted(inside, 'đoàn'), Key.IN_PLAN)} theo kế hoạch đã được phê duyệt")
    if outside and outside["value"]:
        parts.append(f"{figure(counted(outside, 'đoàn'), Key.OUT_OF_PLAN)} phát sinh ngoài kế hoạch")
    return f"Xét theo kế hoạch, trong {whole} do {ministry} chủ trì có {' và '.join(parts)}."


def reach(rows: Sequence[Row], figures: Figures) -> str:
    """How many person-trips to how many countries, as far as the files say."""
    persons, countries = (figures["figures"].get(key) for key in (Key.PERSONS, Key.COUNTRIES))
    where = ""
    if countries:
        territory = any(place["territory"] for row in rows for place in row["countries"])
        noun = "quốc gia, vùng lãnh thổ" if territory else "quốc gia"
        where = f"đến công tác tại {figure(counted_plainly(countries, noun), Key.COUNTRIES)}"
    if persons:
        travelled = f"{figure(counted(persons, 'lượt người'), Key.PERSONS)} tham gia các đoàn"
        return f"Tính chung, đã có {travelled}{', ' if where else ''}{where}."
    return f"Tính chung, các đoàn đã {where}." if where else ""


# --- tables -----------------------------------------------------------------------------------------------------


def by_country(rows: Sequence[Row], figures: Figures, ministry: str) -> Iterator[Block]:
    """A chart and the table of the same figures. A trip to two countries counts in both; the last line counts it once."""
    names = {place["iso2"]: plain(place["name"]) for row in rows for place in row["countries"]}
    if not names:
        return
    totals = {iso2: found[Key.TOTAL]["value"] for iso2, found in figures["by_country"].items() if Key.TOTAL in found}
    ranked = sorted(names, key=lambda iso2: (-totals[iso2], sort_key(names[iso2]), iso2))
    yield blocks.chart("Số đoàn ra theo nước đến", "đoàn", "Nước đến", [(names[iso2], totals[iso2]) for iso2 in ranked])
    several = any(len(row["countries"]) > 1 for row in rows)
    unknown = [NOWHERE] if NOWHERE in totals else []
    names[NOWHERE] = "Chưa nêu nước đến"
    yield blocks.table(
        "Số đoàn ra theo nước đến" + (" (đoàn đến nhiều nước được tính ở từng nước)" if several else ""),
        ("Nước đến", f"Đoàn do {ministry} chủ trì", "Đoàn tháp tùng", "Cộng"),
        [_line(names[iso2], figures, "country", iso2) for iso2 in [*ranked, *unknown]],
        widths=WIDTHS,
        aligns=ALIGNS,
        total=_total("Tổng số đoàn" + (" (mỗi đoàn tính một lần)" if several else ""), figures),
    )


def by_unit(rows: Sequence[Row], figures: Figures, ministry: str) -> Block:
    units = {row["unit"]["code"]: row["unit"] for row in rows}
    ranked = sorted(units.values(), key=lambda unit: (unit["position"], sort_key(unit["name"]), unit["code"]))
    return blocks.table(
        "Số đoàn ra theo đơn vị",
        ("Đơn vị", f"Đoàn do {ministry} chủ trì", "Đoàn tháp tùng", "Cộng"),
        [_line(plain(unit["name"]), figures, "unit", unit["code"]) for unit in ranked],
        widths=WIDTHS,
        aligns=ALIGNS,
        total=_total("Tổng số đoàn", figures),
    )


def _line(label: str, figures: Figures, dimension: str, member: str) -> dict[str, Any]:
    found = figures[f"by_{dimension}"][member]
    return {"cells": [cell(label), *(_count_cell(found, key, Ref(key, dimension, member)) for key in COUNTED)]}


def _total(label: str, figures: Figures) -> list[dict[str, str]]:
    return [cell(label), *(_count_cell(figures["figures"], key, Ref(key)) for key in COUNTED)]


def _count_cell(figures: Figures, key: str, ref: Ref) -> dict[str, str]:
    """Empty without records: an empty place is not a zero."""
    found = figures.get(key)
    return cell(count(found["value"], found["qualifier"]), ref=ref) if found else cell()
