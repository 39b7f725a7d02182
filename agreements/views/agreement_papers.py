"""The papers of an agreement as Word files, from the data as they stand now. Whoever sees the file may print them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from agreements.choices import AgreementState, Regime
from agreements.exports import agreement as papers
from agreements.models import InternationalAgreement
from agreements.queries.agreements import somebody_disagreed
from agreements.views.finding import visible_agreement
from intlcoop.documents.handing_out import hand_out
from intlcoop.exporting.docx import build_docx
from intlcoop.exporting.papers import Paper
from intlcoop.people.letterhead import in_vietnamese
from intlcoop.web.file_numbers import shown

PAPERS: dict[str, Callable[[InternationalAgreement], Paper]] = {
    "to-trinh": papers.submission,
    "to-trinh-thu-tuong": papers.to_prime_minister,
    "xin-y-kien": papers.opinion_letter,
    "bao-cao-ky": papers.signing_report,
}


@require_safe
def paper(request: HttpRequest, number: str, name: str) -> HttpResponse:
    found = visible_agreement(request, number)
    if name not in PAPERS:
        raise Http404
    with in_vietnamese():
        content = build_docx(PAPERS[name](papers.load(found.case.number)))
    return hand_out(request, content, f"{found.case.number}-{name}.docx", of=shown(found.case.number))


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
        {"label": label, "url": reverse("agreements:agreement_paper", args=[number, name])} for name, label in names
    ]
