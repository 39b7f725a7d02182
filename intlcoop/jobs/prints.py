"""Papers that the worker prints as PDF: for whoever ordered one (here), or among the files of a case (`workflow.prints`)."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.files.storage import default_storage
from django.urls import reverse
from django.utils.functional import Promise

from intlcoop.exporting.decree30 import DECREE30_CSS, paper_html
from intlcoop.exporting.papers import Paper
from intlcoop.exporting.pdf import render_pdf
from intlcoop.jobs import registry
from intlcoop.jobs.context import JobContext
from intlcoop.jobs.errors import JobFailed
from intlcoop.jobs.models import Job
from intlcoop.jobs.outputs import Output, keep_output
from intlcoop.jobs.registry import JobKind
from intlcoop.people.letterhead import in_vietnamese
from intlcoop.people.models import User

#: Older prints for readers are thrown away; whoever needs one orders it anew, from the data as they then stand.
KEPT = dt.timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Page:
    """What is printed: a whole HTML page, the title of the PDF, and the style sheets."""

    html: str
    title: str
    styles: tuple[str, ...] = (DECREE30_CSS,)


def page_of(paper: Paper, *styles: str) -> Page:
    return Page(paper_html(paper), paper.name, (DECREE30_CSS, *styles))


def print_page(context: JobContext, folder: str, make: Callable[[], Page | None]) -> Output:
    """Keep what `make` gives as PDF. Raises JobFailed when it gives None: file, paper or right is gone."""
    context.progress(20, "Đang lập văn bản")
    with in_vietnamese():
        page = make()
        if page is None:
            raise JobFailed("Không còn hồ sơ hoặc văn bản để in.", final=True)
        pdf = render_pdf(page.html, stylesheets=page.styles, title=page.title)
    path = Path(default_storage.path(folder))
    return keep_output(path, context.job.pk, context.token, ".pdf", lambda part: part.write_bytes(pdf))


@dataclass(frozen=True, slots=True, kw_only=True)
class ReaderPrints:
    """Prints of the moment for the one person who ordered them, as whom they are made; no document with a row.

    `make(params, reader)` gives the page, None when it is gone; `subject(params)` is one line for lists; `address` names the view
    that hands the print out, with the job's id. `params["reader"]` is the person.
    """

    code: str
    label: str | Promise
    folder: str
    make: Callable[[Mapping[str, Any], User], Page | None]
    subject: Callable[[Mapping[str, Any]], str]
    address: str

    def register(self) -> None:
        kind = JobKind(
            code=self.code,
            label=self.label,
            run=self.run,
            describe=lambda job: self.subject(job.params),
            result_url=lambda job: reverse(self.address, args=[job.pk]) if self.path(job) else None,
        )
        registry.register(kind)
        registry.register_collector(self.folder, self.collect)

    def run(self, context: JobContext) -> dict[str, Any]:
        reader = User.objects.filter(pk=context.params["reader"], is_active=True).first()
        made = print_page(context, self.folder, lambda: self.make(context.params, reader) if reader else None)
        return {"name": made.path.name, "size": made.size}

    def path(self, job: Job) -> Path | None:
        """The file that the job made, while it is kept."""
        name = (job.result or {}).get("name", "")
        path = Path(default_storage.path(self.folder)) / Path(name).name if name else None
        return path if path is not None and path.is_file() else None

    def collect(self, *, older_than: dt.timedelta, remove: bool) -> Sequence[str]:
        before = time.time() - max(older_than, KEPT).total_seconds()
        paths = sorted(Path(default_storage.path(self.folder)).glob("*"))
        found = [path for path in paths if path.is_file() and path.stat().st_mtime < before]
        for path in found if remove else ():
            path.unlink(missing_ok=True)
        return [path.name for path in found]
