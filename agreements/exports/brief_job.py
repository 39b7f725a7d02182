"""Work of this room that takes time: the brief of a partner as PDF. It is read by whoever ordered it, for notes go by right."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.core.files.storage import default_storage
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from agreements.exports.brief import BRIEF_CSS, brief_paper
from agreements.exports.country_brief import country_paper
from agreements.models import Partner
from intlcoop.catalogues.models import Country
from intlcoop.exporting.decree30 import DECREE30_CSS, paper_html
from intlcoop.exporting.papers import Paper
from intlcoop.exporting.pdf import render_pdf
from intlcoop.jobs import registry
from intlcoop.jobs.context import JobContext
from intlcoop.jobs.errors import JobFailed
from intlcoop.jobs.models import Job
from intlcoop.jobs.outputs import keep_output
from intlcoop.jobs.registry import JobKind
from intlcoop.people.models import User

BRIEF, COUNTRY_BRIEF = "partner_brief", "country_brief"
#: A folder of its own: a brief is a print of the moment, no document with a row.
FOLDER = "partner_briefs"
#: Older prints are thrown away; whoever needs one orders it anew, from the data as they then stand.
KEPT = dt.timedelta(days=7)


def make_brief(context: JobContext) -> dict[str, Any]:
    """Print the brief as the person who ordered it may know it. Raises JobFailed when partner or person is gone."""
    partner = Partner.objects.filter(pk=context.params["partner"]).first()
    reader = User.objects.filter(pk=context.params["reader"], is_active=True).first()
    if partner is None or reader is None:
        raise JobFailed("Không còn đối tác hoặc người yêu cầu để lập bản tóm tắt.", final=True)
    return printed(context, brief_paper(partner, reader))


def make_country_brief(context: JobContext) -> dict[str, Any]:
    """The same of a whole country. Raises JobFailed when country or person is gone."""
    country = Country.objects.filter(iso2=context.params["country"]).first()
    reader = User.objects.filter(pk=context.params["reader"], is_active=True).first()
    if country is None or reader is None:
        raise JobFailed("Không còn nước hoặc người yêu cầu để lập bản tóm tắt.", final=True)
    return printed(context, country_paper(country, reader))


def printed(context: JobContext, paper: Paper) -> dict[str, Any]:
    context.progress(20, "Đang lập bản tóm tắt")
    pdf = render_pdf(paper_html(paper), stylesheets=[DECREE30_CSS, BRIEF_CSS], title=paper.name)
    folder = Path(default_storage.path(FOLDER))
    output = keep_output(folder, context.job.pk, context.token, ".pdf", lambda part: part.write_bytes(pdf))
    return {"name": output.path.name, "size": output.size}


def brief_path(job: Job) -> Path | None:
    """The file that the job made, while it is kept."""
    name = (job.result or {}).get("name", "")
    path = Path(default_storage.path(FOLDER)) / Path(name).name if name else None
    return path if path is not None and path.is_file() else None


def brief_url(job: Job) -> str | None:
    return reverse("agreements:brief_pdf", args=[job.pk]) if brief_path(job) else None


def country_brief_url(job: Job) -> str | None:
    return reverse("agreements:country_brief_pdf", args=[job.pk]) if brief_path(job) else None


def country_brief_subject(job: Job) -> str:
    return str(Country.objects.filter(iso2=job.params["country"]).first() or "")


def brief_subject(job: Job) -> str:
    return str(Partner.objects.filter(pk=job.params["partner"]).first() or "")


def collect_briefs(*, older_than: dt.timedelta, remove: bool) -> Sequence[str]:
    before = time.time() - max(older_than, KEPT).total_seconds()
    folder = Path(default_storage.path(FOLDER))
    found = [path for path in sorted(folder.glob("*")) if path.is_file() and path.stat().st_mtime < before]
    for path in found if remove else ():
        path.unlink(missing_ok=True)
    return [path.name for path in found]


def register() -> None:
    registry.register(BRIEF_KIND)
    registry.register(COUNTRY_BRIEF_KIND)
    registry.register_collector("partner_briefs", collect_briefs)


BRIEF_KIND = JobKind(
    code=BRIEF, label=_("Brief of a partner"), run=make_brief, describe=brief_subject, result_url=brief_url
)
COUNTRY_BRIEF_KIND = JobKind(
    code=COUNTRY_BRIEF, label=_("Brief of a country"), run=make_country_brief, describe=country_brief_subject,
    result_url=country_brief_url,
)  # fmt: skip
