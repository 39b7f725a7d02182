"""The route that a file would take if it were submitted, and why: before anybody has to decide anything."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext as _

from intlcoop.people import offices
from intlcoop.workflow import registry, wording
from intlcoop.workflow.choices import StepKind
from intlcoop.workflow.facts import conditions_words, facts_words
from intlcoop.workflow.models import Case, RouteRule, Step
from intlcoop.workflow.process import acting_words
from intlcoop.workflow.route_shown import instrument_url
from intlcoop.workflow.route_steps import missing_holders, person_named
from intlcoop.workflow.routing import PlannedStep, day_of_rules, matching_rules, steps_of
from intlcoop.workflow.separation import conflicted_ids, free_holders

if TYPE_CHECKING:
    from intlcoop.people.models import OrgUnit


@dataclass(frozen=True, slots=True, kw_only=True)
class Fired:
    """A rule that applies: its conditions in words, its instrument and article."""

    title: str
    version: int
    is_addition: bool
    words: list[str]
    basis: str
    needs_check: bool
    url: str
    law_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpectedStep:
    order: int
    title: str
    who: str
    due: int | None
    citation: str
    note: str
    identity: tuple[Any, ...]

    @property
    def beside_title(self) -> str:
        """Who acts, without the office that the title names already."""
        return wording.without_office(self.title, self.who)


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """ "Với hồ sơ này, quy trình sẽ là … vì …". `refusal` instead when no rule fits, `missing` the vacant offices."""

    on: dt.date
    facts: list[str]
    fired: list[Fired] = field(default_factory=list)
    steps: list[ExpectedStep] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    refusal: str = ""


def expected_of(case: Case) -> Expected | None:
    """The route of a file that has not been submitted, as its content stands now; None for kinds without routes."""
    if registry.kind_of(case).facts_of is None:
        return None
    return expected_on(case, day_of_rules(case, timezone.localdate()))


def expected_on(case: Case, on: dt.date) -> Expected:
    """By the rules of a day, with the people of today."""
    facts_of = registry.kind_of(case).facts_of
    assert facts_of is not None
    return expected(case.kind, facts_of(case), on, case=case)


def expected(kind: str, facts: Any, on: dt.date, *, case: Case | None = None, unit: OrgUnit | None = None) -> Expected:
    """For a file, or for facts alone: then offices of a unit are named without people."""
    values = {name: getattr(facts, name) for name in facts.__dataclass_fields__}
    said = facts_words(kind, values)
    found = matching_rules(kind, facts, on)
    if not found:
        sentence = _("No approval route fits this file. Ask the administrator to complete the route rules.")
        return Expected(on=on, facts=said, refusal=sentence)
    planned = steps_of(found)
    today = timezone.localdate()
    conflicted = conflicted_ids(case) if case else set()
    return Expected(
        on=on,
        facts=said,
        fired=[fired_of(rule) for rule in found],
        steps=[step_of(each, case, conflicted, today) for each in planned],
        missing=missing_holders(case, planned, today) if case else [],
    )


def fired_of(rule: RouteRule) -> Fired:
    return Fired(
        title=rule.title,
        version=rule.version,
        is_addition=rule.role == "addition",
        words=conditions_words(rule.kind, rule.conditions),
        basis=rule.basis,
        needs_check=rule.needs_check,
        url=rule.get_absolute_url(),
        law_url=instrument_url(rule),
    )


def step_of(planned: PlannedStep, case: Case | None, conflicted: set[int], today: dt.date) -> ExpectedStep:
    step = Step(kind=planned.kind, office=planned.office, body=planned.body)
    if case is not None:
        step.case, step.unit = case, case.unit
        step.assigned_to = person_named(case, planned.kind, planned.office)
        who = acting_words(step, *holders_of(step, conflicted, today))
    else:
        who = planned.body or offices.office_label(planned.office)
    return ExpectedStep(
        order=planned.order,
        title=wording.step_label(step),
        who=who,
        due=planned.due_working_days,
        citation=planned.citation,
        note=wording.conditional_words(only_if_disagreed=planned.only_if_disagreed),
        identity=(*planned.identity, planned.due_working_days),
    )


def holders_of(step: Step, conflicted: set[int], today: dt.date) -> tuple[str, Sequence[Any]]:
    if step.kind == StepKind.COPY:
        return step.office, offices.holders_of(step.office, step.unit, today)
    return free_holders(step, conflicted, today)
