"""Which partner does somebody mean who writes its name? Its own three names, its short name and its aliases all count."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Q

from agreements.models import InternationalAgreement, Partner, PartnerName
from intlcoop.vietnamese.folding import fold
from intlcoop.web.file_numbers import normalise_number, shown

#: "Bộ Nội vụ (Lào)": the country in brackets tells partners of one name apart.
WITH_COUNTRY = re.compile(r"^(?P<name>.*?)\s*\((?P<country>[^()]*)\)\s*$")
#: So many are offered while typing, from so many letters on.
OFFERED, SHORTEST = 12, 2


def written(partner: Partner) -> str:
    """How a partner is written where it is chosen by typing."""
    return f"{partner.name_vi} ({partner.country.name_vi})" if partner.country else partner.name_vi


def partners_named(text: str) -> list[Partner]:
    """The living partners that carry this name; of a country, where one is named in brackets."""
    match = WITH_COUNTRY.match(text)
    found = _carrying(fold(text))
    if match and match["country"]:
        country = fold(match["country"])
        of_country = [
            each for each in _carrying(fold(match["name"])) if each.country and fold(each.country.name_vi) == country
        ]
        found = of_country or found
    return found


def _carrying(folded: str) -> list[Partner]:
    if not folded:
        return []
    aliases = PartnerName.objects.filter(folded=folded).values("partner")
    rows = Partner.objects.living().filter(
        Q(folded_name=folded) | Q(pk__in=aliases) | Q(search_text__contains=f" {folded}")
    )
    return [each for each in rows.select_related("country")[:50] if _is_called(each, folded, aliases)]


def _is_called(partner: Partner, folded: str, aliases: Iterable[Mapping[str, object]]) -> bool:
    names = (partner.name_vi, partner.name_en, partner.name_native, partner.short_name)
    if any(fold(name) == folded for name in names if name):
        return True
    return any(row["partner"] == partner.pk for row in aliases)


def written_agreement(agreement: InternationalAgreement) -> str:
    """How an agreement is written where it is chosen by typing."""
    return f"{shown(agreement.case.number)} · {agreement.case.title}"


def partners_offered(user: Any, text: str) -> list[str]:
    """The partners of which every word typed begins a word of a name; nothing for less than two letters."""
    if len(fold(text)) < SHORTEST:
        return []
    match = WITH_COUNTRY.match(text)
    rows = Partner.objects.visible_to(user).offered().search(match["name"] if match else text)
    return [written(each) for each in rows.select_related("country")[:OFFERED]]


def agreements_offered(user: Any, text: str) -> list[str]:
    """Agreements by number or words of the title, the newest first."""
    text = text.partition("·")[0].strip()
    if len(fold(text)) < SHORTEST:
        return []
    number = normalise_number(text)
    found = Q(case__number__startswith=number) if number else Q()
    if not number:
        for word in fold(text).split():
            found &= Q(case__fold__contains=word)
    rows = InternationalAgreement.objects.visible_to(user).filter(found).select_related("case")
    return [written_agreement(each) for each in rows.order_by("-case__number")[:OFFERED]]
