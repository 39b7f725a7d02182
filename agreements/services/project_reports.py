"""The reports that a project owes: laid out when it begins or is adjusted, filed with document and figures."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import rules
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from agreements.aid import ReportKind, periods
from agreements.implementing import months_before
from agreements.models import ForeignFundedProject, ProjectReport
from intlcoop.regulations.choices import ParameterKey
from intlcoop.regulations.queries import calendar, parameters
from intlcoop.regulations.working_days import move_to_working_day
from intlcoop.workflow import engine
from intlcoop.workflow.recording import Upload, keep_scan
from intlcoop.workflow.refusals import NotAllowed, Refused
from intlcoop.workflow.rows import Rows, clean, sync_rows

if TYPE_CHECKING:
    from intlcoop.people.models import User

BASIS = "Nghị định 80/2020/NĐ-CP, Điều 13 đến Điều 15"


@transaction.atomic
def lay_out_reports(project: ForeignFundedProject, today: dt.date) -> None:
    """The periods from its beginning to its end that are not over before this portal knew of it. Filed ones stay."""
    rule = parameters([ParameterKey.AID_REPORT], today).get(ParameterKey.AID_REPORT)
    if project.started_on is None or rule is None:
        return
    last = project.closed_on or max(project.ends_on or project.started_on, project.started_on)
    known_since = min(timezone.localdate(project.case.created_at), today)
    days_off, wanted = calendar(), set()
    for kind, begins, ends in periods(project.started_on, last):
        if ends < known_since:
            continue
        due = move_to_working_day(ends + dt.timedelta(days=int(rule.value)), days_off)
        values = {
            "period_from": max(begins, project.started_on),
            "due_on": due,
            "citation": f"{BASIS}; {rule.citation}"[:400],
        }
        report, made = ProjectReport.objects.get_or_create(
            project=project, kind=kind, period_until=ends, defaults=values
        )
        wanted.add(report.pk)
        if not made and report.filed_on is None:
            report.due_on = due
            report.save(update_fields=["due_on"])
    left = project.reports.owed().exclude(kind=ReportKind.COMPLETION).exclude(pk__in=wanted)  # type: ignore[attr-defined]
    left.delete()


@transaction.atomic
def owe_completion(project: ForeignFundedProject, today: dt.date) -> None:
    """The completion report, within the months of the parameter from the day of closing."""
    lay_out_reports(project, today)
    rule = parameters([ParameterKey.AID_COMPLETION], today).get(ParameterKey.AID_COMPLETION)
    if project.closed_on is None or rule is None:
        return
    filed = project.reports.filter(kind=ReportKind.COMPLETION, filed_on__isnull=False)  # type: ignore[attr-defined]
    if filed.filter(period_until=project.closed_on).exists():
        return  # it was opened again and closed on the same day: that report has been filed
    due = move_to_working_day(months_before(project.closed_on, -int(rule.value)), calendar())
    begun = project.started_on or project.closed_on
    values = {"period_from": begun, "due_on": due, "citation": rule.citation[:400]}
    project.reports.update_or_create(
        kind=ReportKind.COMPLETION, filed_on=None, defaults=values | {"period_until": project.closed_on}
    )


def drop_owed(project: ForeignFundedProject) -> None:
    """Nothing more is owed: the approval was withdrawn."""
    project.reports.owed().delete()  # type: ignore[attr-defined]


def drop_completion(project: ForeignFundedProject) -> None:
    """It goes on after all."""
    project.reports.owed().filter(kind=ReportKind.COMPLETION).delete()  # type: ignore[attr-defined]


@transaction.atomic
def file_report(
    report: ProjectReport,
    *,
    actor: User,
    fields: Mapping[str, Any],
    disbursements: Rows,
    upload: Upload | None = None,
    expected_version: int | None = None,
) -> ProjectReport:
    """Say when and with what document it was sent, what was done and spent. Raises NotAllowed, Conflict, Refused."""
    locked = engine.lock(report.project.case, expected_version=expected_version)
    if not rules.has_perm("agreements.keep_project", actor, locked):
        raise NotAllowed(_("You may not do this on this file."))
    for name, value in fields.items():
        setattr(report, name, value)
    if report.filed_on is None:
        raise Refused(_("Enter the day on which the report was sent."))
    if report.filed_on > timezone.localdate():
        raise Refused(_("What lies in the future is not done yet."))
    if report.filed_on < report.period_from:
        raise Refused(_("The report cannot have been sent before its period began."))
    report.filed_by = actor
    clean(report)
    report.save()
    sync_rows(report.disbursements, "report", report, disbursements)
    if upload is not None:
        keep_scan(locked, upload, "report", actor=actor)
    engine.bump(locked)
    return report


@transaction.atomic
def reopen_report(report: ProjectReport, *, actor: User) -> ProjectReport:
    """It was not sent after all. Raises NotAllowed."""
    locked = engine.lock(report.project.case)
    if not rules.has_perm("agreements.keep_project", actor, locked):
        raise NotAllowed(_("You may not do this on this file."))
    report.filed_on, report.filed_by = None, None
    report.save(update_fields=["filed_on", "filed_by"])
    engine.bump(locked)
    return report
