"""The blocks that a section is made of, as plain JSON that page, PDF and later formats print.

paragraph {"type", "text", "marks": [[start, end, ref], ...]}    the text whole, with the places that are figures
table     {"type", "caption", "head": [..], "widths": [..], "aligns": [..], "rows": [row, ..], "total": [cell, ..]}
          row = {"cells": [cell, ..]} or {"group": text}; cell = {"text"} with "ref" of a figure or "file" number
chart     {"type", "chart": kind, "title", "unit", "label_header", "bars": [[label, value], ..]}
          and with several lines "series": [{"name", "values": [..]}, ..]
list      {"type", "items": [text, ..]}
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from intlcoop.vietnamese.counts import WORDS, Qualifier, count
from intlcoop.vietnamese.normalise import nfc
from intlcoop.vietnamese.numbers import format_number

Block = dict[str, Any]
Cell = dict[str, str]

# Control characters that `plain` takes out of every text of a person, so no title can forge a mark.
OPEN, MIDDLE, CLOSE = "\x02", "\x03", "\x04"
MARK = re.compile(f"{OPEN}([^{MIDDLE}]*){MIDDLE}([^{CLOSE}]*){CLOSE}")
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def plain(text: str) -> str:
    """A person's text on one line: composed letters, no control characters, single spaces."""
    return " ".join(CONTROL.sub("", nfc(text)).split())


def figure(text: str, ref: object) -> str:
    """A part of a sentence behind which a figure stands; only `paragraph` can take it."""
    return f"{OPEN}{ref}{MIDDLE}{text}{CLOSE}"


def paragraph(text: str) -> Block:
    """The sentence whole, and where in it the figures stand."""
    words, marks, last, length = [], [], 0, 0
    for match in MARK.finditer(text):
        before = text[last : match.start()]
        start = length + len(before)
        length = start + len(match[2])
        words += [before, match[2]]
        marks.append([start, length, match[1]])
        last = match.end()
    return {"type": "paragraph", "text": "".join([*words, text[last:]]), "marks": marks}


def bullets(items: Iterable[str]) -> Block:
    return {"type": "list", "items": list(items)}


def cell(text: str = "", *, ref: object = None, file: str = "") -> Cell:
    found = {"text": text}
    if ref is not None:
        found["ref"] = str(ref)
    if file:
        found["file"] = file
    return found


def table(
    caption: str,
    head: Sequence[str],
    rows: Iterable[dict[str, Any]],
    *,
    widths: Sequence[float],
    aligns: Sequence[str],
    total: Sequence[Cell] = (),
) -> Block:
    """`aligns`: left, center or right for each column; `widths` are relative."""
    return {
        "type": "table",
        "caption": caption,
        "head": list(head),
        "widths": [round(100 * width / sum(widths), 2) for width in widths],
        "aligns": list(aligns),
        "rows": list(rows),
        "total": list(total),
    }


def chart(
    title: str, unit: str, label_header: str, bars: Iterable[tuple[str, int]], *, kind: str = "bar", series: Any = ()
) -> Block:
    """`kind`: bar, stacked, line, donut, heat or ranking (exporting.charts). `bars`: one number for each label; `series`:
    [(name, [number or None, ...]), ...] of the same labels where there are several."""
    return {
        "type": "chart",
        "chart": kind,
        "title": title,
        "unit": unit,
        "label_header": label_header,
        "bars": [[label, value] for label, value in bars],
        **({"series": [{"name": name, "values": list(values)} for name, values in series]} if series else {}),
    }


def counted(figures: Mapping[str, Any], noun: str) -> str:
    """ "05 đoàn", "hơn 20 đoàn" (domain.md A5)."""
    return f"{count(figures['value'], figures['qualifier'])} {noun}"


def counted_plainly(figures: Mapping[str, Any], noun: str) -> str:
    """ "5 quốc gia": the ministry writes a number of countries without the zero."""
    number = format_number(figures["value"])
    words = f"{WORDS[Qualifier(figures['qualifier'])]} {number}" if figures["qualifier"] else number
    return f"{words} {noun}"


def laid_out(block: Block) -> Block:
    """A table whose every cell knows how it is aligned, ready for a template."""
    if block["type"] != "table":
        return block

    def aligned(cells: Sequence[Cell]) -> list[dict[str, str]]:
        return [each | {"align": align} for each, align in zip(cells, block["aligns"], strict=True)]

    rows = [row if "group" in row else {"cells": aligned(row["cells"])} for row in block["rows"]]
    return block | {"rows": rows, "total": aligned(block["total"]) if block["total"] else []}
