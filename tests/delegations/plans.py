"""A year that is being planned, and plans walked along their route."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from django.utils import timezone

from delegations.choices import FundingSource, LineState, PlanKind, PlanLevel, Purpose
from delegations.models import AnnualPlan, PlanLine, PlanYear
from delegations.services import plan_lines, plan_years
from intlcoop.catalogues.models import Country, Currency
from intlcoop.operations.demo import walking
from intlcoop.operations.demo.drafting import draft_decision
from intlcoop.people.choices import Rank
from intlcoop.workflow import engine
from intlcoop.workflow.models import Case
from tests.ministry import Ministry


def next_year() -> int:
    return timezone.localdate().year + 1


def open_year(ministry: Ministry, year: int | None = None, **fields: Any) -> PlanYear:
    fields = {"proposals_due_on": timezone.localdate() + dt.timedelta(days=30)} | fields
    return plan_years.open_year(year or next_year(), actor=ministry.htqt, fields=fields)


def plan_of(opened: PlanYear, level: str = PlanLevel.MINISTRY) -> AnnualPlan:
    return AnnualPlan.objects.select_related("case").get(year=opened.year, level=level)


def complete(**fields: Any) -> dict[str, Any]:
    """All that a line needs for approval."""
    countries = [Country.objects.get(iso2=code) for code in fields.pop("countries", ["JP"])]
    return {
        "title": "Học tập kinh nghiệm chính quyền địa phương",
        "kind": PlanKind.OUTBOUND,
        "head_rank": Rank.DIRECTOR,
        "countries": countries,
        "purpose": Purpose.STUDY,
        "purpose_text": "Trao đổi kinh nghiệm.",
        "month": 5,
        "persons": 6,
        "days": 5,
        "amount": Decimal(300_000_000),
        "currency": Currency.objects.get(code="VND"),
        "funding_source": FundingSource.STATE_BUDGET,
        "basis": "Chương trình công tác năm",
    } | fields


def proposed(
    plan: AnnualPlan, ministry: Ministry, by: str = "chuyenvien", unit: str = "CSDP", **fields: Any
) -> PlanLine:
    """A line that its unit has sent."""
    line = plan_lines.propose_line(plan, ministry.unit(unit), complete(**fields), actor=ministry.person(by))
    PlanLine.objects.filter(pk=line.pk).update(state=LineState.PROPOSED)
    return PlanLine.objects.get(pk=line.pk)


def taken_in(plan: AnnualPlan, ministry: Ministry, **fields: Any) -> PlanLine:
    return plan_lines.add_line(plan, ministry.unit(fields.pop("unit", "CSDP")), complete(**fields), actor=ministry.htqt)


def fresh(case: Case) -> Case:
    return Case.objects.get(pk=case.pk)


def fresh_plan(plan: AnnualPlan) -> AnnualPlan:
    return AnnualPlan.objects.select_related("case").get(pk=plan.pk)


def walk(case: Case, ministry: Ministry, *, until: str = "") -> Case:
    """Let everybody agree until a step of this office is open, else to the end."""
    for _round in range(20):
        steps = walking.open_steps(fresh(case))
        if not steps or any(step.office == until for step in steps):
            return fresh(case)
        walking.agree(steps[0], ministry.person, draft=draft_decision)
    raise AssertionError("the route does not end")


def approve(plan: AnnualPlan, ministry: Ministry) -> AnnualPlan:
    """Submit and walk to the end."""
    assert plan.case is not None
    engine.fire(fresh(plan.case), "submit", actor=ministry.htqt)
    walk(plan.case, ministry)
    return AnnualPlan.objects.select_related("case").get(pk=plan.pk)
