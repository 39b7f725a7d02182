"""How much of what was promised has been kept, by unit, partner and agreement; what has been asleep for long."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef, Subquery
from django.urls import reverse

from agreements.choices import Standing
from agreements.implementing import Score, score, standing_of
from agreements.models import Commitment, Dealing, InternationalAgreement, Partner
from agreements.queries.commitments import Clock
from intlcoop.people.models import OrgUnit
from intlcoop.web.file_numbers import shown
from intlcoop.workflow.models import Case

if TYPE_CHECKING:
    from intlcoop.people.models import User

#: (code in the address, name of the filter of the list, what a commitment is grouped by, by what name the group sorts)
BY_UNIT, BY_PARTNER, BY_AGREEMENT = "don_vi", "doi_tac", "thoa_thuan"
LINKS = {BY_UNIT: "case__unit", BY_PARTNER: "partner", BY_AGREEMENT: "agreement"}


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexLine:
    """One unit, partner or agreement with its score; `cells` are (column, count, address of the list behind it)."""

    name: str
    url: str
    score: Score
    cells: tuple[tuple[str, int, str], ...]


#: The columns, in order: the same words as in the filter of the list.
COLUMNS = (Standing.ON_TIME, Standing.LATE, Standing.OVERDUE, Standing.UNVERIFIED, Standing.UNDER_WAY)


def scores(user: User, by: str, *, side: str = "", clock: Clock | None = None) -> list[IndexLine]:
    """One line per group, the worst first; what this person may not read does not count for them. Three queries."""
    clock = clock or Clock()
    rows = Commitment.objects.visible_to(user).filter(**({"side": side} if side else {}))
    link = LINKS[by]
    found: dict[int, list[Standing]] = defaultdict(list)
    known = rows.filter(**{f"{link}__isnull": False}).order_by()
    for key, state, due_on, done_on in known.values_list(link, "case__state", "due_on", "done_on"):
        found[key].append(standing_of(state, due_on, done_on, clock.today, clock.days_off))
    if by == BY_UNIT:
        found = with_successors(found, clock.today)
    names = {BY_UNIT: unit_names, BY_PARTNER: partner_names, BY_AGREEMENT: agreement_names}[by](found, user)
    lines = [line_of(by, key, *names[key], score(standings), side) for key, standings in found.items() if key in names]
    return sorted(
        lines, key=lambda line: (line.score.index is None, line.score.index or 0, -line.score.overdue, line.name)
    )


def with_successors(found: dict[int, list[Standing]], today: dt.date) -> dict[int, list[Standing]]:
    """A unit that was merged counts under the unit that it became part of, as everywhere in lists."""
    merged = dict(
        OrgUnit.objects.filter(merged_into__isnull=False, valid_until__lt=today).values_list("pk", "merged_into")
    )
    together: dict[int, list[Standing]] = defaultdict(list)
    for key, standings in found.items():
        seen = set()
        while key in merged and key not in seen:
            seen.add(key)
            key = merged[key]
        together[key] += standings
    return together


def line_of(by: str, key: int, name: str, url: str, of: str, found: Score, side: str) -> IndexLine:
    asked = {by: of, **({"ben": side} if side else {})}

    def behind(standing: Standing) -> str:
        return reverse("agreements:commitment_list", query={**asked, "ket_qua": standing.value})

    cells = tuple((str(each.label), getattr(found, each.value), behind(each)) for each in COLUMNS)
    return IndexLine(name=name, url=url, score=found, cells=cells)


def unit_names(keys: Iterable[int], user: User) -> dict[int, tuple[str, str, str]]:
    return {unit.pk: (str(unit), "", str(unit.pk)) for unit in OrgUnit.objects.filter(pk__in=list(keys))}


def partner_names(keys: Iterable[int], user: User) -> dict[int, tuple[str, str, str]]:
    partners = Partner.objects.filter(pk__in=list(keys))
    return {each.pk: (str(each), each.get_absolute_url(), str(each.pk)) for each in partners}


def agreement_names(keys: Iterable[int], user: User) -> dict[int, tuple[str, str, str]]:
    """Of one that this person may not read the number alone."""
    readable = Case.objects.visible_to(user).filter(pk=OuterRef("case"))
    rows = InternationalAgreement.objects.filter(pk__in=list(keys)).select_related("case")
    found = {}
    for each in rows.annotate(readable=Exists(readable)):
        number = shown(each.case.number)
        name, url = (f"{number} · {each.case.title}", each.get_absolute_url()) if each.readable else (number, "")
        found[each.pk] = (name, url, each.case.number)
    return found


def score_of(user: User, *, clock: Clock | None = None, **wanted: Any) -> Score:
    """The score of one agreement, partner or unit: `score_of(user, agreement=agreement)`."""
    clock = clock or Clock()
    rows = Commitment.objects.visible_to(user).filter(**wanted).order_by()
    known = rows.values_list("case__state", "due_on", "done_on")
    return score(standing_of(state, due_on, done_on, clock.today, clock.days_off) for state, due_on, done_on in known)


# --- asleep ---------------------------------------------------------------------------------------------------------


def with_last_dealing(rows: Any, link: str, on: dt.date) -> Any:
    """Each with the last dealing up to a day, as exactly as it is known; none for those with which nothing happened."""
    last = Dealing.objects.filter(on__lte=on, **{link: OuterRef("pk")}).order_by("-on", "-pk")
    return rows.annotate(
        last_dealing=Subquery(last.values("on")[:1]), last_precision=Subquery(last.values("precision")[:1])
    )


def dormant_agreements(user: User, on: dt.date) -> Any:
    """Living agreements that this person may read and under which nothing happened for long (report: agreements.dormant)."""
    rows = InternationalAgreement.objects.visible_to(user).dormant(on).select_related("case__unit")
    return with_last_dealing(rows.prefetch_related("parties__partner"), "agreement", on)


def dormant_partners(user: User, on: dt.date) -> Any:
    rows = Partner.objects.visible_to(user).dormant(on).select_related("country")
    return with_last_dealing(rows, "partner", on)
