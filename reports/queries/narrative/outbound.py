"""The section on outbound trips: led and accompanying apart, highlights, plan, where to, from which unit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from intlcoop.vietnamese.counts import count
from intlcoop.vietnamese.sorting import sort_key
from reports.choices import Key
from reports.queries.figures import NOWHERE, Ref, Row
from reports.queries.figures.money import OUTBOUND_PLANNED, OUTBOUND_SPENT
from reports.queries.narrative import blocks
from reports.queries.narrative.blocks import Block, cell, paragraph, plain
from reports.queries.narrative.voice import Voice

Figures = Mapping[str, Any]

SPOKEN = Voice()
COUNTED = (Key.LED, Key.ACCOMPANYING, Key.TOTAL)
WIDTHS = (40, 22, 22, 16)
ALIGNS = ("left", "center", "center", "center")


def outbound(
    rows: Sequence[Row], figures: Figures, *, period: str, ministry: str, voice: Voice = SPOKEN
) -> list[Block]:
    """All blocks of the section; empty without trips, except where a source states how many there were."""
    counts = figures["figures"]
    if not any(key in counts for key in (Key.LED, Key.ACCOMPANYING)):
        return []
    sentences = (
        how_many(counts, period=period, ministry=ministry, voice=voice),
        highlights(rows, voice),
        by_plan(counts, ministry, voice),
        together(counts, voice),
        reach(rows, figures, voice),
        money(figures, voice),
    )
    found = [*map(paragraph, filter(None, sentences)), *by_country(rows, figures, ministry, voice)]
    return [*found, by_unit(rows, figures, ministry, voice)] if rows else found


def how_many(figures: Figures, *, period: str, ministry: str, voice: Voice = SPOKEN) -> str:
    """Led and accompanying are counted apart; the one that has no records is not mentioned."""
    parts = []
    if led := figures.get(Key.LED):
        said = voice.counted(led, Key.LED, "đoàn", "delegation", "delegations")
        parts.append(voice("{said} do {ministry} chủ trì", "{said} led by {ministry}", said=said, ministry=ministry))
    if with_leaders := figures.get(Key.ACCOMPANYING):
        said = voice.counted(with_leaders, Key.ACCOMPANYING, "đoàn", "delegation", "delegations")
        parts.append(
            voice(
                "{said} tháp tùng Lãnh đạo Đảng, Nhà nước và Chính phủ",
                "{said} accompanying leaders of the Party, the State and the Government",
                said=said,
            )
        )
    return voice(
        "Trong {period}, công tác đoàn ra được thực hiện với {parts} đi công tác nước ngoài.",
        "In {period}, {parts} went abroad.",
        period=period,
        parts=voice(" và ", " and ").join(parts),
    )


def highlights(rows: Sequence[Row], voice: Voice = SPOKEN) -> str:
    """ "Trong đó, nổi bật là: A; B; C." from the trips that the department marked, in its own words."""
    named = [plain(row["highlight_text"]) or plain(row["title"]) for row in rows if row["highlight"]]
    return (
        voice("Trong đó, nổi bật là: {named}", "Most notable were: {named}", named=voice.listed(named)) if named else ""
    )


def by_plan(figures: Figures, ministry: str, voice: Voice = SPOKEN) -> str:
    """In and out of plan, of the led trips; nothing when no source says so of any trip."""
    led, inside, outside = (figures.get(key) for key in (Key.LED, Key.IN_PLAN, Key.OUT_OF_PLAN))
    if not led or not (inside or outside):
        return ""
    whole = voice.counted(led, Key.LED, "đoàn", "delegation", "delegations")
    if inside and not inside["qualifier"] and inside["value"] == led["value"]:
        return voice(
            "Cả {whole} do {ministry} chủ trì đều nằm trong kế hoạch đoàn ra đã được phê duyệt.",
            "All {whole} led by {ministry} stood in the approved plan of outbound delegations.",
            whole=whole,
            ministry=ministry,
        )
    parts = []
    if inside and inside["value"]:
        said = voice.counted(inside, Key.IN_PLAN, "đoàn", "delegation", "delegations")
        parts.append(voice("{said} theo kế hoạch đã được phê duyệt", "{said} under the approved plan", said=said))
    if outside and outside["value"]:
        said = voice.counted(outside, Key.OUT_OF_PLAN, "đoàn", "delegation", "delegations")
        parts.append(voice("{said} phát sinh ngoài kế hoạch", "{said} outside the plan", said=said))
    return voice(
        "Xét theo kế hoạch, trong {whole} do {ministry} chủ trì có {parts}.",
        "Measured against the plan, {whole} led by {ministry} comprised {parts}.",
        whole=whole,
        ministry=ministry,
        parts=voice(" và ", " and ").join(parts),
    )


def together(figures: Figures, voice: Voice) -> str:
    """Delegations with other ministries, sectors or localities."""
    found = figures.get(Key.INTER_AGENCY)
    if not found:
        return ""
    said = voice.counted(found, Key.INTER_AGENCY, "đoàn", "delegation", "delegations")
    return voice(
        "Trong số các đoàn có {said} liên bộ, ngành, địa phương.",
        "Other ministries, sectors or localities took part in {said}.",
        said=said,
    )


def reach(rows: Sequence[Row], figures: Figures, voice: Voice = SPOKEN) -> str:
    """How many person-trips to how many countries, as far as the files say."""
    persons, countries = (figures["figures"].get(key) for key in (Key.PERSONS, Key.COUNTRIES))
    where = ""
    if countries:
        territory = any(place["territory"] for row in rows for place in row["countries"])
        noun = "quốc gia, vùng lãnh thổ" if territory else "quốc gia"
        many = "countries and territories" if territory else "countries"
        said = voice.counted(countries, Key.COUNTRIES, noun, "country", many, padded=False)
        where = voice("đến công tác tại {said}", "to {said}", said=said)
    if persons:
        said = voice.counted(persons, Key.PERSONS, "lượt người", "person-trip", "person-trips")
        travelled = voice("{said} tham gia các đoàn", "{said} were made", said=said)
        joined = voice(", ", " ").join(filter(None, (travelled, where)))
        return voice("Tính chung, đã có {joined}.", "In all, {joined}.", joined=joined)
    return voice("Tính chung, các đoàn đã {where}.", "In all, they went {where}.", where=where) if where else ""


def money(figures: Figures, voice: Voice) -> str:
    """What was planned and what was settled, each currency by itself."""
    found = figures.get("money", {})
    parts = []
    for name, vietnamese, english in (
        (OUTBOUND_PLANNED, "dự toán {sums}", "estimated {sums}"),
        (OUTBOUND_SPENT, "đã quyết toán {sums}", "settled {sums}"),
    ):
        sums = [voice.money(figure, key) for key, figure in found.items() if key.startswith(f"{name}.")]
        if sums:
            parts.append(voice(vietnamese, english, sums=voice(" và ", " and ").join(sums)))
    return (
        voice("Kinh phí các đoàn ra: {parts}.", "Funding of the delegations: {parts}.", parts="; ".join(parts))
        if parts
        else ""
    )


# --- tables -----------------------------------------------------------------------------------------------------


def by_country(rows: Sequence[Row], figures: Figures, ministry: str, voice: Voice = SPOKEN) -> Iterator[Block]:
    """A chart and the table of the same figures. A trip to two countries counts in both; the last line counts it once."""
    names = {place["iso2"]: voice.name(place["name"]) for row in rows for place in row["countries"]}
    if not names:
        return
    totals = {iso2: found[Key.TOTAL]["value"] for iso2, found in figures["by_country"].items() if Key.TOTAL in found}
    ranked = sorted(names, key=lambda iso2: (-totals[iso2], sort_key(names[iso2]), iso2))
    title = voice("Số đoàn ra theo nước đến", "Outbound delegations by country")
    bars = [(names[iso2], totals[iso2]) for iso2 in ranked]
    yield blocks.chart(title, voice("đoàn", "delegations"), voice.word("Nước đến"), bars, kind="ranking")
    several = any(len(row["countries"]) > 1 for row in rows)
    unknown = [NOWHERE] if NOWHERE in totals else []
    names[NOWHERE] = voice.word("Chưa nêu nước đến")
    led = voice("Đoàn do {ministry} chủ trì", "Led by {ministry}", ministry=ministry)
    each = voice(" (đoàn đến nhiều nước được tính ở từng nước)", " (a delegation to several countries counts in each)")
    once = voice(" (mỗi đoàn tính một lần)", " (each delegation once)")
    yield blocks.table(
        title + (each if several else ""),
        (voice.word("Nước đến"), led, voice.word("Đoàn tháp tùng"), voice.word("Cộng")),
        [_line(names[iso2], figures, "country", iso2) for iso2 in [*ranked, *unknown]],
        widths=WIDTHS,
        aligns=ALIGNS,
        total=_total(voice("Tổng số đoàn", "All delegations") + (once if several else ""), figures),
    )


def by_unit(rows: Sequence[Row], figures: Figures, ministry: str, voice: Voice = SPOKEN) -> Block:
    units = {row["unit"]["code"]: row["unit"] for row in rows}
    ranked = sorted(units.values(), key=lambda unit: (unit["position"], sort_key(unit["name"]), unit["code"]))
    led = voice("Đoàn do {ministry} chủ trì", "Led by {ministry}", ministry=ministry)
    return blocks.table(
        voice("Số đoàn ra theo đơn vị", "Outbound delegations by unit"),
        (voice.word("Đơn vị"), led, voice.word("Đoàn tháp tùng"), voice.word("Cộng")),
        [_line(voice.name(unit["name"]), figures, "unit", unit["code"]) for unit in ranked],
        widths=WIDTHS,
        aligns=ALIGNS,
        total=_total(voice("Tổng số đoàn", "All delegations"), figures),
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
