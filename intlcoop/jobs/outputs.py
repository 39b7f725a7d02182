"""Files that jobs make: whole or not there at all, named by their content, and never two for one row."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

PART = ".part"


@dataclass(frozen=True, slots=True)
class Output:
    """A finished file: `path` inside its folder, SHA-256 in hex, size in bytes."""

    path: Path
    sha256: str
    size: int


def keep_output(
    folder: Path, job_id: uuid.UUID, token: uuid.UUID, suffix: str, write: Callable[[Path], object]
) -> Output:
    """Let `write(path)` make a file and give it its lasting name `<sha256><suffix>` in `folder`.

    It is written under `<job>.<token>.part`, synced and renamed within the folder, so a kill at any moment leaves either
    nothing or a part that `stale_parts` finds. Unfinished parts of earlier attempts at this job are removed first. The
    same bytes give the same name, so a repeated attempt adds no second file.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob(f"{job_id}.*{PART}"):
        old.unlink(missing_ok=True)
    part = folder / f"{job_id}.{token}{PART}"
    try:
        write(part)
        sha256, size = _seal(part)
        final = folder / f"{sha256}{suffix}"
        part.rename(final)
    finally:
        part.unlink(missing_ok=True)
    _sync(folder)
    return Output(final, sha256, size)


def stale_parts(folder: Path, older_than: dt.timedelta) -> list[Path]:
    """The unfinished files that nobody has touched for that long."""
    border = time.time() - older_than.total_seconds()
    return sorted(path for path in folder.glob(f"*{PART}") if path.stat().st_mtime < border)


def _seal(path: Path) -> tuple[str, int]:
    """Sync to disk, then read back what will be kept."""
    path.chmod(0o600)
    _sync(path)
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest(), path.stat().st_size


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
