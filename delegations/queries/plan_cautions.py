"""Clashes and load of the planned lines of a year, with the names that pages and papers say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from delegations import planning
from delegations.choices import LineState, PlanState, Purpose
from delegations.models import PlanLine
from delegations.planning import Clash, Planned
from delegations.queries.plan_values import with_links
from intlcoop.regulations.choices import ParameterKey
from intlcoop.regulations.queries import ParameterValue, parameters

if TYPE_CHECKING:
    from intlcoop.workflow.models import Case

#: Lines that count: what stands in a plan, and what units have proposed for it.
COUNTED = (LineState.PROPOSED, LineState.ACCEPTED, LineState.DONE)
EDITABLE = (PlanState.DRAFT, PlanState.CONSULTING)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownClash:
    """A clash in words, with its lines."""

    what: str
    title: str
    lines: Sequence[PlanLine]
    citation: str = ""
    needs_check: bool = False


@dataclass(frozen=True, slots=True)
class PlanWarning:
    text: str
    citation: str = ""
    needs_check: bool = False
    number: str = ""


class YearOfLines:
    """The lines of a year over both levels, loaded once: two queries, and one for the limit."""

    def __init__(self, year: int) -> None:
        self.year = year
        rows = PlanLine.objects.filter(plan__year=year, state__in=COUNTED)
        self.rows: list[PlanLine] = list(with_links(rows).order_by("plan__level", "position", "pk"))
        self.by_pk: Mapping[int, PlanLine] = {row.pk: row for row in self.rows}
        self.lines = [planned(row) for row in self.rows]

    def limit(self) -> ParameterValue | None:
        return parameters([ParameterKey.TRIPS_PER_LEADER], timezone.localdate()).get(ParameterKey.TRIPS_PER_LEADER)

    def clashes(self) -> list[ShownClash]:
        limit = self.limit()
        found = planning.clashes(self.lines, trips_per_leader=int(limit.value) if limit else None)
        return [self._shown(clash, limit) for clash in found]

    def _shown(self, clash: Clash, limit: ParameterValue | None) -> ShownClash:
        lines = [self.by_pk[pk] for pk in clash.lines]
        over = clash.what == planning.OVER_LIMIT and limit is not None
        return ShownClash(
            what=clash.what,
            title=self._words(clash, lines, limit),
            lines=lines,
            citation=limit.citation if over and limit else "",
            needs_check=bool(over and limit and limit.needs_check),
        )

    def _words(self, clash: Clash, lines: Sequence[PlanLine], limit: ParameterValue | None) -> str:
        if clash.what == planning.SAME_LEADER:
            return _("%(name)s in several lines of the same months") % {"name": lines[0].leader}
        if clash.what == planning.OVER_LIMIT:
            words = _("%(name)s: %(n)s outbound lines, at most %(most)s a year")
            return words % {"name": lines[0].leader, "n": len(lines), "most": limit.value if limit else "–"}
        if clash.what == planning.SAME_PARTNER:
            return _("Same partner in the same months: %(name)s") % {"name": lines[0].partner}
        country = self._country(clash, lines)
        if clash.what == planning.SAME_PURPOSE:
            subject: Any = clash.subject
            purpose = Purpose(subject[1]).label
            return _("Same country and purpose in the same months: %(country)s, %(purpose)s") % {
                "country": country,
                "purpose": purpose,
            }
        return _("Same country in the same months: %(country)s") % {"country": country}

    def _country(self, clash: Clash, lines: Sequence[PlanLine]) -> str:
        subject: Any = clash.subject
        wanted = subject[0] if isinstance(subject, tuple) else subject
        return next((str(each) for row in lines for each in row.countries.all() if each.pk == wanted), "")


def planned(line: PlanLine) -> Planned:
    return Planned(
        pk=line.pk,
        kind=line.kind,
        unit=line.unit_id,
        countries=frozenset(country.pk for country in line.countries.all()),
        partner=line.partner_id,
        purpose=line.purpose,
        leader=line.leader_id,
        months=planning.months_of(line.month, line.quarter),
        month=line.month,
    )


def plan_warnings(case: Case) -> list[PlanWarning]:
    """What whoever decides on the plan should look at; nothing any more once it is approved."""
    plan = case.plan
    if plan.approved_on is not None:
        return []
    year = YearOfLines(plan.year)
    own = {row.pk for row in year.rows if row.plan_id == plan.pk}
    found = [clash for clash in year.clashes() if own & {line.pk for line in clash.lines}]
    return [
        PlanWarning(
            text=f"{clash.title}: "
            + "; ".join(f"{line.position}. {line.title} ({line.unit})" for line in clash.lines[:6])
            + (f"; +{len(clash.lines) - 6}" if len(clash.lines) > 6 else "")
            + ".",
            citation=clash.citation,
            needs_check=clash.needs_check,
        )
        for clash in found[:20]
    ] + too_many(len(found))


def too_many(n: int) -> list[PlanWarning]:
    if n <= 20:
        return []
    words = ngettext("%(n)s further clash on the page of clashes.", "%(n)s further clashes on the page of clashes.", n)
    return [PlanWarning(text=words % {"n": n - 20})]
