"""Route rules as tests make them: a version with its steps, in a line each."""

from __future__ import annotations

import datetime as dt
from typing import Any

from intlcoop.workflow.choices import StepKind
from intlcoop.workflow.models import RouteRule, RouteRuleStep

SINCE = dt.date(2020, 1, 1)

USUAL_STEPS = (
    (1, StepKind.APPRAISE, "icd_officer"),
    (2, StepKind.APPROVE, "minister"),
    (3, StepKind.DRAFT_DECISION, "org_personnel"),
    (4, StepKind.SIGN, "minister"),
    (5, StepKind.ISSUE, "clerk"),
)


def rule(code: str = "thu", steps: tuple = USUAL_STEPS, **fields: Any) -> RouteRule:
    """(order, kind, office[, further fields of the step]) per step."""
    values = {
        "kind": "outbound", "title": "Quy trình thử", "priority": 1, "conditions": {}, "citation": "Quy chế thử, Điều 1",
        "valid_from": SINCE, **fields,
    }  # fmt: skip
    made = RouteRule.objects.create(code=code, **values)
    for order, kind, office, *more in steps:
        RouteRuleStep.objects.create(rule=made, order=order, kind=kind, office=office, **(more[0] if more else {}))
    return made


def switch_on(code: str) -> RouteRule:
    """A shipped rule as if the ministry had always had it."""
    RouteRule.objects.filter(code=code).update(is_enabled=True)
    return RouteRule.objects.get(code=code)
