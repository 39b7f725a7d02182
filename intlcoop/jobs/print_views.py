"""What pages say of an ordered print, and how a print reaches its reader; views of rooms above call it."""

from __future__ import annotations

import uuid
from pathlib import Path
from typing import Any

import rules
from django.http import Http404

from intlcoop.jobs.models import Job
from intlcoop.jobs.prints import ReaderPrints
from intlcoop.jobs.views import job_context


def last_order(request: Any, kind: str, **of: Any) -> dict[str, Any] | None:
    """The last job of this kind with these parameters that the person may see, for `jobs/_progress.html`."""
    job = Job.objects.filter(kind=kind, params__contains=of).order_by("-created_at").first()
    if job is None or not rules.has_perm("jobs.view_job", request.user, job):
        return None
    return job_context(request, job)


def own_print(request: Any, prints: ReaderPrints, job_id: uuid.UUID) -> tuple[Job, Path]:
    """The print, for the one person as whom it was made: others may know less, or more."""
    job = Job.objects.filter(pk=job_id, kind=prints.code, params__reader=request.user.pk).first()
    path = prints.path(job) if job is not None else None
    if job is None or path is None:
        raise Http404
    return job, path
