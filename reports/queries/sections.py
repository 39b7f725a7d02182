"""The sections of a report as they are printed. Page, PDF and every other format read only this, and the figures and rows of
the snapshot."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reports.queries.narrative import lay_out, outline_of

if TYPE_CHECKING:
    from reports.models import Snapshot, YearEndReport

#: {"key", "level": 1, 2, 3, "closing" (no heading) or "annex", "number", "title", "landscape", "blocks"}
Section = dict[str, Any]


def sections_of(report: YearEndReport, snapshot: Snapshot) -> list[Section]:
    """What was composed when the figures were frozen, laid out by the outline of the report."""
    return lay_out(snapshot.sections, outline_in(report))


def outline_in(report: YearEndReport) -> list[dict[str, Any]]:
    """The outline of a report; one ordered before there were outlines has that of its variant."""
    return report.outline or outline_of(report.variant, report.year)
