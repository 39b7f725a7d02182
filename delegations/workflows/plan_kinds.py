"""How annual plans and their revisions become known to the engine."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from delegations.choices import PlanAttachmentKind
from delegations.queries import plan_facts
from delegations.queries import plans as queries
from delegations.queries.bound_partners import PLAN_COMPARATORS
from delegations.queries.plan_cautions import plan_warnings
from delegations.workflows.plan import PLAN
from delegations.workflows.plan_revision import REVISION
from intlcoop.workflow import registry


def register() -> None:
    #: Fewer lines are less; a new line, or one that says something else, is more.
    comparators = PLAN_COMPARATORS
    registry.register(
        registry.FileKind(
            code="plan",
            prefix="KH",
            label=_("Annual plan"),
            lifecycle=PLAN,
            summary=queries.plan_summary,
            facts=plan_facts.PlanFacts,
            facts_of=plan_facts.plan_facts,
            content_of=queries.plan_content,
            comparators=comparators,
            attachment_kinds=dict(PlanAttachmentKind.choices),
            decision_facts=queries.plan_decision_facts,
            warnings=plan_warnings,
            context=queries.plan_context,
            history=queries.plan_history,
            edit_url=queries.plan_url,
            opened_to=queries.plans_opened_to,
            amounts=queries.plan_amounts,
        )
    )
    registry.register(
        registry.FileKind(
            code="plan_revision",
            prefix="DCKH",
            label=_("Revision of an annual plan"),
            lifecycle=REVISION,
            summary=queries.revision_summary,
            facts=plan_facts.PlanFacts,
            facts_of=plan_facts.revision_facts,
            content_of=queries.revision_content,
            comparators=comparators,
            attachment_kinds=dict(PlanAttachmentKind.choices),
            decision_facts=queries.revision_decision_facts,
            history=queries.revision_history,
            edit_url=queries.revision_url,
            opened_to=queries.revisions_opened_to,
            amounts=queries.plan_amounts,
        )
    )
