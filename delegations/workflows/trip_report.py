"""The lifecycle of trip reports as a table, and what follows from each transition."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from delegations import services
from delegations.choices import OutboundState
from delegations.choices import ReportState as R
from delegations.workflows.outbound import OUTBOUND
from intlcoop.people.offices import ICD_OFFICER, holders_of
from intlcoop.workflow import engine, notices
from intlcoop.workflow.effects import tell_filer
from intlcoop.workflow.lifecycle import Lifecycle, Transition
from intlcoop.workflow.services import mark_submitted

if TYPE_CHECKING:
    from intlcoop.people.models import User
    from intlcoop.workflow.models import Case, StatusChange


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
    if case.trip_report.delegation.case.state != OutboundState.REPORT_DUE:
        return gettext("The report can be filed once the delegation is back.")
    return None


def tell_icd_of_report(case: Case, change: StatusChange, actor: User | None) -> None:
    people = {holder.user for holder in holders_of(ICD_OFFICER, case.unit, change.at.astimezone().date())}
    people.discard(actor)
    text = gettext("A trip report waits for the ICD.")
    notices.tell(case, people, event_key=f"status-{change.pk}-icd", ending=gettext("trip report"), text=text)


def note_filing(case: Case, change: StatusChange, actor: User | None) -> None:
    mark_submitted(case)


def note_meetings(case: Case, change: StatusChange, actor: User | None) -> None:
    services.note_meetings(case.trip_report)


def complete_trip(case: Case, change: StatusChange, actor: User | None) -> None:
    trip = engine.lock(case.trip_report.delegation.case)
    engine.apply(trip, OUTBOUND["complete"], actor=actor)


TRIP_REPORT = Lifecycle(
    states=R,
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
            effects=(note_filing, note_meetings, tell_icd_of_report),
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
