"""What the page of a report needs beside the snapshot: sections with their links, and how far its making is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from intlcoop.jobs.requests import PersonRequest
from intlcoop.jobs.views import job_context
from reports.exports.printing import drawn
from reports.models import Snapshot, YearEndReport
from reports.queries.figures import Ref
from reports.queries.narrative.blocks import laid_out
from reports.queries.sections import sections_of
from reports.views.finding import VERSION


def progress_of(request: PersonRequest, report: YearEndReport) -> dict[str, Any]:
    """What `reports/_progress.html` needs."""
    return {"report": report} | job_context(request, report.job)


def sections_on_screen(
    report: YearEndReport, snapshot: Snapshot | None, readable: Mapping[str, str]
) -> list[dict[str, Any]]:
    """The sections of the paper with an anchor each, every figure with the way to its rows.

    `readable`: the addresses of the rows that this reader may open; the others stand there without a link.
    """
    return on_page(report, snapshot, sections_of(report, snapshot), readable) if snapshot else []


def on_page(
    report: YearEndReport, snapshot: Snapshot, sections: Sequence[dict[str, Any]], readable: Mapping[str, str]
) -> list[dict[str, Any]]:
    """These sections of the snapshot, in whatever language, with their anchors and links."""
    latest = not report.snapshots.filter(version__gt=snapshot.version).exists()
    links = Links(report.case.number, readable, "" if latest else str(snapshot.version))
    return [
        section
        | {
            "anchor": section["key"].replace(".", "-"),
            "blocks": [on_screen(block, links) for block in section["blocks"]],
        }
        for section in sections
    ]


@dataclass(frozen=True, slots=True)
class Links:
    """Where figures and files of this report lead this reader."""

    number: str
    readable: Mapping[str, str]
    #: Only of an earlier version than the one that holds.
    version: str = ""

    def figure(self, ref: str) -> str:
        parsed = Ref.parse(ref)
        query = parsed.query | ({VERSION: self.version} if self.version else {})
        return reverse("reports:figure", args=[self.number, parsed.key], query=query or None)

    def cell(self, cell: dict[str, str]) -> dict[str, str]:
        if "ref" in cell:
            return cell | {"url": self.figure(cell["ref"])}
        if cell.get("file") in self.readable:
            return cell | {"file_url": self.readable[cell["file"]]}
        return cell


def on_screen(block: dict[str, Any], links: Links) -> dict[str, Any]:
    match block["type"]:
        case "paragraph":
            return block | {"spans": spans_of(block, links)}
        case "chart":
            return block | {"svg": drawn(block)}
        case "table":
            block = laid_out(block)
            rows = [row if "group" in row else {"cells": _linked(row["cells"], links)} for row in block["rows"]]
            return block | {"rows": rows, "total": _linked(block["total"], links)}
    return block


def spans_of(block: dict[str, Any], links: Links) -> list[dict[str, str]]:
    """The paragraph in pieces: plain text, and figures with their address."""
    spans, last = [], 0
    for start, end, ref in block["marks"]:
        spans += [{"text": block["text"][last:start]}, {"text": block["text"][start:end], "url": links.figure(ref)}]
        last = end
    return [*spans, {"text": block["text"][last:]}]


def _linked(cells: list[dict[str, str]], links: Links) -> list[dict[str, str]]:
    return [links.cell(cell) for cell in cells]
