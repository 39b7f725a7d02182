"""Which partner does somebody mean who writes its name? Its own three names, its short name and its aliases all count."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from django.db.models import Q

from agreements.models import Partner, PartnerName
from intlcoop.vietnamese.folding import fold

#: "Bộ Nội vụ (Lào)": the country in brackets tells partners of one name apart.
WITH_COUNTRY = re.compile(r"^(?P<name>.*?)\s*\((?P<country>[^()]*)\)\s*$")
OFFERED = 400


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


def offered_names() -> list[str]:
    """The names to choose from while typing; a long list is searched by typing the name itself."""
    rows = Partner.objects.living().filter(is_active=True).select_related("country")
    return [written(each) for each in rows[:OFFERED]]
