"""The yearly report on international conferences to the Foreign Ministry: looked through, then taken as Excel, Word or PDF."""

from __future__ import annotations

import uuid
from typing import Any

import rules
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from delegations.exports.event_year import year_paper, year_xlsx
from delegations.exports.event_year_job import PRINT, RIGHT, print_path
from delegations.queries.event_year import EventYear, event_year
from delegations.views.event_finding import events_crumb
from intlcoop.documents.filenames import content_disposition
from intlcoop.documents.guard import CONTENT_TYPES
from intlcoop.documents.handing_out import hand_out
from intlcoop.exporting.docx import build_docx
from intlcoop.jobs.models import Job
from intlcoop.jobs.services import enqueue
from intlcoop.jobs.views import job_context
from intlcoop.people.letterhead import in_vietnamese
from intlcoop.people.models import User
from intlcoop.regulations.queries import calendar
from intlcoop.regulations.working_days import working_days_between
from intlcoop.workflow.doors import person_of

YEARS_BACK = 6
#: From so many working days before it is due on, the page counts them.
SOON = 60


def reader(request: HttpRequest) -> User:
    if not rules.has_perm(RIGHT, request.user):
        raise PermissionDenied(
            _("The yearly report is for the International Cooperation Department and the leadership.")
        )
    return person_of(request)


def year_in(request: HttpRequest) -> int:
    """The year asked for; the current one where the address says none that makes sense. From 15 December on the next."""
    this_year = timezone.localdate().year
    text = request.GET.get("nam", "")
    wanted = int(text) if text.isascii() and text.isdecimal() and len(text) == 4 else this_year
    return wanted if this_year - 40 <= wanted <= this_year + 1 else this_year


@require_safe
def yearly(request: HttpRequest) -> HttpResponse:
    user, year = reader(request), year_in(request)
    if (kind := request.GET.get("xuat", "")) in ("xlsx", "docx"):
        return as_file(request, user, year, kind)
    this_year, today = timezone.localdate().year, timezone.localdate()
    found = event_year(user, year)
    left = working_days_between(today, found.due_on, calendar()) if found.due_on and found.due_on >= today else None
    context = {
        "found": found,
        "days_left": left if left is not None and left <= SOON else None,
        "parts": [(_("Events held"), "da-to-chuc", found.held), (_("Events planned"), "du-kien", found.planned)],
        "years": [this_year + 1 - back for back in range(YEARS_BACK + 1)],
        "pdf": last_print(request, user, year),
        "crumbs": [events_crumb()],
    }
    return render(request, "delegations/events/year.html", context)


def as_file(request: HttpRequest, user: User, year: int, kind: str) -> HttpResponse:
    with in_vietnamese():
        found: EventYear = event_year(user, year)
        content = year_xlsx(found) if kind == "xlsx" else build_docx(year_paper(found))
    name = f"hoi-nghi-quoc-te-{year}.{kind}"
    return hand_out(request, content, name, of=_("Yearly report on conferences %(year)s") % {"year": year})


def last_print(request: HttpRequest, user: User, year: int) -> dict[str, Any] | None:
    """The last PDF that this person ordered of the year, while it is made, failed, or lies ready."""
    jobs = Job.objects.filter(kind=PRINT, params__contains={"year": year, "reader": user.pk})
    job = jobs.order_by("-created_at").first()
    return job_context(request, job) if job is not None else None  # type: ignore[arg-type]


@require_POST
def order(request: HttpRequest, year: int) -> HttpResponse:
    user = reader(request)
    if not abs(timezone.localdate().year - year) <= 40:
        raise Http404
    enqueue(PRINT, {"year": year, "reader": user.pk}, actor=user)
    return redirect(f"{reverse('delegations:event_year')}?nam={year}#ban-pdf")


@never_cache
@require_safe
def pdf(request: HttpRequest, job_id: uuid.UUID) -> HttpResponseBase:
    """The file itself, for who ordered it and may still see the report."""
    user = reader(request)
    job = Job.objects.filter(pk=job_id, kind=PRINT, params__reader=user.pk).first()
    path = print_path(job) if job is not None else None
    if job is None or path is None:
        raise Http404
    name = f"hoi-nghi-quoc-te-{job.params['year']}.pdf"
    response = FileResponse(path.open("rb"), content_type=CONTENT_TYPES["pdf"])
    response["Content-Disposition"] = content_disposition(name, inline=True)
    response["Cache-Control"] = "private, no-store"
    return response
