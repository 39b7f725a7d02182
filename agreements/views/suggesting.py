"""Names while somebody types one: the nearest partners and agreements, a dozen at most."""

from __future__ import annotations

from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from agreements.queries.naming import agreements_offered, partners_offered
from intlcoop.workflow.doors import person_of

LONGEST = 200


def typed_words(request: HttpRequest) -> str:
    return request.GET.get("q", "").replace("\x00", "")[:LONGEST]


@require_safe
def partner_names(request: HttpRequest) -> JsonResponse:
    return JsonResponse({"names": partners_offered(person_of(request), typed_words(request))})


@require_safe
def agreement_numbers(request: HttpRequest) -> JsonResponse:
    return JsonResponse({"names": agreements_offered(person_of(request), typed_words(request))})
