"""Papers of trips, events and receptions that the worker prints as PDF."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import rules
from django.utils.translation import gettext_lazy as _

from delegations.exports import event as event_papers
from delegations.exports import event_report
from delegations.exports import particulars as p
from delegations.exports.change_submission import change_slip_html
from delegations.exports.event_year import year_paper
from delegations.exports.file_papers import paper_of
from delegations.exports.minutes import minutes
from delegations.exports.programme import programme
from delegations.exports.slip import SLIP_CSS, slip_html
from delegations.models import InternationalEvent, MeetingRecord
from delegations.queries.event_year import event_year
from intlcoop.exporting.decree30 import DECREE30_CSS
from intlcoop.exporting.papers import Paper
from intlcoop.jobs.prints import Page, ReaderPrints, page_of
from intlcoop.people.models import User
from intlcoop.web.file_numbers import shown
from intlcoop.workflow.models import Case
from intlcoop.workflow.prints import CasePrints, subject_in

CHANGE = "trip_change"
SEE_EVENT_YEAR = "delegations.see_event_year"
PROGRAMME, MINUTES = "chuong-trinh", "bien-ban"
#: The papers of an event, by the last part of their address.
EVENT_PAPERS: dict[str, Callable[[InternationalEvent], Paper]] = {
    "de-an": event_papers.scheme,
    "xin-phep": event_papers.request,
    "giay-moi": event_papers.invitation,
    "bao-cao": event_report.report,
}


def event_page(case: Case, name: str) -> Page | None:
    return page_of(EVENT_PAPERS[name](event_papers.load(case.number))) if name in EVENT_PAPERS else None


def slip_page(case: Case, _name: str) -> Page:
    html = change_slip_html(case) if case.kind == CHANGE else slip_html(p.load(case.number))
    return Page(html, f"Phiếu trình {shown(case.number)}", (DECREE30_CSS, SLIP_CSS))


def paper_named(case: Case, name: str) -> Paper | None:
    """The programme of a file, or the minutes of one of its meetings ("bien-ban-12")."""
    if name == PROGRAMME:
        return programme(case)
    kind, _dash, key = name.rpartition("-")
    if kind != MINUTES or not key.isdecimal() or len(key) > 18:
        return None
    record = MeetingRecord.objects.filter(case=case, pk=int(key)).select_related("case__unit").first()
    return minutes(record) if record is not None else None


def reception_page(params: Mapping[str, Any], reader: User) -> Page | None:
    case = Case.objects.visible_to(reader).filter(pk=params["case"]).select_related("unit").first()
    paper = paper_named(case, params["name"]) if case is not None else None
    return page_of(paper) if paper is not None else None


def file_page(params: Mapping[str, Any], reader: User) -> Page | None:
    case = Case.objects.visible_to(reader).filter(pk=params["case"]).select_related("unit").first()
    paper = paper_of(case, params["name"]) if case is not None else None
    return page_of(paper) if paper is not None else None


def event_year_page(params: Mapping[str, Any], reader: User) -> Page | None:
    if not rules.has_perm(SEE_EVENT_YEAR, reader):
        return None
    return page_of(year_paper(event_year(reader, int(params["year"]))))


SLIPS = CasePrints(
    code="submission_slip", label=_("Submission slip"), folder="phieu-trinh", make=slip_page, kept_as="slip"
)
EVENT_PRINTS = CasePrints(code="event_paper", label=_("Paper of an event"), folder="hoi-nghi", make=event_page)
RECEPTION_PRINTS = ReaderPrints(
    code="reception_print",
    label=_("Programme or minutes as PDF"),
    folder="reception_prints",
    make=reception_page,
    subject=subject_in,
    address="delegations:reception_pdf",
)
FILE_PRINTS = ReaderPrints(
    code="file_print",
    label=_("Paper of a file as PDF"),
    folder="file_prints",
    make=file_page,
    subject=subject_in,
    address="delegations:file_pdf",
)
EVENT_YEARS = ReaderPrints(
    code="event_year_print",
    label=_("Yearly report on conferences as PDF"),
    folder="event_year_prints",
    make=event_year_page,
    subject=lambda params: str(params["year"]),
    address="delegations:event_year_pdf",
)


def register() -> None:
    for prints in (SLIPS, EVENT_PRINTS, RECEPTION_PRINTS, FILE_PRINTS, EVENT_YEARS):
        prints.register()
