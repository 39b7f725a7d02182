"""Which drawing does the chart of a section get? By its kind; what a kind cannot show is drawn as one that can."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.safestring import SafeString

from intlcoop.exporting import charts

Block = Mapping[str, Any]


def drawn(block: Block, *, width: int, font_family: str | None = None) -> SafeString:
    """The SVG of a chart block (queries.narrative.blocks)."""
    series = block.get("series", ())
    kind = block.get("chart", "bar")
    if kind == "heat" or len(series) > len(charts.PATTERNS):
        return charts.heat_grid(_grid(block), width=width, font_family=font_family)
    if kind == "line":
        return charts.line_chart(_grouped(block), width=width, font_family=font_family)
    if kind == "stacked" and series:
        return charts.stacked_chart(_grouped(block), width=width, font_family=font_family)
    if series:
        return charts.grouped_bar_chart(_grouped(block), width=width, font_family=font_family)
    if kind == "donut" and 1 < len(block["bars"]) <= len(charts.PATTERNS):
        return charts.donut_chart(
            charts.DonutChart(bars=_bars(block), **_named(block)), width=width, font_family=font_family
        )
    return charts.bar_chart(charts.BarChart(bars=_bars(block), **_named(block)), width=width, font_family=font_family)


def _named(block: Block) -> dict[str, str]:
    return {name: block[name] for name in ("title", "unit", "label_header")}


def _bars(block: Block) -> tuple[charts.Bar, ...]:
    return tuple(charts.Bar(label, value) for label, value in block["bars"])


def _grouped(block: Block) -> charts.GroupedChart:
    """With one series of its own where the block has only one number for each label."""
    series = block.get("series") or [{"name": block["title"], "values": [value for _label, value in block["bars"]]}]
    groups = tuple(
        charts.Group(label, tuple(each["values"][place] for each in series))
        for place, (label, _value) in enumerate(block["bars"])
    )
    return charts.GroupedChart(series=tuple(each["name"] for each in series), groups=groups, **_named(block))


def _grid(block: Block) -> charts.HeatGrid:
    """The labels as columns, one row for each series."""
    series = block.get("series") or [{"name": block["title"], "values": [value for _label, value in block["bars"]]}]
    return charts.HeatGrid(
        columns=tuple(label for label, _value in block["bars"]),
        rows=tuple((each["name"], tuple(each["values"])) for each in series),
        **_named(block),
    )
