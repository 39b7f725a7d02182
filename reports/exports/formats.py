"""The other files of a report, made of the same snapshot right after the PDF: Word, Excel, one HTML page."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from django.utils.translation import gettext

from intlcoop.exporting import decree30
from intlcoop.exporting.pdf import outline_of
from intlcoop.jobs.context import JobContext
from reports.choices import OutputFormat
from reports.exports import files, printing
from reports.exports.annexes import render_xlsx
from reports.exports.word import render_docx
from reports.models import Snapshot, YearEndReport

SCREEN_CSS = """
body { max-width: 210mm; margin: 0 auto; padding: 12mm 10mm; box-sizing: border-box; }
table { max-width: 100%; }
.d30-contents, .d30-annex { border-top: 1px solid #999; margin-top: 12mm; padding-top: 8mm; }
.d30-contents a::after { content: none; }
.rp-chart { color: #000; }
@media print { body { max-width: none; padding: 0; } }
"""


def render_html(report: YearEndReport, snapshot: Snapshot) -> bytes:
    """The report as one page that needs nothing else: no network, no script, no file beside it."""
    styles = f"<style>{decree30.DECREE30_CSS}{printing.REPORT_CSS}{SCREEN_CSS}</style>"
    viewport = '<meta name="viewport" content="width=device-width, initial-scale=1">'
    return printing.html_of(report, snapshot).replace("</head>", f"{viewport}{styles}</head>", 1).encode()


def make_others(
    report: YearEndReport, snapshot: Snapshot, pdf: bytes, progress: Callable[[int, str], object]
) -> dict[str, bytes]:
    """The content of every format beside the PDF."""
    pages = [page for _title, page in outline_of(pdf)]
    makers: dict[str, Callable[[], bytes]] = {
        OutputFormat.DOCX: lambda: render_docx(report, snapshot, pages),
        OutputFormat.XLSX: lambda: render_xlsx(report, snapshot),
        OutputFormat.HTML: lambda: render_html(report, snapshot),
    }
    made = {}
    for place, (wanted, make) in enumerate(makers.items()):
        progress(80 + 5 * place, gettext("Writing the file: %(format)s") % {"format": OutputFormat(wanted).label})
        made[str(wanted)] = make()
    return made


def keep_others(report: YearEndReport, made: Mapping[str, bytes], context: JobContext) -> dict[str, dict[str, Any]]:
    """By format, what the row of each kept file will say."""
    return {wanted: files.keep(report, wanted, content, context) for wanted, content in made.items()}


def kept_in(result: Mapping[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """(format, what its row says) of every file that a job kept; a job of before made the PDF alone."""
    others = result.get("others", {})
    shared = {name: result[name] for name in ("version", "printed_sha256") if name in result}
    yield OutputFormat.PDF, {name: value for name, value in result.items() if name != "others"}
    for wanted, said in others.items():
        yield wanted, said | shared
