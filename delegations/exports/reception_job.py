"""Programme and minutes as PDF: printed by the worker for whoever ordered them, thrown away after some days."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.core.files.storage import default_storage
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from delegations.exports.minutes import minutes
from delegations.exports.programme import programme
from delegations.models import MeetingRecord
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
from intlcoop.workflow.models import Case

PRINT = "reception_print"
PROGRAMME, MINUTES = "chuong-trinh", "bien-ban"
FOLDER = "reception_prints"
KEPT = dt.timedelta(days=7)


def paper_named(case: Case, name: str) -> Paper | None:
    """The programme of a file, or the minutes of one of its meetings ("bien-ban-12")."""
    if name == PROGRAMME:
        return programme(case)
    kind, _dash, key = name.rpartition("-")
    if kind != MINUTES or not key.isdecimal() or len(key) > 18:
        return None
    record = MeetingRecord.objects.filter(case=case, pk=int(key)).select_related("case__unit").first()
    return minutes(record) if record is not None else None


def make_print(context: JobContext) -> dict[str, Any]:
    """Print the paper for the person who ordered it. Raises JobFailed when file, paper or right is gone."""
    reader = User.objects.filter(pk=context.params["reader"], is_active=True).first()
    cases = Case.objects.visible_to(reader) if reader is not None else Case.objects.none()
    case = cases.filter(pk=context.params["case"]).select_related("unit").first()
    with in_vietnamese():
        paper = paper_named(case, context.params["name"]) if case is not None else None
        if paper is None:
            raise JobFailed("Không còn hồ sơ hoặc văn bản để in.", final=True)
        context.progress(20, "Đang lập văn bản")
        pdf = render_pdf(paper_html(paper), stylesheets=[DECREE30_CSS], title=paper.name)
    folder = Path(default_storage.path(FOLDER))
    output = keep_output(folder, context.job.pk, context.token, ".pdf", lambda part: part.write_bytes(pdf))
    return {"name": output.path.name, "size": output.size}


def print_path(job: Job) -> Path | None:
    """The file that the job made, while it is kept."""
    name = (job.result or {}).get("name", "")
    path = Path(default_storage.path(FOLDER)) / Path(name).name if name else None
    return path if path is not None and path.is_file() else None


def print_url(job: Job) -> str | None:
    return reverse("delegations:reception_pdf", args=[job.pk]) if print_path(job) else None


def print_subject(job: Job) -> str:
    number = Case.objects.filter(pk=job.params["case"]).values_list("number", flat=True).first()
    return shown(number or "")


def collect_prints(*, older_than: dt.timedelta, remove: bool) -> Sequence[str]:
    before = time.time() - max(older_than, KEPT).total_seconds()
    folder = Path(default_storage.path(FOLDER))
    found = [path for path in sorted(folder.glob("*")) if path.is_file() and path.stat().st_mtime < before]
    for path in found if remove else ():
        path.unlink(missing_ok=True)
    return [path.name for path in found]


def register() -> None:
    registry.register(PRINT_KIND)
    registry.register_collector(FOLDER, collect_prints)


PRINT_KIND = JobKind(
    code=PRINT,
    label=_("Programme or minutes as PDF"),
    run=make_print,
    describe=print_subject,
    result_url=print_url,
)
