"""The making of a report as a job: freeze the figures, print them, keep the file, say so.

Each step may be repeated after a kill: the snapshot is reused, and the same snapshot prints the same bytes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from intlcoop.documents.registry import register_files
from intlcoop.jobs import registry
from intlcoop.jobs.context import JobContext
from intlcoop.jobs.models import Job
from intlcoop.jobs.registry import Finding
from intlcoop.people.models import User
from reports import workflows
from reports.choices import OutputFormat
from reports.exports import files, printing
from reports.models import ReportOutput, YearEndReport
from reports.services import JOB_KIND, freeze, is_intact

FILES = "bao-cao"


def report_of(job: Job) -> YearEndReport:
    return YearEndReport.objects.select_related("case", "job").get(job=job)


def make(context: JobContext) -> dict[str, Any]:
    """One attempt at the report of this job. Returns what the row of the file will say."""
    report = report_of(context.job)
    workflows.move(report.case, "order_again")
    context.progress(5, gettext("Collecting the figures"))
    snapshot = freeze(report)
    context.progress(30, gettext("Laying out the pages"))
    pdf = printing.render(report, snapshot)
    context.progress(90, gettext("Keeping the file"))
    return files.keep_pdf(report, pdf, context)


def finish(job: Job, result: dict[str, Any]) -> None:
    """The file is there: its row, the state and the notice are written with the end of the job."""
    report = report_of(job)
    ReportOutput.objects.get_or_create(
        report=report, format=OutputFormat.PDF, defaults=result | {"uploaded_by": report.ordered_by}
    )
    workflows.move(report.case, "finish")


def give_up(job: Job, reason: str) -> None:
    workflows.move(report_of(job).case, "fail", comment=reason)


def stop(job: Job) -> None:
    workflows.move(report_of(job).case, "cancel")


def shown_to(user: User, job: Job) -> bool:
    """Whoever reads the report may watch its making."""
    return YearEndReport.objects.visible_to(user).filter(job=job).exists()


def described(job: Job) -> str:
    report = YearEndReport.objects.select_related("case").filter(job=job).first()
    return f"{report.case.number} · {report.case.title}" if report else ""


def result_url(job: Job) -> str | None:
    number = YearEndReport.objects.filter(job=job).values_list("case__number", flat=True).first()
    return reverse("reports:report", args=[number]) if number else None


def outputs_are_whole() -> Iterator[Finding]:
    """Invariant I2: every finished file has its size, its hash and its end, and every snapshot still its hash."""
    broken = [output.original_name for output in ReportOutput.objects.select_related("report") if not _is_whole(output)]
    text = f"files of reports broken: {', '.join(broken[:3])}" if broken else "files of reports are whole"
    yield Finding("I2", not broken, text)
    changed = [
        report.case.number
        for report in YearEndReport.objects.filter(snapshot__isnull=False).select_related("snapshot", "case")
        if not is_intact(report.snapshot)
    ]
    text = f"snapshots changed: {', '.join(changed[:3])}" if changed else "snapshots say what they were sealed with"
    yield Finding("I2", not changed, text)


def _is_whole(output: ReportOutput) -> bool:
    try:
        content = files.path_of(output).read_bytes()
    except OSError:
        return False
    same = len(content) == output.size and hashlib.sha256(content).hexdigest() == output.sha256
    return same and content.rstrip().endswith(b"%%EOF")


def register() -> None:
    """Make job kind, files, orphans and invariants known below (called from AppConfig.ready)."""
    registry.register(
        registry.JobKind(
            code=JOB_KIND,
            label=_("Year-end report"),
            run=make,
            on_done=finish,
            on_failed=give_up,
            on_cancelled=stop,
            visible_to=shown_to,
            describe=described,
            result_url=result_url,
        )
    )
    registry.register_collector("reports", files.collect_orphans)
    registry.register_invariant("I2", outputs_are_whole)
    register_files(FILES, lambda user: ReportOutput.objects.visible_to(user))
