"""Can this rule be put in force? Every sentence that stands in the way, and what only deserves a look."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from intlcoop.people import offices
from intlcoop.people.models import OrgUnit
from intlcoop.workflow import coverage
from intlcoop.workflow.choices import RuleRole, StepKind
from intlcoop.workflow.coverage import GAPS_SHOWN, Candidate
from intlcoop.workflow.facts import conditions_words, facts_of
from intlcoop.workflow.models import RouteRule, RouteRuleStep
from intlcoop.workflow.querysets import RouteRuleQuerySet

UNITS_NAMED = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """`refusals` keep the rule from being put in force; `warnings` are shown and left to the reader."""

    refusals: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


def findings_of(rule: RouteRule, on: dt.date) -> Findings:
    """What is to be said of this rule if it held from this day on, beside the other rules as they hold then."""
    steps = list(rule.steps.all())
    refusals = [*unknown_conditions(rule), *wrong_steps(rule, steps)]
    if not rule.citation.strip() and rule.instrument is None:
        refusals.append(_("Name the legal basis: the instrument, or at least the citation."))
    if not refusals:
        for day in days_to_look_at(rule, on):
            refusals += [text for text in among_the_others(rule, day) if text not in refusals]
    return Findings(refusals=refusals, warnings=vacant_offices(steps, on))


def unknown_conditions(rule: RouteRule) -> list[str]:
    """The list of what a rule may look at is closed: facts of its kind and their values, no others."""
    known = {each.name: each.values for each in facts_of(rule.kind)}
    found = []
    for name, allowed in rule.conditions.items():
        if name not in known:
            found.append(_("A condition asks for “%(name)s”, which is no fact of this kind of file.") % {"name": name})
        elif strange := [value for value in allowed if value not in known[name]]:
            values = {"name": name, "values": ", ".join(map(str, strange))}
            found.append(_("A condition asks “%(name)s” for a value that does not exist: %(values)s.") % values)
        elif not allowed:
            found.append(_("A condition on “%(name)s” allows no value, so the rule fits no file.") % {"name": name})
    return found


def wrong_steps(rule: RouteRule, steps: Sequence[RouteRuleStep]) -> list[str]:
    if not steps:
        return [_("The rule has no steps.")]
    order_of = {kind: [step.order for step in steps if step.kind == kind] for kind in StepKind.values}
    found = [sentence for step in steps for sentence in wrong_step(step, order_of)]
    if rule.role == RuleRole.ADDITION:
        if any(step.in_decision_phase for step in steps):
            found.append(_("Additional steps cannot draft, sign or issue a decision: that belongs to the route."))
        return found
    return found + wrong_sequence(steps, order_of)


def wrong_sequence(steps: Sequence[RouteRuleStep], order_of: dict[str, list[int]]) -> list[str]:
    """A route has somebody who approves; the decision is drafted, signed and numbered afterwards, in this order."""
    found = []
    if not any(step.kind in StepKind.APPROVING and not step.only_if_disagreed for step in steps):
        found.append(_("The route has no approver: add a step in which somebody approves, permits or signs."))
    before = [step.order for step in steps if not step.in_decision_phase and step.kind != StepKind.COPY]
    making = [step.order for step in steps if step.in_decision_phase]
    if before and making and min(making) <= max(before):
        found.append(
            _("Step %(order)s makes the decision out before approval is over (step %(last)s). Put it later.")
            % {"order": min(making), "last": max(before)}
        )
    for kind, earlier in ((StepKind.SIGN, StepKind.DRAFT_DECISION), (StepKind.ISSUE, StepKind.SIGN)):
        for order in order_of[kind]:
            if not any(other < order for other in order_of[earlier]):
                values = {"order": order, "step": kind.label, "earlier": earlier.label}
                found.append(_("Step %(order)s “%(step)s” needs “%(earlier)s” before it.") % values)
        if len(order_of[kind]) > 1:
            found.append(_("“%(step)s” can stand only once in a route.") % {"step": kind.label})
    return found


def wrong_step(step: RouteRuleStep, order_of: dict[str, list[int]]) -> Iterable[str]:
    values = {"order": step.order, "step": step.get_kind_display()}
    if step.office not in offices.ALL:
        yield _("Step %(order)s names an office that does not exist.") % values
        return
    outside = step.office in offices.OUTSIDE
    if outside and step.kind not in (StepKind.EXTERNAL_PERMISSION, StepKind.OPINION):
        yield _("Step %(order)s “%(step)s”: a body outside the ministry can only permit or give an opinion.") % values
    if not outside and step.kind == StepKind.EXTERNAL_PERMISSION:
        yield _("Step %(order)s “%(step)s” needs a body outside the ministry.") % values
    if step.office == offices.EXTERNAL and not step.body.strip():
        yield _("Step %(order)s: name the body outside the ministry.") % values
    if step.only_if_disagreed and not any(order < step.order for order in order_of[StepKind.OPINION]):
        yield _("Step %(order)s opens after a disagreeing opinion, but no opinion is asked before it.") % values


def days_to_look_at(rule: RouteRule, on: dt.date) -> list[dt.date]:
    """From this day on, each day on which the set of rules changes."""
    rows = others(rule).filter(kind=rule.kind)
    starts = rows.filter(valid_from__gt=on).values_list("valid_from", flat=True)
    ends = [
        last + dt.timedelta(days=1) for last in rows.filter(valid_until__gte=on).values_list("valid_until", flat=True)
    ]
    own = [rule.valid_until + dt.timedelta(days=1)] if rule.valid_until else []
    return sorted({on, *starts, *ends, *own})


def others(rule: RouteRule) -> RouteRuleQuerySet:
    return RouteRule.objects.published().exclude(pk=rule.pk)


def among_the_others(rule: RouteRule, day: dt.date) -> list[str]:
    """Files that would find no route any more, and routes that could never win, on this day and not before the change."""
    rows = list(others(rule).filter(kind=rule.kind, is_enabled=True, role=RuleRole.ROUTE).on(day))
    before = [candidate(row) for row in rows]
    after = [candidate(row) for row in rows if row.code != rule.code]
    holds = rule.valid_until is None or day <= rule.valid_until
    if holds and rule.is_enabled and rule.role == RuleRole.ROUTE:
        after.append(candidate(rule))
    domain = domain_of(rule.kind)
    titles = {row.code: row.title for row in rows} | {rule.code: rule.title}
    return [*new_gaps(rule.kind, before, after, day), *newly_shadowed(before, after, domain, titles)]


def new_gaps(kind: str, before: list[Candidate], after: list[Candidate], day: dt.date) -> list[str]:
    """Only what the change itself would open: a kind whose routes are still being written has gaps anyway."""
    domain = domain_of(kind)
    were = {tuple(values.values()) for values in coverage.every_file(domain) if coverage.winner(before, values) is None}
    now = {tuple(values.values()) for values in coverage.every_file(domain) if coverage.winner(after, values) is None}
    if not now - were:
        return []
    return [
        _("From %(day)s on no route would fit these files: %(files)s.") % {"day": f"{day:%d/%m/%Y}", "files": words}
        for words in gap_words(kind, after)
    ]


def gap_words(kind: str, candidates: Sequence[Candidate]) -> list[str]:
    return ["; ".join(conditions_words(kind, box)) for box in coverage.gaps(candidates, domain_of(kind))[:GAPS_SHOWN]]


def newly_shadowed(
    before: list[Candidate], after: list[Candidate], domain: coverage.Domain, titles: dict[str, str]
) -> list[str]:
    were = coverage.shadowed(before, domain)
    found = []
    for code, by in coverage.shadowed(after, domain).items():
        if code in were:
            continue
        values = {"rule": titles[code], "others": "; ".join(f"“{titles[other]}”" for other in by)}
        found.append(
            _("“%(rule)s” could never apply: its files all take %(others)s first. Change priority or conditions.")
            % values
            if by
            else _("“%(rule)s” could never apply: its conditions fit no file.") % values
        )
    return found


def candidate(rule: RouteRule) -> Candidate:
    return Candidate(code=rule.code, priority=rule.priority, conditions=rule.conditions)


def domain_of(kind: str) -> dict[str, tuple[str, ...]]:
    return {each.name: each.values for each in facts_of(kind)}


def state_of_routes(kind: str, rows: Iterable[RouteRule]) -> list[str]:
    """What is wrong with the rules of a kind as they apply on one day: gaps, and routes that never win."""
    rows = [row for row in rows if row.role == RuleRole.ROUTE and row.is_enabled]
    candidates, titles = [candidate(row) for row in rows], {row.code: row.title for row in rows}
    found = [_("No route fits these files: %(files)s.") % {"files": words} for words in gap_words(kind, candidates)]
    return found + newly_shadowed([], candidates, domain_of(kind), titles)


def vacant_offices(steps: Sequence[RouteRuleStep], on: dt.date) -> list[str]:
    """Offices that nobody holds: files could be written, but not submitted (C19)."""
    found = []
    for office in dict.fromkeys(step.office for step in steps if step.kind != StepKind.COPY):
        if office in offices.OUTSIDE or office not in offices.ALL:
            continue
        label = offices.office_label(office)
        if office not in offices.OF_UNIT:
            if not offices.holders_of(office, None, on):
                found.append(_("Nobody holds the office “%(office)s” now.") % {"office": label})
        elif empty := units_without(office, on):
            names = ", ".join(str(unit) for unit in empty[:UNITS_NAMED])
            more = _(" and %(n)s more") % {"n": len(empty) - UNITS_NAMED} if len(empty) > UNITS_NAMED else ""
            found.append(
                _("Nobody holds the office “%(office)s” in: %(units)s.") % {"office": label, "units": names + more}
            )
    return found


def units_without(office: str, on: dt.date) -> list[OrgUnit]:
    """The units (below the ministry itself) in which nobody holds an office that depends on the unit."""
    units = OrgUnit.objects.on(on).filter(parent__isnull=False, parent__parent__isnull=True)
    return [unit for unit in units if not offices.holders_of(office, unit, on)]
