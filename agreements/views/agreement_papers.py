"""The papers of an agreement as Word files, from the data as they stand now. Whoever sees the file may print them."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from agreements.choices import AgreementState, Regime
from agreements.exports import agreement as papers
from agreements.exports.prints import AGREEMENT_PRINTS, PAPERS
from agreements.models import InternationalAgreement
from agreements.queries.agreements import somebody_disagreed
from agreements.views.finding import visible_agreement
from intlcoop.documents.handing_out import hand_out, hand_out_print
from intlcoop.exporting.docx import build_docx
from intlcoop.jobs.print_views import last_order, own_print
from intlcoop.jobs.services import enqueue
from intlcoop.people.letterhead import in_vietnamese
from intlcoop.web.file_numbers import shown
from intlcoop.workflow.doors import person_of


@require_safe
def paper(request: HttpRequest, number: str, name: str) -> HttpResponse:
    found = visible_agreement(request, number)
    if name not in PAPERS:
        raise Http404
    with in_vietnamese():
        content = build_docx(PAPERS[name](papers.load(found.case.number)))
    return hand_out(request, content, f"{found.case.number}-{name}.docx", of=shown(found.case.number))


@require_POST
def order_pdf(request: HttpRequest, number: str, name: str) -> HttpResponse:
    """The same paper as PDF, made by the worker for who orders it."""
    found = visible_agreement(request, number)
    if name not in PAPERS:
        raise Http404
    user = person_of(request)
    params = {"case": found.case_id, "name": name, "reader": user.pk, "version": found.case.version}
    enqueue(AGREEMENT_PRINTS.code, params, actor=user)
    return redirect(f"{found.get_absolute_url()}#van-ban")


@never_cache
@require_safe
def pdf(request: HttpRequest, job_id: uuid.UUID) -> HttpResponseBase:
    """The file itself, for who ordered it and still reads the agreement."""
    job, path = own_print(request, AGREEMENT_PRINTS, job_id)
    found = InternationalAgreement.objects.visible_to(person_of(request)).filter(case=job.params["case"]).first()
    if found is None:
        raise Http404
    number = found.case.number
    return hand_out_print(request, path, f"{number}-{job.params['name']}.pdf", of=shown(number))


def last_print(request: HttpRequest, agreement: InternationalAgreement) -> dict[str, Any] | None:
    return last_order(request, AGREEMENT_PRINTS.code, case=agreement.case_id, reader=person_of(request).pk)


def papers_for(agreement: InternationalAgreement) -> list[dict[str, Any]]:
    """Those that make sense now: before the signing the submission and the letters, afterwards the report."""
    if agreement.regime == Regime.TREATY:
        return []
    names: list[tuple[str, Any]] = []
    if agreement.case.state not in AgreementState.CONCLUDED:
        names.append(("to-trinh", _("Submission to the leader")))
        if agreement.regime == Regime.INTERNATIONAL_AGREEMENT:
            names.append(("xin-y-kien", _("Letter that asks for an opinion")))
        if somebody_disagreed(agreement.case):
            names.append(("to-trinh-thu-tuong", _("Submission to the Prime Minister")))
    elif agreement.regime == Regime.INTERNATIONAL_AGREEMENT:
        names.append(("bao-cao-ky", _("Report on the signing")))
    number = agreement.case.number
    return [
        {
            "label": label,
            "url": reverse("agreements:agreement_paper", args=[number, name]),
            "pdf": reverse("agreements:agreement_print", args=[number, name]),
        }
        for name, label in names
    ]
