"""What may this person press on this file, now? Every button stands here once; one of them is the primary one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import rules
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from intlcoop.people import offices
from intlcoop.workflow import engine, registry, wording
from intlcoop.workflow.choices import StepKind
from intlcoop.workflow.deciding import may_record
from intlcoop.workflow.lifecycle import Transition
from intlcoop.workflow.models import Case
from intlcoop.workflow.process import Process

if TYPE_CHECKING:
    from intlcoop.people.models import User

#: Steps that a leader may have decided on paper; a draft and a number are made here, not on paper.
ON_PAPER = (StepKind.ENDORSE, StepKind.OPINION, StepKind.APPRAISE, StepKind.APPROVE, StepKind.SIGN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """A button. `how`: link, post (at once) or dialog (asks first; `reason` = "", "optional" or "required")."""

    key: str
    label: Any
    url: str
    how: str = "link"
    primary: bool = False
    destructive: bool = False
    reason: str = ""
    text: Any = ""
    fields: Any = ""

    @property
    def dialog_id(self) -> str:
        return f"viec-{self.key}"


def actions_of(process: Process, user: User) -> list[Action]:
    """The buttons in the order in which they stand, the primary one first."""
    case = process.case
    found = [
        *own_steps(process, user),
        *transitions(case, user),
        *records(process, user),
        *reassignments(process, user),
    ]
    return with_one_primary(found)


def with_one_primary(found: list[Action]) -> list[Action]:
    """Only the first that wants to be primary is; it goes to the front."""
    first = next((action for action in found if action.primary), None)
    rest = [replace(action, primary=False) for action in found if action is not first]
    return [*([first] if first else []), *rest]


def own_steps(process: Process, user: User) -> list[Action]:
    """The steps that wait for this person, and replies from outside that they may record."""
    mine = process.held_by(user)
    if any(step.acting_office in offices.OUTSIDE for step in process.open) and may_record(
        user, process.case, process.conflicted
    ):
        mine += [step for step in process.open if step.acting_office in offices.OUTSIDE]
    return [
        Action(
            key=f"buoc-{step.pk}",
            label=wording.open_label(step)
            if step.acting_office not in offices.OUTSIDE
            else _("Record the reply of %(office)s")
            % {"office": step.body or offices.office_label(step.acting_office)},
            url=reverse("workflow:step", args=[step.pk]),
            primary=True,
        )
        for step in mine
    ]


def records(process: Process, user: User) -> list[Action]:
    """Decisions on paper, for those who record them; not for a step that the person may decide on screen."""
    if not process.open or not may_record(user, process.case, process.conflicted):
        return []
    mine = {step.pk for step in process.held_by(user)}
    return [
        Action(
            key=f"giay-{step.pk}",
            label=_("Record a decision on paper: %(step)s") % {"step": wording.step_label(step)},
            url=reverse("workflow:record", args=[step.pk]),
        )
        for step in process.open
        if step.kind in ON_PAPER and step.pk not in mine and step.acting_office not in offices.OUTSIDE
    ]


def reassignments(process: Process, user: User) -> list[Action]:
    return [
        Action(
            key=f"giao-{step.pk}",
            label=_("Hand to somebody else: %(step)s") % {"step": wording.step_label(step)},
            url=reverse("workflow:reassign", args=[step.pk]),
        )
        for step in process.open
        if step.acting_office not in offices.OUTSIDE and rules.has_perm("workflow.reassign_step", user, step)
    ]


def transitions(case: Case, user: User) -> list[Action]:
    """What the lifecycle offers. The primary one is shown even while the file is incomplete: pressing it says what is missing."""
    offered = engine.offered(case, user)
    return [
        as_action(case, transition)
        for transition in offered
        if transition.primary or transition.page or not engine.guard_reasons(transition, case)
    ]


def as_action(case: Case, transition: Transition) -> Action:
    if transition.page is not None:
        return Action(
            key=transition.name,
            label=transition.label,
            url=transition.page(case),
            primary=transition.primary,
            destructive=transition.destructive,
        )
    asks = transition.needs_comment or not transition.primary
    return Action(
        key=transition.name,
        label=transition.label,
        url=reverse("workflow:fire", args=[case.number, transition.name]),
        how="dialog" if asks else "post",
        primary=transition.primary,
        destructive=transition.destructive,
        reason="required" if transition.needs_comment else "",
        text=transition.help or _("The file becomes “%(state)s”.") % {"state": target_label(case, transition)},
        fields=version_field(case),
    )


def target_label(case: Case, transition: Transition) -> str:
    return registry.kind_of(case).lifecycle.state_label(transition.target)


def version_field(case: Case) -> Any:
    """The version that the page shows, so that an old page decides nothing."""
    return format_html('<input type="hidden" name="version" value="{}">', case.version)
