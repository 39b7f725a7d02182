"""The notice of conclusions as PDF is made by the worker and lies among the files of the meeting then."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.files.storage import default_storage
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from intlcoop.documents.guard import CONTENT_TYPES
from intlcoop.documents.models import FOLDER
from intlcoop.documents.registry import file_url
from intlcoop.exporting.decree30 import DECREE30_CSS, paper_html
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
from reports.exports.conclusions import load, notice

NOTICE = "meeting_conclusions"
#: The kind of the attachment.
KEPT_AS = "conclusions"
#: Below the folder whose orphans are collected, so that a file whose row was never written does not stay.
NOTICES = f"{FOLDER}/thong-bao-ket-luan"


def make_notice(context: JobContext) -> dict[str, Any]:
    """Print the notice from the meeting as it stands now. Raises JobFailed when the file is gone."""
    case = Case.objects.filter(pk=context.params["case"]).first()
    if case is None:
        raise JobFailed("Không còn hồ sơ để lập thông báo kết luận.", final=True)
    context.progress(20, "Đang lập thông báo kết luận")
    with in_vietnamese():
        paper = notice(load(case.number))
        pdf = render_pdf(paper_html(paper), stylesheets=[DECREE30_CSS], title=paper.name)
    folder = Path(default_storage.path(NOTICES))
    output = keep_output(folder, context.job.pk, context.token, ".pdf", lambda part: part.write_bytes(pdf))
    return {
        "name": f"{NOTICES}/{output.path.name}",
        "sha256": output.sha256,
        "size": output.size,
        "number": case.number,
    }


def keep_notice(job: Job, result: dict[str, Any]) -> None:
    """Put it among the files of the meeting; an older one is withdrawn, its row stays."""
    now = timezone.now()
    for old in CaseAttachment.objects.current().filter(case_id=job.params["case"], kind=KEPT_AS):
        old.withdrawn_at = now
        old.save(update_fields=["withdrawn_at"])
    CaseAttachment.objects.create(
        case_id=job.params["case"],
        kind=KEPT_AS,
        file=result["name"],
        original_name=f"thong-bao-ket-luan-{result['number']}.pdf",
        content_type=CONTENT_TYPES["pdf"],
        size=result["size"],
        sha256=result["sha256"],
        text_layer=True,
        uploaded_by=job.requested_by,
        uploaded_at=now,
    )


def notice_url(job: Job) -> str | None:
    sha256 = (job.result or {}).get("sha256", "")
    found = CaseAttachment.objects.filter(case_id=job.params["case"], kind=KEPT_AS, sha256=sha256).last()
    return file_url(ATTACHMENTS, found, view=True) if found else None


def may_see_notice(user: User, job: Job) -> bool:
    return Case.objects.visible_to(user).filter(pk=job.params["case"]).exists()


def notice_subject(job: Job) -> str:
    number = Case.objects.filter(pk=job.params["case"]).values_list("number", flat=True).first()
    return shown(number or "")


def register() -> None:
    registry.register(NOTICE_KIND)


NOTICE_KIND = JobKind(
    code=NOTICE,
    label=_("Notice of conclusions"),
    run=make_notice,
    on_done=keep_notice,
    visible_to=may_see_notice,
    describe=notice_subject,
    result_url=notice_url,
)
