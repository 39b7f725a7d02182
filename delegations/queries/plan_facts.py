"""What route rules may look at for annual plans and their revisions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from delegations.choices import PlanLevel
from intlcoop.workflow.facts import fact

if TYPE_CHECKING:
    from intlcoop.workflow.models import Case


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanFacts:
    """All that a route rule may look at for a plan or its revision: who approves it."""

    level: str = fact(_("Level"), _("the plan is: %(values)s"), PlanLevel.choices, usual=PlanLevel.MINISTRY)


def plan_facts(case: Case) -> PlanFacts:
    return PlanFacts(level=case.plan.level)


def revision_facts(case: Case) -> PlanFacts:
    return PlanFacts(level=case.plan_revision.plan.level)
