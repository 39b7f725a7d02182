"""Writes on a case that are not decisions: opening one, keeping its content, sending it on its way, remarks, reassigning."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

import rules
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from intlcoop.people.models import OrgUnit
from intlcoop.regulations.queries import parameter
from intlcoop.vietnamese.folding import fold
from intlcoop.vietnamese.normalise import nfc
from intlcoop.workflow import engine, notices, registry, route_steps
from intlcoop.workflow.binding import changes, content_hash
from intlcoop.workflow.choices import Change, StepState
from intlcoop.workflow.models import Case, CaseComment, ContentVersion, Decision, Step
from intlcoop.workflow.numbering import next_number
from intlcoop.workflow.refusals import Conflict, NotAllowed, Refused
from intlcoop.workflow.routing import plan_for
from intlcoop.workflow.separation import conflicted_ids, may_take_over

if TYPE_CHECKING:
    from intlcoop.people.models import User

#: How far a shift of dates may go before it reopens what was decided (regulations.Parameter).
TOLERANCE = "outbound.date_shift_tolerance_days"


@transaction.atomic
def open_case(kind: str, *, title: str, unit: OrgUnit, actor: User, year: int | None = None, **fields: Any) -> Case:
    """A new file in its first state, with its public number. A title is all that a draft needs (feature A3)."""
    file_kind = registry.get(kind)
    year = year or timezone.localdate().year
    return Case.objects.create(
        kind=kind,
        number=next_number(file_kind.prefix, year),
        title=nfc(title),
        fold=fold(title),
        unit=unit,
        created_by=actor,
        state=file_kind.lifecycle.initial,
        **fields,
    )


def lock_to_edit(case: Case, *, actor: User, expected_version: int | None = None) -> Case:
    """The file as it is now, for whoever may write in it. Raises NotAllowed, Conflict."""
    locked = engine.lock(case, expected_version=expected_version)
    if not rules.has_perm("workflow.edit_case", actor, locked):
        raise NotAllowed(_("This file can no longer be changed here."))
    return locked


@transaction.atomic
def record_content(case: Case, *, actor: User, title: str | None = None) -> ContentVersion | None:
    """Keep what the file says now as a new version, and let decisions that no longer cover it reopen.

    Called by the services above after every change of a file. Returns None when nothing changed.
    """
    locked = engine.lock(case)
    if title is not None and title != locked.title:
        locked.title, locked.fold = nfc(title), fold(title)
        locked.save(update_fields=["title", "fold"])
    content = registry.kind_of(locked).content_of(locked)
    digest = content_hash(content)
    last = locked.content_versions.order_by("-number").first()
    if last is not None and last.content_hash == digest:
        _copy_state(case, locked)
        return None
    facets = registry.kind_of(locked).comparators
    same = last is not None and all(last.content.get(facet) == content.get(facet) for facet in facets)
    version = _keep_version(locked, content, last=last, binding=not same, actor=actor)
    if locked.state in registry.kind_of(locked).lifecycle.in_route and not same:
        reconcile(locked, version, actor=actor)
    _copy_state(case, locked)
    return version


def record_left_out(locked: Case, *, actor: User) -> ContentVersion:
    """Keep what the file says after a decision took a part out. Whoever decided so did not edit the file by that."""
    content = registry.kind_of(locked).content_of(locked)
    last = locked.content_versions.order_by("-number").first()
    return _keep_version(locked, content, last=last, binding=False, actor=actor)


def _keep_version(
    locked: Case, content: dict[str, Any], *, last: ContentVersion | None, binding: bool, actor: User
) -> ContentVersion:
    version = ContentVersion.objects.create(
        case=locked,
        number=last.number + 1 if last else 1,
        content=content,
        content_hash=content_hash(content),
        changes_binding=binding,
        created_by=actor,
    )
    locked.content_hash = version.content_hash
    engine.bump(locked, ["content_hash"])
    return version


def mark_submitted(case: Case) -> None:
    """Note that the file left its author's desk, for kinds without an approval route."""
    now = timezone.now()
    case.first_submitted_at = case.first_submitted_at or now
    case.submitted_at = now
    case.save(update_fields=["first_submitted_at", "submitted_at"])


def _copy_state(case: Case, locked: Case) -> None:
    case.state, case.version, case.title = locked.state, locked.version, locked.title


@transaction.atomic
def start_route(case: Case, *, actor: User | None) -> None:
    """Send a submitted file on its way (an effect of the submit transition).

    Steps that were decided before and whose binding still covers the file stand; the file goes to the first that does not.
    Raises Refused when a step has nobody who could act on it.
    """
    planned = plan_for(case, timezone.localdate())
    if missing := route_steps.missing_holders(case, planned, timezone.localdate()):
        raise Refused(missing)
    mark_submitted(case)
    order, only = _restart_point(case, planned)
    route_steps.lay_out(case, planned, from_order=order, only=only)
    route_steps.open_next(case, actor=actor)


def reconcile(case: Case, version: ContentVersion, *, actor: User) -> None:
    """The file changed under way: reopen from the first decision that no longer covers it, or only tell who decided."""
    planned = plan_for(case, timezone.localdate())
    steps = route_steps.current_steps(case)
    grown, shrunk = _compare_with_decisions(case, steps)
    rerouted = [step.identity for step in planned] != [step.identity for step in route_steps.planned_from(steps)]
    if not grown and not rerouted:
        if shrunk:
            text = _("The file now asks for less than what you decided on. Your decision stands.")
            notices.tell_deciders(case, shrunk, version.number, text)
        return
    order, only = _restart_point(case, planned)
    reopening = registry.kind_of(case).lifecycle.reopening(case.state)
    to_approval = any(not step.in_decision_phase for step in steps if step.order >= order)
    if to_approval and reopening is not None:
        engine.apply(case, reopening, actor=actor, comment=_("The content changed after it was decided."))
    route_steps.papers.take_back(case, to_kind="")
    route_steps.lay_out(case, planned, from_order=order, only=only)
    route_steps.open_next(case, actor=actor)


def _compare_with_decisions(case: Case, steps: list[Step]) -> tuple[list[Step], list[Decision]]:
    """(steps whose decision no longer covers the file, decisions that still do although the file asks for less)."""
    versions = {version.number: version.content for version in case.content_versions.all()}
    content = registry.kind_of(case).content_of(case)
    tolerance = int(parameter(TOLERANCE, timezone.localdate()).value)
    grown, shrunk = [], []
    for step in steps:
        if not route_steps.passed(step) or step.decision.content_version not in versions:
            continue
        decided = versions[step.decision.content_version]
        found = changes(decided, content, registry.kind_of(case).comparators, tolerance)
        bound = [found.get(facet, Change.SAME) for facet in step.binds]
        if Change.MORE in bound:
            grown.append(step)
        elif Change.LESS in bound:
            shrunk.append(step.decision)
    return grown, shrunk


def _restart_point(case: Case, planned: list[Any]) -> tuple[int, set[int]]:
    """(order, positions within it) from which the route has to be walked again; everything before it stands."""
    steps = {step.position: step for step in route_steps.current_steps(case)}
    grown, _shrunk = _compare_with_decisions(case, list(steps.values()))
    again = {step.position for step in grown}
    for position, planned_step in enumerate(planned):
        step = steps.get(position)
        same = step is not None and route_steps.planned_from([step])[0].identity == planned_step.identity
        if step is None or not same or not route_steps.passed(step):
            again.add(position)
    orders = [planned[position].order for position in again if position < len(planned)]
    if not orders:
        return (max(step.order for step in planned), set())
    order = min(orders)
    return order, {position for position in again if position < len(planned) and planned[position].order == order}


@transaction.atomic
def add_comment(case: Case, text: str, *, actor: User, request_id: uuid.UUID | None = None) -> CaseComment:
    """A remark without a decision (C7). Raises NotAllowed for people who cannot see the file, Refused when empty."""
    if not rules.has_perm("workflow.comment_case", actor, case):
        raise NotAllowed(_("You may not do this on this file."))
    if not text.strip():
        raise Refused(_("Write something first."))
    if request_id and (done := CaseComment.objects.filter(request_id=request_id).first()):
        return done
    return CaseComment.objects.create(case=case, author=actor, text=nfc(text), request_id=request_id)


@transaction.atomic
def reassign_step(step: Step, person: User, *, actor: User, reason: str) -> Step:
    """Hand an open step to another person of the same or the next higher office. Administrators only; they never decide.

    Raises NotAllowed, Refused (person is concerned or holds no such office, no reason), Conflict (no longer open).
    """
    case = engine.lock(step.case)
    step = Step.objects.select_related("unit").get(pk=step.pk)
    step.case = case
    if not rules.has_perm("workflow.reassign_step", actor, step):
        raise NotAllowed(_("Only an administrator can reassign a step."))
    if step.state != StepState.OPEN or step.superseded_at is not None:
        raise Conflict(_("This step is no longer waiting. Look at the file as it is now."))
    if not reason.strip():
        raise Refused(_("Say why."))
    if person.pk in conflicted_ids(case):
        raise Refused(_("This person filed, edited or travels in the file, so they cannot decide on it."))
    if not may_take_over(person, step, timezone.localdate()):
        raise Refused(_("This person holds neither this office nor the next higher one."))
    step.assigned_to = person
    step.save(update_fields=["assigned_to"])
    engine.bump(case)
    text = _("Handed to you: %(step)s. Reason: %(reason)s") % {"step": step.get_kind_display(), "reason": reason}
    notices.tell(case, [person], event_key=f"step-{step.pk}-assigned-{person.pk}", ending=_("handed to you"), text=text)
    CaseComment.objects.create(case=case, author=actor, text=text)
    return step
