"""Pages about jobs: how one stands, the machinery for administrators, and /readyz for machines."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

import rules
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from intlcoop.jobs import health, services
from intlcoop.jobs.choices import JobState
from intlcoop.jobs.errors import JobRefused
from intlcoop.jobs.models import Job
from intlcoop.jobs.paging import paged
from intlcoop.jobs.requests import PersonRequest
from intlcoop.jobs.wording import kind_label, words_for


@login_not_required
@never_cache
@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    """Database, broker, worker and queue; 503 unless all that a job needs is there. Starts nothing."""
    found = health.read()
    return JsonResponse(found.as_json(), status=200 if found.is_ready else 503)


def visible_job(request: PersonRequest, job_id: uuid.UUID) -> Job:
    """The job, if this person may see it; a stranger gets 404 as if it did not exist."""
    job = Job.objects.filter(pk=job_id).select_related("requested_by").first()
    if job is None or not rules.has_perm("jobs.view_job", request.user, job):
        raise Http404
    return job


def job_context(request: PersonRequest, job: Job) -> dict[str, Any]:
    """What `jobs/_progress.html` needs; pages of rooms above include it with this context."""
    return {
        "job": job,
        "words": words_for(job),
        "may_cancel": job.is_live
        and not job.cancel_requested_at
        and rules.has_perm("jobs.cancel_job", request.user, job),
        "may_retry": job.state in (JobState.FAILED, JobState.CANCELLED)
        and rules.has_perm("jobs.retry_job", request.user, job),
    }


@never_cache
@require_safe
def job_page(request: PersonRequest, job_id: uuid.UUID) -> HttpResponse:
    """How the job stands: as a page, as the fragment that htmx asks for, or as JSON."""
    job = visible_job(request, job_id)
    context = job_context(request, job)
    if request.htmx:
        return render(request, "jobs/_progress.html", context)
    if request.get_preferred_type(["text/html", "application/json"]) == "application/json":
        words = context["words"]
        return JsonResponse(
            {"id": str(job.pk), "state": job.state, "progress": job.progress, "label": str(words.badge.label),
             "text": words.sentence, "attempt": job.attempt, "url": words.url}
        )  # fmt: skip
    return render(request, "jobs/job.html", context)


@require_POST
def cancel(request: PersonRequest, job_id: uuid.UUID) -> HttpResponse:
    return _act(request, job_id, "jobs.cancel_job", services.cancel_job, gettext("The work is being cancelled."))


@require_POST
def retry(request: PersonRequest, job_id: uuid.UUID) -> HttpResponse:
    return _act(request, job_id, "jobs.retry_job", services.retry_job, gettext("The work has been ordered again."))


def _act(request: PersonRequest, job_id: uuid.UUID, right: str, act: Callable[..., Job], said: str) -> HttpResponse:
    """Do it and go back to the page of ours that the form names, else to the job."""
    job = visible_job(request, job_id)
    if not rules.has_perm(right, request.user, job):
        raise PermissionDenied
    try:
        act(job, actor=request.user)
        messages.success(request, said)
    except JobRefused as refusal:
        messages.error(request, str(refusal))
    page = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(page, {request.get_host()}, require_https=request.is_secure())
    return redirect(page if ours else job)


@never_cache
@require_safe
def system(request: PersonRequest) -> HttpResponse:
    """The machinery, and what failed, for administrators."""
    if not rules.has_perm("jobs.view_system", request.user):
        raise PermissionDenied
    failed = Job.objects.visible_to(request.user).filter(state=JobState.FAILED)
    counts = failed.count_by_kind()
    chosen = request.GET.get("loai", "")
    shown = failed.filter(kind=chosen) if chosen in counts else failed
    context = paged(shown.order_by("-finished_at", "pk"), request) | {
        "health": health.read(),
        "kinds": [(code, kind_label(code), count) for code, count in counts.items()],
        "chosen": chosen,
    }
    context["rows"] = [(job, words_for(job)) for job in context["page_obj"]]
    return render(request, "jobs/system.html", context)
