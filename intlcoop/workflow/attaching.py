"""Files that are handed in with a case, and taken out of it again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import rules
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from intlcoop.documents.services import store_upload
from intlcoop.workflow.models import Case, CaseAttachment
from intlcoop.workflow.refusals import NotAllowed, Refused

if TYPE_CHECKING:
    from intlcoop.people.models import User


@transaction.atomic
def attach(
    case: Case, upload: UploadedFile, kind: str, *, actor: User, no_secret_declared: bool = False
) -> CaseAttachment:
    """Keep an uploaded file with a case, after the guard has looked at it.

    Raises NotAllowed, Refused (wrong type, too large, marked as a state secret).
    """
    if not rules.has_perm("workflow.edit_case", actor, case):
        raise NotAllowed(_("This file can no longer be changed here."))
    attachment = CaseAttachment(case=case, kind=kind)
    try:
        return store_upload(upload, attachment, actor=actor, no_secret_declared=no_secret_declared)
    except ValidationError as error:
        raise Refused(error.messages) from error


@transaction.atomic
def withdraw_attachment(attachment: CaseAttachment, *, actor: User) -> None:
    """Take an attachment out of the file; its row stays for the history."""
    if not rules.has_perm("workflow.edit_case", actor, attachment.case):
        raise NotAllowed(_("This file can no longer be changed here."))
    attachment.withdrawn_at = timezone.now()
    attachment.save(update_fields=["withdrawn_at"])
