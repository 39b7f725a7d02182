"""A plan's numbers and versions: lines in order, the approval with its paper, and what each version said."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db import transaction

from delegations.choices import LineState, PlanKind
from delegations.models import AnnualPlan, PlanLine, PlanRevision, PlanVersion
from delegations.queries.plan_values import snapshot

if TYPE_CHECKING:
    from intlcoop.people.models import User

KIND_ORDER = list(PlanKind.values)


@transaction.atomic
def number_lines(plan: AnnualPlan) -> None:
    """Number the lines as the paper prints them: by kind, unit and month; what is not in the plan comes behind."""
    lines = list(plan.lines.select_related("unit"))
    lines.sort(key=_place)
    for position, line in enumerate(lines, start=1):
        if line.position != position:
            line.position = position
            line.save(update_fields=["position"])


def _place(line: PlanLine) -> tuple[bool, int, int, str, int, int]:
    month = line.month or (3 * line.quarter if line.quarter else 13)
    outside = line.state != LineState.ACCEPTED
    return (outside, KIND_ORDER.index(line.kind), line.unit.position, line.unit.code, month, line.position)


def next_position(plan: AnnualPlan) -> int:
    last = plan.lines.order_by("-position").values_list("position", flat=True).first()
    return (last or 0) + 1


@transaction.atomic
def take_approval(plan: AnnualPlan, *, number: str, on: dt.date, actor: User | None) -> PlanVersion:
    """Write the approval into the plan and keep its first version: from now on only a revision changes it."""
    plan.approval_number, plan.approved_on, plan.version = number, on, 1
    plan.save(update_fields=["approval_number", "approved_on", "version"])
    return keep_version(plan, revision=None, number=number, on=on)


def keep_version(plan: AnnualPlan, *, revision: PlanRevision | None, number: str, on: dt.date) -> PlanVersion:
    return PlanVersion.objects.create(
        plan=plan,
        number=plan.version,
        revision=revision,
        approval_number=number,
        approved_on=on,
        lines=snapshot(plan.lines.in_plan()),
    )
