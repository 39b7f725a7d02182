"""The lifecycle of requests to change a decided trip, and what follows when the new decision is issued (C17)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from delegations import guards, queries, services
from delegations.choices import AttachmentKind, ChangeKind, OutboundState
from delegations.choices import ChangeState as C
from delegations.models import TripChange
from delegations.queries.bound_partners import TRIP_COMPARATORS
from delegations.queries.changes import change_of
from delegations.queries.estimates import amounts_of_cases
from delegations.workflows.outbound import OUTBOUND
from intlcoop.people.models import User
from intlcoop.workflow import engine, notices, papers
from intlcoop.workflow.choices import Phase
from intlcoop.workflow.effects import stop_route, tell_filer, tell_icd
from intlcoop.workflow.lifecycle import Lifecycle, Transition
from intlcoop.workflow.refusals import Refused
from intlcoop.workflow.registry import FileKind
from intlcoop.workflow.route_transitions import give_up, reject, reopen, send_back, submit, withdraw

if TYPE_CHECKING:
    from intlcoop.workflow.models import Case, StatusChange

#: The row of the trip's own table by which each kind of request takes effect.
EFFECT_ON_TRIP = {
    ChangeKind.AMEND: "amend",
    ChangeKind.EXTEND: "amend",
    ChangeKind.POSTPONE: "postpone_decided",
    ChangeKind.CANCEL: "cancel_decided",
    ChangeKind.ONLINE: "cancel_decided",
}


def keep_the_trip_waiting(case: Case, change: StatusChange, actor: User | None) -> None:
    """Looks at the trip again under its lock, so that it does not depart between the question and the submission."""
    engine.lock(change_of(case).delegation.case)
    if sentence := guards.trip_can_still_change(case):
        raise Refused([sentence])


def take_effect(case: Case, change: StatusChange, actor: User | None) -> None:
    """The new decision is issued: the trip becomes what it says. Nobody is asked for a right: the route has decided."""
    asked = change_of(case)
    trip_case = engine.lock(asked.delegation.case)
    if sentence := guards.trip_can_still_change(case):
        raise Refused([sentence])
    if asked.has_content:
        services.apply_version(asked, trip_case=trip_case)
    name = "extend" if trip_case.state == OutboundState.TRAVELLING else EFFECT_ON_TRIP[ChangeKind(asked.kind)]
    engine.apply(trip_case, OUTBOUND[name], actor=actor, comment=words_of(asked, case))
    if not asked.has_content:
        trip = asked.delegation
        trip.refresh_from_db()
        services.settle_trip(trip, services.reason_of(asked))
    if asked.kind == ChangeKind.ONLINE:
        services.create_online_event(asked)
    services.close_change(asked, in_force=True)


def words_of(asked: TripChange, case: Case) -> str:
    """ "Quyết định số 20/QĐ-BDP. Lý do: ..." for the history of the trip."""
    paper = papers.current_paper(case)
    number = paper.full_number if paper else ""
    return gettext("Decision %(number)s. Reason: %(reason)s") % {"number": number, "reason": asked.reason}


def close(case: Case, change: StatusChange, actor: User | None) -> None:
    services.close_change(change_of(case), in_force=False)


def tell_everybody(case: Case, change: StatusChange, actor: User | None) -> None:
    """Filers and travellers, by the old version and the new one: what holds now."""
    asked = change_of(case)
    ids = {case.created_by_id, asked.delegation.case.created_by_id, *queries.change_participants(case)}
    ending = str(asked.get_kind_display())
    text = gettext("A new decision on this trip has been issued: %(kind)s. Reason: %(reason)s") % {
        "kind": ending,
        "reason": asked.reason,
    }
    notices.tell(case, User.objects.filter(pk__in=ids), event_key=f"status-{change.pk}", ending=ending, text=text)


TRIP_CHANGE = Lifecycle(
    states=C,
    initial=C.PLANNED,
    editable=(C.PLANNED, C.RETURNED, C.IN_APPROVAL, C.AWAITING_DECISION),
    in_route=(C.IN_APPROVAL, C.AWAITING_DECISION),
    returned="return",
    rejected="reject",
    phase_ends={Phase.APPROVAL: "approve", Phase.DECISION: "issue"},
    transitions=(
        submit(
            _("Submit for approval"),
            sources=(C.PLANNED, C.RETURNED),
            target=C.IN_APPROVAL,
            guards=guards.CHANGE_GUARDS,
            first=(keep_the_trip_waiting,),
            then=(tell_icd,),
        ),
        withdraw(source=C.IN_APPROVAL, target=C.PLANNED),
        send_back(sources=(C.IN_APPROVAL, C.AWAITING_DECISION), target=C.RETURNED),
        Transition(
            name="approve",
            label=_("Approval complete"),
            sources=(C.IN_APPROVAL,),
            target=C.AWAITING_DECISION,
            effects=(tell_filer,),
        ),
        reopen(source=C.AWAITING_DECISION, target=C.IN_APPROVAL, effects=(tell_filer,)),
        reject(sources=(C.IN_APPROVAL, C.AWAITING_DECISION), target=C.REJECTED, first=(close,)),
        Transition(
            name="issue",
            label=_("Issue the decision"),
            sources=(C.AWAITING_DECISION,),
            target=C.IN_FORCE,
            effects=(take_effect, tell_everybody),
        ),
        give_up(
            "drop",
            _("Drop the request"),
            sources=(C.PLANNED, C.RETURNED, C.IN_APPROVAL, C.AWAITING_DECISION),
            target=C.DROPPED,
            effects=(stop_route, close),
            help=_("The old decision goes on to hold as it is."),
        ),
    ),
)


def trip_change_kind() -> FileKind:
    return FileKind(
        code="trip_change",
        prefix="DCDR",
        label=_("Change of an outbound delegation"),
        lifecycle=TRIP_CHANGE,
        summary=queries.change_summary,
        facts=queries.ChangeFacts,
        facts_of=queries.change_facts,
        content_of=queries.change_content,
        comparators=TRIP_COMPARATORS,
        participants=queries.change_participants,
        participating=queries.changes_of_traveller,
        attachment_kinds=dict(AttachmentKind.choices),
        parts=queries.change_parts,
        leave_out=services.leave_out_members,
        amounts=amounts_of_cases,
        readable=queries.readable_change,
        against=queries.against_the_decision,
        decision_facts=queries.change_decision_facts,
        warnings=guards.change_warnings,
        history=queries.change_history,
        edit_url=queries.change_edit_url,
    )
