"""Which partners of the list carry a name like this one (F5)? Candidates by one indexed question, judged by `likeness`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.contrib.postgres.aggregates import ArrayAgg
from django.contrib.postgres.search import TrigramWordSimilarity
from django.db.models import Q
from django.db.models.functions import Greatest

from agreements.likeness import ALIKE, best_likeness, searches
from agreements.models import Partner
from intlcoop.catalogues.models import Country

CANDIDATES = 60
SHOWN = 5
SHORTEST = 2


@dataclass(frozen=True, slots=True)
class Alike:
    partner: Partner
    likeness: float


def partners_like(
    names: Iterable[str], country: Country | None = None, *, without: Partner | None = None, most: int = SHOWN
) -> list[Alike]:
    """Living partners that are probably the one of these names, the surest first: one question."""
    names = [name for name in names if len(name) >= SHORTEST]
    wanted = searches(names)
    if not wanted:
        return []
    alike = reduce(or_, (Q(likeness__trigram_word_similar=text) for text in wanted))
    nearness = [TrigramWordSimilarity(text, "likeness") for text in wanted]
    candidates = (
        Partner.objects.living()
        .filter(alike)
        .exclude(pk__in=[without.pk] if without else [])
        .select_related("country")
        .annotate(
            also=ArrayAgg("names__name", default=[]), near=Greatest(*nearness) if len(nearness) > 1 else nearness[0]
        )
        .order_by("-near", "pk")[:CANDIDATES]
    )
    code = country.iso2 if country else ""
    found = [Alike(partner, _judged(names, partner, code)) for partner in candidates]
    found = [each for each in found if each.likeness >= ALIKE]
    return sorted(found, key=lambda each: (-each.likeness, each.partner.sort_key))[:most]


def names_of(partner: Partner) -> list[str]:
    """All names of a partner that came with `also` (or with its names at hand)."""
    others = getattr(partner, "also", None)
    own = [partner.name_vi, partner.name_en, partner.name_native, partner.short_name]
    others = others if others is not None else [name.name for name in partner.names.all()]
    return [name for name in (*own, *others) if name]


def _judged(names: list[str], partner: Partner, code: str) -> float:
    return best_likeness(names, names_of(partner), code, partner.country.iso2 if partner.country else "")
