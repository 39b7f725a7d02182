"""Where do finished reports lie, and which files there belong to nobody?"""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from django.core.files.storage import default_storage

from intlcoop.documents.models import StoredFile
from intlcoop.exporting.pdf import page_count
from intlcoop.jobs.context import JobContext
from intlcoop.jobs.outputs import PART, keep_output, stale_parts
from reports.choices import OutputFormat
from reports.models import ReportOutput, YearEndReport

FOLDER = "reports"


def folder() -> Path:
    return Path(default_storage.path(FOLDER))


def keep_pdf(report: YearEndReport, pdf: bytes, context: JobContext) -> dict[str, Any]:
    """Write the file under the name of its content and return what the row will say of it."""
    return keep(report, OutputFormat.PDF, pdf, context) | {"pages": page_count(pdf)}


def keep(report: YearEndReport, wanted: str, content: bytes, context: JobContext) -> dict[str, Any]:
    """The same for a file of any format."""
    kept = keep_output(folder(), context.job.pk, context.token, f".{wanted}", lambda path: path.write_bytes(content))
    return {
        "file": f"{FOLDER}/{kept.path.name}",
        "sha256": kept.sha256,
        "size": kept.size,
        "original_name": f"{report.case.number}.{wanted}",
        "content_type": OutputFormat.MEDIA_TYPES[wanted],
    }


def path_of(stored: StoredFile) -> Path:
    return Path(default_storage.path(stored.file.name or ""))


def collect_orphans(*, older_than: dt.timedelta, remove: bool) -> Sequence[str]:
    """Unfinished parts, and finished files that no row names (a worker was killed between the two)."""
    before = time.time() - older_than.total_seconds()
    known = set(ReportOutput.objects.values_list("file", flat=True))
    found = [*stale_parts(folder(), older_than), *_unknown(known, before)]
    for path in found if remove else ():
        # Looked at once more: another attempt at the same report may just have put the same file there.
        if _is_older(path, before):
            path.unlink(missing_ok=True)
    return [path.name for path in found]


def _unknown(known: set[str], before: float) -> Iterator[Path]:
    for path in sorted(folder().glob("*")):
        named = f"{FOLDER}/{path.name}"
        if path.is_file() and path.suffix != PART and named not in known and _is_older(path, before):
            yield path


def _is_older(path: Path, before: float) -> bool:
    try:
        return path.stat().st_mtime < before
    except FileNotFoundError:
        return False
