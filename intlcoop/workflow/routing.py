"""Which route a file takes: the first rule whose conditions all hold, as it stood on the day of first submission."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Any

from django.utils.translation import gettext as _

from intlcoop.workflow import registry
from intlcoop.workflow.models import Case, RouteRule, RouteRuleStep
from intlcoop.workflow.refusals import Refused


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class PlannedStep:
    """One step that a file with certain facts would get."""

    order: int
    kind: str
    office: str
    body: str
    due_working_days: int | None
    binds: tuple[str, ...]
    rule: str
    version: int
    citation: str

    @property
    def identity(self) -> tuple[int, str, str, str]:
        """What makes it the same step after an edit."""
        return (self.order, self.kind, self.office, self.body)


def matching_rule(kind: str, facts: Any, on: dt.date) -> RouteRule | None:
    """The rule of lowest priority that holds on this day and whose conditions all hold for these facts."""
    values = dataclasses.asdict(facts)
    rules = (
        RouteRule.objects.on(on).filter(kind=kind).order_by("priority", "code", "-version").prefetch_related("steps")
    )
    for rule in rules:
        if all(values.get(name) in allowed for name, allowed in rule.conditions.items()):
            return rule
    return None


def plan(kind: str, facts: Any, on: dt.date) -> list[PlannedStep]:
    """The ordered steps for a file of this kind with these facts, by the rules of this day.

    Raises Refused when no rule fits.
    """
    rule = matching_rule(kind, facts, on)
    if rule is None:
        raise Refused(_("No approval route fits this file. Ask the administrator to complete the route rules."))
    return [_planned(rule, step) for step in sorted(rule.steps.all(), key=lambda step: (step.order, step.pk))]


def plan_for(case: Case, on: dt.date) -> list[PlannedStep]:
    """The route of a file as its facts stand now, by the rules of the day of its first submission."""
    kind = registry.kind_of(case)
    if kind.facts_of is None:
        return []
    if case.first_submitted_at is not None:
        on = case.first_submitted_at.astimezone().date()
    return plan(case.kind, kind.facts_of(case), on)


def invalid_conditions(rule: RouteRule) -> list[str]:
    """Names in a rule's conditions that are not facts of its kind: the list of what a rule may look at is closed."""
    facts = registry.get(rule.kind).facts
    known = {field.name for field in dataclasses.fields(facts)} if facts else set()
    return sorted(set(rule.conditions) - known)


def _planned(rule: RouteRule, step: RouteRuleStep) -> PlannedStep:
    return PlannedStep(
        order=step.order,
        kind=step.kind,
        office=step.office,
        body=step.body,
        due_working_days=step.due_working_days,
        binds=tuple(step.binds),
        rule=rule.code,
        version=rule.version,
        citation=step.citation or rule.citation,
    )
