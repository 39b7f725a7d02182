"""The English edition of a report: the same frozen figures told in English, by the outline of the report.

What people said and wrote stays Vietnamese and stands in the Vietnamese edition only: conclusions, opinions, sections by hand.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from intlcoop.vietnamese.counts import WORDS
from reports.queries.narrative import Material, compose_all, lay_out, outline_of
from reports.queries.narrative.english import ANNEX, CLOSING, COUNT_WORDS, OF_VARIANTS, TITLES
from reports.queries.narrative.voice import ENGLISH
from reports.queries.sections import outline_in
from reports.queries.windows import Period, Scope

if TYPE_CHECKING:
    from reports.models import Snapshot, YearEndReport

Section = dict[str, Any]
#: Sections of words that somebody said or wrote.
OF_PEOPLE = ("proposals", "opinions", "conclusions", "session", "rules", "causes", "annex.gaps")
COUNT = re.compile(r"(?P<word>\D*?)\s*(?P<number>\d[\d.]*)")


def english_sections(report: YearEndReport, snapshot: Snapshot) -> tuple[list[Section], list[str]]:
    """(sections in English, titles of those that stand in the Vietnamese edition only)."""
    library, _gaps = compose_all(material_of(report, snapshot))
    told = [section | {"blocks": [_english(block) for block in section["blocks"]]} for section in library]
    outline = outline_in(report)
    kept = [place | {"title": title_of(place, report)} for place in outline if not _of_people(place)]
    frozen = {section["key"] for section in snapshot.sections}
    left = [place["title"] for place in outline if _of_people(place) and (place["own"] or place["key"] in frozen)]
    return lay_out(told, kept, closing=CLOSING, annex=ANNEX), left


def _of_people(place: Mapping[str, Any]) -> bool:
    return bool(place["own"]) or place["key"] in OF_PEOPLE


def material_of(report: YearEndReport, snapshot: Snapshot) -> Material:
    """What the snapshot keeps, ready to be told in English."""
    period = Period(report.year, report.window, report.first_day, report.last_day)
    own = {
        kind: Period(
            report.year, each["window"], dt.date.fromisoformat(each["from"]), dt.date.fromisoformat(each["to"])
        )
        for kind, each in snapshot.figures.get("windows", {}).items()
    }
    story = snapshot.background
    return Material(
        period=period,
        as_of=snapshot.as_of,
        rows=snapshot.rows,
        figures=snapshot.figures,
        paper=snapshot.paper,
        plans=story.get("plans", ()),
        parameters=snapshot.parameters,
        recorded=story.get("recorded", ()),
        scope=Scope(period, snapshot.as_of, own),
        story=story,
        language=ENGLISH,
    )


def title_of(place: Mapping[str, Any], report: YearEndReport) -> str:
    """The English title of a section; one that somebody renamed keeps its own words."""
    usual = {each["key"]: each["title"] for each in outline_of(report.variant, report.year)}
    key = place["key"]
    if usual.get(key, place["title"]) != place["title"] or key not in TITLES:
        return str(place["title"])
    title = OF_VARIANTS.get(report.variant, {}).get(key, TITLES[key])
    return title.format(year=report.year, next=report.year + 1)


def _english(block: dict[str, Any]) -> dict[str, Any]:
    """A table whose counts are written as English writes them: "05" is 5, "1.234" is 1,234."""
    if block["type"] != "table":
        return block
    rows = [row if "group" in row else {"cells": [_cell(cell) for cell in row["cells"]]} for row in block["rows"]]
    return block | {"rows": rows, "total": [_cell(cell) for cell in block["total"]]}


def _cell(cell: dict[str, str]) -> dict[str, str]:
    match = COUNT.fullmatch(cell["text"]) if "ref" in cell else None
    if match is None:
        return cell
    number = f"{int(match['number'].replace('.', '')):,}"
    word = next((COUNT_WORDS[each] for each, said in WORDS.items() if said == match["word"]), "")
    return cell | {"text": f"{word} {number}".strip()}
