"""The sections of a report as they are printed. Page, PDF and every other format read only this, and the figures and rows of
the snapshot."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

from intlcoop.workflow.choices import PaperKind
from reports.queries.edited import Drift, drift_of, with_texts
from reports.queries.narrative import lay_out, outline_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from reports.models import Snapshot, YearEndReport
    from reports.queries.narrative.blocks import Block

#: {"key", "level": 1, 2, 3, "closing" (no heading) or "annex", "number", "title", "landscape", "blocks"}
Section = dict[str, Any]


def sections_of(report: YearEndReport, snapshot: Snapshot) -> list[Section]:
    """What was composed when the figures were frozen, with the editors' texts in its place, laid out by the outline of the
    report. One query."""
    return lay_out(with_texts(snapshot.sections, texts_of(report)), outline_in(report))


def outline_in(report: YearEndReport) -> list[dict[str, Any]]:
    """The outline of a report; one ordered before there were outlines has that of its variant."""
    return report.outline or outline_of(report.variant, report.year)


def texts_of(report: YearEndReport) -> dict[str, str]:
    """{key of a section: what an editor wrote}."""
    return dict(report.texts.values_list("key", "text"))


def composed_blocks(snapshot: Snapshot) -> dict[str, list[Block]]:
    """{key: blocks} as the portal composed them, whatever was written in their place."""
    return {section["key"]: section["blocks"] for section in snapshot.sections}


def print_hash(snapshot: Snapshot, sections: Sequence[Section], paper: Mapping[str, Any]) -> str:
    """SHA-256 over all that a file prints: figures, sections, head and foot. A file with another one is of before."""
    said = {"snapshot": snapshot.sha256, "sections": list(sections), "paper": dict(paper)}
    text = json.dumps(said, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def printed_now(report: YearEndReport, snapshot: Snapshot) -> str:
    """The hash that a file made at this moment would have."""
    return print_hash(snapshot, sections_of(report, snapshot), paper_printed(report, snapshot))


def paper_printed(report: YearEndReport, snapshot: Snapshot) -> dict[str, Any]:
    """Head and foot as frozen, with number, day and signature once the clerk has issued the report."""
    paper = report.case.papers.current().filter(kind=PaperKind.REPORT, number__isnull=False).first()
    if paper is None or paper.issued_on is None:
        return snapshot.paper
    return snapshot.paper | {
        "number": f"{paper.number:02d}/{paper.symbol}",
        "issued_on": paper.issued_on.isoformat(),
        "signature": paper.signature_lines.splitlines(),
        "signatory": paper.signatory_name,
    }


def drifts_of(report: YearEndReport, snapshot: Snapshot) -> dict[str, Drift]:
    """{key: what changed below it} of the texts by hand that no longer match what the portal composes."""
    blocks = composed_blocks(snapshot)
    found = {text.key: drift_of(text.basis, blocks.get(text.key, [])) for text in report.texts.all()}
    return {key: drift for key, drift in found.items() if drift}
