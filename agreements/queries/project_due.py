"""Whom does a morning remind of what projects owe: reports, and aid that was not begun for long (digest)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agreements.models import ForeignFundedProject, ProjectReport
from agreements.queries import programmes
from agreements.queries.partner_sections import register_section
from agreements.queries.people import keepers_of
from agreements.queries.project_standing import of_partner, of_programme
from agreements.queries.projects import find_projects
from intlcoop.notifications import digest
from intlcoop.notifications.digest import Reminder
from intlcoop.people.principals import principal_of
from intlcoop.regulations.queries import calendar
from intlcoop.regulations.working_days import working_days_between
from intlcoop.vietnamese.dates import table_date
from intlcoop.web import search
from intlcoop.web.file_numbers import shown
from intlcoop.workflow.reminding import Terms, left_words

if TYPE_CHECKING:
    from intlcoop.people.models import User


def owed_reports(day: dt.date) -> Iterator[Reminder]:
    """Before a report's last day, on it, and when it is overdue: to the filer, the unit's head and the ICD."""
    terms, days = Terms.on(day), calendar()
    rows = ProjectReport.objects.owed().select_related("project__case__unit", "project__case__created_by")
    for report in rows.filter(due_on__lte=day + dt.timedelta(days=60)).order_by("due_on", "pk"):
        left = working_days_between(day, report.due_on, days)
        if level := terms.level(left):
            for person in keepers_of(report.project.case):
                yield Reminder(
                    person=person,
                    key=f"project-report-{report.pk}-{report.due_on}-{level}",
                    section=level,
                    text=partial(_report_words, report, left),
                    url=f"{report.project.get_absolute_url()}#bao-cao",
                )


def sleeping_projects(day: dt.date) -> Iterator[Reminder]:
    """Once for each approval: that it was not begun within the term, so that it may be withdrawn."""
    rows = ForeignFundedProject.objects.dormant(day).select_related("case__unit", "case__created_by")
    for project in rows.order_by("approved_on", "pk"):
        for person in keepers_of(project.case):
            yield Reminder(
                person=person,
                key=f"project-{project.pk}-sleeps-{project.approved_on}",
                section="today",
                text=partial(_sleeping_words, project),
                url=project.get_absolute_url(),
            )


def _report_words(report: ProjectReport, left: int) -> str:
    return _("%(number)s: %(what)s by %(day)s, %(left)s") % {
        "number": shown(report.project.case.number),
        "what": str(report),
        "day": table_date(report.due_on),
        "left": left_words(left),
    }


def _sleeping_words(project: ForeignFundedProject) -> str:
    assert project.approved_on is not None
    return _("%(number)s “%(title)s”: approved on %(day)s and not begun; the approval may be withdrawn") % {
        "number": shown(project.case.number),
        "title": project.case.title,
        "day": table_date(project.approved_on),
    }


def register() -> None:
    """What the room below shows of projects elsewhere: the morning, the search box, the pages of partners and programmes."""
    digest.register_source("project_reports", owed_reports)
    digest.register_source("sleeping_projects", sleeping_projects)
    search.register_source("projects", gettext_lazy("Projects and aid"), find_projects)
    register_section(70, "du-an", gettext_lazy("Projects and aid"), of_partner, programmes.LINES_TEMPLATE)
    programmes.register_section(10, "du-an", gettext_lazy("Projects and aid"), of_programme)


# --- the first page -------------------------------------------------------------------------------------------------

SOON = dt.timedelta(days=30)
MOST_LINES = 10


@dataclass(frozen=True, slots=True)
class OwedReport:
    report: ProjectReport
    is_late: bool


def home_reports(user: User, today: dt.date) -> list[OwedReport]:
    """The reports of projects that the person's units owe by the next thirty days, the oldest first: one question."""
    units = principal_of(user).own_unit_ids
    if not units:
        return []
    rows = ProjectReport.objects.owed().filter(project__case__unit__in=units, due_on__lte=today + SOON)
    found = rows.select_related("project__case").order_by("due_on", "pk")[:MOST_LINES]
    return [OwedReport(report, report.due_on < today) for report in found]
