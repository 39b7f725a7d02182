"""How does a snapshot become paper? HTML by a template in the layout of Decree 30/2020, then PDF.

Everything printed comes from the snapshot, the number and the day of the order, so making it again gives the same bytes.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from intlcoop.exporting import charts, decree30
from intlcoop.exporting.papers import Head, Recipients, Signature
from intlcoop.exporting.pdf import render_pdf
from intlcoop.vietnamese.dates import document_date, table_date
from reports.exports import charting
from reports.models import Snapshot, YearEndReport
from reports.queries.narrative.blocks import laid_out
from reports.queries.sections import paper_printed, sections_of

TEMPLATE = "reports/year_end_pdf.html"
CHART_WIDTH = 560
#: For archives, with tags for screen readers; about a seventh slower than without.
ARCHIVE = "pdf/a-2a"
CHART_OF, TABLE_OF = "Biểu đồ: {}", "Bảng: {}"
#: A table of so few rows stays on one page.
SHORT = 16
REPORT_CSS = """
.rp-table { margin: 6pt 0 10pt; }
.rp-table td, .rp-table th { overflow-wrap: break-word; }
.rp-table .rp-group td { font-weight: bold; text-align: left; break-after: avoid; }
.rp-landscape .d30-table { font-size: 10.5pt; }
.rp-landscape .d30-table td, .rp-landscape .d30-table th { padding: 2.5pt 3pt; }
.rp-body .rp-short { break-inside: avoid; }
.rp-table .d30-total { break-before: avoid; }
.rp-caption { margin: 10pt 0 4pt; text-align: center; font-style: italic; text-indent: 0; break-after: avoid; }
.rp-chart { margin: 6pt 0 8pt; text-align: center; break-inside: avoid; }
.rp-chart svg { width: 100%; height: auto; }
.rp-annex { margin: 12pt 0; text-align: center; font-weight: bold; break-after: avoid; bookmark-level: 1; }
.rp-bullet { text-align: left; }
.rp-body > p:last-child { break-after: avoid; }
.rp-foot { margin-top: 12pt; font-size: 10pt; color: #333; text-indent: 0; overflow-wrap: anywhere; }
"""


def render(report: YearEndReport, snapshot: Snapshot) -> bytes:
    """The report as a PDF file. The same report and snapshot give the same bytes."""
    return render_pdf(
        html_of(report, snapshot),
        stylesheets=[decree30.DECREE30_CSS, REPORT_CSS],
        title=f"{snapshot.paper['title']} {snapshot.paper['subject']}",
        variant=ARCHIVE,
    )


def html_of(report: YearEndReport, snapshot: Snapshot) -> str:
    """The whole page. Nothing in it is translated: the paper is Vietnamese whatever language the worker speaks."""
    paper, whole = paper_printed(report, snapshot), sections_of(report, snapshot)
    sections = [section for section in whole if section["level"] != "annex"]
    annexes = [section for section in whole if section["level"] == "annex"]
    return render_to_string(
        TEMPLATE,
        {
            "report": report,
            "snapshot": snapshot,
            "name": f"{paper['title']} {paper['subject']}",
            "head": decree30.head_html(head_of(paper)),
            "title": decree30.title_html(paper["title"], paper["subject"]),
            "sections": [printed(section) for section in sections],
            "close": decree30.close_html(
                Recipients(items=tuple(paper["recipients"]), filed=paper["filed"]), signature_of(paper)
            ),
            "annexes": [printed(section) for section in annexes],
            "contents": decree30.contents_html(entries_of(whole)),
            "foot": decree30.foot_style(foot_of(report)),
            "attached": f"({attached_to(paper)})",
            "imprint": imprint_of(report, snapshot),
        },
    )


def attached_to(paper: dict[str, Any]) -> str:
    return f"Kèm theo {head_of(paper).citation('Báo cáo')}"


def foot_of(report: YearEndReport) -> str:
    """What stands before "Trang x/y" on each page."""
    return str(report.case.number)


def imprint_of(report: YearEndReport, snapshot: Snapshot) -> str:
    """The last line of every file: of which day and moment the figures are, and by which hash they are known again."""
    return (
        f"Số liệu tính đến ngày {table_date(snapshot.as_of)}, chốt lúc {_moment(snapshot)}. "
        f"Báo cáo {report.case.number}, mã kiểm tra số liệu (SHA-256): {snapshot.sha256}."
    )


def entries_of(sections: Sequence[Mapping[str, Any]]) -> list[tuple[int, str, str]]:
    """(level, id, text) of each line of the contents."""
    return [
        (1 if section["level"] == "annex" else section["level"], anchor_of(section), heading_of(section))
        for section in sections
        if section["level"] == "annex" or section["level"] in (1, 2, 3)
    ]


def heading_of(section: Mapping[str, Any]) -> str:
    """ "I. BỐI CẢNH", "1. Đoàn ra", "Phụ lục I. Danh sách đoàn ra"."""
    dot = "." if section["level"] == "annex" else ""
    return f"{section['number']}{dot} {section['title']}"


def anchor_of(section: Mapping[str, Any]) -> str:
    return "muc-" + section["key"].replace(".", "-")


def head_of(paper: dict[str, Any]) -> Head:
    """Number and day stay open until the clerk has entered them after the signature."""
    return Head(
        issuer=paper["issuer"],
        superior=paper["superior"],
        number=paper.get("number", ""),
        date=dt.date.fromisoformat(paper["issued_on"]) if paper.get("issued_on") else None,
        symbol=paper["symbol"],
        place=paper["place"],
        year=paper["year"],
    )


def signature_of(paper: dict[str, Any]) -> Signature:
    *authority, title = paper["signature"]
    return Signature(title=title, name=paper["signatory"], authority=tuple(authority))


def printed(section: dict[str, Any]) -> dict[str, Any]:
    """The section with its charts drawn and its tables laid out; the template prints it as it stands."""
    blocks = [
        block | {"svg": drawn(block, font_family=charts.PDF_FONT)} if block["type"] == "chart" else with_widths(block)
        for block in section["blocks"]
    ]
    return section | {"blocks": blocks, "anchor": anchor_of(section)}


def with_widths(block: dict[str, Any]) -> dict[str, Any]:
    """A table laid out, its columns of fixed width: WeasyPrint is a fifth faster with them."""
    if block["type"] != "table":
        return block
    columns = format_html_join("", '<col style="width:{}%">', ((f"{width:.2f}",) for width in block["widths"]))
    return laid_out(block) | {"columns": columns, "short": len(block["rows"]) <= SHORT}


def drawn(block: Mapping[str, Any], *, font_family: str | None = None) -> SafeString:
    """The chart of a block, the same drawing on page and paper."""
    return charting.drawn(block, width=CHART_WIDTH, font_family=font_family)


def _moment(snapshot: Snapshot) -> str:
    at = timezone.localtime(snapshot.at)
    return f"{at:%H:%M:%S}, {document_date(at.date())}"
