"""The planning of a year at a glance: which unit has answered, what lies on the ICD's desk, what a person has to do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from delegations.choices import LineState, OutboundState
from delegations.models import AnnualPlan, OutboundDelegation, PlanLine, PlanYear, UnitProposal
from delegations.queries.planning_people import units_asked
from delegations.rules import PLAN_OPEN
from intlcoop.people.principals import principal_of
from intlcoop.regulations.queries import calendar
from intlcoop.regulations.working_days import working_days_between
from intlcoop.web.display import Badge, Tone

if TYPE_CHECKING:
    import datetime as dt

    from intlcoop.people.models import OrgUnit, User


@dataclass(frozen=True, slots=True)
class UnitAnswer:
    """What a unit has answered to the call."""

    unit: OrgUnit
    proposal: UnitProposal | None
    counts: dict[str, int]

    @property
    def badge(self) -> Badge:
        if self.proposal is None:
            return Badge(_("Not answered yet"), Tone.WAITING)
        if self.proposal.nothing_planned:
            return Badge(_("Nothing planned"), Tone.DONE)
        return Badge(_("Sent"), Tone.DONE)

    @property
    def proposed(self) -> int:
        return self.counts.get(LineState.PROPOSED, 0)

    @property
    def accepted(self) -> int:
        return sum(self.counts.get(state, 0) for state in LineState.IN_PLAN)

    @property
    def others(self) -> int:
        return self.counts.get(LineState.MERGED, 0) + self.counts.get(LineState.DECLINED, 0)


def answers_of(opened: PlanYear) -> list[UnitAnswer]:
    """Every unit that is asked, and any other that has lines; three queries."""
    counted = PlanLine.objects.filter(plan__year=opened.year).order_by().values_list("unit", "state")
    counts: dict[int, dict[str, int]] = {}
    for unit_id, state, n in counted.annotate(n=Count("pk")):
        counts.setdefault(unit_id, {})[state] = n
    proposals = {row.unit_id: row for row in opened.proposals.select_related("sent_by")}
    return [UnitAnswer(unit, proposals.get(unit.pk), counts.get(unit.pk, {})) for unit in units_asked()]


def silent_units(opened: PlanYear) -> list[OrgUnit]:
    """The units that were asked and have neither sent a list nor answered "không phát sinh"."""
    return list(units_asked().exclude(plan_proposals__year=opened))


def own_lines(opened: PlanYear, unit: OrgUnit) -> QuerySet[PlanLine]:
    return PlanLine.objects.filter(plan__year=opened.year, unit=unit)


def plans_of(year: int, user: User) -> QuerySet[AnnualPlan]:
    """The plans of a year that this person reads, with the number of their lines."""
    return (
        AnnualPlan.objects.visible_to(user)
        .filter(year=year)
        .select_related("case")
        .annotate(in_plan=Count("lines", filter=Q(lines__state__in=LineState.IN_PLAN)))
        .order_by("level")
    )


@dataclass(frozen=True, slots=True)
class OpenYear:
    """A year that takes proposals, as a person's unit sees it."""

    opened: PlanYear
    proposal: UnitProposal | None
    drafts: int
    days_left: int | None

    @property
    def words(self) -> str:
        if self.drafts:
            text = ngettext("%(n)s line is not sent yet", "%(n)s lines are not sent yet", self.drafts)
            return text % {"n": self.drafts}
        if self.proposal is None:
            return _("Your unit has not answered yet.")
        return _("Nothing planned") if self.proposal.nothing_planned else _("Your unit has sent its list.")


def open_years(user: User, unit: OrgUnit | None, today: dt.date) -> list[OpenYear]:
    """The years whose plans still take lines, the nearest first; a fixed number of queries."""
    open_now = AnnualPlan.objects.filter(case__state__in=PLAN_OPEN).values("year")
    years = list(PlanYear.objects.filter(year__in=open_now).order_by("year"))
    if not years or unit is None or not principal_of(user).appointments:
        return [OpenYear(opened, None, 0, None) for opened in years]
    proposals = {row.year_id: row for row in UnitProposal.objects.filter(unit=unit, year__in=years)}
    drafts: dict[int, int] = dict(
        PlanLine.objects.filter(unit=unit, state=LineState.DRAFT, plan__year__in=[each.year for each in years])
        .order_by()
        .values_list("plan__year")
        .annotate(n=Count("pk"))
    )
    days = calendar()
    return [
        OpenYear(
            opened,
            proposals.get(opened.pk),
            drafts.get(opened.year, 0),
            working_days_between(today, opened.proposals_due_on, days) if opened.proposals_due_on else None,
        )
        for opened in years
    ]


def carriable(plan: AnnualPlan) -> QuerySet[PlanLine]:
    """Lines of the year before that were moved, or stand without a trip, and are not in this year's plans yet."""
    carried = PlanLine.objects.filter(plan__year=plan.year, carried_from__isnull=False).values("carried_from")
    filed = OutboundDelegation.objects.filter(plan_line=OuterRef("pk"), case__state__in=OutboundState.TAKES_OF_PLAN)
    return (
        PlanLine.objects.filter(plan__year=plan.year - 1, plan__approved_on__isnull=False)
        .filter(Q(state=LineState.MOVED) | Q(state=LineState.ACCEPTED) & ~Exists(filed))
        .exclude(pk__in=carried)
        .order_by("-state", "plan__level", "position")
    )
