"""What all charts are drawn with: text in lines, patterns that print, a legend, and the SVG element around them."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
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


def _legend_places(series: Sequence[str], width: int) -> list[tuple[float, float]]:
    places, x, y = [], 0.0, 0.0
    for name in series:
        needed = width_of(name) + 34
        if x and x + needed > width:
            x, y = 0.0, y + LINE + 4
        places.append((x, y))
        x += needed
    return places


def legend_height(series: Sequence[str], width: int) -> float:
    return _legend_places(series, width)[-1][1] + LINE + 8


def legend(series: Sequence[str], key: str, width: int) -> str:
    return "".join(
        f'<rect x="{x + 1:.1f}" y="{y + 3:.1f}" width="14" height="12" {filled(index, key)}/>'
        f'<text x="{x + 20:.1f}" y="{y + 14:.1f}">{escape(nfc(name))}</text>'
        for index, (name, (x, y)) in enumerate(zip(series, _legend_places(series, width), strict=True))
    )


def filled(index: int, key: str) -> str:
    pattern = PATTERNS[index]
    if pattern == "solid":
        return 'fill="currentColor" stroke="currentColor"'
    return f'fill="{"none" if pattern == "empty" else f"url(#{key}-{pattern})"}" stroke="currentColor"'


def patterns(key: str) -> str:
    box = 'width="6" height="6" patternUnits="userSpaceOnUse"'
    return (
        f'<defs><pattern id="{key}-lines" {box}><path d="M-1 1L1 -1M0 6L6 0M5 7L7 5" stroke="currentColor"/></pattern>'
        f'<pattern id="{key}-dots" {box}><circle cx="3" cy="3" r="1.4" fill="currentColor"/></pattern></defs>'
    )


def label_lines(lines: Sequence[str], *, x: float, middle: float, anchor: str) -> str:
    first = middle + 4.5 - (len(lines) - 1) * LINE / 2
    return "".join(
        f'<text x="{x:.1f}" y="{first + index * LINE:.1f}" text-anchor="{anchor}">{escape(line)}</text>'
        for index, line in enumerate(lines)
    )


def spoken(label: str, value: Number, unit: str, note: str = "") -> str:
    """What is read out and shown on hovering: "Lào: 5 đoàn (trong đó ...)"."""
    said = f" ({note})" if note else ""
    return escape(nfc(f"{label}: {format_number(value)} {unit}".rstrip() + said))


def svg_element(
    title: str, description: str, inner: str, width: int, height: float, font_family: str | None, *, seed: str
) -> SafeString:
    key = key_of(seed)
    face = f' font-family="{escape(font_family)}"' if font_family else ""
    described = f'<desc id="{key}-d">{escape(nfc(description))}</desc>' if description else ""
    names = f"{key}-t {key}-d" if description else f"{key}-t"
    return mark_safe(  # noqa: S308 - every text is escaped
        f'<svg xmlns="http://www.w3.org/2000/svg" class="chart" viewBox="0 0 {width} {height:.0f}" width="{width}" '
        f'height="{height:.0f}" role="img" aria-labelledby="{names}" fill="currentColor" font-size="{TEXT}"{face}>'
        f'<title id="{key}-t">{escape(nfc(title))}</title>{described}{inner}</svg>'
    )


def key_of(seed: str) -> str:
    """A prefix for ids: the same for the same chart, another for another chart of the page."""
    return "c" + hashlib.sha256(seed.encode(errors="replace")).hexdigest()[:8]


def width_of(text: str) -> float:
    return len(text) * TEXT * LETTER
