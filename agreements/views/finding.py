"""Finding the agreement of an address, and what every page about one has in its frame."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from agreements.models import InternationalAgreement
from intlcoop.web.display import Crumb
from intlcoop.web.file_numbers import shown
from intlcoop.workflow.doors import person_of


def visible_agreement(request: HttpRequest, number: str) -> InternationalAgreement:
    """The agreement of this number, if this person may see it; a stranger gets 404 as if it did not exist."""
    found: InternationalAgreement | None = (
        InternationalAgreement.objects.visible_to(person_of(request))
        .select_related(
            "case__unit", "case__created_by", "programme", "signed_country", "signed_during", "renews__case", "signer"
        )
        .prefetch_related("parties__partner__country", "fields")
        .filter(case__number=number)
        .first()
    )
    if found is None:
        raise Http404
    return found


def agreement_page(agreement: InternationalAgreement, **more: Any) -> dict[str, Any]:
    """The agreement, its address, and the way back to it."""
    url = agreement.get_absolute_url()
    crumbs = [Crumb(_("Agreements"), reverse("agreements:agreements")), Crumb(shown(agreement.case.number), url)]
    return {"agreement": agreement, "case": agreement.case, "file_url": url, "crumbs": crumbs, **more}
