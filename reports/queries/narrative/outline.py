"""Which sections does a report have, in which order, called what? Pure functions over the outline of a report.

An outline is plain JSON: [{"key", "level": 1, 2, 3 or "annex", "title", "own": bool}, ...]; a section written by hand (`own`)
brings its "text". What is composed is a library of sections by key; laid out, the sections follow the outline, what has
nothing to say is left out, and the numbers close up.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from intlcoop.exporting.papers import END_MARK
from intlcoop.vietnamese.joining import join_semicolons
from intlcoop.vietnamese.numbers import roman
from reports.queries.narrative.blocks import Block, paragraph, plain
from reports.queries.narrative.variants import ANNEX, OUTLINES

#: {"key", "level": 1, 2, 3, "closing" (no heading) or "annex", "number", "title", "landscape", "blocks"}
Section = dict[str, Any]
Outline = Sequence[Mapping[str, Any]]
CLOSING = "Kèm theo báo cáo có"
ANNEX_WORD = "Phụ lục"
LEVELS = (1, 2, 3)


def outline_of(variant: str, year: int) -> list[dict[str, Any]]:
    """The outline that a report of this variant begins with."""
    return [
        {"key": key, "level": level, "title": title.format(year=year, next=year + 1), "own": False}
        for level, key, title in OUTLINES[variant]
    ]


def lay_out(
    library: Iterable[Section], outline: Outline, *, closing: str = CLOSING, annex: str = ANNEX_WORD
) -> list[Section]:
    """The sections of the outline that have something to say, numbered, with the closing line before the annexes.

    `library`: what was composed; of each section only `blocks` and `landscape` are read.
    """
    known = {section["key"]: section for section in library}
    places = [_filled(place, known) for place in outline]
    body = _numbered(_kept([place for place in places if place["level"] in LEVELS]))
    annexes = _numbered_annexes([place for place in places if place["level"] == ANNEX and place["blocks"]], annex)
    last = closing_blocks(annexes, closing)
    end = [_section("closing", "closing", "", "", last)] if last else []
    return [*body, *end, *annexes]


def _filled(place: Mapping[str, Any], known: Mapping[str, Section]) -> Section:
    found = known.get(place["key"], {})
    blocks = found.get("blocks") or (own_blocks(place.get("text", "")) if place["own"] else [])
    return _section(place["key"], place["level"], "", place["title"], blocks, bool(found.get("landscape")))


def own_blocks(text: str) -> list[Block]:
    """A text written by hand: one paragraph for each line that says something."""
    return [paragraph(line) for line in map(plain, text.splitlines()) if line]


def _kept(places: Sequence[Section]) -> list[Section]:
    """Without the headings under which nothing stands; read from the end, so that each knows what follows it."""
    found: list[Section] = []
    filled = {1: False, 2: False, 3: False}
    for place in reversed(places):
        level = place["level"]
        if place["blocks"] or any(filled[deeper] for deeper in LEVELS if deeper > level):
            found.append(place)
            filled[level] = True
        for deeper in LEVELS:
            if deeper > level:
                filled[deeper] = False
    return found[::-1]


def _numbered(places: Iterable[Section]) -> list[Section]:
    """I., II. … for parts, 1., 2. … within each, 4.1., 4.2. … within those."""
    found, count = [], {1: 0, 2: 0, 3: 0}
    for place in places:
        level = place["level"]
        count |= {level: count[level] + 1} | {deeper: 0 for deeper in LEVELS if deeper > level}
        number = {1: roman(count[1]), 2: f"{count[2]}", 3: f"{count[2] or ''}.{count[3]}".lstrip(".")}[level]
        found.append(place | {"number": f"{number}."})
    return found


def _numbered_annexes(filled: Sequence[Section], word: str) -> list[Section]:
    return [
        annex | {"number": word if len(filled) == 1 else f"{word} {roman(place)}"}
        for place, annex in enumerate(filled, start=1)
    ]


def closing_blocks(annexes: Sequence[Section], opening: str = CLOSING) -> list[Block]:
    """The last sentence of the paper, above the signature: which annexes come with it. It ends with "./." (Decree 30)."""
    if not annexes:
        return []
    named = join_semicolons(f"{annex['number']}. {annex['title']}" for annex in annexes)
    return [paragraph(f"{opening}: {named}{END_MARK}")]


def _section(
    key: str, level: int | str, number: str, title: str, blocks: list[Block], landscape: bool = False
) -> Section:
    return {"key": key, "level": level, "number": number, "title": title, "landscape": landscape, "blocks": blocks}


# --- changing an outline ------------------------------------------------------------------------------------------------

OWN_PREFIX = "tu-viet-"


def is_body(place: Mapping[str, Any]) -> bool:
    return place["level"] in LEVELS


def spare_places(outline: Outline, year: int) -> list[dict[str, Any]]:
    """The sections that the outline leaves out, as the arrangement that has them calls them."""
    used = {place["key"] for place in outline}
    found: dict[str, dict[str, Any]] = {}
    for variant in OUTLINES:
        for place in outline_of(variant, year):
            found.setdefault(place["key"], place)
    return [place for key, place in found.items() if key not in used]


def with_own(outline: Outline, title: str, level: int) -> list[dict[str, Any]]:
    """The outline with one more section, written by hand, at the end of the body."""
    taken = {place["key"] for place in outline}
    key = next(name for n in range(1, len(outline) + 2) if (name := f"{OWN_PREFIX}{n}") not in taken)
    body, annexes = _parted(outline)
    return [*body, {"key": key, "level": level, "title": title, "own": True}, *annexes]


def with_spare(outline: Outline, place: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The outline with a section that was left out, at the end of the body or of the annexes."""
    body, annexes = _parted(outline)
    return [*body, dict(place), *annexes] if is_body(place) else [*body, *annexes, dict(place)]


def moved(outline: Outline, key: str, *, up: bool) -> list[dict[str, Any]]:
    """A section with all that stands under it, one place up or down among its equals; at the end of a part into the next."""
    places = [dict(place) for place in outline]
    at = next((n for n, place in enumerate(places) if place["key"] == key), None)
    if at is None:
        return places
    if not is_body(places[at]):
        return _swapped_annex(places, at, up=up)
    end = _end_of(places, at)
    group, rest = places[at:end], [*places[:at], *places[end:]]
    if up:
        return _put(rest, group, _before(rest, at, group[0]["level"]))
    if at >= len(rest) or not is_body(rest[at]):
        return places
    after = _end_of(rest, at) if rest[at]["level"] >= group[0]["level"] else at + 1
    return _put(rest, group, after)


def _parted(outline: Outline) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    return [dict(each) for each in outline if is_body(each)], [dict(each) for each in outline if not is_body(each)]


def _end_of(places: Sequence[Mapping[str, Any]], at: int) -> int:
    """Behind the last section that stands under the one at this place."""
    end = at + 1
    while end < len(places) and is_body(places[end]) and places[end]["level"] > places[at]["level"]:
        end += 1
    return end


def _before(rest: Sequence[Mapping[str, Any]], at: int, level: int) -> int:
    """Where a section goes that moves up: before its equal, or out of its part to the end of the one before."""
    target = at - 1
    while target > 0 and rest[target]["level"] > level:
        target -= 1
    return max(target, 0)


def _put(rest: list[dict[str, Any]], group: list[dict[str, Any]], at: int) -> list[dict[str, Any]]:
    return [*rest[:at], *group, *rest[at:]]


def _swapped_annex(places: list[dict[str, Any]], at: int, *, up: bool) -> list[dict[str, Any]]:
    other = at - 1 if up else at + 1
    if 0 <= other < len(places) and not is_body(places[other]):
        places[at], places[other] = places[other], places[at]
    return places
