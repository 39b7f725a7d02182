"""What the engine asks of a year-end report: its facts, what a decision on it binds, to whom it is open, what it waits for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from intlcoop.people.offices import CLERK, office_label
from intlcoop.people.principals import principal_of
from intlcoop.vietnamese.dates import table_date, table_range
from intlcoop.workflow.choices import Facet
from intlcoop.workflow.facts import fact
from intlcoop.workflow.registry import Related, Summary, Wait
from reports.choices import Key, ReportState, Window
from reports.models import YearEndReport
from reports.queries.figure_names import figure_name
from reports.queries.sections import printed_now

if TYPE_CHECKING:
    from intlcoop.people.models import User
    from intlcoop.workflow.models import Case

WHOLE_YEAR = (Window.CALENDAR, Window.STATUTORY)
#: Of which the one who approves reads at a glance.
TOLD = (Key.LED, Key.ACCOMPANYING, Key.VISITS, Key.HOSTED, Key.SIGNED)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportFacts:
    """What the route of a report depends on."""

    period: str = fact(
        gettext_lazy("Period"),
        gettext_lazy("it is a report of %(values)s"),
        [("year", gettext_lazy("a whole year")), ("part", gettext_lazy("a part of a year"))],
        usual="year",
    )


def report_of_case(case: Case) -> YearEndReport:
    return YearEndReport.objects.select_related("job", "case").get(case=case)


def facts_of(case: Case) -> ReportFacts:
    return ReportFacts(period="year" if report_of_case(case).window in WHOLE_YEAR else "part")


def summary(case: Case) -> Summary:
    report = case.year_end_report
    days = table_range(report.first_day, report.last_day)
    return Summary(
        title=case.title,
        where="",
        when=days,
        who=str(case.created_by),
        url=reverse("reports:report", args=[case.number]),
        on=report.last_day,
        lines=((_("Period"), days), (_("Figures as of"), table_date(report.as_of))),
    )


def content(case: Case) -> dict[str, Any]:
    """Bound: the version of the figures and all that is printed of it, by its hash."""
    report = report_of_case(case)
    snapshot = report.snapshot
    if snapshot is None:
        return {Facet.PROGRAMME: {}}
    return {Facet.PROGRAMME: {"version": snapshot.version, "printed": printed_now(report, snapshot)}}


def decision_facts(case: Case) -> list[tuple[str, Any]]:
    report = report_of_case(case)
    found = [*summary(case).lines]
    if (snapshot := report.snapshot) is None:
        return found
    figures = snapshot.figures["figures"]
    found.append((_("Version of the figures"), str(snapshot.version)))
    found += [(figure_name(key), str(figures[key]["value"])) for key in TOLD if key in figures]
    written = report.texts.count()
    found.append((_("Sections written by hand"), str(written) if written else _("none")))
    found.append((_("Missing or doubtful data"), str(len(snapshot.gaps)) if snapshot.gaps else _("none")))
    return found


def opened_to(user: User) -> QuerySet[Any]:
    """The clerk reads what is to be issued and what was; a unit the draft on which it is asked to comment."""
    principal = principal_of(user)
    asked = Q(
        case__state=ReportState.CONSULTING,
        comment_rounds__closed_at__isnull=True,
        comment_rounds__opinions__unit__in=principal.own_unit_ids,
    )
    if principal.is_clerk:
        asked |= Q(case__state__in=(ReportState.APPROVED, ReportState.ISSUED))
    return YearEndReport.objects.filter(asked).values("case")


def history(case: Case) -> Related:
    report = report_of_case(case)
    return Related(rows=[report, *report.texts.all()])


def waits(case: Case) -> Wait | None:
    """An approved report waits for its number."""
    if case.state != ReportState.APPROVED:
        return None
    change = case.status_changes.filter(to_state=ReportState.APPROVED).last()
    since = timezone.localdate(change.at) if change else timezone.localdate(case.changed_at)
    return Wait(where=_("Approved, waits for its number"), who=str(office_label(CLERK)), since=since)
