"""The lifecycle of annual plans as a table (domain.md C2), and what follows from each transition."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from delegations.choices import PlanState as P
from delegations.guards import plans as guards
from delegations.queries.planning_people import everybody_planning
from delegations.services import plan_versions
from intlcoop.vietnamese.dates import table_date
from intlcoop.workflow import engine, notices
from intlcoop.workflow.choices import Outcome, Phase, StepKind, StepState
from intlcoop.workflow.effects import tell_filer
from intlcoop.workflow.lifecycle import Lifecycle, Transition
from intlcoop.workflow.models import Permission
from intlcoop.workflow.papers import current_paper
from intlcoop.workflow.route_transitions import reject, reopen, send_back, submit, withdraw
from intlcoop.workflow.services import record_content

if TYPE_CHECKING:
    import datetime as dt

    from intlcoop.people.models import User
    from intlcoop.workflow.models import Case, StatusChange


def number_lines(case: Case, change: StatusChange, actor: User | None) -> None:
    """The numbers that deciders read are those of the paper."""
    plan_versions.number_lines(case.plan)
    if actor is not None:
        record_content(case, actor=actor)


def tell_consulted(case: Case, change: StatusChange, actor: User | None) -> None:
    """Every unit is asked what it thinks of the plan as a whole (W000-06)."""
    due = case.plan.consultation_due_on
    until = gettext("until %(day)s") % {"day": table_date(due)} if due else gettext("consultation")
    notices.tell(
        case,
        everybody_planning(except_for=actor),
        event_key=f"status-{change.pk}",
        ending=until,
        text=gettext("Please read the plan and write what your unit thinks of it beneath it."),
    )


def approve_without_paper(case: Case, change: StatusChange, actor: User | None) -> None:
    """A plan that a body outside approved needs no paper of ours: its reply is the approval."""
    if not papers_to_come(case):
        engine.apply(case, PLAN["approve"], actor=actor)


def papers_to_come(case: Case) -> bool:
    return case.steps.current().filter(kind__in=StepKind.DECISION_PHASE, state=StepState.PENDING).exists()


def approval_of(case: Case) -> tuple[str, dt.date]:
    """Number and day of what approved the file: our own paper, else the reply of the body outside."""
    paper = current_paper(case)
    if paper is not None and paper.number is not None and paper.issued_on is not None:
        return paper.full_number, paper.issued_on
    replies = Permission.objects.filter(
        decision__step__case=case, decision__step__superseded_at__isnull=True, decision__outcome=Outcome.AGREE
    )
    reply = replies.order_by("-pk").first()
    return (reply.reply_number, reply.reply_date) if reply else (case.number, timezone.localdate())


def take_approval(case: Case, change: StatusChange, actor: User | None) -> None:
    number, on = approval_of(case)
    plan_versions.take_approval(case.plan, number=number, on=on, actor=actor)


def tell_approved(case: Case, change: StatusChange, actor: User | None) -> None:
    notices.tell(
        case,
        everybody_planning(except_for=actor),
        event_key=f"status-{change.pk}",
        ending=gettext("approved"),
        text=gettext("The plan is approved. Trips can be filed against its lines now."),
    )


EDITABLE = (P.DRAFT, P.CONSULTING)
UNDER_WAY = (P.SUBMITTED, P.AWAITING_ISSUE)

PLAN = Lifecycle(
    states=P,
    initial=P.DRAFT,
    editable=EDITABLE,
    in_route=UNDER_WAY,
    returned="return",
    rejected="reject",
    phase_ends={Phase.APPROVAL: "agree", Phase.DECISION: "approve"},
    transitions=(
        submit(
            _("Submit the plan for approval"),
            sources=EDITABLE,
            target=P.SUBMITTED,
            guards=(guards.plan_has_lines, guards.nothing_undecided, guards.lines_are_complete),
            first=(number_lines,),
        ),
        Transition(
            name="consult",
            label=_("Ask the units' opinion"),
            sources=(P.DRAFT,),
            target=P.CONSULTING,
            rule="workflow.submit_case",
            guards=(guards.plan_has_lines,),
            effects=(number_lines, tell_consulted),
            help=_("The whole plan is opened to all units; they read it and write what they think beneath it."),
        ),
        withdraw(source=P.SUBMITTED, target=P.DRAFT),
        send_back(sources=UNDER_WAY, target=P.DRAFT),
        Transition(
            name="agree",
            label=_("Approval complete"),
            sources=(P.SUBMITTED,),
            target=P.AWAITING_ISSUE,
            effects=(approve_without_paper,),
        ),
        reopen(source=P.AWAITING_ISSUE, target=P.SUBMITTED),
        reject(sources=UNDER_WAY, target=P.REJECTED),
        Transition(
            name="redraft",
            label=_("Draft the plan again"),
            sources=(P.REJECTED,),
            target=P.DRAFT,
            rule="workflow.submit_case",
            primary=True,
        ),
        Transition(
            name="approve",
            label=pgettext_lazy("plan", "Approve"),
            sources=(P.AWAITING_ISSUE,),
            target=P.APPROVED,
            effects=(take_approval, tell_filer, tell_approved),
        ),
        Transition(name="revise", label=_("Begin a revision"), sources=(P.APPROVED,), target=P.REVISING),
        Transition(name="settle", label=_("End the revision"), sources=(P.REVISING,), target=P.APPROVED),
        Transition(
            name="close",
            label=_("Close the plan"),
            sources=(P.APPROVED,),
            target=P.CLOSED,
            rule="workflow.submit_case",
            guards=(guards.year_is_over,),
            help=_("The year is over: the plan stays readable, and its lines can no longer be revised."),
        ),
    ),
)
