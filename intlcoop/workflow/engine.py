"""The one function that changes the state of a file.

Lock the case, look again, ask who and whether, write the state and its trace, run the consequences: one transaction.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import rules
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from intlcoop.workflow import registry
from intlcoop.workflow.lifecycle import Guard, Transition
from intlcoop.workflow.models import Case, StatusChange
from intlcoop.workflow.refusals import Conflict, NotAllowed, Refused

if TYPE_CHECKING:
    from intlcoop.people.models import User


def lock(case: Case, *, expected_version: int | None = None) -> Case:
    """The case as it is now, locked until the transaction ends.

    Raises Conflict when it is no longer the version that the person looked at.
    """
    locked = Case.objects.select_for_update(of=("self",)).select_related("unit", "created_by").get(pk=case.pk)
    check_version(locked, expected_version)
    return locked


def check_version(case: Case, expected_version: int | None) -> None:
    """Raises Conflict when the case is no longer the version that the person looked at; None asks for none."""
    if expected_version is not None and case.version != expected_version:
        raise Conflict(
            _("Somebody else changed this file in the meantime. Look at it as it is now, then decide again.")
        )


@transaction.atomic
def fire(
    case: Case,
    name: str,
    *,
    actor: User,
    comment: str = "",
    request_id: uuid.UUID | None = None,
    expected_version: int | None = None,
) -> StatusChange:
    """Fire a transition for a person.

    Raises Conflict (state or version has moved on), NotAllowed (not this person's), Refused (guards' sentences, all at once).
    A repeated `request_id` returns the first answer.
    """
    locked = lock(case)
    if request_id and (done := StatusChange.objects.filter(request_id=request_id, case=case).first()):
        return done
    check_version(locked, expected_version)
    transition = registry.kind_of(locked).lifecycle[name]
    _check_person(transition, locked, actor)
    change = apply(locked, transition, actor=actor, comment=comment, request_id=request_id)
    case.state, case.version = locked.state, locked.version
    return change


def apply(
    locked: Case,
    transition: Transition,
    *,
    actor: User | None,
    comment: str = "",
    request_id: uuid.UUID | None = None,
) -> StatusChange:
    """Carry a transition out on a locked case: for the engine's own consequences, where no person is asked for a right."""
    if locked.state not in transition.sources:
        label = registry.kind_of(locked).lifecycle.state_label(locked.state)
        raise Conflict(_("This is no longer possible: the file is now “%(state)s”.") % {"state": label})
    if transition.needs_comment and not comment.strip():
        raise Refused(_("Say why."))
    if reasons := guard_reasons(transition, locked):
        raise Refused(reasons)
    before, locked.state = locked.state, transition.target
    locked.version += 1
    locked.save(update_fields=["state", "version", "changed_at"])
    change = StatusChange.objects.create(
        case=locked,
        transition=transition.name,
        from_state=before,
        to_state=transition.target,
        actor=actor,
        actor_name=str(actor) if actor else _("the system"),
        comment=comment.strip(),
        request_id=request_id,
    )
    for effect in transition.effects:
        effect(locked, change, actor)
    return change


@transaction.atomic
def move_by_itself(case: Case, transition: Transition, *, unless: Callable[[Case], object] | None = None) -> int:
    """What the calendar does to a file that still stands where the transition begins; 1 if it moved, else 0."""
    locked = lock(case)
    if locked.state not in transition.sources or (unless is not None and unless(locked)):
        return 0
    apply(locked, transition, actor=None)
    return 1


def guard_reasons(transition: Transition, case: Case) -> list[str]:
    """Every sentence that stands in the way, not just the first."""
    return [sentence for guard in transition.guards for sentence in sentences_of(guard, case)]


def sentences_of(guard: Guard, case: Case) -> list[str]:
    """What this guard says, whether one sentence, several or none."""
    answer = guard(case) or []
    return [answer] if isinstance(answer, str) else list(answer)


def offered(case: Case, user: User) -> list[Transition]:
    """The transitions that this person may fire on this file now, in the order of the table."""
    lifecycle = registry.kind_of(case).lifecycle
    return [
        transition
        for transition in lifecycle.from_state(case.state)
        if transition.rule and rules.has_perm(transition.rule, user, case)
    ]


def bump(locked: Case, fields: Sequence[str] = ()) -> None:
    """Count a change of the file that is not a change of state."""
    Case.objects.filter(pk=locked.pk).update(version=F("version") + 1)
    locked.version += 1
    if fields:
        locked.save(update_fields=[*fields, "changed_at"])


def _check_person(transition: Transition, case: Case, actor: User) -> None:
    if transition.rule is None or not rules.has_perm(transition.rule, actor, case):
        raise NotAllowed(_("You may not do this on this file."))
