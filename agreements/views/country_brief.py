"""The brief of a country: screen, Word file, PDF by a job."""

from __future__ import annotations

import uuid
from typing import Any

import rules
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from agreements.exports.brief_job import COUNTRY_BRIEF, brief_path
from agreements.exports.country_brief import country_paper
from agreements.queries.country_brief import country_brief_of
from agreements.views.brief import file_of, last_pdf
from intlcoop.catalogues.models import Country
from intlcoop.documents.guard import CONTENT_TYPES
from intlcoop.exporting.docx import build_docx
from intlcoop.jobs.models import Job
from intlcoop.jobs.services import enqueue
from intlcoop.web.display import Crumb
from intlcoop.workflow.doors import person_of


def visible_country(request: HttpRequest, code: str) -> Country:
    """Whoever reads the address book reads what is known by country."""
    found = Country.objects.filter(iso2=code.upper()).first() if len(code) == 2 else None
    if found is None or not rules.has_perm("agreements.view_partner", person_of(request)):
        raise Http404
    return found


@never_cache
@require_safe
def country_brief(request: HttpRequest, code: str) -> HttpResponse:
    country, user = visible_country(request, code), person_of(request)
    partners_url = reverse("agreements:partner_list")
    page = {
        "country": country,
        "brief": country_brief_of(country, user),
        "partners_url": f"{partners_url}?nuoc={country.pk}",
        "agreements_url": f"{reverse('agreements:agreements')}?nuoc={country.pk}",
        "crumbs": [Crumb(_("Partners"), partners_url)],
        **last_pdf(request, COUNTRY_BRIEF, country=country.iso2),
    }
    return render(request, "agreements/country_brief.html", page)


@require_safe
def country_brief_docx(request: HttpRequest, code: str) -> HttpResponse:
    country = visible_country(request, code)
    content = build_docx(country_paper(country, person_of(request)))
    return sent(request, HttpResponse(content, content_type=CONTENT_TYPES["docx"]), country, "docx")


@require_POST
def country_brief_order(request: HttpRequest, code: str) -> HttpResponse:
    country, user = visible_country(request, code), person_of(request)
    enqueue(COUNTRY_BRIEF, {"country": country.iso2, "reader": user.pk}, actor=user)
    return redirect(f"{reverse('agreements:country_brief', args=[country.iso2])}#ban-pdf")


@never_cache
@require_safe
def country_brief_pdf(request: HttpRequest, job_id: uuid.UUID) -> HttpResponseBase:
    """The file itself, for the one person as whose brief it was made."""
    job = Job.objects.filter(pk=job_id, kind=COUNTRY_BRIEF, params__reader=person_of(request).pk).first()
    path = brief_path(job) if job is not None else None
    if job is None or path is None:
        raise Http404
    country = visible_country(request, job.params["country"])
    return sent(request, FileResponse(path.open("rb"), content_type=CONTENT_TYPES["pdf"]), country, "pdf", inline=True)


def sent(request: HttpRequest, response: Any, country: Country, extension: str, *, inline: bool = False) -> Any:
    return file_of(request, response, country.name_vi, extension, inline=inline)
