"""Charts that bars cannot be: parts of a whole in stacked bars or a ring, lines over years, months as a grid of shades.

The same rules as for bars: one ink, patterns, marks and dashes instead of colours, every number written beside its place.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from django.utils.safestring import SafeString, mark_safe

from intlcoop.exporting.charts.bars import BarChart, GroupedChart
from intlcoop.exporting.charts.drawing import (
    LABEL_LINES,
    LINE,
    PATTERNS,
    SMALL,
    Number,
    filled,
    key_of,
    label_lines,
    legend,
    legend_height,
    patterns,
    spoken,
    svg_element,
    width_of,
    wrap_label,
)
from intlcoop.vietnamese.normalise import nfc
from intlcoop.vietnamese.numbers import format_number

DASHES = ("", "6 4", "2 3", "8 3 2 3")
SHADES = 5


@dataclass(frozen=True)
class DonutChart(BarChart):
    """Parts of one whole as a ring. At most four parts can be told apart; raises ValueError beyond, or for a negative one."""

    def __post_init__(self) -> None:
        if len(self.bars) > len(PATTERNS):
            raise ValueError(f"at most {len(PATTERNS)} parts can be told apart")
        if any(bar.value < 0 for bar in self.bars):
            raise ValueError("a part of a whole cannot be negative")


@dataclass(frozen=True)
class HeatGrid:
    """One row for each label, one cell for each column (month): the more, the darker. None where there is no record."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Number | None, ...]], ...]
    unit: str = ""
    description: str = ""
    label_header: str = ""

    def __post_init__(self) -> None:
        if any(len(values) != len(self.columns) for _label, values in self.rows):
            raise ValueError("each row needs one value per column")


def stacked_chart(chart: GroupedChart, *, width: int = 600, font_family: str | None = None) -> SafeString:
    """The bars with a legend, the sum behind each; an empty string without groups or series."""
    if not chart.groups or not chart.series:
        return mark_safe("")
    seed = "stacked" + repr(chart)
    key = key_of(seed)
    sums = [sum(value for value in group.values if value is not None) for group in chart.groups]
    label_width = min(width * 0.4, max(width_of(group.label) for group in chart.groups) + 4)
    left = label_width + 8
    room = width - left - max(width_of(format_number(each)) for each in sums) - 8
    most = max([*sums, 1])
    parts, top = [legend(chart.series, key, width)], legend_height(chart.series, width)
    start = top
    for group, total in zip(chart.groups, sums, strict=True):
        lines = wrap_label(group.label, label_width)
        height = max(len(lines), 1) * LINE + 8
        middle, x = top + height / 2, left
        parts.append(label_lines(lines, x=label_width, middle=middle, anchor="end"))
        for index, (name, value) in enumerate(zip(chart.series, group.values, strict=True)):
            if value is None or value <= 0:
                continue
            long = float(value / most) * room
            parts.append(
                f"<g><title>{spoken(f'{group.label}, {name}', value, chart.unit)}</title>"
                f'<rect x="{x:.1f}" y="{middle - 8:.1f}" width="{long:.1f}" height="16" {filled(index, key)}/></g>'
            )
            x += long
        parts.append(f'<text x="{x + 6:.1f}" y="{middle + 4.5:.1f}">{format_number(total)}</text>')
        top += height
    parts.append(f'<path d="M{left:.1f} {start:.1f}V{top + 4:.1f}" stroke="currentColor" stroke-width="1"/>')
    inner = patterns(key) + "".join(parts)
    return svg_element(chart.title, chart.description, inner, width, top + 4, font_family, seed=seed)


def line_chart(
    chart: GroupedChart, *, width: int = 600, height: int = 260, font_family: str | None = None
) -> SafeString:
    """Lines told apart by dashes, each point with its number; an empty string without groups or series."""
    if not chart.groups or not chart.series:
        return mark_safe("")
    seed = "line" + repr(chart)
    slot = width / len(chart.groups)
    several = len(chart.series) > 1
    top = (legend_height(chart.series, width) if several else 0) + LINE + 6
    base = float(height - LABEL_LINES * LINE - 6)
    most = max([value for group in chart.groups for value in group.values if value is not None] + [1])
    parts = [_line_legend(chart.series, width)] if several else []
    for index, name in enumerate(chart.series):
        points = [
            (slot * (place + 0.5), base - float(group.values[index] or 0) / float(most) * (base - top), group)
            for place, group in enumerate(chart.groups)
            if group.values[index] is not None
        ]
        parts += _runs(points, slot, DASHES[index])
        for x, y, group in points:
            value = group.values[index]
            assert value is not None
            parts.append(
                f"<g><title>{spoken(f'{group.label}, {name}', value, chart.unit)}</title>{_point(index, x, y)}"
                f'<text x="{x:.1f}" y="{y - 8:.1f}" text-anchor="middle" font-size="{SMALL}">'
                f"{format_number(value)}</text></g>"
            )
    for place, group in enumerate(chart.groups):
        lines = wrap_label(group.label, slot - 6)
        middle = base + 6 + len(lines) * LINE / 2
        parts.append(label_lines(lines, x=slot * (place + 0.5), middle=middle, anchor="middle"))
    parts.append(f'<path d="M0 {base:.1f}H{width}" stroke="currentColor" stroke-width="1"/>')
    return svg_element(chart.title, chart.description, "".join(parts), width, height, font_family, seed=seed)


def _runs(points: Sequence[tuple[float, float, object]], slot: float, dash: str) -> list[str]:
    """The pieces of a line between its gaps."""
    runs: list[list[str]] = []
    before = None
    for x, y, _group in points:
        if before is None or x - before > slot * 1.5:
            runs.append([])
        runs[-1].append(f"{x:.1f} {y:.1f}")
        before = x
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    return [
        f'<path d="M{"L".join(run)}" fill="none" stroke="currentColor" stroke-width="2"{dashed}/>'
        for run in runs
        if len(run) > 1
    ]


def _point(index: int, x: float, y: float) -> str:
    if index % 2:
        return f'<rect x="{x - 3.5:.1f}" y="{y - 3.5:.1f}" width="7" height="7"/>'
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4"/>'


def _line_legend(series: tuple[str, ...], width: int) -> str:
    parts, x, y = [], 0.0, 0.0
    for index, name in enumerate(series):
        needed = width_of(name) + 52
        if x and x + needed > width:
            x, y = 0.0, y + LINE + 4
        dash = f' stroke-dasharray="{DASHES[index]}"' if DASHES[index] else ""
        parts.append(
            f'<path d="M{x + 1:.1f} {y + 9:.1f}h30" stroke="currentColor" stroke-width="2"{dash}/>'
            f'{_point(index, x + 16, y + 9)}<text x="{x + 38:.1f}" y="{y + 14:.1f}">{escape(nfc(name))}</text>'
        )
        x += needed
    return "".join(parts)


def donut_chart(chart: BarChart, *, width: int = 600, font_family: str | None = None) -> SafeString:
    """The ring with the sum in it and the parts named beside it; an empty string when there is nothing to part."""
    total = sum(bar.value for bar in chart.bars)
    if total <= 0:
        return mark_safe("")
    seed = "donut" + repr(chart)
    key = key_of(seed)
    outer, inner = 80.0, 46.0
    height, centre = max(176.0, len(chart.bars) * 24.0 + 16), 88.0
    parts, angle = [], -math.pi / 2
    for index, bar in enumerate(chart.bars):
        turn = float(bar.value / total) * 2 * math.pi
        shape = _ring(centre, height / 2, outer, inner, angle, turn)
        said = spoken(bar.label, bar.value, chart.unit, bar.note)
        y = height / 2 - len(chart.bars) * 12 + index * 24
        text = escape(nfc(f"{bar.label}: {format_number(bar.value)} {chart.unit}".rstrip()))
        drawn = f'<path d="{shape}" fill-rule="evenodd" {filled(index, key)}/>' if turn > 0 else ""
        parts.append(
            f"<g><title>{said}</title>{drawn}"
            f'<rect x="200" y="{y + 4:.1f}" width="14" height="14" {filled(index, key)}/>'
            f'<text x="222" y="{y + 16:.1f}">{text}</text></g>'
        )
        angle += turn
    middle = f'<text x="{centre:.1f}" y="{height / 2 + 6:.1f}" text-anchor="middle" font-size="20">{format_number(total)}</text>'
    inner_parts = patterns(key) + "".join(parts) + middle
    return svg_element(chart.title, chart.description, inner_parts, width, height, font_family, seed=seed)


def _ring(x: float, y: float, outer: float, inner: float, angle: float, turn: float) -> str:
    """A piece of a ring; a whole one in two halves, because an arc cannot end where it begins."""
    if turn > 2 * math.pi - 1e-6:
        half = math.pi
        return _ring(x, y, outer, inner, angle, half) + _ring(x, y, outer, inner, angle + half, half)

    def at(radius: float, where: float) -> str:
        return f"{x + radius * math.cos(where):.2f} {y + radius * math.sin(where):.2f}"

    large = 1 if turn > math.pi else 0
    end = angle + turn
    return (
        f"M{at(outer, angle)}A{outer} {outer} 0 {large} 1 {at(outer, end)}"
        f"L{at(inner, end)}A{inner} {inner} 0 {large} 0 {at(inner, angle)}Z"
    )


def heat_grid(chart: HeatGrid, *, width: int = 600, font_family: str | None = None) -> SafeString:
    """The grid, each cell with its number; an empty string without rows or columns."""
    if not chart.rows or not chart.columns:
        return mark_safe("")
    label_width = min(width * 0.3, max(width_of(label) for label, _values in chart.rows) + 8)
    cell, tall = (width - label_width) / len(chart.columns), 28.0
    most = max([value for _label, values in chart.rows for value in values if value is not None] + [1])
    parts = [
        f'<text x="{label_width + cell * (place + 0.5):.1f}" y="14" text-anchor="middle" font-size="{SMALL}">'
        f"{escape(nfc(name))}</text>"
        for place, name in enumerate(chart.columns)
    ]
    for line, (label, values) in enumerate(chart.rows):
        top = 22 + line * tall
        lines = wrap_label(label, label_width - 8)[:1]
        parts.append(label_lines(lines, x=label_width - 6, middle=top + tall / 2, anchor="end"))
        boxes = [(label_width + cell * place, top, cell, tall) for place in range(len(values))]
        parts += [_heat_cell(chart, label, place, value, most, boxes[place]) for place, value in enumerate(values)]
    seed, height = "heat" + repr(chart), 24 + len(chart.rows) * tall
    return svg_element(chart.title, chart.description, "".join(parts), width, height, font_family, seed=seed)


def _heat_cell(
    chart: HeatGrid, label: str, place: int, value: Number | None, most: Number, at: tuple[float, float, float, float]
) -> str:
    """At most half of the ink, so that the number stays readable on it in a light and in a dark theme."""
    x, y, wide, tall = at
    box = f'x="{x + 1:.1f}" y="{y + 1:.1f}" width="{wide - 2:.1f}" height="{tall - 2:.1f}"'
    frame = f'<rect {box} fill="none" stroke="currentColor" stroke-width="0.5"/>'
    if value is None:
        return frame
    shade = math.ceil(float(value) / float(most) * SHADES) / SHADES / 2 if value > 0 else 0
    ink = f'<rect {box} fill-opacity="{shade:.2f}"/>' if shade else ""
    said = spoken(f"{label}, {chart.columns[place]}", value, chart.unit)
    number = (
        f'<text x="{x + wide / 2:.1f}" y="{y + tall / 2 + 4:.1f}" text-anchor="middle" font-size="{SMALL}">'
        f"{format_number(value)}</text>"
    )
    return f"<g><title>{said}</title>{ink}{frame}{number}</g>"
