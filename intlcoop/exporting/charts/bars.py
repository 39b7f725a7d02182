"""How are figures drawn? SVG made on the server from small dataclasses, the same for the page and for the PDF.

Black on white prints, dark themes and strict CSP are served by one drawing: text and bars in `currentColor`, series
told apart by patterns, no style attribute, no script. Coordinates are formatted here, never by a template, where the
Vietnamese decimal comma would break them. A table of the same figures belongs beside each chart: `chart_table`.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe

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
from intlcoop.vietnamese.numbers import format_number


@dataclass(frozen=True)
class Bar:
    """One figure with its name; `note` is read out and shown on hovering ("trong đó 02 đoàn ngoài kế hoạch")."""

    label: str
    value: Number
    note: str = ""


@dataclass(frozen=True)
class BarChart:
    """Horizontal bars in the given order (rank them before). `unit` names what is counted ("đoàn")."""

    title: str
    bars: tuple[Bar, ...]
    unit: str = ""
    description: str = ""
    label_header: str = ""


@dataclass(frozen=True)
class Group:
    """One place on the horizontal axis, with one value per series; None where no record exists, which is not zero."""

    label: str
    values: tuple[Number | None, ...]


@dataclass(frozen=True)
class GroupedChart:
    """Vertical bars side by side, told apart by pattern. At most four series; raises ValueError beyond."""

    title: str
    series: tuple[str, ...]
    groups: tuple[Group, ...]
    unit: str = ""
    description: str = ""
    label_header: str = ""

    def __post_init__(self) -> None:
        if len(self.series) > len(PATTERNS):
            raise ValueError(f"at most {len(PATTERNS)} series can be told apart")
        if any(len(group.values) != len(self.series) for group in self.groups):
            raise ValueError("each group needs one value per series")


def bar_chart(chart: BarChart, *, width: int = 600, font_family: str | None = None) -> SafeString:
    """The chart as an SVG element; an empty string without bars. `font_family`: give PDF_FONT for a paper.

    Negative values have no bar. Long labels take two lines, then an ellipsis; the whole label stays as a title.
    """
    if not chart.bars:
        return mark_safe("")
    label_width = min(width * 0.4, max(width_of(bar.label) for bar in chart.bars) + 4)
    value_width = max(width_of(format_number(bar.value)) for bar in chart.bars) + 8
    left = label_width + 8
    room = width - left - value_width
    most = max(max(bar.value for bar in chart.bars), 1)
    parts, top = [], 4.0
    for bar in chart.bars:
        lines = wrap_label(bar.label, label_width)
        height = max(len(lines), 1) * LINE + 8
        length = max(float(bar.value / most) * room, 0)
        middle = top + height / 2
        parts.append(
            f"<g><title>{spoken(bar.label, bar.value, chart.unit, bar.note)}</title>"
            f"{label_lines(lines, x=label_width, middle=middle, anchor='end')}"
            f'<rect x="{left:.1f}" y="{middle - 8:.1f}" width="{length:.1f}" height="16" fill="currentColor"/>'
            f'<text x="{left + 6 + length:.1f}" y="{middle + 4.5:.1f}">{format_number(bar.value)}</text></g>'
        )
        top += height
    axis = f'<path d="M{left:.1f} 0V{top + 4:.1f}" stroke="currentColor" stroke-width="1"/>'
    return svg_element(
        chart.title, chart.description, "".join(parts) + axis, width, top + 4, font_family, seed=repr(chart)
    )


def grouped_bar_chart(
    chart: GroupedChart, *, width: int = 600, height: int = 280, font_family: str | None = None
) -> SafeString:
    """Vertical bars in groups with a legend, as an SVG element; an empty string without groups or series."""
    if not chart.groups or not chart.series:
        return mark_safe("")
    seed = repr(chart)
    key = key_of(seed)
    values = [value for group in chart.groups for value in group.values if value is not None]
    most = max([*values, 1])
    slot = width / len(chart.groups)
    thick = min(slot * 0.8 / len(chart.series), 36)
    label_height = LABEL_LINES * LINE + 6
    top, base = legend_height(chart.series, width) + LINE, float(height - label_height)
    parts = [legend(chart.series, key, width)]
    for index, group in enumerate(chart.groups):
        centre = slot * (index + 0.5)
        parts.append(_group(chart, group, key, centre=centre, thick=thick, base=base, scale=(base - top) / float(most)))
        lines = wrap_label(group.label, slot - 6)
        parts.append(label_lines(lines, x=centre, middle=base + 6 + len(lines) * LINE / 2, anchor="middle"))
    parts.append(f'<path d="M0 {base:.1f}H{width}" stroke="currentColor" stroke-width="1"/>')
    return svg_element(
        chart.title, chart.description, patterns(key) + "".join(parts), width, height, font_family, seed=seed
    )


def chart_table(chart: BarChart | GroupedChart) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """The same figures as (header cells, rows of cells), numbers formatted; no record gives an empty cell."""
    if isinstance(chart, BarChart):
        rows = tuple((bar.label, format_number(bar.value)) for bar in chart.bars)
        return (chart.label_header, chart.unit), rows
    grouped = tuple(
        (group.label, *("" if value is None else format_number(value) for value in group.values))
        for group in chart.groups
    )
    return (chart.label_header, *chart.series), grouped


def _group(
    chart: GroupedChart, group: Group, key: str, *, centre: float, thick: float, base: float, scale: float
) -> str:
    bars = []
    for index, (name, value) in enumerate(zip(chart.series, group.values, strict=True)):
        if value is None:
            continue
        tall = max(float(value) * scale, 0)
        x = centre + thick * (index - len(group.values) / 2)
        box = f'x="{x + 1:.1f}" y="{base - tall:.1f}" width="{thick - 2:.1f}" height="{tall:.1f}"'
        bars.append(
            f"<g><title>{spoken(f'{group.label}, {name}', value, chart.unit)}</title>"
            f"<rect {box} {filled(index, key)}/>"
            f'<text x="{x + thick / 2:.1f}" y="{base - tall - 4:.1f}" text-anchor="middle" font-size="{SMALL}">'
            f"{format_number(value)}</text></g>"
        )
    return "".join(bars)
