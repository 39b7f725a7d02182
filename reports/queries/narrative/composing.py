"""The whole report: sections in the order of the merged template (domain.md A5), numbered as far as they have records."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from intlcoop.exporting.papers import END_MARK
from intlcoop.vietnamese.counts import count
from intlcoop.vietnamese.dates import short_date
from intlcoop.vietnamese.joining import join_semicolons
from intlcoop.vietnamese.numbers import roman
from reports.choices import RowKind
from reports.queries.figures import Row, of_kind
from reports.queries.narrative.annexes import list_of_trips
from reports.queries.narrative.blocks import Block, bullets, paragraph, plain
from reports.queries.narrative.gaps import gaps_of
from reports.queries.narrative.other import held, inbound, list_of_events, list_of_visits, other_work
from reports.queries.narrative.outbound import outbound
from reports.queries.windows import Period, Scope

#: {"key", "level": 1, 2, "closing" (no heading) or "annex", "number", "title", "landscape", "blocks"}
Section = dict[str, Any]
CLOSING = "Kèm theo báo cáo có"


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """All that the text is made from. `figures` is what `queries.figures.compute` gave for these rows; `scope`
    knows the windows of kinds that have one of their own."""

    period: Period
    as_of: dt.date
    rows: Sequence[Row]
    figures: Mapping[str, Any]
    paper: Mapping[str, Any]
    plans: Sequence[Mapping[str, Any]] = ()
    parameters: Sequence[Mapping[str, Any]] = ()
    recorded: Sequence[Mapping[str, Any]] = ()
    scope: Scope | None = None

    @property
    def ministry(self) -> str:
        return plain(self.paper["short"])


def compose(material: Material) -> tuple[list[Section], list[str]]:
    """(sections, sentences about what is missing). A section without blocks is left out and the numbers close up."""
    gaps = gaps_of(
        material.rows,
        material.figures,
        year=material.period.year,
        ministry=material.ministry,
        plans=material.plans,
        recorded=material.recorded,
    )
    trips, visits = of_kind(material.rows, RowKind.OUTBOUND), of_kind(material.rows, RowKind.INBOUND)
    events = of_kind(material.rows, RowKind.EVENT)
    figures, period, ministry = material.figures["figures"], material.period.said, material.ministry
    results = [
        ("outbound", "Đoàn ra", outbound(trips, material.figures, period=period, ministry=ministry)),
        ("inbound", "Đoàn vào, tiếp khách quốc tế", inbound(visits, figures, period=period, ministry=ministry)),
        ("events", "Hội nghị, hội thảo quốc tế", held(events, figures, period=period, ministry=ministry)),
        ("work", "Công tác phối hợp, đào tạo, bồi dưỡng", other_work(figures, period=period, ministry=ministry)),
    ]
    parts = [
        ("context", "Bối cảnh, tình hình chung", context(material), []),
        ("results", f"Kết quả công tác hợp tác quốc tế năm {material.period.year}", [], results),
    ]
    annexes = [
        ("annex.outbound", "Danh sách đoàn ra", list_of_trips(trips, ministry), True),
        ("annex.inbound", "Danh sách đoàn vào", list_of_visits(visits), True),
        ("annex.events", "Danh sách hội nghị, hội thảo quốc tế", list_of_events(events), True),
        ("annex.gaps", "Nội dung chưa đủ dữ liệu", [bullets(gaps)] if gaps else [], False),
    ]
    attached = _numbered_annexes(annexes)
    end = [_section("closing", "closing", "", "", closing(attached))] if attached else []
    return [*_numbered(parts), *end, *attached], gaps


def context(material: Material) -> list[Block]:
    """Only what the records say: what is covered, as of when, by which plans and rule."""
    period = material.period
    found = [
        f"Báo cáo tổng hợp hoạt động hợp tác quốc tế của {plain(material.paper['superior']) or material.ministry} "
        f"trong {period.said}, theo các hồ sơ đã được quyết định. "
        f"Số liệu tính đến ngày {short_date(material.as_of)}."
    ]
    if material.plans:
        plans = join_semicolons(_plan_said(plan) for plan in material.plans)
        found.append(f"Công tác đoàn ra năm {period.year} được triển khai theo {plans}.")
    for rule in material.parameters:
        doubt = " (cần đối chiếu)" if rule["needs_check"] else ""
        found.append(f"Kỳ báo cáo năm được xác định theo {plain(rule['citation'])}{doubt}.")
    return [paragraph(text) for text in found]


def _plan_said(plan: Mapping[str, Any]) -> str:
    document = ""
    if plan["number"]:
        document = f" (văn bản số {plain(plan['number'])} ngày {short_date(dt.date.fromisoformat(plan['date']))})"
    lines = f", gồm {count(plan['lines'])} đoàn dự kiến" if plan["lines"] else ""
    return f"{plain(plan['title'])}{document}{lines}"


def closing(annexes: Sequence[Section]) -> list[Block]:
    """The last sentence of the paper, above the signature: which annexes come with it. It ends with "./." (Decree 30)."""
    if not annexes:
        return []
    named = join_semicolons(f"{annex['number']}. {annex['title']}" for annex in annexes)
    return [paragraph(f"{CLOSING}: {named}{END_MARK}")]


def _numbered(parts: Sequence[tuple[str, str, list[Block], list[tuple[str, str, list[Block]]]]]) -> list[Section]:
    """I, II ... for parts and 1, 2 ... within each; what has nothing to say is left out."""
    found: list[Section] = []
    number = 0
    for key, title, blocks, inner in parts:
        filled = [section for section in inner if section[2]]
        if not blocks and not filled:
            continue
        number += 1
        found.append(_section(key, 1, f"{roman(number)}.", title, blocks))
        found += [
            _section(inner_key, 2, f"{place}.", inner_title, inner_blocks)
            for place, (inner_key, inner_title, inner_blocks) in enumerate(filled, start=1)
        ]
    return found


def _numbered_annexes(annexes: Sequence[tuple[str, str, list[Block], bool]]) -> list[Section]:
    filled = [annex for annex in annexes if annex[2]]
    return [
        _section(key, "annex", "Phụ lục" if len(filled) == 1 else f"Phụ lục {roman(place)}", title, blocks, landscape)
        for place, (key, title, blocks, landscape) in enumerate(filled, start=1)
    ]


def _section(
    key: str, level: int | str, number: str, title: str, blocks: list[Block], landscape: bool = False
) -> Section:
    return {
        "key": key,
        "level": level,
        "number": number,
        "title": title,
        "landscape": landscape,
        "blocks": blocks,
    }
