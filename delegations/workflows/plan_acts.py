"""Acts on a plan that write something and move its state at once: ask the units' opinion, begin a revision."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import TYPE_CHECKING

from django.db import transaction

from delegations.models import AnnualPlan, PlanRevision
from delegations.services.plan_revisions import open_revision
from delegations.services.plan_years import set_consultation
from delegations.workflows.plan import PLAN
from intlcoop.workflow import engine
from intlcoop.workflow.models import StatusChange

if TYPE_CHECKING:
    from intlcoop.people.models import User


@transaction.atomic
def consult_units(
    plan: AnnualPlan,
    due_on: dt.date,
    *,
    actor: User,
    expected_version: int | None = None,
    request_id: uuid.UUID | None = None,
) -> StatusChange:
    """Open the whole plan to the units until a day. Raises what `fire` raises."""
    assert plan.case is not None
    set_consultation(plan, due_on, actor=actor)
    plan.case.plan = plan
    return engine.fire(plan.case, "consult", actor=actor, expected_version=expected_version, request_id=request_id)


@transaction.atomic
def begin_revision(
    plan: AnnualPlan, *, reason: str, due_on: dt.date | None = None, actor: User, is_sample: bool = False
) -> PlanRevision:
    """Open an adjustment round; the plan is under revision from now on, and trips go on being filed against its lines."""
    if plan.case is not None:
        plan.case = engine.lock(plan.case)
    revision = open_revision(plan, reason=reason, due_on=due_on, actor=actor, is_sample=is_sample)
    assert plan.case is not None
    engine.apply(plan.case, PLAN["revise"], actor=actor)
    return revision
