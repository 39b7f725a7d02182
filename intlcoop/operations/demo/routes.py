"""Two drafts of route rules, so that the editor and the test screen have something to show; neither applies to a file."""

from __future__ import annotations

from collections.abc import Mapping

from intlcoop.people.models import User
from intlcoop.people.offices import LEGAL
from intlcoop.workflow import route_rules
from intlcoop.workflow.choices import Facet, RuleRole, StepKind
from intlcoop.workflow.models import RouteRule


def build(people: Mapping[str, User]) -> None:
    """A next version in which the Minister approves, and an additional opinion; both marked as samples by their titles."""
    actor = people["vutruong"]
    held = RouteRule.objects.filter(code="outbound-planned", is_draft=False).first()
    if held is None:
        return
    draft = route_rules.draft_version(held, actor=actor)
    fields = {"title": f"{held.title} (dự thảo minh họa)", "citation": "Quy chế minh họa, Điều 6", "needs_check": True}
    steps = [{name: getattr(step, name) for name in route_rules.STEP_FIELDS} for step in held.steps.all()]
    for step in steps:
        if step["kind"] == StepKind.APPROVE:
            step |= {"office": "minister", "due_working_days": 2}
    route_rules.save_draft(draft, fields, steps, actor=actor)
    added = route_rules.create_rule("outbound", "Lấy ý kiến Vụ Pháp chế (minh họa)", RuleRole.ADDITION, actor=actor)
    opinion = {"order": 2, "kind": StepKind.OPINION, "office": LEGAL, "due_working_days": 5, "binds": [Facet.PROGRAMME]}
    conditions = {"conditions": {"head_rank": ["deputy_minister"]}, "citation": "Quy chế minh họa, Điều 7"}
    route_rules.save_draft(added, conditions, [opinion], actor=actor)
