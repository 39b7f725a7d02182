"""The route of a file as rows: laying steps out, opening the next ones, stopping them, going back to an earlier one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _

from intlcoop.people import offices
from intlcoop.regulations.queries import calendar
from intlcoop.regulations.working_days import add_working_days
from intlcoop.workflow import engine, notices, papers, registry
from intlcoop.workflow.choices import Outcome, Phase, StepKind, StepState
from intlcoop.workflow.models import Case, Decision, Step
from intlcoop.workflow.refusals import Refused
from intlcoop.workflow.routing import PlannedStep
from intlcoop.workflow.separation import conflicted_ids, free_holders

if TYPE_CHECKING:
    from intlcoop.people.models import User

#: Outcomes after which the file goes on to the next step.
PASSING = (Outcome.AGREE, Outcome.DISAGREE, Outcome.NO_ANSWER, *Outcome.AUTOMATIC)


def current_steps(case: Case) -> list[Step]:
    """The route as it stands, in order, each step with its decision."""
    return list(
        case.steps.current().select_related("decision__decided_by", "unit", "assigned_to").order_by("order", "position")
    )


def passed(step: Step) -> bool:
    """Whether the step has been decided in a way that lets the file go on."""
    return hasattr(step, "decision") and step.decision.outcome in PASSING


def lay_out(case: Case, planned: Sequence[PlannedStep], *, from_order: int = 0, only: Collection[int] = ()) -> None:
    """Write the steps of a route from an order on, as a new round; rows that they replace keep their decisions.

    `only` = positions that restart within `from_order` itself (the others of that order stand); empty = all of them.
    """
    now = timezone.now()
    current = {step.position: step for step in case.steps.current()}
    case.round += 1
    case.save(update_fields=["round"])
    fresh = [
        (position, step)
        for position, step in enumerate(planned)
        if step.order > from_order or (step.order == from_order and (not only or position in only))
    ]
    kept = {
        position
        for position, step in enumerate(planned)
        if position in current and position not in {place for place, _step in fresh}
    }
    replaced = [step.pk for position, step in current.items() if position not in kept]
    case.steps.filter(pk__in=replaced).update(superseded_at=now)
    case.steps.filter(pk__in=replaced, state__in=[StepState.OPEN, StepState.PENDING]).update(state=StepState.STOPPED)
    for position, step in fresh:
        Step.objects.create(
            case=case,
            round=case.round,
            position=position,
            order=step.order,
            kind=step.kind,
            office=step.office,
            unit=case.unit,
            body=step.body,
            due_working_days=step.due_working_days,
            binds=list(step.binds),
            rule_code=step.rule,
            rule_version=step.version,
            citation=step.citation,
            only_if_disagreed=step.only_if_disagreed,
            assigned_to=person_named(case, step.kind, step.office),
        )


def person_named(case: Case, kind: str, office: str) -> User | None:
    """Who is to decide in person, because the file names them: nobody else of the office is asked then."""
    return None if kind == StepKind.COPY else registry.kind_of(case).named(case, office)


def planned_from(steps: Sequence[Step]) -> list[PlannedStep]:
    """The plan that these rows were laid out from."""
    return [
        PlannedStep(
            order=step.order,
            kind=step.kind,
            office=step.office,
            body=step.body,
            due_working_days=step.due_working_days,
            binds=tuple(step.binds),
            rule=step.rule_code,
            version=step.rule_version,
            citation=step.citation,
            only_if_disagreed=step.only_if_disagreed,
        )
        for step in sorted(steps, key=lambda step: step.position)
    ]


def missing_holders(case: Case, planned: Sequence[PlannedStep], on: dt.date) -> list[str]:
    """A sentence per step that nobody could act on, so that a file is not sent into a dead end (feature C19)."""
    conflicted = conflicted_ids(case)
    sentences = []
    for planned_step in planned:
        if planned_step.kind == StepKind.COPY:
            continue  # a copy that nobody reads holds no file up
        named = person_named(case, planned_step.kind, planned_step.office)
        step = Step(case=case, unit=case.unit, kind=planned_step.kind, office=planned_step.office, assigned_to=named)
        office, holders = free_holders(step, conflicted, on)
        if not holders and office not in offices.OUTSIDE:
            sentences.append(
                _(
                    "Nobody holds the office “%(office)s” for the step “%(step)s”. Ask the administrator to appoint somebody."
                )
                % {"office": offices.office_label(planned_step.office), "step": step.get_kind_display()}
            )
    return sentences


def open_next(case: Case, *, actor: User | None) -> None:
    """Open the steps that are next, or finish the phase when there are none. Waits while a parallel step is open.

    A copy is sent and done when its turn comes, a step that a disagreement would have opened is passed over without one:
    then what follows opens at once.
    """
    while _open_one_order(case, actor=actor):
        pass


def _open_one_order(case: Case, *, actor: User | None) -> bool:
    """Open the steps of the next order; True when all of them were done by themselves, so that more can open."""
    steps = current_steps(case)
    if any(step.state == StepState.OPEN for step in steps):
        return False
    pending = [step for step in steps if step.state == StepState.PENDING]
    lifecycle = registry.kind_of(case).lifecycle
    to_decide = [step for step in pending if step.kind != StepKind.COPY]
    phase = Phase.DECISION if all(step.in_decision_phase for step in to_decide) else Phase.APPROVAL
    approval_over = not pending or phase == Phase.DECISION
    if approval_over:
        ended = Phase.APPROVAL if pending or not any(step.in_decision_phase for step in steps) else Phase.DECISION
        _end_phase(case, lifecycle.phase_ends.get(ended, ()), actor)
    if not pending:
        return False
    first = min(step.order for step in pending)
    opening = [step for step in pending if step.order == first]
    disagreed = any(passed(step) and step.decision.outcome == Outcome.DISAGREE for step in steps)
    waiting = [step for step in opening if not _done_by_itself(case, step, disagreed=disagreed)]
    for step in waiting:
        _open(case, step)
    return not waiting


def _done_by_itself(case: Case, step: Step, *, disagreed: bool) -> bool:
    """Settle a step that asks nobody to decide: a step for the case of disagreement without one, or a copy."""
    if step.only_if_disagreed and not disagreed:
        _settle(case, step, Outcome.NOT_NEEDED, _("No opinion of this round disagreed, so this step is passed over."))
        return True
    if step.kind != StepKind.COPY:
        return False
    holders = offices.holders_of(step.office, step.unit, timezone.localdate())
    people = [holder.user for holder in holders]
    names = ", ".join(person.full_name for person in people) or offices.office_label(step.office)
    _settle(case, step, Outcome.SENT, _("Copy for information sent to: %(names)s.") % {"names": names})
    notices.tell_copy(case, step, people)
    return True


def _settle(case: Case, step: Step, outcome: str, why: str) -> None:
    """Write down what became of a step on which nobody had to decide."""
    version = case.content_versions.order_by("-number").first()
    step.acting_office = step.office
    step.state, step.opened_at = StepState.DONE, timezone.now()
    step.save(update_fields=["acting_office", "state", "opened_at"])
    Decision.objects.create(
        step=step,
        outcome=outcome,
        comment=why,
        decided_by_name=str(offices.office_label(step.office)),
        decided_on=timezone.localdate(),
        content_version=version.number if version else 0,
        content_hash=version.content_hash if version else "",
    )


def _end_phase(case: Case, names: str | tuple[str, ...], actor: User | None) -> None:
    lifecycle = registry.kind_of(case).lifecycle
    ends = [lifecycle[name] for name in ((names,) if isinstance(names, str) else names)]
    transition = next((each for each in ends if case.state in each.sources), None)
    if transition is not None:
        engine.apply(case, transition, actor=actor)


def _open(case: Case, step: Step) -> None:
    today = timezone.localdate()
    step.case = case
    step.acting_office, holders = free_holders(step, conflicted_ids(case), today)
    step.state = StepState.OPEN
    step.opened_at = timezone.now()
    if step.due_working_days is not None:
        step.due_on = add_working_days(today, step.due_working_days, calendar())
    step.save(update_fields=["acting_office", "state", "opened_at", "due_on"])
    notices.tell_next(case, step, holders)


def stop_all(case: Case) -> None:
    """Close whatever is open or to come: the file leaves its route."""
    case.steps.current().filter(state__in=[StepState.OPEN, StepState.PENDING]).update(state=StepState.STOPPED)


def go_back(case: Case, target: Step, *, actor: User | None, comment: str) -> None:
    """Return the file to an earlier step of its route; what was decided from there on is to be decided again.

    Raises Refused when the step is not an earlier one that was decided.
    """
    steps = current_steps(case)
    decided = [step for step in steps if step.pk == target.pk and step.state == StepState.DONE]
    if not decided:
        raise Refused(_("The file can only be returned to a step that has been done."))
    reopening = registry.kind_of(case).lifecycle.reopening(case.state)
    if not target.in_decision_phase and reopening is not None:
        engine.apply(case, reopening, actor=actor, comment=comment)
    papers.take_back(case, to_kind=target.kind)
    lay_out(case, planned_from(steps), from_order=target.order, only={target.position})
    open_next(case, actor=actor)
