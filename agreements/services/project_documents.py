"""Documents of a project while it runs: what comes after the approval is kept with the file, what was decided on stays."""

from __future__ import annotations

from typing import TYPE_CHECKING

import rules
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from agreements.aid import ProjectFile
from agreements.models import ForeignFundedProject
from agreements.queries.project_documents import added_since_approval
from intlcoop.workflow.models import CaseAttachment
from intlcoop.workflow.recording import Upload, keep_scan
from intlcoop.workflow.refusals import NotAllowed, Refused

if TYPE_CHECKING:
    from intlcoop.people.models import User


@transaction.atomic
def add_document(project: ForeignFundedProject, upload: Upload, kind: str, *, actor: User) -> CaseAttachment:
    """Keep a document with an approved project, in whatever state. Raises NotAllowed, Refused (wrong type, marked secret)."""
    _may_keep(project, actor)
    if kind not in ProjectFile.values:
        raise Refused(_("Choose what kind of document it is."))
    return keep_scan(project.case, upload, kind, actor=actor)


@transaction.atomic
def take_out_document(project: ForeignFundedProject, attachment: CaseAttachment, *, actor: User) -> None:
    """Take out what was added by mistake; its row stays for the history. What was approved stays. Raises NotAllowed, Refused."""
    _may_keep(project, actor)
    if not added_since_approval(project).filter(pk=attachment.pk).exists():
        raise Refused(_("This document belongs to what was approved or decided, and stays."))
    attachment.withdrawn_at = timezone.now()
    attachment.save(update_fields=["withdrawn_at"])


def _may_keep(project: ForeignFundedProject, actor: User) -> None:
    if not rules.has_perm("agreements.keep_project", actor, project.case):
        raise NotAllowed(_("You may not do this on this file."))
