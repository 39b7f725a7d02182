"""The yearly report on international conferences to the Foreign Ministry: looked through, then taken as Excel, Word or PDF."""

from __future__ import annotations

import uuid

import rules
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from delegations.exports.event_year import year_paper, year_xlsx
from delegations.exports.prints import EVENT_YEARS, SEE_EVENT_YEAR
from delegations.queries.event_year import EventYear, event_year
from delegations.views.event_finding import events_crumb
from intlcoop.documents.handing_out import hand_out, hand_out_print
from intlcoop.exporting.docx import build_docx
from intlcoop.jobs.print_views import last_order, own_print
from intlcoop.jobs.services import enqueue
from intlcoop.people.letterhead import in_vietnamese
from intlcoop.people.models import User
from intlcoop.regulations.queries import calendar
from intlcoop.regulations.working_days import working_days_between
from intlcoop.workflow.doors import person_of

YEARS_BACK = 6
#: From so many working days before it is due on, the page counts them.
SOON = 60


def reader(request: HttpRequest) -> User:
    if not rules.has_perm(SEE_EVENT_YEAR, request.user):
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
        "pdf": last_order(request, EVENT_YEARS.code, year=year, reader=user.pk),
        "crumbs": [events_crumb()],
    }
    return render(request, "delegations/events/year.html", context)


def as_file(request: HttpRequest, user: User, year: int, kind: str) -> HttpResponse:
    with in_vietnamese():
        found: EventYear = event_year(user, year)
        content = year_xlsx(found) if kind == "xlsx" else build_docx(year_paper(found))
    name = f"hoi-nghi-quoc-te-{year}.{kind}"
    return hand_out(request, content, name, of=subject(year))


def subject(year: int) -> str:
    return _("Yearly report on conferences %(year)s") % {"year": year}


@require_POST
def order(request: HttpRequest, year: int) -> HttpResponse:
    user = reader(request)
    if not abs(timezone.localdate().year - year) <= 40:
        raise Http404
    enqueue(EVENT_YEARS.code, {"year": year, "reader": user.pk}, actor=user)
    return redirect(f"{reverse('delegations:event_year')}?nam={year}#ban-pdf")


@never_cache
@require_safe
def pdf(request: HttpRequest, job_id: uuid.UUID) -> HttpResponseBase:
    """The file itself, for who ordered it and may still see the report."""
    reader(request)
    job, path = own_print(request, EVENT_YEARS, job_id)
    year = job.params["year"]
    return hand_out_print(request, path, f"hoi-nghi-quoc-te-{year}.pdf", of=subject(year))
