"""The brief of a country: screen, Word file, PDF by a job."""

from __future__ import annotations

import uuid

import rules
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from agreements.exports.country_brief import country_paper
from agreements.exports.prints import COUNTRY_BRIEFS
from agreements.queries.country_brief import country_brief_of
from agreements.views.brief import file_name
from intlcoop.catalogues.models import Country
from intlcoop.documents.handing_out import hand_out, hand_out_print
from intlcoop.exporting.docx import build_docx
from intlcoop.jobs.print_views import last_order, own_print
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
        "pdf": last_order(request, COUNTRY_BRIEFS.code, country=country.iso2, reader=user.pk),
    }
    return render(request, "agreements/country_brief.html", page)


@require_safe
def country_brief_docx(request: HttpRequest, code: str) -> HttpResponse:
    country = visible_country(request, code)
    content = build_docx(country_paper(country, person_of(request)))
    return hand_out(request, content, file_name(country.name_vi, "docx"), of=country.name_vi)


@require_POST
def country_brief_order(request: HttpRequest, code: str) -> HttpResponse:
    country, user = visible_country(request, code), person_of(request)
    enqueue(COUNTRY_BRIEFS.code, {"country": country.iso2, "reader": user.pk}, actor=user)
    return redirect(f"{reverse('agreements:country_brief', args=[country.iso2])}#ban-pdf")


@never_cache
@require_safe
def country_brief_pdf(request: HttpRequest, job_id: uuid.UUID) -> HttpResponseBase:
    job, path = own_print(request, COUNTRY_BRIEFS, job_id)
    country = visible_country(request, job.params["country"])
    return hand_out_print(request, path, file_name(country.name_vi, "pdf"), of=country.name_vi)
