"""How a project stands today beyond its state, what is owed, and the sums by currency. Currencies are never added."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import Count, QuerySet, Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from agreements.aid import STAGE_OF, MoneySource, ProjectState
from agreements.models import ForeignFundedProject, Partner, Programme, ProjectAmount, ProjectReport
from agreements.queries.programmes import FileLine, lines_data
from agreements.queries.projects import days_text, donors_text, money_text
from intlcoop.regulations.choices import ParameterKey
from intlcoop.regulations.queries import calendar, parameters
from intlcoop.regulations.working_days import working_days_between
from intlcoop.vietnamese.dates import table_date
from intlcoop.vietnamese.numbers import format_money
from intlcoop.web.display import Badge, Tone

TONES: dict[str, Tone] = {
    ProjectState.MOBILISING: Tone.QUIET,
    ProjectState.APPRAISAL: Tone.WAITING,
    ProjectState.RETURNED: Tone.WAITING,
    ProjectState.APPROVED: Tone.DONE,
    ProjectState.IMPLEMENTING: Tone.DONE,
    ProjectState.ADJUSTING: Tone.WAITING,
    ProjectState.CLOSED: Tone.QUIET,
    ProjectState.WITHDRAWN: Tone.LATE,
    ProjectState.REJECTED: Tone.LATE,
    ProjectState.CANCELLED: Tone.QUIET,
}
MOST_LINES = 50
#: Which report lines a page shows open: what is overdue, and the next ones.
NEXT_REPORTS = 2


def state_badge_of(project: ForeignFundedProject) -> Badge:
    state = ProjectState(project.case.state)
    return Badge(state.label, TONES[state])


def marks_of(project: ForeignFundedProject, *, dormant: bool, overdue: bool, today: dt.date) -> list[Badge]:
    """What a reader should know beside the state."""
    found = []
    if dormant:
        found.append(Badge(_("not begun for long"), Tone.LATE))
    if overdue:
        found.append(Badge(_("report overdue"), Tone.LATE))
    if project.case.state == ProjectState.IMPLEMENTING and project.ends_on and project.ends_on < today:
        found.append(Badge(_("past its planned end"), Tone.WAITING))
    return found


def marks_now(project: ForeignFundedProject, today: dt.date) -> list[Badge]:
    own = ForeignFundedProject.objects.filter(pk=project.pk)
    late = ProjectReport.objects.overdue(today).filter(project=project).exists()
    return marks_of(project, dormant=own.dormant(today).exists(), overdue=late, today=today)


def appraisal_text(project: ForeignFundedProject, today: dt.date) -> str:
    """Until when the appraisal is to be finished, by the parameter; "" outside it."""
    case = project.case
    if case.state != ProjectState.APPRAISAL or case.submitted_at is None:
        return ""
    rule = parameters([ParameterKey.AID_APPRAISAL], today).get(ParameterKey.AID_APPRAISAL)
    if rule is None:
        return ""
    last = timezone.localdate(case.submitted_at) + dt.timedelta(days=int(rule.value))
    return _("%(day)s (%(days)s days, %(law)s)") % {
        "day": table_date(last),
        "days": rule.value,
        "law": rule.citation,
    }


# --- reports --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ReportLine:
    report: ProjectReport
    left: int | None
    money: str


def report_lines(project: ForeignFundedProject) -> tuple[list[ReportLine], list[ReportLine]]:
    """(what is filed, overdue or comes next; what comes later)."""
    reports = list(project.reports.select_related("filed_by").prefetch_related("disbursements__currency"))
    days, today = (calendar() if reports else None), timezone.localdate()
    shown: list[ReportLine] = []
    later: list[ReportLine] = []
    ahead = 0
    for report in reports:
        left = None
        if report.filed_on is None and days is not None:
            left = working_days_between(today, report.due_on, days)
        line = ReportLine(report, left, _spent(report))
        ahead += report.filed_on is None and report.due_on >= today
        (later if report.filed_on is None and ahead > NEXT_REPORTS else shown).append(line)
    return shown, later


def _spent(report: ProjectReport) -> str:
    """ "Viện trợ: 120.000 / 150.000 USD" for each source and currency."""
    words = []
    for each in report.disbursements.all():
        code, places = each.currency.code, each.currency.decimals
        actual = format_money(each.actual, code, decimals=places)
        planned = format_money(each.planned, code, decimals=places) if each.planned is not None else ""
        text = _("%(actual)s of %(planned)s planned") % {"actual": actual, "planned": planned} if planned else actual
        words.append(f"{each.get_source_display()}: {text}")
    return "; ".join(words)


# --- sums -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Total:
    """One sum in one currency."""

    source: str
    currency: str
    amount: Decimal
    decimals: int

    @property
    def text(self) -> str:
        return format_money(self.amount, self.currency, decimals=self.decimals)


def totals_of(projects: QuerySet[Any]) -> list[Total]:
    """The sums of these projects by source and currency, one query."""
    rows = ProjectAmount.objects.filter(project__in=projects.order_by().values("pk")).order_by()
    grouped = rows.values("source", "currency__code", "currency__decimals").annotate(total=Sum("amount"))
    found = [Total(row["source"], row["currency__code"], row["total"], row["currency__decimals"]) for row in grouped]
    return sorted(found, key=lambda total: (total.source != MoneySource.GRANT, total.currency))


def totals_text(totals: Iterable[Total], source: str) -> str:
    return "; ".join(total.text for total in totals if total.source == source)


@dataclass(slots=True)
class Stage:
    """One stage of the way of projects, with those that stand there."""

    state: str
    label: str
    projects: list[ForeignFundedProject] = field(default_factory=list)
    sums: dict[tuple[str, str, int], Decimal] = field(default_factory=dict)

    def add(self, project: ForeignFundedProject) -> None:
        self.projects.append(project)
        for each in project.amounts.all():
            key = (each.source, each.currency.code, each.currency.decimals)
            self.sums[key] = self.sums.get(key, Decimal(0)) + each.amount

    @property
    def totals(self) -> list[Total]:
        found = [Total(source, code, amount, places) for (source, code, places), amount in self.sums.items()]
        return sorted(found, key=lambda total: (total.source != MoneySource.GRANT, total.currency))

    @property
    def aid(self) -> str:
        return totals_text(self.totals, MoneySource.GRANT)


def stages_of(projects: Iterable[ForeignFundedProject]) -> list[Stage]:
    """The projects by stage, in the order of the way; those that were given up or refused stand nowhere."""
    stages = {state: Stage(state, str(ProjectState(state).label)) for state in ProjectState.STAGES}
    for project in projects:
        state = project.case.state
        if state == ProjectState.ADJUSTING and project.started_on is not None:
            state = ProjectState.IMPLEMENTING
        stage = stages.get(STAGE_OF.get(state, state))
        if stage is not None:
            stage.add(project)
    return list(stages.values())


@dataclass(frozen=True, slots=True)
class Group:
    """Projects under one heading (a locality, a donor), with the sums of the aid. A project of two localities counts in
    both, with its whole sum: nobody said how it is divided."""

    name: str
    url: str
    count: int
    aid: str


def by_locality(projects: QuerySet[Any], url: str) -> list[Group]:
    """Each locality with its running and coming projects."""
    rows = projects.order_by().filter(localities__isnull=False, amounts__source=MoneySource.GRANT)
    rows = rows.values(
        "localities",
        "localities__name",
        "localities__sort_key",
        "amounts__currency__code",
        "amounts__currency__decimals",
    ).annotate(total=Sum("amounts__amount"))
    counts = dict(
        projects.order_by().filter(localities__isnull=False).values_list("localities").annotate(n=Count("pk"))
    )
    names = {row["localities"]: (row["localities__sort_key"], row["localities__name"]) for row in rows}
    sums: dict[int, list[str]] = {}
    for row in rows:
        words = format_money(row["total"], row["amounts__currency__code"], decimals=row["amounts__currency__decimals"])
        sums.setdefault(row["localities"], []).append(words)
    return [
        Group(names[pk][1], f"{url}?dia_ban={pk}", counts.get(pk, 0), "; ".join(sorted(sums[pk])))
        for pk in sorted(names, key=lambda each: names[each])
    ]


# --- figures of reports ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectFigures:
    """`active` is a queryset, so that the number leads to its rows; the sums are those of the active ones by currency."""

    active: QuerySet[ForeignFundedProject]

    @property
    def amounts(self) -> list[Total]:
        return totals_of(self.active)


def project_figures(on: dt.date) -> ProjectFigures:
    """What was being carried out on that day: begun by then and neither closed nor withdrawn by then (`projects.active`)."""
    begun = ForeignFundedProject.objects.filter(started_on__lte=on)
    return ProjectFigures(active=begun.exclude(closed_on__lte=on).exclude(withdrawn_on__lte=on))


# --- sections of other pages ----------------------------------------------------------------------------------------


def of_programme(programme: Programme, user: Any) -> dict[str, Any] | None:
    return _lines(ForeignFundedProject.objects.visible_to(user).filter(programme=programme))


def of_partner(partner: Partner, user: Any) -> dict[str, Any] | None:
    """What this donor funds."""
    return _lines(ForeignFundedProject.objects.visible_to(user).filter(donors__partner=partner))


def _lines(rows: QuerySet[ForeignFundedProject]) -> dict[str, Any] | None:
    found = list(rows.select_related("case").prefetch_related("donors__partner", "amounts__currency")[:MOST_LINES])
    count = len(found) if len(found) < MOST_LINES else rows.count()
    return lines_data((_line(project) for project in found), count)


def _line(project: ForeignFundedProject) -> FileLine:
    words = (donors_text(project), money_text(project, MoneySource.GRANT), days_text(project))
    return FileLine(project.case, " · ".join(filter(None, words)), state_badge_of(project))
