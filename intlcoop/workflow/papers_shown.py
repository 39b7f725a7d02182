"""The files of a case as a page lists them: what was handed in, and the official papers with draft, number and scan."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from intlcoop.documents.models import SignatureCheck
from intlcoop.documents.registry import file_url
from intlcoop.documents.signature_words import ShownSignature, shown_signatures
from intlcoop.documents.signatures import checks_of
from intlcoop.people.principals import principal_of
from intlcoop.workflow import registry
from intlcoop.workflow.models import Case, CaseAttachment, CasePaper
from intlcoop.workflow.process import SHORT_FORMS

if TYPE_CHECKING:
    from intlcoop.people.models import User
    from intlcoop.workflow.process import Process

ATTACHMENTS, SCANS = "dinh-kem", "van-ban"
#: Kinds of attachment that the engine itself brings along, whatever the kind of file.
OWN_KINDS = {
    "decision_scan": _("Scan of a decision on paper"),
    "permission": _("Reply of a body outside"),
    "slip": _("Submission slip"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownFile:
    """An attachment: what it is, where it is opened, who brought it in."""

    row: CaseAttachment
    label: Any
    url: str
    view_url: str
    signatures: Sequence[ShownSignature] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownPaper:
    """A paper of the file; an empty address means that there is no such file. `scan_form` is where the scan can be added."""

    label: Any
    number: str
    issued_on: dt.date | None
    signatory: str
    draft_url: str = ""
    scan_url: str = ""
    scan_form: str = ""
    note: Any = ""
    signatures: Sequence[ShownSignature] = ()


def kind_label(case: Case, kind: str) -> Any:
    return registry.kind_of(case).attachment_kinds.get(kind) or OWN_KINDS.get(kind, kind)


def attachments_of(case: Case) -> list[ShownFile]:
    found = case.attachments.current().exclude(file="").select_related("uploaded_by").order_by("uploaded_at", "pk")
    rows = list(found)
    checks = checks_of(rows)
    return [
        ShownFile(
            row=row,
            label=kind_label(case, row.kind),
            url=file_url(ATTACHMENTS, row),
            view_url=file_url(ATTACHMENTS, row, view=True) if row.can_be_viewed else "",
            signatures=shown_signatures(checks.get(row.sha256)),
        )
        for row in rows
    ]


def papers_of(process: Process, user: User) -> list[ShownPaper]:
    """The current papers, and the replies from outside with their particulars."""
    rows = list(process.case.papers.current())
    checks = checks_of(rows)
    papers = [shown_paper(paper, user, checks) for paper in rows]
    return [*permissions_of(process), *papers]


def shown_paper(paper: CasePaper, user: User, checks: Mapping[str, SignatureCheck]) -> ShownPaper:
    may_scan = paper.number is not None and not paper.file and principal_of(user).is_clerk
    return ShownPaper(
        label=paper.get_kind_display(),
        number=paper.full_number,
        issued_on=paper.issued_on,
        signatory=paper.signatory_name,
        note=signed_for_words(paper),
        draft_url=reverse("workflow:draft", args=[paper.case.number, paper.public_id]) if paper.draft else "",
        scan_url=file_url(SCANS, paper, view=True) if paper.file else "",
        scan_form=reverse("workflow:scan", args=[paper.case.number]) if may_scan else "",
        signatures=shown_signatures(checks.get(paper.sha256)),
    )


def signed_for_words(paper: CasePaper) -> str:
    """ "ký thay (KT.) Trần Văn A": both names stay with the paper."""
    if not paper.signed_for:
        return ""
    return gettext("signed %(form)s for %(name)s") % {
        "form": SHORT_FORMS.get(paper.signature_form, ""),
        "name": paper.signed_for,
    }


def permissions_of(process: Process) -> list[ShownPaper]:
    found = []
    for step in process.steps:
        permission = getattr(getattr(step, "decision", None), "permission", None)
        if permission is None:
            continue
        found.append(
            ShownPaper(
                label=permission.reply_issuer,
                number=permission.reply_number,
                issued_on=permission.reply_date,
                signatory="",
                scan_url=file_url(ATTACHMENTS, permission.scan, view=True) if permission.scan else "",
                note=_("Secret document, kept outside this system") if permission.kept_outside else "",
            )
        )
    return found
