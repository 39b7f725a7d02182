"""Files as people look for them: by number, title, person or place, within their own rights."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Q

from intlcoop.vietnamese.folding import fold
from intlcoop.web.file_numbers import normalise_number
from intlcoop.web.search import Hit
from intlcoop.workflow import registry
from intlcoop.workflow.models import Case

if TYPE_CHECKING:
    from intlcoop.people.models import User


def answers_to(text: str) -> Q:
    """A condition on cases: number, title or what the kind itself looks through."""
    if number := normalise_number(text):
        return Q(number__startswith=number)
    words = fold(text).split()
    if not words:
        return Q(pk__in=[])
    condition = Q()
    for word in words:
        condition &= Q(fold__contains=word)
    for kind in registry.all_kinds():
        if kind.matching is not None:
            condition |= Q(pk__in=kind.matching(text))
    return condition


def find_files(user: User, text: str, limit: int) -> list[Hit]:
    cases = Case.objects.visible_to(user).filter(answers_to(text)).order_by("-created_at", "-pk")
    return [as_hit(case) for case in cases.distinct()[:limit]]


def as_hit(case: Any) -> Hit:
    kind = registry.kind_of(case)
    summary = kind.summary(case)
    parts = [str(kind.label), summary.where, summary.when, kind.lifecycle.state_label(case.state)]
    return Hit(number=case.number, title=case.title, url=summary.url, note=" · ".join(part for part in parts if part))
