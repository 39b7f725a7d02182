"""Briefs of partners and countries as PDF, each made as its reader may know it, for notes go by right."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from agreements.exports import agreement as papers
from agreements.exports.brief import BRIEF_CSS, brief_paper
from agreements.exports.country_brief import country_paper
from agreements.models import InternationalAgreement, Partner
from intlcoop.catalogues.models import Country
from intlcoop.exporting.papers import Paper
from intlcoop.jobs.prints import Page, ReaderPrints, page_of
from intlcoop.people.models import User
from intlcoop.workflow.prints import subject_in

FOLDER = "partner_briefs"
#: The papers of an agreement, by the last part of their address; for Word and for PDF.
PAPERS: dict[str, Callable[[InternationalAgreement], Paper]] = {
    "to-trinh": papers.submission,
    "to-trinh-thu-tuong": papers.to_prime_minister,
    "xin-y-kien": papers.opinion_letter,
    "bao-cao-ky": papers.signing_report,
}


def partner_in(params: Mapping[str, Any]) -> Partner | None:
    return Partner.objects.filter(pk=params["partner"]).first()


def country_in(params: Mapping[str, Any]) -> Country | None:
    return Country.objects.filter(iso2=params["country"]).first()


def brief_page(params: Mapping[str, Any], reader: User) -> Page | None:
    partner = partner_in(params)
    return page_of(brief_paper(partner, reader), BRIEF_CSS) if partner else None


def country_page(params: Mapping[str, Any], reader: User) -> Page | None:
    country = country_in(params)
    return page_of(country_paper(country, reader), BRIEF_CSS) if country else None


def agreement_page(params: Mapping[str, Any], reader: User) -> Page | None:
    found = InternationalAgreement.objects.visible_to(reader).filter(case=params["case"]).select_related("case").first()
    if found is None or params["name"] not in PAPERS:
        return None
    return page_of(PAPERS[params["name"]](papers.load(found.case.number)))


AGREEMENT_PRINTS = ReaderPrints(
    code="agreement_print",
    label=_("Paper of an agreement as PDF"),
    folder="agreement_prints",
    make=agreement_page,
    subject=subject_in,
    address="agreements:agreement_pdf",
)
BRIEFS = ReaderPrints(
    code="partner_brief",
    label=_("Brief of a partner"),
    folder=FOLDER,
    make=brief_page,
    subject=lambda params: str(partner_in(params) or ""),
    address="agreements:brief_pdf",
)
COUNTRY_BRIEFS = ReaderPrints(
    code="country_brief",
    label=_("Brief of a country"),
    folder=FOLDER,
    make=country_page,
    subject=lambda params: str(country_in(params) or ""),
    address="agreements:country_brief_pdf",
)
