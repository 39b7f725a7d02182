"""Text by hand in the place of composed text: how it becomes blocks, and whether it still matches its figures. Pure functions.

A section keeps its tables and charts; its paragraphs and lists give way to what an editor wrote. Numbers that the composed text
proves stay links where the editor says the same number of the same thing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from reports.queries.narrative.blocks import Block, plain

Section = dict[str, Any]
RUNNING = ("paragraph", "list")
BULLET = re.compile(r"^\s*[-–+•]\s+(?=\S)")
WORD = re.compile(r"\w+")


def with_texts(library: Sequence[Section], texts: Mapping[str, str]) -> list[Section]:
    """What was composed, with the text by hand where there is one; a section that only an editor wrote comes at the end."""
    written = {key: text for key, text in texts.items() if text.strip()}
    known = {section["key"] for section in library}
    alone = [
        {"key": key, "landscape": False, "blocks": blocks_of(text)} for key, text in written.items() if key not in known
    ]
    return [
        *(
            section | {"blocks": with_text(section["blocks"], written[section["key"]])}
            if section["key"] in written
            else section
            for section in library
        ),
        *alone,
    ]


def with_text(blocks: Sequence[Block], text: str) -> list[Block]:
    """The written text first, then what is no running text."""
    return [*blocks_of(text, marks_of(blocks)), *(block for block in blocks if block["type"] not in RUNNING)]


def blocks_of(text: str, marks: Mapping[str, str] | None = None) -> list[Block]:
    """Paragraphs, one for each line, and lists of the lines that begin with a dash."""
    found: list[Block] = []
    for line in text.splitlines():
        bullet = BULLET.match(line)
        said = plain(line[bullet.end() :] if bullet else line)
        if not said:
            continue
        if not bullet:
            found.append({"type": "paragraph", "text": said, "marks": marked(said, marks or {})})
        elif found and found[-1]["type"] == "list":
            found[-1]["items"].append(said)
        else:
            found.append({"type": "list", "items": [said]})
    return found


def marks_of(blocks: Iterable[Block]) -> dict[str, str]:
    """{"05 đoàn": ref}: each figure of the running text with the word behind it. What would name two figures names none."""
    found: dict[str, set[str]] = {}
    for block in blocks:
        for start, end, ref in block.get("marks", ()):
            found.setdefault(_with_next_word(block["text"], start, end), set()).add(ref)
    return {words: next(iter(refs)) for words, refs in found.items() if len(refs) == 1}


def _with_next_word(text: str, start: int, end: int) -> str:
    after = WORD.search(text, end)
    return text[start : after.end()] if after else text[start:end]


def marked(text: str, marks: Mapping[str, str]) -> list[list[Any]]:
    """Where in this text the figures of `marks` stand: [start, end, ref] of the number alone, in order."""
    found: list[list[Any]] = []
    for words, ref in marks.items():
        said = words.rsplit(" ", 1)[0] if " " in words else words
        for match in re.finditer(rf"(?<![\w.,/]){re.escape(words)}(?!\w)", text):
            start, end = match.start(), match.start() + len(said)
            if all(end <= other[0] or start >= other[1] for other in found):
                found.append([start, end, ref])
    return sorted(found)


def said_by(blocks: Iterable[Block]) -> list[str]:
    """The running text, a line for each paragraph, and one with a dash for each item: what an editor begins with."""
    return list(_lines(blocks))


def _lines(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        if block["type"] == "paragraph":
            yield block["text"]
        elif block["type"] == "list":
            yield from (f"- {item}" for item in block["items"])


def figures_said(blocks: Iterable[Block]) -> dict[str, str]:
    """{ref: what the text says}, "05" or "hơn 20", of every figure of the running text."""
    return {ref: block["text"][start:end] for block in blocks for start, end, ref in block.get("marks", ())}


def basis_of(version: int, blocks: Sequence[Block]) -> dict[str, Any]:
    """What a text by hand is written over, kept with it."""
    return {"version": version, "figures": figures_said(blocks), "composed": said_by(blocks)}


@dataclass(frozen=True, slots=True)
class Drift:
    """What has changed below a text by hand since it was written: figures as (ref, before, now), and whether the composed
    text says something else besides."""

    figures: tuple[tuple[str, str, str], ...]
    reworded: bool

    def __bool__(self) -> bool:
        return bool(self.figures or self.reworded)


def drift_of(basis: Mapping[str, Any], blocks: Sequence[Block]) -> Drift:
    """Compare what a text was written over with what is composed now."""
    before, now = basis.get("figures", {}), figures_said(blocks)
    changed = tuple(
        (ref, before.get(ref, ""), now.get(ref, ""))
        for ref in sorted(before.keys() | now.keys())
        if before.get(ref) != now.get(ref)
    )
    return Drift(changed, said_by(blocks) != basis.get("composed", []))
