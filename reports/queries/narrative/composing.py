"""The whole report: every section that has something to say, and the report laid out of them by its outline."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from intlcoop.vietnamese.counts import count
from intlcoop.vietnamese.dates import short_date
from intlcoop.vietnamese.joining import join_semicolons
from reports.choices import RowKind, Variant
from reports.queries.figures import Row, of_kind
from reports.queries.narrative.annexes import list_of_trips
from reports.queries.narrative.blocks import Block, bullets, paragraph, plain
from reports.queries.narrative.gaps import gaps_of
from reports.queries.narrative.other import held, inbound, list_of_events, list_of_visits, other_work
from reports.queries.narrative.outbound import outbound
from reports.queries.narrative.outline import Outline, Section, lay_out, outline_of
from reports.queries.windows import Period, Scope


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


def compose(material: Material, outline: Outline | None = None) -> tuple[list[Section], list[str]]:
    """(sections as they are printed, sentences about what is missing); without an outline that of the merged template."""
    library, gaps = compose_all(material)
    return lay_out(library, outline or outline_of(Variant.ACTIVITY, material.period.year)), gaps


def compose_all(material: Material) -> tuple[list[Section], list[str]]:
    """(every section that has something to say, sentences about what is missing), whatever the report will show of it."""
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
    texts = {
        "context": context(material),
        "outbound": outbound(trips, material.figures, period=period, ministry=ministry),
        "inbound": inbound(visits, figures, period=period, ministry=ministry),
        "events": held(events, figures, period=period, ministry=ministry),
        "work": other_work(figures, period=period, ministry=ministry),
    }
    annexes = {
        "annex.outbound": list_of_trips(trips, ministry),
        "annex.inbound": list_of_visits(visits),
        "annex.events": list_of_events(events),
    }
    missing = [_section("annex.gaps", [bullets(gaps)])] if gaps else []
    return [*_filled(texts), *_filled(annexes, landscape=True), *missing], gaps


def _filled(texts: Mapping[str, list[Block]], *, landscape: bool = False) -> list[Section]:
    return [_section(key, blocks, landscape=landscape) for key, blocks in texts.items() if blocks]


def _section(key: str, blocks: list[Block], *, landscape: bool = False) -> Section:
    return {"key": key, "landscape": landscape, "blocks": blocks}


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
