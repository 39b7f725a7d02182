"""What do the engine and the pages ask of national reports and conventions?"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agreements.choices import TreatyPaperKind, TreatyReportState
from agreements.implementing import months_before
from agreements.models import Convention, TreatyConsultation, TreatyPaper, TreatyReport, TreatyScheme
from agreements.series import text_of
from intlcoop.notifications import digest
from intlcoop.notifications.digest import Reminder
from intlcoop.people import offices
from intlcoop.regulations.choices import ParameterKey
from intlcoop.regulations.queries import calendar, parameters
from intlcoop.regulations.working_days import Calendar, working_days_between
from intlcoop.vietnamese.dates import table_date
from intlcoop.web.display import Badge, StepLine, Tone
from intlcoop.web.file_numbers import shown
from intlcoop.web.search import Hit, register_source
from intlcoop.workflow.registry import Related, Summary, Wait
from intlcoop.workflow.reminding import Terms

if TYPE_CHECKING:
    from intlcoop.people.models import User
    from intlcoop.workflow.models import Case

T = TreatyReportState
TONES = {
    T.DRAFTING: Tone.INFO,
    T.CONSULTING: Tone.WAITING,
    T.SUBMITTED: Tone.WAITING,
    T.APPROVED: Tone.DONE,
    T.SENT: Tone.DONE,
    T.DEFENDED: Tone.DONE,
    T.CANCELLED: Tone.QUIET,
}
#: The way of a report, for the line of steps; giving it up is no step.
WAY = (T.DRAFTING, T.CONSULTING, T.SUBMITTED, T.APPROVED, T.SENT, T.DEFENDED)
CHAIN = (TreatyPaperKind.SUBMISSION, TreatyPaperKind.DECISION, TreatyPaperKind.TEXT)
WORDING = ("number", "from_year", "until_year", "due_on", "content", "sent_on", "defended_on", "defended_place")


# --- what the engine asks -------------------------------------------------------------------------------------------


def period_text(report: TreatyReport) -> str:
    first, last = report.from_year, report.until_year
    return str(first) if first == last else f"{first}–{last}"


def summary(case: Case) -> Summary:
    report = TreatyReport.objects.select_related("convention").get(case=case)
    due = table_date(report.due_on) if report.due_on else ""
    return Summary(
        title=case.title,
        where=report.convention.short_name or str(report.convention),
        when=due,
        who=str(case.unit),
        url=reverse("agreements:treaty_report", args=[case.number]),
        on=report.due_on,
        lines=(
            (_("Convention"), str(report.convention)),
            (_("Period of the report"), period_text(report)),
            (_("Due to the treaty body on"), due),
            (_("Lead unit"), str(case.unit)),
        ),
    )


def content(case: Case) -> dict[str, Any]:
    report = TreatyReport.objects.get(case=case)
    values = {name: getattr(report, name) for name in WORDING}
    said = {name: value if isinstance(value, int) else str(value or "") for name, value in values.items()}
    return {"wording": {"title": case.title, **said}}


def history(case: Case) -> Related:
    report = case.treaty_report
    scheme = TreatyScheme.objects.filter(report=report).first()
    rows = [report, scheme] if scheme is not None else [report]
    return Related(rows=rows, follow=[(TreatyConsultation, "report"), (TreatyPaper, "report"), (TreatyPaper, "scheme")])


def edit_url(case: Case) -> str:
    return reverse("agreements:treaty_report_edit", args=[case.number])


def waits(case: Case) -> Wait | None:
    """For whom a report waits while opinions are collected or the Prime Minister decides. History waits for nobody."""
    if case.treaty_report.source_text:
        return None
    change = case.status_changes.filter(to_state=case.state).last()
    since = timezone.localdate(change.at if change else case.changed_at)
    if case.state == T.CONSULTING:
        rows = list(case.treaty_report.consultations.filter(answered_on__isnull=True))
        due = min((row.due_on for row in rows if row.due_on), default=None)
        who = ", ".join(row.body for row in rows) or str(case.unit)
        return Wait(where=_("Opinions of other bodies"), who=who, since=since, due=due, next_=_("submit the report"))
    if case.state == T.SUBMITTED:
        who = offices.office_label(offices.PRIME_MINISTER)
        return Wait(where=_("Submitted to the Prime Minister"), who=who, since=since, next_=_("record the decision"))
    return None


# --- how one stands ---------------------------------------------------------------------------------------------------


def report_badge(report: TreatyReport) -> Badge:
    state = T(report.case.state)
    return Badge(state.label, TONES[state])


def steps_of(report: TreatyReport) -> list[StepLine]:
    """The way of the report; who recorded each step and when stands in its history."""
    at = WAY.index(T(report.case.state)) if report.case.state in WAY else -1
    if report.source_text:
        # Who copied it from the source, and on which day, is not who did it then.
        return step_lines(at, {})
    reached: dict[str, Any] = {T.DRAFTING.value: (str(report.case.created_by), report.case.created_at)}
    reached |= {change.to_state: (change.actor_name, change.at) for change in report.case.status_changes.all()}
    return step_lines(at, reached)


def step_lines(at: int, reached: dict[str, Any]) -> list[StepLine]:
    lines = []
    for place, state in enumerate(WAY):
        state_of_it = "now" if place == at and state != T.DEFENDED else "done" if place <= at else "coming"
        who, when = reached.get(state, ("", None)) if place <= at else ("", None)
        on = timezone.localdate(when) if when else None
        lines.append(StepLine(state=state_of_it, title=state.label, person=who, on=on))
    return lines


@dataclass(frozen=True, slots=True)
class ShownPaper:
    row: TreatyPaper
    when: str


@dataclass(frozen=True, slots=True)
class Link:
    """A link of the chain Tờ trình - decision - text: what is there, or that it is still missing."""

    label: Any
    papers: list[ShownPaper]


def chain_of(papers: Iterable[TreatyPaper]) -> list[Link]:
    rows = [ShownPaper(row, text_of(row.issued_on, row.precision)) for row in papers]
    links = [Link(kind.label, [paper for paper in rows if paper.row.kind == kind]) for kind in CHAIN]
    letters = [paper for paper in rows if paper.row.kind == TreatyPaperKind.LETTER]
    return [*links, Link(TreatyPaperKind.LETTER.label, letters)] if letters else links


def scheme_badge(scheme: TreatyScheme) -> Badge:
    """How a scheme stands follows from its papers."""
    kinds = {paper.kind for paper in scheme.chain.all()}
    if TreatyPaperKind.DECISION in kinds:
        return Badge(_("Scheme approved"), Tone.DONE)
    if TreatyPaperKind.SUBMISSION in kinds:
        return Badge(_("Scheme submitted"), Tone.WAITING)
    return Badge(_("Scheme being drafted"), Tone.INFO)


def consultation_badge(row: TreatyConsultation, today: dt.date, *, is_history: bool = False) -> Badge:
    if row.answered_on is not None:
        return Badge(_("Answered"), Tone.DONE)
    if is_history:
        return Badge(_("not stated in the source"), Tone.QUIET)
    if row.due_on is not None and row.due_on < today:
        return Badge(_("Overdue, no answer"), Tone.LATE)
    return Badge(_("Waiting for the answer"), Tone.WAITING) if row.sent_on else Badge(_("Not asked yet"), Tone.QUIET)


def days_left(report: TreatyReport, today: dt.date, days: Calendar) -> int | None:
    """Working days until the report is due; None when nothing is owed or no day is known."""
    if report.due_on is None or report.case.state in T.FINISHED:
        return None
    return working_days_between(today, report.due_on, days)


def next_report(convention: Convention) -> dict[str, Any]:
    """What the form of a new report begins with: the number and the years after the last one."""
    last = convention.reports.order_by("-number").first()
    number = last.number + 1 if last else 1
    first = last.until_year + 1 if last else None
    until = first + convention.cycle_years - 1 if first and convention.cycle_years else None
    title = _("National report no. %(number)s on carrying out the %(convention)s") % {
        "number": number,
        "convention": convention.name_vi,
    }
    return {"number": number, "from_year": first, "until_year": until, "title": title, "unit": convention.unit_id}


def find_conventions(user: Any, text: str, limit: int) -> list[Hit]:
    rows = Convention.objects.visible_to(user).search(text)[:limit]
    return [Hit("", str(row), row.get_absolute_url(), row.short_name) for row in rows]


# --- what a morning reminds of ------------------------------------------------------------------------------------------


def reminders(day: dt.date) -> Iterator[Reminder]:
    """Reports that are due, long before and near the day, and bodies that did not answer in time: to the department and the
    head of the lead unit."""
    reports = TreatyReport.objects.owed().select_related("case__unit", "case__created_by", "convention")
    rows = list(reports.prefetch_related("consultations"))
    if not rows:
        return
    days, terms, ahead = calendar(), Terms.on(day), months_ahead(day)
    for report in rows:
        people = answering(report, day)
        url = reverse("agreements:treaty_report", args=[report.case.number])
        for key, section, text in [*due_lines(report, day, days, terms, ahead), *silent_lines(report, day)]:
            for person in people:
                yield Reminder(person=person, key=key, section=section, text=text, url=url)


def months_ahead(day: dt.date) -> int:
    found = parameters([ParameterKey.TREATY_REPORT_AHEAD], day).get(ParameterKey.TREATY_REPORT_AHEAD)
    return int(found.value) if found else 0


def answering(report: TreatyReport, day: dt.date) -> list[User]:
    codes = (offices.UNIT_HEAD, offices.ICD_OFFICER)
    found = [holder.user for code in codes for holder in offices.holders_of(code, report.case.unit, day)]
    return list({person.pk: person for person in found}.values())


def due_lines(report: TreatyReport, day: dt.date, days: Calendar, terms: Terms, ahead: int) -> Iterator[Any]:
    if report.due_on is None:
        return
    level = terms.level(working_days_between(day, report.due_on, days))
    if not level and day >= months_before(report.due_on, ahead):
        level = "soon"
        key = f"treaty-report-{report.pk}-{report.due_on}-ahead"
    else:
        key = f"treaty-report-{report.pk}-{report.due_on}-{level}"
    if level:
        yield key, level, partial(_due_words, report)


def silent_lines(report: TreatyReport, day: dt.date) -> Iterator[Any]:
    for row in report.consultations.all():
        if row.answered_on is None and row.due_on is not None and row.due_on < day:
            yield f"treaty-opinion-{row.pk}-{row.due_on}", "overdue", partial(_silent_words, report, row)


def _due_words(report: TreatyReport) -> str:
    return _("%(number)s: the national report no. %(report)s on the %(convention)s is due on %(day)s") % {
        "number": shown(report.case.number),
        "report": report.number,
        "convention": report.convention.short_name or report.convention,
        "day": table_date(report.due_on) if report.due_on else "",
    }


def _silent_words(report: TreatyReport, row: TreatyConsultation) -> str:
    return _("%(number)s: %(body)s has not answered; the answer was due on %(day)s") % {
        "number": shown(report.case.number),
        "body": row.body,
        "day": table_date(row.due_on) if row.due_on else "",
    }


def register() -> None:
    """Called from AppConfig.ready()."""
    register_source("conventions", gettext_lazy("Conventions"), find_conventions)
    digest.register_source("treaty_reports", reminders)
