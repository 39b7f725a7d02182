"""Taking files in and letting them go. The only door through which a byte reaches private storage."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from django.core.files.base import ContentFile, File
from django.db import transaction
from django.utils import timezone

from intlcoop.audit.choices import SecurityEventKind
from intlcoop.audit.requests import RequestFacts
from intlcoop.audit.services import record_security_event
from intlcoop.documents import guard
from intlcoop.documents.guard import Inspection
from intlcoop.documents.models import StoredFile
from intlcoop.documents.refusals import UnacceptableError, UploadRefusedError
from intlcoop.documents.signatures import check_signatures

if TYPE_CHECKING:
    from intlcoop.people.models import User

AnyFile = TypeVar("AnyFile", bound=StoredFile)
NOWHERE = RequestFacts()


def store_upload(
    upload: File,
    into: AnyFile,
    *,
    actor: User,
    no_secret_declared: bool = False,
    declared_kind: str | None = None,
    where: RequestFacts = NOWHERE,
) -> AnyFile:
    """Ask the guard, then keep the file with the row `into` (its other fields filled, saved here). Returns the saved row.

    The file is durable before the row can be committed; when the row is not saved, it goes at once; when an outer
    transaction rolls back later, the collector of orphans takes it. A file that `into` had before goes after commit.
    Raises UploadRefusedError, after recording the refusal, before anything is written. A form that runs the guard in its
    own cleaning (forms.GuardedFilesForm) has shown the same sentence before, outside of any transaction.
    """
    inspection = guard.inspect(upload, declared_kind=declared_kind)
    if not inspection.ok:
        record_refusal(upload, inspection, actor=actor, where=where)
        raise UploadRefusedError(inspection.reason, code=inspection.code)
    if not inspection.text_layer and not no_secret_declared:
        raise UploadRefusedError(UnacceptableError("undeclared").sentence, code="undeclared")
    upload.seek(0)
    content = upload.read()
    check_signatures(content)
    return _keep(content, inspection, into, actor=actor, declared=no_secret_declared and not inspection.text_layer)


def store_own_file(content: bytes, into: AnyFile, *, name: str, kind: str, actor: User) -> AnyFile:
    """Keep a file that the portal made itself (a draft from data). `kind` is a key of guard.CONTENT_TYPES."""
    inspection = Inspection(
        ok=True,
        name=name,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        kind=kind,
        content_type=guard.CONTENT_TYPES[kind],
    )
    return _keep(content, inspection, into, actor=actor, declared=False)


@transaction.atomic
def remove_attachment(attachment: StoredFile, *, actor: User) -> None:
    """Delete the row, and its file once that is committed. Who did it stands in the row's history.

    Whether it may go is the caller's question: what a decision was based on is withdrawn, not removed.
    """
    _forget_file(attachment, attachment.file.name)
    attachment.delete()


def record_refusal(upload: File, inspection: Inspection, *, actor: User | None, where: RequestFacts = NOWHERE) -> None:
    """Write down, once per upload, that it was refused: only who, its hash and why. Not its name: that may be the secret.

    Call it outside of a transaction that will roll back.
    """
    if getattr(upload, "refusal_recorded", False):
        return
    upload.refusal_recorded = True  # type: ignore[attr-defined]
    detail = {"sha256": inspection.sha256, "size": inspection.size, "reason": inspection.code}
    if mark := inspection.secrecy_hit:
        detail |= {"word": mark.level.value, "place": mark.place.value}
    record_security_event(SecurityEventKind.UPLOAD_REFUSED, actor=actor, where=where, detail=detail)


def _keep(content: bytes, inspection: Inspection, into: AnyFile, *, actor: User, declared: bool) -> AnyFile:
    before = into.file.name
    with transaction.atomic(), _written(content, into):
        into.original_name = inspection.name
        into.content_type = inspection.content_type
        into.size = inspection.size
        into.sha256 = inspection.sha256
        into.text_layer = inspection.text_layer
        into.no_secret_declared = declared
        into.uploaded_by = actor
        into.uploaded_at = timezone.now()
        into.full_clean(validate_unique=False)
        into.save()
        _forget_file(into, before)
    return into


@contextmanager
def _written(content: bytes, into: StoredFile) -> Iterator[None]:
    """The file on the disk for good; gone again when what follows fails."""
    storage = into.file.storage
    into.file.save("", ContentFile(content), save=False)
    name = into.file.name or ""
    path = storage.path(name)
    try:
        _flush_to_disk(path)
        _flush_to_disk(os.path.dirname(path))
        yield
    except BaseException:
        with suppress(OSError):
            storage.delete(name)
        raise


def _flush_to_disk(path: str) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _forget_file(owner: StoredFile, name: str | None) -> None:
    if name:
        transaction.on_commit(partial(owner.file.storage.delete, name), robust=True)
