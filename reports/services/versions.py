"""Figures collected anew while a report is still open, and files made anew after a text was edited. What is frozen stays."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import rules
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from intlcoop.jobs.models import Job
from intlcoop.jobs.services import enqueue
from intlcoop.workflow import engine
from intlcoop.workflow.refusals import NotAllowed, Refused
from reports.choices import ReportState
from reports.models import Snapshot, YearEndReport
from reports.queries.sections import printed_now
from reports.queries.windows import usual_as_of
from reports.services.year_end import JOB_KIND, not_now, order_params, scope_of

if TYPE_CHECKING:
    from intlcoop.people.models import User


@transaction.atomic
def prepare_refresh(
    report: YearEndReport, *, actor: User, as_of: dt.date | None = None, expected_version: int | None = None
) -> YearEndReport:
    """Order the next version of the figures; the state is for the caller to change in the same transaction.

    `as_of`: by default the end of the period, or today while it runs. Raises NotAllowed, Conflict, Refused (frozen, being made).
    """
    report.case = engine.lock(report.case, expected_version=expected_version)
    if report.case.state in ReportState.FROZEN:
        raise Refused(_("The report is submitted or issued, so its figures stay as they are. Order another report."))
    if not rules.has_perm("reports.refresh_report", actor, report.case):
        raise NotAllowed(_("The department of cooperation and administrators have the figures collected anew."))
    if report.case.state == ReportState.CONSULTING:
        raise Refused(_("Units are commenting on this version. End the round of comments first."))
    period = scope_of(report).period
    day = as_of or usual_as_of(period, timezone.localdate())
    if reasons := not_now(period, day):
        raise Refused(reasons)
    params = order_params(period, day, report) | {"report": report.case.number, "version": next_version(report)}
    report.job, report.as_of = enqueue(JOB_KIND, params, actor=actor), day
    report.save(update_fields=["job", "as_of"])
    return report


def next_version(report: YearEndReport) -> int:
    last = Snapshot.objects.filter(report=report).order_by("-version").values_list("version", flat=True).first()
    return (last or 0) + 1


def is_up_to_date(report: YearEndReport, snapshot: Snapshot) -> bool:
    """Whether the PDF says what the report says now."""
    pdf = report.pdf
    return pdf is not None and pdf.version == snapshot.version and pdf.printed_sha256 == printed_now(report, snapshot)


@transaction.atomic
def print_again(report: YearEndReport, *, actor: User | None) -> Job | None:
    """Order the files with the texts, number and day as they are now; None when they say so already.

    Raises NotAllowed for people who cannot order reports (`actor` None: the consequence of something else), Refused before
    there are figures.
    """
    if actor is not None and not rules.has_perm("reports.order", actor):
        raise NotAllowed(_("You may not order reports."))
    snapshot = report.snapshot
    if snapshot is None:
        raise Refused(_("The figures are not frozen yet."))
    if is_up_to_date(report, snapshot):
        return None
    if report.job.is_live and report.job.params.get("version", 1) > snapshot.version:
        return report.job
    params = {"report": report.case.number, "version": snapshot.version, "printed": printed_now(report, snapshot)}
    report.job = enqueue(JOB_KIND, params, actor=actor or report.ordered_by)
    report.save(update_fields=["job"])
    return report.job
