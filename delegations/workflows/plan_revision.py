"""The lifecycle of revisions of an approved plan: collect, walk the route, apply everything at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from delegations.choices import RevisionState as R
from delegations.guards import plans as guards
from delegations.queries.planning_people import everybody_planning
from delegations.services import plan_revisions
from delegations.workflows.plan import PLAN, approval_of, papers_to_come
from intlcoop.workflow import engine, notices
from intlcoop.workflow.choices import Phase
from intlcoop.workflow.effects import tell_filer
from intlcoop.workflow.lifecycle import Lifecycle, Transition
from intlcoop.workflow.route_transitions import give_up, reject, reopen, send_back, submit, withdraw
from intlcoop.workflow.services import record_content

if TYPE_CHECKING:
    from intlcoop.people.models import User
    from intlcoop.workflow.models import Case, StatusChange


def keep_content(case: Case, change: StatusChange, actor: User | None) -> None:
    if actor is not None:
        record_content(case, actor=actor)


def approve_without_paper(case: Case, change: StatusChange, actor: User | None) -> None:
    if not papers_to_come(case):
        engine.apply(case, REVISION["approve"], actor=actor)


def apply_changes(case: Case, change: StatusChange, actor: User | None) -> None:
    """All changes in the transaction of the approval; the plan gets its next version."""
    number, on = approval_of(case)
    plan_revisions.apply_revision(case.plan_revision, number=number, on=on)


def release_plan(case: Case, change: StatusChange, actor: User | None) -> None:
    """The plan is no longer under revision, whatever came of it."""
    plan = case.plan_revision.plan
    if plan.case is None:
        return
    locked = engine.lock(plan.case)
    if locked.state in PLAN["settle"].sources:
        engine.apply(locked, PLAN["settle"], actor=actor)


def tell_revised(case: Case, change: StatusChange, actor: User | None) -> None:
    notices.tell(
        case,
        everybody_planning(except_for=actor),
        event_key=f"status-{change.pk}",
        ending=gettext("plan adjusted"),
        text=gettext("The plan has been adjusted. You find every change with its reason on the page."),
    )


UNDER_WAY = (R.SUBMITTED, R.AWAITING_ISSUE)

REVISION = Lifecycle(
    states=R,
    initial=R.COLLECTING,
    editable=(R.COLLECTING,),
    in_route=UNDER_WAY,
    returned="return",
    rejected="reject",
    phase_ends={Phase.APPROVAL: "agree", Phase.DECISION: "approve"},
    transitions=(
        submit(
            _("Submit the revision for approval"),
            sources=(R.COLLECTING,),
            target=R.SUBMITTED,
            guards=(
                guards.revision_changes_something,
                guards.requests_are_answered,
                guards.changed_lines_still_stand,
                guards.dropped_lines_are_free,
            ),
            first=(keep_content,),
        ),
        withdraw(source=R.SUBMITTED, target=R.COLLECTING),
        send_back(sources=UNDER_WAY, target=R.COLLECTING),
        Transition(
            name="agree",
            label=_("Approval complete"),
            sources=(R.SUBMITTED,),
            target=R.AWAITING_ISSUE,
            effects=(approve_without_paper,),
        ),
        reopen(source=R.AWAITING_ISSUE, target=R.SUBMITTED),
        reject(sources=UNDER_WAY, target=R.REJECTED, first=(release_plan,)),
        Transition(
            name="approve",
            label=pgettext_lazy("plan", "Approve"),
            sources=(R.AWAITING_ISSUE,),
            target=R.APPROVED,
            guards=(guards.changed_lines_still_stand, guards.dropped_lines_are_free),
            effects=(apply_changes, release_plan, tell_filer, tell_revised),
        ),
        give_up(
            "cancel",
            _("Give the revision up"),
            sources=(R.COLLECTING,),
            target=R.CANCELLED,
            effects=(release_plan,),
        ),
    ),
)
