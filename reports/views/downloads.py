"""The files of a report beside the PDF, as its page offers them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from intlcoop.documents.registry import file_url
from reports.choices import OutputFormat
from reports.models import YearEndReport
from reports.tasks import FILES

LABELS: dict[str, Any] = {
    OutputFormat.DOCX: _("Word file to edit (DOCX)"),
    OutputFormat.XLSX: _("Figures and annexes (Excel)"),
    OutputFormat.HTML: _("One web page that opens without a network (HTML)"),
}


@dataclass(frozen=True, slots=True)
class Download:
    label: Any
    url: str
    size: int


def downloads_of(report: YearEndReport) -> list[Download]:
    """What was made together with the PDF that the page offers. Reads `outputs`, so prefetch them."""
    pdf = report.pdf
    if pdf is None:
        return []
    made = {
        output.format: output
        for output in report.outputs.all()
        if (output.version, output.printed_sha256) == (pdf.version, pdf.printed_sha256)
    }
    return [Download(label, file_url(FILES, made[key]), made[key].size) for key, label in LABELS.items() if key in made]
