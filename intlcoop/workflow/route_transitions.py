"""The rows that the table of every file on a route shares: submit, withdraw, return, reopen, reject, give up.

A table says only what is its own: words, states, further conditions and consequences. Rows without a rule are fired by the
engine when a step decides so.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from intlcoop.workflow.effects import nobody_has_decided, send_on_its_way, stop_route, tell_filer
from intlcoop.workflow.lifecycle import Effect, Guard, Transition

if TYPE_CHECKING:
    from intlcoop.workflow.models import Case

SUBMIT_CASE = "workflow.submit_case"


def submit(
    label: Any,
    *,
    sources: tuple[str, ...],
    target: str,
    guards: tuple[Guard, ...],
    rule: str = SUBMIT_CASE,
    first: tuple[Effect, ...] = (),
    then: tuple[Effect, ...] = (),
    name: str = "submit",
    help: Any = "",
) -> Transition:
    """The file goes on its route; `first` runs before the route is laid out, `then` after."""
    return Transition(
        name=name,
        label=label,
        sources=sources,
        target=target,
        rule=rule,
        guards=guards,
        effects=(*first, send_on_its_way, *then),
        primary=True,
        help=help,
    )


def withdraw(
    *, source: str, target: str, rule: str = SUBMIT_CASE, name: str = "withdraw", label: Any = ""
) -> Transition:
    """Until somebody has decided, whoever submitted may take the file back (A12)."""
    return Transition(
        name=name,
        label=label or _("Withdraw"),
        sources=(source,),
        target=target,
        rule=rule,
        guards=(nobody_has_decided,),
        effects=(stop_route,),
    )


def send_back(*, sources: tuple[str, ...], target: str) -> Transition:
    return Transition(
        name="return",
        label=_("Return for completion"),
        sources=sources,
        target=target,
        needs_comment=True,
        effects=(tell_filer,),
    )


def reopen(*, source: str, target: str, effects: tuple[Effect, ...] = ()) -> Transition:
    """A decider's step opens again after the approval was complete: the content has grown, or a body outside asked for it."""
    return Transition(name="reopen", label=_("Reopen the approval"), sources=(source,), target=target, effects=effects)


def reject(
    *, sources: tuple[str, ...], target: str, first: tuple[Effect, ...] = (), then: tuple[Effect, ...] = ()
) -> Transition:
    return Transition(
        name="reject",
        label=_("Reject"),
        sources=sources,
        target=target,
        needs_comment=True,
        effects=(*first, tell_filer, *then),
    )


def give_up(
    name: str,
    label: Any,
    *,
    sources: tuple[str, ...],
    target: str,
    rule: str = SUBMIT_CASE,
    effects: tuple[Effect, ...] = (stop_route,),
    page: Callable[[Case], str] | None = None,
    help: Any = "",
) -> Transition:
    """Whoever files ends the matter, with a reason that stays in the record."""
    return Transition(
        name=name,
        label=label,
        sources=sources,
        target=target,
        rule=rule,
        needs_comment=True,
        destructive=True,
        effects=effects,
        page=page,
        help=help,
    )
