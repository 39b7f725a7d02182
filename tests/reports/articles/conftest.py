"""The report of an article's case, in the article's own variant, frozen and laid out."""

from __future__ import annotations

import datetime as dt
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from intlcoop.operations.demo.loading import load_case
from intlcoop.people.models import User
from reports.models import Snapshot, YearEndReport
from reports.queries.edition import english_sections
from reports.queries.figures import Ref
from reports.queries.sections import sections_of
from reports.services import freeze, order_report


@dataclass(frozen=True)
class Told:
    report: YearEndReport
    snapshot: Snapshot

    @property
    def sections(self) -> list[dict[str, Any]]:
        return sections_of(self.report, self.snapshot)

    def text(self, *keys: str) -> str:
        """The running text of the report, without annexes and tables; only these sections if any are named."""
        return "\n".join(
            line
            for section in self.sections
            if section["level"] not in ("annex", "closing") and (not keys or section["key"] in keys)
            for line in [section["title"], *lines_of(section)]
        )

    def says_once(self, *items: str) -> None:
        text = self.text()
        wrong = {item: text.count(item) for item in items if text.count(item) != 1}
        assert not wrong, wrong

    def figures(self) -> dict[str, Any]:
        return {key: (found["value"], found["qualifier"]) for key, found in self.snapshot.figures["figures"].items()}

    def every_mark_leads_to_its_lines(self) -> None:
        """Each figure of the text stands in the snapshot, says its value and has as many lines, or the source that states it."""
        marked, numbers = 0, {row["number"] for row in self.snapshot.rows}
        for section in self.sections:
            for block in section["blocks"]:
                for start, end, ref in block.get("marks", ()):
                    found = Ref.parse(ref).look_up(self.snapshot.figures)
                    said = block["text"][start:end]
                    assert found is not None, ref
                    assert f"{found['value']}" in said.replace(".", ""), (said, ref)
                    lines = found["items"]
                    assert all(set(line["rows"]) <= numbers for line in lines), ref
                    assert len(lines) == found["value"] or (found["source"] and len(lines) <= found["value"]), ref
                    marked += 1
        assert marked or not self.snapshot.figures["figures"]

    @property
    def english(self) -> str:
        """The running text of the English edition."""
        sections, _left = english_sections(self.report, self.snapshot)
        return "\n".join(line for section in sections for line in [section["title"], *lines_of(section)])

    def says_no_zero(self) -> None:
        assert not re.search(r"(?<![\d/.,-])0+ [a-zđ]", self.text())


def lines_of(section: dict[str, Any]) -> Iterator[str]:
    for block in section["blocks"]:
        if block["type"] == "paragraph":
            yield block["text"]
        yield from block.get("items", ())


@pytest.fixture
def tell(db):
    """Load a case, order its report and freeze it."""

    def told(case: str, year: int, variant: str, as_of: dt.date, **window: Any) -> Told:
        load_case(case, password=None)
        actor = User.objects.get(username="quantri")
        report = order_report(year, as_of=as_of, actor=actor, variant=variant, **window)
        found = Told(report, freeze(report))
        if folder := os.environ.get("TOLD"):
            Path(folder, f"{case}.txt").write_text(
                "\n".join(
                    f"{section['number']} {section['title']}\n" + "\n".join(f"   {line}" for line in lines_of(section))
                    for section in found.sections
                )
            )
            Path(folder, f"{case}.en.txt").write_text(found.english)
        return found

    return told
