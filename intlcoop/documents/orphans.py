"""Which files have no row, and which rows have no file?

A file is written before its row is committed, so a rollback or a kill can leave one behind. It is removed when it is old
enough that no request can still be about to commit it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from pathlib import Path

from django.apps import apps
from django.core.files.storage import default_storage
from django.db.models import FileField
from django.utils import timezone

from intlcoop.documents.models import FOLDER, StoredFile
from intlcoop.jobs.registry import Finding

AT_LEAST = dt.timedelta(hours=1)


def file_fields() -> Iterator[tuple[type[StoredFile], FileField]]:
    """Every file field of every concrete class of this room, wherever it is defined."""
    for model in apps.get_models():
        if issubclass(model, StoredFile):
            for field in model._meta.get_fields():
                if isinstance(field, FileField):
                    yield model, field


def folders() -> set[str]:
    own = {
        field.upload_to.strip("/").split("/")[0] for _model, field in file_fields() if isinstance(field.upload_to, str)
    }
    return {FOLDER} | {folder for folder in own if folder and "%" not in folder}


def collect(*, older_than: dt.timedelta, remove: bool) -> Sequence[str]:
    """Files without a row and older than `older_than`, an hour at least; deleted when `remove`. Names below MEDIA_ROOT."""
    known: set[str] | None = None
    before = (timezone.now() - max(older_than, AT_LEAST)).timestamp()
    found = []
    for name, path in _old_files(before):
        if known is None:
            known = _known_names()
        if name not in known:
            found.append(name)
            if remove:
                path.unlink(missing_ok=True)
    return found


def whole_files() -> Iterator[Finding]:
    """Every stored file is there and has its size (invariant I3: no row without its file)."""
    missing, checked = [], 0
    for model, field in file_fields():
        if field.name != "file":
            continue
        for public_id, name, size in model._default_manager.exclude(file="").values_list("public_id", "file", "size"):
            checked += 1
            if not default_storage.exists(name) or default_storage.size(name) != size:
                missing.append(str(public_id))
    text = f"files missing or cut: {', '.join(missing[:3])}" if missing else f"{checked} files are there and whole"
    yield Finding("I3", not missing, f"documents: {text}")


def _known_names() -> set[str]:
    names: set[str] = set()
    for model, field in file_fields():
        names.update(model._default_manager.exclude(**{field.name: ""}).values_list(field.name, flat=True))
    return names


def _old_files(before: float) -> Iterator[tuple[str, Path]]:
    root = Path(default_storage.path(""))
    for folder in sorted(folders()):
        for path in (root / folder).rglob("*"):
            if path.is_file() and path.stat().st_mtime < before:
                yield path.relative_to(root).as_posix(), path
