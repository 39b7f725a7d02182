"""What became of a line of an approved plan: carried out, moved to another year, dropped, each with its reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

import rules
from django.db import transaction
from django.utils.translation import gettext as _

from delegations.choices import LineState, PlanKind, SettlementReason
from delegations.guards.plans import trips_on
from delegations.models import PlanLine
from intlcoop.workflow import engine
from intlcoop.workflow.refusals import NotAllowed, Refused

if TYPE_CHECKING:
    from intlcoop.people.models import User

#: What a line can come to, besides standing in the plan.
OUTCOMES = (LineState.DONE, LineState.MOVED, LineState.DROPPED)


@transaction.atomic
def settle_line(line: PlanLine, state: str, *, reason: str = "", text: str = "", actor: User) -> PlanLine:
    """Say what became of a line; ACCEPTED takes an earlier word back.

    Raises NotAllowed, Refused: no reason, a trip under way on the line, "carried out" for a trip (its own file says so).
    """
    if line.plan.case is not None:
        engine.lock(line.plan.case)
    line = PlanLine.objects.select_for_update(of=("self",)).select_related("plan", "unit").get(pk=line.pk)
    if not rules.has_perm("delegations.settle_line", actor, line):
        raise NotAllowed(_("Only the ICD says what became of a line, once the plan is approved."))
    if state not in (*OUTCOMES, LineState.ACCEPTED):
        raise Refused(_("A line cannot end that way."))
    if state == LineState.DONE and line.kind == PlanKind.OUTBOUND:
        raise Refused(
            _("Whether an outbound delegation was carried out follows from the trip that is filed against its line.")
        )
    if state in (LineState.MOVED, LineState.DROPPED):
        if reason not in SettlementReason.values:
            raise Refused(_("Choose the kind of reason."))
        if reason == SettlementReason.OTHER and not text.strip():
            raise Refused(_("Say in words what the other reason is."))
        if trips := trips_on(line):
            raise Refused(
                _("%(trips)s is filed against this line. Cancel or finish the trip first.")
                % {"trips": ", ".join(trips)}
            )
    line.state = state
    line.settled_reason = reason if state in (LineState.MOVED, LineState.DROPPED) else ""
    line.settled_text = text.strip() if state != LineState.ACCEPTED else ""
    line.save(update_fields=["state", "settled_reason", "settled_text"])
    return line
