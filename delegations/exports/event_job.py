"""Work that takes time: a paper of an event as PDF. It lies among the files of the case then; an older print is withdrawn."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.core.files.storage import default_storage
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from delegations.exports import event as papers
from delegations.exports import event_report
from delegations.models import InternationalEvent
from intlcoop.documents.guard import CONTENT_TYPES
from intlcoop.documents.models import FOLDER
from intlcoop.documents.registry import file_url
from intlcoop.exporting.decree30 import DECREE30_CSS, paper_html
from intlcoop.exporting.papers import Paper
from intlcoop.exporting.pdf import render_pdf
from intlcoop.jobs import registry
from intlcoop.jobs.context import JobContext
from intlcoop.jobs.errors import JobFailed
from intlcoop.jobs.models import Job
from intlcoop.jobs.outputs import keep_output
from intlcoop.jobs.registry import JobKind
from intlcoop.people.letterhead import in_vietnamese
from intlcoop.people.models import User
from intlcoop.web.file_numbers import shown
from intlcoop.workflow.models import Case, CaseAttachment
from intlcoop.workflow.papers_shown import ATTACHMENTS

KIND = "event_paper"
PRINTS = f"{FOLDER}/hoi-nghi"
#: The papers that can be printed, by the last part of their address.
PAPERS: dict[str, Callable[[InternationalEvent], Paper]] = {
    "de-an": papers.scheme,
    "xin-phep": papers.request,
    "giay-moi": papers.invitation,
    "bao-cao": event_report.report,
}


def make_paper(context: JobContext) -> dict[str, Any]:
    """Print the paper from the file as it stands now. Raises JobFailed when the file is gone."""
    case = Case.objects.filter(pk=context.params["case"], kind="event").first()
    name = context.params["name"]
    if case is None or name not in PAPERS:
        raise JobFailed("Không còn hồ sơ để in.", final=True)
    context.progress(20, "Đang in văn bản")
    with in_vietnamese():
        paper = PAPERS[name](papers.load(case.number))
        pdf = render_pdf(paper_html(paper), stylesheets=[DECREE30_CSS], title=paper.name)
    folder = Path(default_storage.path(PRINTS))
    output = keep_output(folder, context.job.pk, context.token, ".pdf", lambda part: part.write_bytes(pdf))
    kept = {"name": f"{PRINTS}/{output.path.name}", "sha256": output.sha256, "size": output.size}
    return {**kept, "number": case.number, "kind": f"pdf_{name}", "paper": name}


def keep_paper(job: Job, result: dict[str, Any]) -> None:
    """Put the print among the files of the case; an older one of the same paper is withdrawn, its row stays."""
    now = timezone.now()
    older = CaseAttachment.objects.current().filter(case_id=job.params["case"], kind=result["kind"])
    for row in older:
        row.withdrawn_at = now
        row.save(update_fields=["withdrawn_at"])
    CaseAttachment.objects.create(
        case_id=job.params["case"],
        kind=result["kind"],
        file=result["name"],
        original_name=f"{result['paper']}-{result['number']}.pdf",
        content_type=CONTENT_TYPES["pdf"],
        size=result["size"],
        sha256=result["sha256"],
        text_layer=True,
        uploaded_by=job.requested_by,
        uploaded_at=now,
    )


def paper_url(job: Job) -> str | None:
    wanted = (job.result or {}).get("sha256", "")
    row = CaseAttachment.objects.filter(case_id=job.params["case"], sha256=wanted).last() if wanted else None
    return file_url(ATTACHMENTS, row, view=True) if row else None


def may_see(user: User, job: Job) -> bool:
    return Case.objects.visible_to(user).filter(pk=job.params["case"]).exists()


def subject(job: Job) -> str:
    number = Case.objects.filter(pk=job.params["case"]).values_list("number", flat=True).first()
    return shown(number or "")


def register() -> None:
    registry.register(EVENT_PAPER)


EVENT_PAPER = JobKind(
    code=KIND,
    label=_("Paper of an event"),
    run=make_paper,
    on_done=keep_paper,
    visible_to=may_see,
    describe=subject,
    result_url=paper_url,
)
