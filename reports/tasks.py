"""The making of a report as a job: freeze the figures, print them, keep the file, say so.

Each step may be repeated after a kill: the snapshot is reused, and the same snapshot prints the same bytes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from intlcoop.documents.registry import register_files
from intlcoop.jobs import registry
from intlcoop.jobs.context import JobContext
from intlcoop.jobs.errors import JobFailed
from intlcoop.jobs.models import Job
from intlcoop.jobs.registry import Finding
from intlcoop.people.models import User
from reports import workflows
from reports.choices import OutputFormat, ReportState
from reports.exports import files, formats, printing
from reports.models import ReportOutput, Snapshot, YearEndReport
from reports.queries.sections import printed_now
from reports.services import JOB_KIND, freeze, is_intact

FILES = "bao-cao"


def of_job(job: Job) -> Q:
    """A later job of a report, for new figures or new files, names it; the first one is the report's own."""
    number = job.params.get("report")
    return Q(case__number=number) if number else Q(job=job)


def report_of(job: Job) -> YearEndReport:
    return YearEndReport.objects.select_related("case", "job").get(of_job(job))


def version_of(job: Job) -> int:
    return int(job.params.get("version", 1))


def collects(job: Job) -> bool:
    """Whether it makes the report, or only its files anew, which moves nothing."""
    return "printed" not in job.params


def snapshot_for(job: Job) -> Snapshot:
    """The version that this job is to print; frozen now unless it is there already. Raises JobFailed when the report was
    submitted meanwhile, so that nobody approves other figures than those that were read."""
    report, version = report_of(job), version_of(job)
    existing = Snapshot.objects.filter(report=report, version=version).first()
    if existing is None and report.case.state in ReportState.FROZEN:
        raise JobFailed(gettext("The report was submitted meanwhile, so its figures stay as they are."), final=True)
    return existing or freeze(report, version)


def make(context: JobContext) -> dict[str, Any]:
    """One attempt at the report of this job. Returns what the row of the file will say."""
    report = report_of(context.job)
    workflows.move(report.case, "order_again")
    context.progress(5, gettext("Collecting the figures"))
    snapshot = snapshot_for(context.job)
    printed = printed_now(report, snapshot)
    context.progress(30, gettext("Laying out the pages"))
    pdf = printing.render(report, snapshot)
    others = formats.make_others(report, snapshot, pdf, context.progress)
    context.progress(95, gettext("Keeping the files"))
    kept = files.keep_pdf(report, pdf, context) | {"others": formats.keep_others(report, others, context)}
    return kept | {"version": snapshot.version, "printed_sha256": printed}


def finish(job: Job, result: dict[str, Any]) -> None:
    """The file is there: its row, the state and the notice are written with the end of the job."""
    report = report_of(job)
    for wanted, said in formats.kept_in(result):
        ReportOutput.objects.get_or_create(
            report=report,
            format=wanted,
            version=said["version"],
            printed_sha256=said["printed_sha256"],
            defaults=said | {"uploaded_by": report.ordered_by},
        )
    if collects(job):
        workflows.move(report.case, "finish")


def give_up(job: Job, reason: str) -> None:
    """Without new figures the version before holds."""
    if collects(job):
        workflows.move(report_of(job).case, "keep" if version_of(job) > 1 else "fail", comment=reason)


def stop(job: Job) -> None:
    if collects(job):
        workflows.move(report_of(job).case, "keep" if version_of(job) > 1 else "cancel")


def shown_to(user: User, job: Job) -> bool:
    """Whoever reads the report may watch its making."""
    return YearEndReport.objects.visible_to(user).filter(of_job(job)).exists()


def described(job: Job) -> str:
    report = YearEndReport.objects.select_related("case").filter(of_job(job)).first()
    return f"{report.case.number} · {report.case.title}" if report else ""


def result_url(job: Job) -> str | None:
    number = YearEndReport.objects.filter(of_job(job)).values_list("case__number", flat=True).first()
    return reverse("reports:report", args=[number]) if number else None


def outputs_are_whole() -> Iterator[Finding]:
    """Invariant I2: every finished file has its size, its hash and its end, and every snapshot still its hash."""
    broken = [output.original_name for output in ReportOutput.objects.select_related("report") if not _is_whole(output)]
    text = f"files of reports broken: {', '.join(broken[:3])}" if broken else "files of reports are whole"
    yield Finding("I2", not broken, text)
    changed = [
        snapshot.report.case.number
        for snapshot in Snapshot.objects.select_related("report__case").iterator(chunk_size=5)
        if not is_intact(snapshot)
    ]
    text = f"snapshots changed: {', '.join(changed[:3])}" if changed else "snapshots say what they were sealed with"
    yield Finding("I2", not changed, text)


def _is_whole(output: ReportOutput) -> bool:
    try:
        content = files.path_of(output).read_bytes()
    except OSError:
        return False
    same = len(content) == output.size and hashlib.sha256(content).hexdigest() == output.sha256
    return same and (output.format != OutputFormat.PDF or content.rstrip().endswith(b"%%EOF"))


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
