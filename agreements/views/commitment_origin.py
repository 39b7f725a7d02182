"""In which file was a commitment made? The address says so, and the form starts with what that file knows."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest

from agreements.models import InternationalAgreement, Partner
from agreements.queries.commitment_sources import prefill_from
from agreements.views.asking import is_key
from intlcoop.web.file_numbers import normalise_number, shown
from intlcoop.workflow.doors import person_of
from intlcoop.workflow.models import Case


@dataclass(frozen=True, slots=True)
class Origin:
    """What the address names, as far as this person may read it; `key` is the row of the file."""

    case: Case | None = None
    key: str = ""
    initial: dict[str, Any] = field(default_factory=dict)


def origin_of(request: HttpRequest) -> Origin:
    """`?tu=` a file, `&dong=` a row of it, `?thoa_thuan=` an agreement, `?doi_tac=` a partner. What makes no sense is ignored."""
    user, asked = person_of(request), request.GET
    initial: dict[str, Any] = {}
    partner = asked.get("doi_tac", "")
    if is_key(partner):
        initial["partner"] = Partner.objects.visible_to(user).filter(pk=int(partner)).first()
    if number := normalise_number(asked.get("thoa_thuan", "")):
        agreement = InternationalAgreement.objects.visible_to(user).filter(case__number=number).first()
        if agreement is not None:
            parties = list(agreement.parties.select_related("partner")[:2])
            initial |= {"agreement": agreement, "partner": parties[0].partner if len(parties) == 1 else None}
    source = asked.get("tu", "").replace("\0", "")[:24]
    case = Case.objects.visible_to(user).filter(number=source).first() if source else None
    key = asked.get("dong", "").replace("\0", "")[:40]
    if case is not None:
        initial |= {"born_number": shown(case.number), **prefill_from(case, key)}
    return Origin(case, key, initial)
