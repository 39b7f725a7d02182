"""Papers of a file as PDF: printed by the worker from the file as it stands then, kept among the files of the case."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.functional import Promise

from intlcoop.documents.guard import CONTENT_TYPES
from intlcoop.documents.models import FOLDER
from intlcoop.documents.registry import file_url
from intlcoop.jobs import registry
from intlcoop.jobs.context import JobContext
from intlcoop.jobs.prints import Page, print_page
from intlcoop.jobs.registry import JobKind
from intlcoop.jobs.services import enqueue
from intlcoop.web.file_numbers import shown
from intlcoop.workflow.models import Case, CaseAttachment
from intlcoop.workflow.papers_shown import ATTACHMENTS

if TYPE_CHECKING:
    from intlcoop.jobs.models import Job
    from intlcoop.people.models import User


@dataclass(frozen=True, slots=True, kw_only=True)
class CasePrints:
    """One kind of job for the papers of a kind of file. A newer print of a paper takes the place of the older one.

    `make(case, name)` gives the page, None when there is no such paper. `kept_as` is the kind of the attachment. `folder` lies
    below the one whose orphans are collected, so that a print whose row was never written does not stay; where there is but
    one paper, the folder is its name.
    """

    code: str
    label: str | Promise
    folder: str
    make: Callable[[Case, str], Page | None]
    kept_as: str = "pdf_{name}"

    def register(self) -> None:
        kind = JobKind(
            code=self.code,
            label=self.label,
            run=self.run,
            on_done=self.keep,
            visible_to=may_see,
            describe=lambda job: subject_in(job.params),
            result_url=self.url,
        )
        registry.register(kind)

    def order(self, case: Case, name: str = "", *, actor: User) -> Job:
        return enqueue(self.code, {"case": case.pk, "name": name, "version": case.version}, actor=actor)

    def name(self, job: Job) -> str:
        return job.params.get("name") or self.folder

    def kind(self, job: Job) -> str:
        return self.kept_as.format(name=self.name(job))

    def run(self, context: JobContext) -> dict[str, Any]:
        case = Case.objects.filter(pk=context.params["case"]).first()
        folder = f"{FOLDER}/{self.folder}"
        made = print_page(context, folder, lambda: self.make(case, self.name(context.job)) if case else None)
        return {"name": f"{folder}/{made.path.name}", "sha256": made.sha256, "size": made.size}

    def keep(self, job: Job, result: dict[str, Any]) -> None:
        """Put the print among the files of the case; an older one is withdrawn, its row stays."""
        case, now = Case.objects.get(pk=job.params["case"]), timezone.now()
        for older in CaseAttachment.objects.current().filter(case=case, kind=self.kind(job)):
            older.withdrawn_at = now
            older.save(update_fields=["withdrawn_at"])
        CaseAttachment.objects.create(
            case=case,
            kind=self.kind(job),
            file=result["name"],
            original_name=f"{self.name(job)}-{case.number}.pdf",
            content_type=CONTENT_TYPES["pdf"],
            size=result["size"],
            sha256=result["sha256"],
            text_layer=True,
            uploaded_by=job.requested_by,
            uploaded_at=now,
        )

    def url(self, job: Job) -> str | None:
        made = {"case": job.params["case"], "kind": self.kind(job), "sha256": (job.result or {}).get("sha256", "")}
        row = CaseAttachment.objects.filter(**made).last() if made["sha256"] else None
        return file_url(ATTACHMENTS, row, view=True) if row else None


def may_see(user: User, job: Job) -> bool:
    return Case.objects.visible_to(user).filter(pk=job.params["case"]).exists()


def subject_in(params: Mapping[str, Any]) -> str:
    number = Case.objects.filter(pk=params["case"]).values_list("number", flat=True).first()
    return shown(number or "")
