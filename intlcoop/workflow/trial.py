"""What would a file meet on a day, as the rules are, and as they would be after a change? Nothing of it stays.

The change is written inside a savepoint, the file is looked at as if it were submitted, and the savepoint is always rolled
back: exactly the code that works on real files answers, and no second version of a rule exists afterwards.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from intlcoop.regulations.models import Parameter
from intlcoop.workflow import engine, registry
from intlcoop.workflow.models import Case, RouteRule
from intlcoop.workflow.route_preview import Expected, ExpectedStep, expected, expected_on
from intlcoop.workflow.route_rules import ONE_DAY, put_in_force

SUBMIT = "submit"


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What a file meets: its route, what would keep it from being submitted, what would only be seen."""

    route: Expected
    blocking: list[str] = field(default_factory=list)
    warnings: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """Something that a file meets, and whether the other side has it too."""

    text: str
    citation: str = ""
    is_new: bool = False
    step: ExpectedStep | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One column of the comparison."""

    seen: Seen
    steps: list[Line]
    blocking: list[Line]
    warnings: list[Line]


#: Writes the change that is tried; runs inside the savepoint.
Change = Callable[[], object]
#: Looks at the file, or at the facts of a made-up one.
Look = Callable[[], Seen]


def look_at(case: Case, on: dt.date) -> Seen:
    """The file as if it were submitted under the rules of this day."""
    lifecycle = registry.kind_of(case).lifecycle
    submits = [row for row in lifecycle.transitions if row.name == SUBMIT]
    return Seen(
        route=expected_on(case, on),
        blocking=[sentence for row in submits for sentence in engine.guard_reasons(row, case)],
        warnings=[(warned.text, warned.citation) for warned in registry.kind_of(case).warnings(case)],
    )


def look_at_facts(kind: str, values: dict[str, str], on: dt.date) -> Seen:
    """A made-up file of which only the facts are known: its route, nothing else."""
    facts = registry.get(kind).facts
    assert facts is not None
    return Seen(route=expected(kind, facts(**values), on))


def after(look: Look, change: Change) -> Seen:
    """What the look finds once the change is made. The change never outlives this call."""
    with transaction.atomic():
        change()
        seen = look()
        transaction.set_rollback(True)
    return seen


def parameter_changed(key: str, value: int, severity: str, on: dt.date) -> Change:
    """Another value of a parameter from this day on, until the next announced one."""

    def write() -> None:
        rows = Parameter.objects.filter(key=key)
        held = rows.on(on).first()
        if held is None:
            return
        changed = {"value": value, "severity": severity or held.severity, "citation": _("the change that is tried")}
        if held.valid_from == on:
            rows.filter(pk=held.pk).update(**changed)
            return
        until = held.valid_until
        rows.filter(pk=held.pk).update(valid_until=on - ONE_DAY)
        Parameter.objects.create(key=key, unit=held.unit, valid_from=on, valid_until=until, **changed)

    return write


def rule_published(draft: RouteRule, on: dt.date) -> Change:
    """A draft in force from this day on, whatever is announced for later."""

    def write() -> None:
        row = RouteRule.objects.get(pk=draft.pk)
        versions = RouteRule.objects.published().filter(kind=row.kind, code=row.code).exclude(pk=row.pk)
        versions.filter(Q(valid_from__gte=on)).update(is_draft=True)
        row.valid_from, row.valid_until = on, None
        put_in_force(row)

    return write


def sides(before: Seen, after: Seen) -> tuple[Side, Side]:
    """Both columns, each line marked that the other column lacks."""
    return _side(before, after), _side(after, before)


def _side(mine: Seen, other: Seen) -> Side:
    identities = {step.identity for step in other.route.steps}
    return Side(
        seen=mine,
        steps=[
            Line(text=step.title, citation=step.citation, is_new=step.identity not in identities, step=step)
            for step in mine.route.steps
        ],
        blocking=_lines([(text, "") for text in mine.blocking], [(text, "") for text in other.blocking]),
        warnings=_lines(mine.warnings, other.warnings),
    )


def _lines(mine: Sequence[tuple[str, str]], other: Sequence[tuple[str, str]]) -> list[Line]:
    texts = {text for text, _citation in other}
    return [Line(text=text, citation=citation, is_new=text not in texts) for text, citation in mine]


def is_same(left: Side, right: Side) -> bool:
    """Whether the change makes no difference to this file."""
    lines: list[Any] = [*left.steps, *left.blocking, *left.warnings, *right.steps, *right.blocking, *right.warnings]
    return not any(line.is_new for line in lines)
