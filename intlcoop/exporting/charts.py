"""How are figures drawn? SVG made on the server from small dataclasses, the same for the page and for the PDF.

Black on white prints, dark themes and strict CSP are served by one drawing: text and bars in `currentColor`, series
told apart by patterns, no style attribute, no script. Coordinates are formatted here, never by a template, where the
Vietnamese decimal comma would break them. A table of the same figures belongs beside each chart: `chart_table`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from html import escape

from django.utils.safestring import SafeString, mark_safe

from intlcoop.vietnamese.normalise import nfc
from intlcoop.vietnamese.numbers import format_number

Number = int | Decimal

PDF_FONT = "Times New Roman, Liberation Serif, serif"
TEXT, SMALL = 13, 12
LINE = 16
# Mean width of a letter as a part of the type size; on the safe side for Vietnamese in a sans-serif face.
LETTER = 0.56
ELLIPSIS = "…"
LABEL_LINES = 2
PATTERNS = ("solid", "lines", "empty", "dots")


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
    label_width = min(width * 0.4, max(_width(bar.label) for bar in chart.bars) + 4)
    value_width = max(_width(format_number(bar.value)) for bar in chart.bars) + 8
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
            f"<g><title>{_spoken(bar, chart.unit)}</title>"
            f"{_label(lines, x=label_width, middle=middle, anchor='end')}"
            f'<rect x="{left:.1f}" y="{middle - 8:.1f}" width="{length:.1f}" height="16" fill="currentColor"/>'
            f'<text x="{left + 6 + length:.1f}" y="{middle + 4.5:.1f}">{format_number(bar.value)}</text></g>'
        )
        top += height
    axis = f'<path d="M{left:.1f} 0V{top + 4:.1f}" stroke="currentColor" stroke-width="1"/>'
    return _svg(chart.title, chart.description, "".join(parts) + axis, width, top + 4, font_family, seed=repr(chart))


def grouped_bar_chart(
    chart: GroupedChart, *, width: int = 600, height: int = 280, font_family: str | None = None
) -> SafeString:
    """Vertical bars in groups with a legend, as an SVG element; an empty string without groups or series."""
    if not chart.groups or not chart.series:
        return mark_safe("")
    seed = repr(chart)
    key = _key(seed)
    values = [value for group in chart.groups for value in group.values if value is not None]
    most = max([*values, 1])
    slot = width / len(chart.groups)
    thick = min(slot * 0.8 / len(chart.series), 36)
    legend_height, label_height = _legend_height(chart.series, width), LABEL_LINES * LINE + 6
    top, base = legend_height + LINE, float(height - label_height)
    parts = [_legend(chart.series, key, width)]
    for index, group in enumerate(chart.groups):
        centre = slot * (index + 0.5)
        parts.append(_group(chart, group, key, centre=centre, thick=thick, base=base, scale=(base - top) / float(most)))
        lines = wrap_label(group.label, slot - 6)
        parts.append(_label(lines, x=centre, middle=base + 6 + len(lines) * LINE / 2, anchor="middle"))
    parts.append(f'<path d="M0 {base:.1f}H{width}" stroke="currentColor" stroke-width="1"/>')
    return _svg(chart.title, chart.description, _patterns(key) + "".join(parts), width, height, font_family, seed=seed)


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


def wrap_label(text: str, width: float) -> list[str]:
    """The text in at most two lines of this width (in pixels at 13 px), the last one cut with an ellipsis."""
    most = max(int(width / (TEXT * LETTER)), 1)
    lines = [""]
    for word in nfc(text).split():
        joined = f"{lines[-1]} {word}".strip()
        if len(joined) <= most or not lines[-1]:
            lines[-1] = joined
        else:
            lines.append(word)
    if len(lines) > LABEL_LINES:
        lines[LABEL_LINES - 1 :] = [" ".join(lines[LABEL_LINES - 1 :])]
    return [line if len(line) <= most else line[: most - 1].rstrip() + ELLIPSIS for line in lines]


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
            f"<g><title>{_spoken(Bar(f'{group.label}, {name}', value), chart.unit)}</title>"
            f"<rect {box} {_fill(index, key)}/>"
            f'<text x="{x + thick / 2:.1f}" y="{base - tall - 4:.1f}" text-anchor="middle" font-size="{SMALL}">'
            f"{format_number(value)}</text></g>"
        )
    return "".join(bars)


def _legend_places(series: Sequence[str], width: int) -> list[tuple[float, float]]:
    places, x, y = [], 0.0, 0.0
    for name in series:
        needed = _width(name) + 34
        if x and x + needed > width:
            x, y = 0.0, y + LINE + 4
        places.append((x, y))
        x += needed
    return places


def _legend_height(series: Sequence[str], width: int) -> float:
    return _legend_places(series, width)[-1][1] + LINE + 8


def _legend(series: Sequence[str], key: str, width: int) -> str:
    return "".join(
        f'<rect x="{x + 1:.1f}" y="{y + 3:.1f}" width="14" height="12" {_fill(index, key)}/>'
        f'<text x="{x + 20:.1f}" y="{y + 14:.1f}">{escape(nfc(name))}</text>'
        for index, (name, (x, y)) in enumerate(zip(series, _legend_places(series, width), strict=True))
    )


def _fill(index: int, key: str) -> str:
    pattern = PATTERNS[index]
    if pattern == "solid":
        return 'fill="currentColor" stroke="currentColor"'
    return f'fill="{"none" if pattern == "empty" else f"url(#{key}-{pattern})"}" stroke="currentColor"'


def _patterns(key: str) -> str:
    box = 'width="6" height="6" patternUnits="userSpaceOnUse"'
    return (
        f'<defs><pattern id="{key}-lines" {box}><path d="M-1 1L1 -1M0 6L6 0M5 7L7 5" stroke="currentColor"/></pattern>'
        f'<pattern id="{key}-dots" {box}><circle cx="3" cy="3" r="1.4" fill="currentColor"/></pattern></defs>'
    )


def _label(lines: Sequence[str], *, x: float, middle: float, anchor: str) -> str:
    first = middle + 4.5 - (len(lines) - 1) * LINE / 2
    return "".join(
        f'<text x="{x:.1f}" y="{first + index * LINE:.1f}" text-anchor="{anchor}">{escape(line)}</text>'
        for index, line in enumerate(lines)
    )


def _spoken(bar: Bar, unit: str) -> str:
    note = f" ({bar.note})" if bar.note else ""
    return escape(nfc(f"{bar.label}: {format_number(bar.value)} {unit}".rstrip() + note))


def _svg(
    title: str, description: str, inner: str, width: int, height: float, font_family: str | None, *, seed: str
) -> SafeString:
    key = _key(seed)
    face = f' font-family="{escape(font_family)}"' if font_family else ""
    described = f'<desc id="{key}-d">{escape(nfc(description))}</desc>' if description else ""
    names = f"{key}-t {key}-d" if description else f"{key}-t"
    return mark_safe(  # noqa: S308 - every text is escaped
        f'<svg xmlns="http://www.w3.org/2000/svg" class="chart" viewBox="0 0 {width} {height:.0f}" width="{width}" '
        f'height="{height:.0f}" role="img" aria-labelledby="{names}" fill="currentColor" font-size="{TEXT}"{face}>'
        f'<title id="{key}-t">{escape(nfc(title))}</title>{described}{inner}</svg>'
    )


def _key(seed: str) -> str:
    """A prefix for ids: the same for the same chart, another for another chart of the page."""
    return "c" + hashlib.sha256(seed.encode(errors="replace")).hexdigest()[:8]


def _width(text: str) -> float:
    return len(text) * TEXT * LETTER
