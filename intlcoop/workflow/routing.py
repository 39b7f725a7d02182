"""Which steps a file takes: those of the first route whose conditions all hold, and of every addition that fits.

As the rules stood on the day of first submission: what changes tomorrow does not touch today's file.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from intlcoop.workflow import registry
from intlcoop.workflow.choices import RuleRole
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
    only_if_disagreed: bool = False

    @property
    def identity(self) -> tuple[int, str, str, str, bool]:
        """What makes it the same step after an edit."""
        return (self.order, self.kind, self.office, self.body, self.only_if_disagreed)


def matches(conditions: Mapping[str, Sequence[str]], values: Mapping[str, str]) -> bool:
    """Whether all conditions of a rule hold for these facts."""
    return all(values.get(name) in allowed for name, allowed in conditions.items())


def matching_rules(kind: str, facts: Any, on: dt.date) -> list[RouteRule]:
    """The route that applies to these facts on this day, then every addition that does; empty when no route fits."""
    values = dataclasses.asdict(facts)
    fitting = [rule for rule in RouteRule.objects.applying(kind, on) if matches(rule.conditions, values)]
    route = next((rule for rule in fitting if rule.role == RuleRole.ROUTE), None)
    return [] if route is None else [route, *(rule for rule in fitting if rule.role == RuleRole.ADDITION)]


def steps_of(rules: Sequence[RouteRule]) -> list[PlannedStep]:
    """The steps of a route and its additions in one order; steps of equal order run side by side, the route's first."""
    rows = [(step.order, place, step.pk, rule, step) for place, rule in enumerate(rules) for step in rule.steps.all()]
    return [planned(rule, step) for _order, _place, _pk, rule, step in sorted(rows, key=lambda row: row[:3])]


def plan(kind: str, facts: Any, on: dt.date) -> list[PlannedStep]:
    """The ordered steps for a file of this kind with these facts, by the rules of this day.

    Raises Refused when no rule fits.
    """
    found = matching_rules(kind, facts, on)
    if not found:
        raise Refused(_("No approval route fits this file. Ask the administrator to complete the route rules."))
    return steps_of(found)


def day_of_rules(case: Case, on: dt.date) -> dt.date:
    """The day whose rules bind this file: that of its first submission, else the one asked for."""
    return timezone.localdate(case.first_submitted_at) if case.first_submitted_at is not None else on


def plan_for(case: Case, on: dt.date) -> list[PlannedStep]:
    """The route of a file as its facts stand now, by the rules of the day of its first submission."""
    kind = registry.kind_of(case)
    if kind.facts_of is None:
        return []
    return plan(case.kind, kind.facts_of(case), day_of_rules(case, on))


def invalid_conditions(rule: RouteRule) -> list[str]:
    """Names in a rule's conditions that are not facts of its kind: the list of what a rule may look at is closed."""
    facts = registry.get(rule.kind).facts
    known = {field.name for field in dataclasses.fields(facts)} if facts else set()
    return sorted(set(rule.conditions) - known)


def planned(rule: RouteRule, step: RouteRuleStep) -> PlannedStep:
    return PlannedStep(
        order=step.order,
        kind=step.kind,
        office=step.office,
        body=step.body,
        due_working_days=step.due_working_days,
        binds=tuple(step.binds),
        rule=rule.code,
        version=rule.version,
        citation=rule.based_on(step.citation or rule.citation),
        only_if_disagreed=step.only_if_disagreed,
    )
