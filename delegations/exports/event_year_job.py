"""The yearly report on conferences as PDF: printed by the worker for whoever ordered it, thrown away after some days."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import rules
from django.core.files.storage import default_storage
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from delegations.exports.event_year import year_paper
from delegations.queries.event_year import event_year
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

PRINT = "event_year_print"
FOLDER = "event_year_prints"
KEPT = dt.timedelta(days=7)
RIGHT = "delegations.see_event_year"


def make_print(context: JobContext) -> dict[str, Any]:
    """Print the report as its reader may see it. Raises JobFailed when the right is gone."""
    reader = User.objects.filter(pk=context.params["reader"], is_active=True).first()
    if reader is None or not rules.has_perm(RIGHT, reader):
        raise JobFailed("Không còn quyền xem báo cáo này.", final=True)
    context.progress(20, "Đang lập báo cáo")
    with in_vietnamese():
        paper = year_paper(event_year(reader, int(context.params["year"])))
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
    return reverse("delegations:event_year_pdf", args=[job.pk]) if print_path(job) else None


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
    label=_("Yearly report on conferences as PDF"),
    run=make_print,
    describe=lambda job: str(job.params["year"]),
    result_url=print_url,
)
