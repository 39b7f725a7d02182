"""The lifecycles of trips and trip reports, as tables; what follows from each transition; how both register with the engine."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from delegations import guards, queries
from delegations.choices import AttachmentKind, OutboundState, ReportState
from delegations.guards import SUBMISSION_GUARDS
from delegations.models import OutboundDelegation
from intlcoop.people.offices import ICD_HEAD, ICD_OFFICER, holders_of
from intlcoop.workflow import engine, notices, registry, route_steps
from intlcoop.workflow.binding import USUAL_COMPARATORS
from intlcoop.workflow.choices import Phase
from intlcoop.workflow.lifecycle import Lifecycle, Transition
from intlcoop.workflow.models import Decision
from intlcoop.workflow.services import mark_submitted, start_route

if TYPE_CHECKING:
    from intlcoop.people.models import User
    from intlcoop.workflow.models import Case, StatusChange

S = OutboundState
R = ReportState


# --- guards and effects -----------------------------------------------------------------------------------------


def nobody_has_decided(case: Case) -> str | None:
    """Withdrawing ends with the first decision of the current submission (A12)."""
    decided = Decision.objects.filter(
        step__case=case, step__superseded_at__isnull=True, at__gte=case.submitted_at
    ).exists()
    return gettext("A step has been decided already, so the file can no longer be withdrawn.") if decided else None


def send_on_its_way(case: Case, change: StatusChange, actor: User | None) -> None:
    start_route(case, actor=actor)


def tell_icd(case: Case, change: StatusChange, actor: User | None) -> None:
    """The ICD is told of every submitted file of every unit (W002-08)."""
    day = change.at.astimezone().date()
    people = {holder.user for office in (ICD_OFFICER, ICD_HEAD) for holder in holders_of(office, case.unit, day)}
    people.discard(actor)
    text = gettext("A file was submitted by %(unit)s.") % {"unit": str(case.unit)}
    notices.tell(case, people, event_key=f"status-{change.pk}-icd", ending=gettext("submitted"), text=text)


def stop_route(case: Case, change: StatusChange, actor: User | None) -> None:
    route_steps.stop_all(case)


def tell_filer(case: Case, change: StatusChange, actor: User | None) -> None:
    notices.tell_filer(case, change, change.comment)


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


def report_says_something(case: Case) -> list[str]:
    report = case.trip_report
    found = []
    if not report.results.strip():
        found.append(gettext("Write what was achieved."))
    if not report.meetings.exists():
        found.append(gettext("Enter at least one meeting with its result."))
    if not report.recommendations.strip():
        found.append(gettext("Write your recommendations, or “none”."))
    return found


def trip_is_over(case: Case) -> str | None:
    if case.trip_report.delegation.case.state != S.REPORT_DUE:
        return gettext("The report can be filed once the delegation is back.")
    return None


def tell_icd_of_report(case: Case, change: StatusChange, actor: User | None) -> None:
    people = {holder.user for holder in holders_of(ICD_OFFICER, case.unit, change.at.astimezone().date())}
    people.discard(actor)
    text = gettext("A trip report waits for the ICD.")
    notices.tell(case, people, event_key=f"status-{change.pk}-icd", ending=gettext("trip report"), text=text)


def note_filing(case: Case, change: StatusChange, actor: User | None) -> None:
    mark_submitted(case)


def complete_trip(case: Case, change: StatusChange, actor: User | None) -> None:
    trip = engine.lock(case.trip_report.delegation.case)
    engine.apply(trip, OUTBOUND["complete"], actor=actor)


# --- the tables -------------------------------------------------------------------------------------------------

OUTBOUND = Lifecycle(
    states=OutboundState,
    initial=S.PLANNED,
    editable=(S.PLANNED, S.RETURNED, S.IN_APPROVAL, S.AWAITING_DECISION),
    in_route=(S.IN_APPROVAL, S.AWAITING_DECISION),
    returned="return",
    rejected="reject",
    phase_ends={Phase.APPROVAL: "approve", Phase.DECISION: "issue"},
    transitions=(
        Transition(
            name="submit",
            label=_("Submit for approval"),
            sources=(S.PLANNED, S.RETURNED),
            target=S.IN_APPROVAL,
            rule="workflow.submit_case",
            guards=SUBMISSION_GUARDS,
            effects=(send_on_its_way, tell_icd),
            primary=True,
        ),
        Transition(
            name="withdraw",
            label=_("Withdraw"),
            sources=(S.IN_APPROVAL,),
            target=S.PLANNED,
            rule="workflow.submit_case",
            guards=(nobody_has_decided,),
            effects=(stop_route,),
        ),
        Transition(
            name="return",
            label=_("Return for completion"),
            sources=(S.IN_APPROVAL, S.AWAITING_DECISION),
            target=S.RETURNED,
            needs_comment=True,
            effects=(tell_filer,),
        ),
        Transition(
            name="approve",
            label=_("Approval complete"),
            sources=(S.IN_APPROVAL,),
            target=S.AWAITING_DECISION,
            effects=(tell_filer,),
        ),
        Transition(
            name="reopen",
            label=_("Reopen the approval"),
            sources=(S.AWAITING_DECISION,),
            target=S.IN_APPROVAL,
            effects=(tell_filer,),
        ),
        Transition(
            name="reject",
            label=_("Reject"),
            sources=(S.IN_APPROVAL, S.AWAITING_DECISION),
            target=S.REJECTED,
            needs_comment=True,
            effects=(tell_filer,),
        ),
        Transition(
            name="issue",
            label=_("Issue the decision"),
            sources=(S.AWAITING_DECISION,),
            target=S.DECIDED,
            effects=(tell_travellers,),
        ),
        Transition(name="depart", label=_("Depart"), sources=(S.DECIDED,), target=S.TRAVELLING),
        Transition(
            name="come_back",
            label=_("Come back"),
            sources=(S.TRAVELLING,),
            target=S.REPORT_DUE,
            effects=(tell_report_due,),
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
        ),
        Transition(
            name="resume",
            label=_("Take up again"),
            sources=(S.POSTPONED,),
            target=S.PLANNED,
            rule="workflow.submit_case",
        ),
        Transition(
            name="cancel",
            label=_("Cancel the trip"),
            sources=(S.PLANNED, S.RETURNED, S.IN_APPROVAL, S.AWAITING_DECISION, S.POSTPONED),
            target=S.CANCELLED,
            rule="workflow.submit_case",
            needs_comment=True,
            destructive=True,
            effects=(stop_route,),
        ),
    ),
)

TRIP_REPORT = Lifecycle(
    states=ReportState,
    initial=R.DRAFT,
    editable=(R.DRAFT, R.RETURNED),
    transitions=(
        Transition(
            name="file",
            label=_("File the report"),
            sources=(R.DRAFT, R.RETURNED),
            target=R.FILED,
            rule="delegations.file_report",
            guards=(trip_is_over, report_says_something),
            effects=(note_filing, tell_icd_of_report),
            primary=True,
        ),
        Transition(
            name="accept",
            label=_("Accept the report"),
            sources=(R.FILED,),
            target=R.ACCEPTED,
            rule="delegations.accept_report",
            effects=(tell_filer, complete_trip),
            primary=True,
        ),
        Transition(
            name="ask_for_more",
            label=_("Ask for completion"),
            sources=(R.FILED,),
            target=R.RETURNED,
            rule="delegations.accept_report",
            needs_comment=True,
            effects=(tell_filer,),
        ),
    ),
)


# --- what time does ---------------------------------------------------------------------------------------------


def move_with_the_calendar(today: dt.date) -> int:
    """Delegations depart and come back on their days; returns how many moved. Safe to run twice a day."""
    moved = 0
    due = OutboundDelegation.objects.filter(case__state=S.DECIDED, departs_on__lte=today)
    back = OutboundDelegation.objects.filter(case__state=S.TRAVELLING, returns_on__lt=today)
    for name, trips in (("depart", due), ("come_back", back)):
        for trip in trips.select_related("case"):
            moved += _move(trip, name)
    return moved


@transaction.atomic
def _move(trip: OutboundDelegation, name: str) -> int:
    case = engine.lock(trip.case)
    transition = OUTBOUND[name]
    if case.state not in transition.sources:
        return 0
    engine.apply(case, transition, actor=None)
    return 1


def register() -> None:
    """Make both kinds known to the engine (called from AppConfig.ready)."""
    registry.register(
        registry.FileKind(
            code="outbound",
            prefix="DR",
            label=_("Outbound delegation"),
            lifecycle=OUTBOUND,
            summary=queries.outbound_summary,
            facts=queries.OutboundFacts,
            facts_of=queries.outbound_facts,
            content_of=queries.outbound_content,
            comparators=USUAL_COMPARATORS,
            participants=queries.travelling_ids,
            participating=queries.cases_of_traveller,
            attachment_kinds=dict(AttachmentKind.choices),
            decision_facts=queries.decision_facts,
            warnings=lambda case: guards.warnings(case.outbound),
            history=queries.outbound_history,
            edit_url=queries.outbound_edit_url,
            matching=queries.cases_answering,
        )
    )
    registry.register(
        registry.FileKind(
            code="trip_report",
            prefix="BCDR",
            label=_("Trip report"),
            lifecycle=TRIP_REPORT,
            summary=queries.report_summary,
            content_of=queries.report_content,
            history=queries.report_history,
            edit_url=queries.report_edit_url,
            participants=lambda case: queries.travelling_ids(case.trip_report.delegation.case),
        )
    )
