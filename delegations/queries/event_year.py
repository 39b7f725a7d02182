"""The yearly report on international conferences to the Foreign Ministry (QĐ 06/2020/QĐ-TTg, article 8): what we held in the
reporting year, and what we mean to hold. One line per event that we hold; a fixed number of queries.

Events are counted by their closing day in the days of the parameter `report.year_cutoff` (15 December to 14 December).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from delegations.event_choices import EventState
from delegations.models import InternationalEvent
from delegations.queries.events import event_days_text
from intlcoop.regulations.models import StatutoryDeadline
from intlcoop.regulations.queries import parameter
from intlcoop.regulations.yearly import day_in
from intlcoop.vietnamese.dates import table_date
from intlcoop.workflow.choices import Outcome, StepKind
from intlcoop.workflow.models import CasePaper, Permission

if TYPE_CHECKING:
    from intlcoop.people.models import User

CUTOFF = "report.year_cutoff"
#: The deadline as shipped (domain.md B.11); its row says day, month, recipient and basis.
DEADLINE = "conference_report"


@dataclass(frozen=True, slots=True, kw_only=True)
class EventLine:
    """One event as the report names it. `missing`: what the clerk still has to write down before it can be sent."""

    event: InternationalEvent
    days: str
    permitted_by: str
    permission: str
    vietnamese: int | None
    foreign: int | None
    countries: str
    spent: Any
    report: str
    missing: tuple[str, ...]

    @property
    def title(self) -> str:
        return str(self.event.case.title)

    @property
    def organisers(self) -> str:
        parts = (self.event.case.unit.name_vi, self.event.co_organisers)
        return "; ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True, kw_only=True)
class EventYear:
    """`planned`: of the year and of the next, as far as it is known."""

    year: int
    first: dt.date
    last: dt.date
    due_on: dt.date | None
    deadline: StatutoryDeadline | None
    held: list[EventLine]
    planned: list[EventLine]

    @property
    def vietnamese(self) -> int:
        return sum(line.vietnamese or 0 for line in self.held)

    @property
    def foreign(self) -> int:
        return sum(line.foreign or 0 for line in self.held)

    @property
    def is_incomplete(self) -> bool:
        return any(line.missing for line in self.held)


def days_of(year: int) -> tuple[dt.date, dt.date]:
    """First and last day of the reporting year. Raises ParameterMissing."""
    cutoff: Any = parameter(CUTOFF, dt.date(year, 12, 1)).value
    begins_before = cutoff["from"] > cutoff["until"]
    first = dt.date.fromisoformat(f"{year - begins_before:04d}-{cutoff['from']}")
    return first, dt.date.fromisoformat(f"{year:04d}-{cutoff['until']}")


def event_year(user: User, year: int) -> EventYear:
    """For what this person reads: the ICD and the leadership read every event that was submitted."""
    first, last = days_of(year)
    _begins, last_of_next = days_of(year + 1)
    rows = InternationalEvent.objects.visible_to(user).hosted()
    rows = rows.select_related("case__unit", "report", "country").order_by("starts_on", "pk")
    held = list(rows.counted().closing_in(first, last))
    planned = list(rows.filter(case__state__in=EventState.AHEAD).closing_in(first, last_of_next))
    permits = permits_of(held + planned)
    row: StatutoryDeadline | None = StatutoryDeadline.objects.filter(code=DEADLINE).first()
    return EventYear(
        year=year,
        first=first,
        last=last,
        deadline=row,
        due_on=day_in(year, row.month, row.day) if row else None,
        held=[line_of(event, permits) for event in held],
        planned=[line_of(event, permits) for event in planned],
    )


def permits_of(events: Iterable[InternationalEvent]) -> dict[int, tuple[str, str]]:
    """(who permitted it, number and date of the paper) by case: the reply from outside, else the ministry's own paper."""
    cases = [event.case_id for event in events]
    papers = CasePaper.objects.current().filter(case__in=cases, number__isnull=False)
    found = {paper.case_id: (_("Minister"), paper_words(paper.full_number, paper.issued_on)) for paper in papers}
    replies = Permission.objects.filter(
        decision__step__case__in=cases,
        decision__step__kind=StepKind.EXTERNAL_PERMISSION,
        decision__outcome=Outcome.AGREE,
    )
    for reply in replies.select_related("decision__step").order_by("reply_date", "pk"):
        found[reply.decision.step.case_id] = (reply.reply_issuer, paper_words(reply.reply_number, reply.reply_date))
    return found


def paper_words(number: str, day: dt.date | None) -> str:
    return _("%(number)s of %(day)s") % {"number": number, "day": table_date(day)} if day else number


def line_of(event: InternationalEvent, permits: dict[int, tuple[str, str]]) -> EventLine:
    """After it was held the figures of its report, before that those of the scheme."""
    report = getattr(event, "report", None)
    counts = report if report is not None else event
    permitted_by, permission = permits.get(event.case_id, ("", ""))
    return EventLine(
        event=event,
        days=event_days_text(event),
        permitted_by=permitted_by,
        permission=permission,
        vietnamese=counts.vietnamese_count if counts.vietnamese_count is not None else event.vietnamese_count,
        foreign=counts.foreign_count if counts.foreign_count is not None else event.foreign_count,
        countries=report.countries_text if report is not None else "",
        spent=report.spent_vnd if report is not None and report.spent_vnd is not None else event.budget_vnd,
        report=paper_words(report.number, report.sent_on) if report is not None and report.number else "",
        missing=missing_of(event, permission, report),
    )


def missing_of(event: InternationalEvent, permission: str, report: Any) -> tuple[str, ...]:
    """Of an event that was held: what the report has to say and nobody has written down."""
    if event.case.state not in EventState.COUNTED:
        return ()
    found = [] if permission or event.source_text else [_("the paper that permits it")]
    if event.foreign_count is None and (report is None or report.foreign_count is None):
        found.append(_("the number of participants"))
    if report is None and not event.source_text:
        found.append(_("the report on the result"))
    return tuple(found)
