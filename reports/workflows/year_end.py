"""The lifecycle of a year-end report: made by its job, edited and commented on, approved on its route, issued by the clerk.
From submission on nothing of it changes any more."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from intlcoop.people.offices import CLERK, holders_of
from intlcoop.workflow import engine, notices
from intlcoop.workflow.choices import Phase
from intlcoop.workflow.effects import tell_filer
from intlcoop.workflow.lifecycle import Lifecycle, Transition
from intlcoop.workflow.models import StatusChange
from intlcoop.workflow.recording import Upload
from intlcoop.workflow.route_transitions import reject, reopen, send_back, submit, withdraw
from intlcoop.workflow.services import record_content
from reports import guards, services
from reports.choices import ReportState

if TYPE_CHECKING:
    from intlcoop.people.models import OrgUnit, User
    from intlcoop.workflow.models import Case
    from reports.models import CommentRound, YearEndReport
    from reports.services import Register

S = ReportState
UNDER_WAY = (S.IN_APPROVAL, S.APPROVED)


def tell_ready(case: Case, change: StatusChange, actor: User | None) -> None:
    _tell(case, change, ending=gettext("ready"), text=gettext("The report is ready. You can read and download it."))


def tell_failed(case: Case, change: StatusChange, actor: User | None) -> None:
    text = gettext("The report could not be made. %(reason)s") % {"reason": change.comment}
    _tell(case, change, ending=gettext("not made"), text=text)


def tell_kept(case: Case, change: StatusChange, actor: User | None) -> None:
    text = gettext("The figures could not be collected anew, so the version before holds. %(reason)s")
    _tell(case, change, ending=gettext("figures not renewed"), text=(text % {"reason": change.comment}).strip())


def _tell(case: Case, change: StatusChange, *, ending: str, text: str) -> None:
    notices.tell(case, [case.created_by], event_key=f"status-{change.pk}", ending=ending, text=text)


def keep_content(case: Case, change: StatusChange, actor: User | None) -> None:
    """What was made, as who ordered it; texts by hand are kept when they are written."""
    record_content(case, actor=case.created_by)


def make_files(case: Case, change: StatusChange, actor: User | None) -> None:
    """Whoever approves, and who takes the issued report, gets the file that says what the page says."""
    services.print_again(case.year_end_report, actor=None)


def tell_submitter(case: Case, change: StatusChange, actor: User | None) -> None:
    """Whoever submitted it hears of it too, not only who once ordered it."""
    last = StatusChange.objects.filter(case=case, transition="submit").select_related("actor").last()
    people = {last.actor} if last and last.actor else set()
    ending = YEAR_END.state_label(change.to_state)
    notices.tell(
        case,
        people - {actor, case.created_by},
        event_key=f"status-{change.pk}-submitter",
        ending=ending,
        text=change.comment,
    )


def tell_clerk(case: Case, change: StatusChange, actor: User | None) -> None:
    """The signed report waits for its number."""
    people = {holder.user for holder in holders_of(CLERK, case.unit, change.at.astimezone().date())}
    text = gettext("The report is approved. Once it is signed, enter its number and day from the register.")
    notices.tell(case, people, event_key=f"status-{change.pk}-clerk", ending=gettext("to be issued"), text=text)


def close_round(case: Case, change: StatusChange, actor: User | None) -> None:
    services.close_round(case)


def issuing_page(case: Case) -> str:
    return reverse("reports:issue", args=[case.number])


YEAR_END = Lifecycle(
    states=ReportState,
    initial=S.ORDERED,
    editable=S.OPEN,
    in_route=UNDER_WAY,
    returned="return",
    rejected="reject",
    phase_ends={Phase.APPROVAL: "approve"},
    transitions=(
        Transition(
            name="finish",
            label=_("Finish"),
            sources=(S.ORDERED,),
            target=S.READY,
            effects=(keep_content, tell_ready),
        ),
        Transition(
            name="fail",
            label=_("Give up"),
            sources=(S.ORDERED,),
            target=S.FAILED,
            needs_comment=True,
            effects=(tell_failed,),
        ),
        Transition(name="cancel", label=_("Cancel the order"), sources=(S.ORDERED,), target=S.CANCELLED),
        Transition(name="order_again", label=_("Order again"), sources=S.STOPPED, target=S.ORDERED),
        Transition(
            name="refresh",
            label=_("Collect the figures anew"),
            sources=(S.READY, S.RETURNED),
            target=S.ORDERED,
        ),
        Transition(
            name="keep",
            label=_("Keep the version before"),
            sources=(S.ORDERED,),
            target=S.READY,
            effects=(tell_kept,),
        ),
        Transition(
            name="consult",
            label=pgettext_lazy("report", "Ask the units for comments"),
            sources=(S.READY, S.RETURNED),
            target=S.CONSULTING,
        ),
        Transition(
            name="end_consultation",
            label=pgettext_lazy("report", "Close the round of comments"),
            sources=(S.CONSULTING,),
            target=S.READY,
            rule="reports.consult_report",
            effects=(close_round,),
            help=_("The units no longer read the draft; what they said stays."),
        ),
        submit(
            pgettext_lazy("report", "Submit the report for approval"),
            sources=(S.READY, S.RETURNED),
            target=S.IN_APPROVAL,
            rule="reports.submit_report",
            guards=(guards.texts_match_figures, guards.nothing_is_being_made),
            then=(make_files,),
        ),
        withdraw(source=S.IN_APPROVAL, target=S.READY, rule="reports.submit_report"),
        send_back(sources=UNDER_WAY, target=S.RETURNED),
        Transition(
            name="approve",
            label=_("Approval complete"),
            sources=(S.IN_APPROVAL,),
            target=S.APPROVED,
            effects=(tell_filer, tell_submitter, tell_clerk),
        ),
        reopen(source=S.APPROVED, target=S.IN_APPROVAL),
        reject(sources=UNDER_WAY, target=S.REJECTED, then=(tell_submitter,)),
        Transition(
            name="issue",
            label=pgettext_lazy("report", "Enter number and day"),
            sources=(S.APPROVED,),
            target=S.ISSUED,
            rule="reports.issue_report",
            effects=(make_files, tell_filer, tell_submitter),
            primary=True,
            page=issuing_page,
        ),
    ),
)


@transaction.atomic
def move(case: Case, name: str, *, comment: str = "") -> None:
    """Fire a transition as the consequence of the job; nothing when the report stands there already."""
    locked = engine.lock(case)
    transition = YEAR_END[name]
    if locked.state in transition.sources:
        engine.apply(locked, transition, actor=None, comment=comment)


@transaction.atomic
def refresh_figures(
    report: YearEndReport, *, actor: User, as_of: dt.date | None = None, expected_version: int | None = None
) -> YearEndReport:
    """Collect the figures anew as the next version. Raises NotAllowed, Conflict, Refused."""
    kept = services.prepare_refresh(report, actor=actor, as_of=as_of, expected_version=expected_version)
    engine.apply(engine.lock(kept.case), YEAR_END["refresh"], actor=actor)
    return kept


@transaction.atomic
def consult_units(
    report: YearEndReport,
    due_on: dt.date,
    *,
    units: Iterable[OrgUnit],
    actor: User,
    message: str = "",
    expected_version: int | None = None,
) -> CommentRound:
    """Open the draft to these units for comments. Raises NotAllowed, Conflict, Refused; then nothing is kept."""
    opened = services.prepare_round(
        report, due_on, units=units, actor=actor, message=message, expected_version=expected_version
    )
    engine.apply(engine.lock(report.case), YEAR_END["consult"], actor=actor)
    return opened


@transaction.atomic
def issue_report(
    report: YearEndReport,
    register: Register,
    *,
    actor: User,
    scan: Upload | None = None,
    request_id: uuid.UUID | None = None,
    expected_version: int | None = None,
) -> StatusChange:
    """Enter number, day and signature, and issue the report. Raises what the engine raises; then nothing is kept."""
    if request_id and (done := StatusChange.objects.filter(request_id=request_id, case=report.case).first()):
        return done
    services.enter_number(report, register, actor=actor, scan=scan, expected_version=expected_version)
    return engine.fire(report.case, "issue", actor=actor, request_id=request_id)
