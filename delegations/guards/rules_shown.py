"""Which rules of the ministry bear on a trip as it stands, said while it is being written: W002-01 and W002-02 with citation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from delegations.choices import Mode, PlanLevel
from delegations.guards.limits import Look
from delegations.queries import head_of
from intlcoop.people import offices
from intlcoop.regulations.choices import ParameterKey
from intlcoop.workflow import routing
from intlcoop.workflow.choices import StepKind
from intlcoop.workflow.refusals import Refused

if TYPE_CHECKING:
    from delegations.models import OutboundDelegation


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleShown:
    """A rule that this file has to follow, and where it is written."""

    text: str
    citation: str


def rules_that_apply(look: Look) -> list[RuleShown]:
    return [*_asks_prime_minister(look), *_out_of_plan(look)]


def _asks_prime_minister(look: Look) -> list[RuleShown]:
    """The route rule of the day decides; the sentence says what about this file makes it fit."""
    try:
        steps = routing.plan_for(look.trip.case, look.today)
    except Refused:
        return []
    asked = next(
        (s for s in steps if s.kind == StepKind.EXTERNAL_PERMISSION and s.office == offices.PRIME_MINISTER), None
    )
    if asked is None:
        return []
    text = _("This file has to ask the Prime Minister before the decision, because %(why)s.")
    return [RuleShown(text=text % {"why": why_prime_minister(look.trip)}, citation=asked.citation)]


def why_prime_minister(trip: OutboundDelegation) -> str:
    head = head_of(trip)
    if trip.mode != Mode.LED or head is None:
        return _("the rules of its route ask for it")
    if trip.plan_line is not None and trip.plan_line.plan.level == PlanLevel.PM:
        return _("its head is: %(rank)s") % {"rank": head.get_rank_display()}
    return _("its head is: %(rank)s, and it does not stand in the plan that the Prime Minister approved") % {
        "rank": head.get_rank_display()
    }


def _out_of_plan(look: Look) -> list[RuleShown]:
    rule = look.limits.get(ParameterKey.UNPLANNED_REASON)
    if rule is None or not look.trip.is_out_of_plan:
        return []
    text = _(
        "Activities outside the approved plan are to be limited: choose a line of the plan if there is one, else say why."
    )
    return [RuleShown(text=text, citation=rule.citation)]
