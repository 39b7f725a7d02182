"""The lifecycle of trips as a table, what follows from each transition, and what the calendar does to them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from delegations import services
from delegations.choices import ChangeKind, ChangeState
from delegations.choices import OutboundState as S
from delegations.guards import SUBMISSION_GUARDS
from delegations.models import OutboundDelegation, TripChange
from intlcoop.people.offices import ICD_OFFICER, holders_of
from intlcoop.workflow import engine, notices, papers, route_steps
from intlcoop.workflow.choices import Phase
from intlcoop.workflow.effects import stop_route, tell_filer, tell_icd
from intlcoop.workflow.lifecycle import Lifecycle, Transition
from intlcoop.workflow.route_transitions import give_up, reject, reopen, send_back, submit, withdraw

if TYPE_CHECKING:
    from intlcoop.people.models import User
    from intlcoop.workflow.models import Case, StatusChange


def start_over(case: Case, change: StatusChange, actor: User | None) -> None:
    """A trip that was put off after its decision walks its whole route again when it is taken up; the old decision is
    suspended, its paper and all that was decided on the way to it stay in the record."""
    papers.take_back(case, to_kind="")
    route_steps.lay_out(case, [])


def forget_reason(case: Case, change: StatusChange, actor: User | None) -> None:
    services.settle_trip(case.outbound, "")


def page_to_stop(how: str) -> Callable[[Case], str]:
    """Putting off and calling off ask for a kind of reason that statistics can count."""
    return lambda case: reverse("delegations:stop", args=[case.number, how])


def tell_travellers(case: Case, change: StatusChange, actor: User | None) -> None:
    """Filer and members: the decision is out."""
    people = {case.created_by, *(m.person for m in case.outbound.members.select_related("person") if m.person)}
    notices.tell(
        case,
        people,
        event_key=f"status-{change.pk}",
        ending=gettext("decision issued"),
        text=gettext("The decision has been issued. You find it with the file."),
    )


def tell_report_due(case: Case, change: StatusChange, actor: User | None) -> None:
    notices.tell(
        case,
        [case.created_by],
        event_key=f"report-due-{case.pk}",
        ending=gettext("report due"),
        text=gettext("The delegation is back. Please file its report."),
    )


def note_dealings(case: Case, change: StatusChange, actor: User | None) -> None:
    services.note_trip(case.outbound)


def forget_dealings(case: Case, change: StatusChange, actor: User | None) -> None:
    services.forget_dealings(case)


OUTBOUND = Lifecycle(
    states=S,
    initial=S.PLANNED,
    editable=(S.PLANNED, S.RETURNED, S.IN_APPROVAL, S.AWAITING_DECISION),
    in_route=(S.IN_APPROVAL, S.AWAITING_DECISION),
    returned="return",
    rejected="reject",
    phase_ends={Phase.APPROVAL: "approve", Phase.DECISION: "issue"},
    transitions=(
        submit(
            _("Submit for approval"),
            sources=(S.PLANNED, S.RETURNED),
            target=S.IN_APPROVAL,
            guards=SUBMISSION_GUARDS,
            then=(tell_icd,),
        ),
        withdraw(source=S.IN_APPROVAL, target=S.PLANNED),
        send_back(sources=(S.IN_APPROVAL, S.AWAITING_DECISION), target=S.RETURNED),
        Transition(
            name="approve",
            label=_("Approval complete"),
            sources=(S.IN_APPROVAL,),
            target=S.AWAITING_DECISION,
            effects=(tell_filer,),
        ),
        reopen(source=S.AWAITING_DECISION, target=S.IN_APPROVAL, effects=(tell_filer,)),
        reject(sources=(S.IN_APPROVAL, S.AWAITING_DECISION), target=S.REJECTED),
        Transition(
            name="issue",
            label=_("Issue the decision"),
            sources=(S.AWAITING_DECISION,),
            target=S.DECIDED,
            effects=(tell_travellers,),
        ),
        Transition(
            name="amend",
            label=_("Amended by a new decision"),
            sources=(S.DECIDED,),
            target=S.DECIDED,
        ),
        Transition(
            name="extend",
            label=_("Extended by a new decision"),
            sources=(S.TRAVELLING,),
            target=S.TRAVELLING,
        ),
        Transition(
            name="postpone_decided",
            label=_("Put off by a new decision"),
            sources=(S.DECIDED,),
            target=S.POSTPONED,
            effects=(start_over,),
        ),
        Transition(
            name="cancel_decided",
            label=_("Called off by a new decision"),
            sources=(S.DECIDED,),
            target=S.CANCELLED,
            effects=(forget_dealings,),
        ),
        Transition(name="depart", label=_("Depart"), sources=(S.DECIDED,), target=S.TRAVELLING),
        Transition(
            name="come_back",
            label=_("Come back"),
            sources=(S.TRAVELLING,),
            target=S.REPORT_DUE,
            effects=(note_dealings, tell_report_due),
        ),
        Transition(
            name="complete", label=_("Complete"), sources=(S.REPORT_DUE,), target=S.COMPLETED, effects=(tell_filer,)
        ),
        Transition(name="import", label=_("Import from records"), sources=(S.PLANNED,), target=S.COMPLETED),
        Transition(
            name="postpone",
            label=_("Postpone"),
            sources=(S.RETURNED, S.IN_APPROVAL, S.AWAITING_DECISION),
            target=S.POSTPONED,
            rule="workflow.submit_case",
            needs_comment=True,
            destructive=True,
            effects=(stop_route,),
            page=page_to_stop("hoan"),
        ),
        Transition(
            name="resume",
            label=_("Take up again"),
            sources=(S.POSTPONED,),
            target=S.PLANNED,
            rule="workflow.submit_case",
            effects=(forget_reason,),
        ),
        give_up(
            "cancel",
            _("Cancel the trip"),
            sources=(S.PLANNED, S.RETURNED, S.IN_APPROVAL, S.AWAITING_DECISION, S.POSTPONED),
            target=S.CANCELLED,
            page=page_to_stop("huy"),
        ),
    ),
)


def change_held_for(name: str, case: Case) -> TripChange | None:
    """The submitted request on whose answer this movement waits: departure on any but a longer stay, return on that."""
    waiting = TripChange.objects.open().filter(delegation__case=case, case__state__in=ChangeState.UNDER_WAY)
    longer = Q(kind=ChangeKind.EXTEND)
    return waiting.filter(longer if name == "come_back" else ~longer).select_related("case", "delegation__case").first()


def keep_waiting(due: QuerySet[OutboundDelegation], back: QuerySet[OutboundDelegation]) -> None:
    """The day has come and the answer has not: filer and ICD are told once what they can do."""
    waiting = TripChange.objects.open().filter(case__state__in=ChangeState.UNDER_WAY)
    longer = Q(kind=ChangeKind.EXTEND)
    found = waiting.filter(Q(delegation__in=due) & ~longer | Q(delegation__in=back) & longer)
    for change in found.select_related("case__unit", "case__created_by", "delegation__case"):
        tell_waiting(change)


def tell_waiting(change: TripChange) -> None:
    case = change.case
    people = {case.created_by, *(holder.user for holder in holders_of(ICD_OFFICER, case.unit, timezone.localdate()))}
    text = gettext(
        "The day set by the old decision has come, and this request is not answered yet. If the delegation goes by the old "
        "decision, withdraw the request; the trip then moves on by itself."
    )
    notices.tell(case, people, event_key=f"change-{change.pk}-waits", ending=gettext("the day has come"), text=text)


def move_with_the_calendar(today: dt.date) -> int:
    """Delegations depart and come back on their days; returns how many moved. Safe to run twice a day."""
    moved = 0
    due = OutboundDelegation.objects.filter(case__state=S.DECIDED, departs_on__lte=today)
    back = OutboundDelegation.objects.filter(case__state=S.TRAVELLING, returns_on__lt=today)
    keep_waiting(due, back)
    for name, trips in (("depart", due), ("come_back", back)):
        for trip in trips.select_related("case"):
            moved += engine.move_by_itself(trip.case, OUTBOUND[name], unless=partial(change_held_for, name))
    return moved
