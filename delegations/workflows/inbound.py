"""The lifecycle of visits as a table, what follows from each transition, and what the calendar does to them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from delegations import services
from delegations.choices import DatePrecision
from delegations.guards.visits import VISIT_GUARDS, visit_warnings
from delegations.models import InboundDelegation
from delegations.queries import visits as queries
from delegations.queries.bound_partners import compare_programme
from delegations.queries.visit_particulars import visit_decision_facts
from delegations.services.visits import settle_visit
from delegations.visit_choices import InboundState as S
from delegations.visit_choices import VisitAttachmentKind
from intlcoop.workflow import engine, notices, route_steps
from intlcoop.workflow.binding import compare_people, compare_time_place
from intlcoop.workflow.choices import Facet, Phase
from intlcoop.workflow.effects import stop_route, tell_filer, tell_icd
from intlcoop.workflow.lifecycle import Lifecycle, Transition
from intlcoop.workflow.registry import FileKind
from intlcoop.workflow.route_transitions import give_up, reject, send_back, submit, withdraw

if TYPE_CHECKING:
    from intlcoop.people.models import User
    from intlcoop.workflow.models import Case, StatusChange

RUN = "delegations.run_visit_case"


# --- conditions -------------------------------------------------------------------------------------------------------


def guests_have_come(case: Case) -> str | None:
    visit = case.inbound
    if visit.arrives_on is None:
        return gettext("Enter the day on which the guests are received.")
    if visit.arrives_on > timezone.localdate():
        return gettext("The guests have not come yet.")
    return None


def result_is_written(case: Case) -> str | None:
    visit = case.inbound
    if not visit.result.strip():
        return gettext("Write the result of the visit first.")
    return None


def recommendations_are_written(case: Case) -> str | None:
    """Asked of a delegation from abroad; three lines are enough for a guest who lives here."""
    visit = case.inbound
    if not visit.is_short and not visit.recommendations.strip():
        return gettext("Write your recommendations, or “none”.")
    return None


def page_of_result(case: Case) -> str:
    return reverse("delegations:visit_result", args=[case.number])


# --- consequences -----------------------------------------------------------------------------------------------------


def tell_host(case: Case, change: StatusChange, actor: User | None) -> None:
    """Who receives the guests is told that the visit is agreed to."""
    host = case.inbound.host
    if host is not None and host != actor:
        text = gettext("You receive these guests. Topics, programme and guests stand in the file.")
        key = f"status-{change.pk}-host"
        notices.tell(case, [host], event_key=key, ending=gettext("you receive the guests"), text=text)


def tell_result_due(case: Case, change: StatusChange, actor: User | None) -> None:
    text = gettext("The guests have left. Please write down the result of the visit.")
    ending = gettext("report due")
    notices.tell(case, [case.created_by], event_key=f"result-due-{change.pk}", ending=ending, text=text)


def set_aside(case: Case, change: StatusChange, actor: User | None) -> None:
    """A visit that was put off after it was agreed to walks its whole route again when it is taken up."""
    if change.from_state in S.EXPECTED:
        route_steps.lay_out(case, [])
    else:
        stop_route(case, change, actor)


def forget_reason(case: Case, change: StatusChange, actor: User | None) -> None:
    settle_visit(case.inbound, "")


def page_to_stop(how: str) -> Callable[[Case], str]:
    """Putting off and calling off ask for a kind of reason that statistics can count."""
    return lambda case: reverse("delegations:visit_stop", args=[case.number, how])


def note_dealings(case: Case, change: StatusChange, actor: User | None) -> None:
    services.note_visit(case.inbound)


def forget_dealings(case: Case, change: StatusChange, actor: User | None) -> None:
    services.forget_dealings(case)


INBOUND = Lifecycle(
    states=S,
    initial=S.REQUESTED,
    editable=S.OPEN,
    in_route=(S.IN_APPROVAL, S.ACCEPTED, S.PREPARING),
    returned="return",
    rejected="reject",
    phase_ends={Phase.APPROVAL: "accept"},
    transitions=(
        submit(
            _("Submit for approval"),
            sources=(S.REQUESTED, S.RETURNED),
            target=S.IN_APPROVAL,
            guards=VISIT_GUARDS,
            then=(tell_icd,),
        ),
        withdraw(source=S.IN_APPROVAL, target=S.REQUESTED),
        send_back(sources=(S.IN_APPROVAL,), target=S.RETURNED),
        Transition(
            name="accept",
            label=_("Agreed to receive"),
            sources=(S.IN_APPROVAL,),
            target=S.ACCEPTED,
            effects=(tell_filer, tell_host),
        ),
        Transition(
            name="reopen",
            label=_("Reopen the approval"),
            sources=S.EXPECTED,
            target=S.IN_APPROVAL,
            effects=(tell_filer,),
        ),
        Transition(
            name="prepare",
            label=_("Begin the preparation"),
            sources=(S.ACCEPTED,),
            target=S.PREPARING,
            rule="delegations.begin_visit_preparation",
            primary=True,
        ),
        Transition(
            name="receive",
            label=_("Record that the guests were received"),
            sources=(S.ACCEPTED, S.PREPARING),
            target=S.RECEIVED,
            rule=RUN,
            guards=(guests_have_come,),
            effects=(note_dealings,),
        ),
        Transition(
            name="leave",
            label=_("The guests have left"),
            sources=(S.RECEIVED,),
            target=S.REPORT_DUE,
            effects=(tell_result_due,),
        ),
        Transition(
            name="complete",
            label=_("Write the result and complete"),
            sources=(S.RECEIVED, S.REPORT_DUE),
            target=S.COMPLETED,
            rule=RUN,
            guards=(result_is_written, recommendations_are_written),
            effects=(tell_icd,),
            primary=True,
            page=page_of_result,
        ),
        Transition(
            name="ask_for_more",
            label=_("Ask for completion of the result"),
            sources=(S.COMPLETED,),
            target=S.REPORT_DUE,
            rule="delegations.ask_visit_report",
            needs_comment=True,
            effects=(tell_filer,),
        ),
        Transition(name="import", label=_("Import from records"), sources=(S.REQUESTED,), target=S.COMPLETED),
        Transition(
            name="postpone",
            label=_("Postpone"),
            sources=(S.RETURNED, S.IN_APPROVAL, S.ACCEPTED, S.PREPARING),
            target=S.POSTPONED,
            rule=RUN,
            needs_comment=True,
            destructive=True,
            effects=(set_aside, tell_filer),
            page=page_to_stop("hoan"),
        ),
        Transition(
            name="resume",
            label=_("Take up again"),
            sources=(S.POSTPONED,),
            target=S.REQUESTED,
            rule=RUN,
            effects=(forget_reason,),
        ),
        give_up(
            "cancel",
            _("Cancel the visit"),
            sources=(S.REQUESTED, S.RETURNED, S.IN_APPROVAL, S.ACCEPTED, S.PREPARING, S.RECEIVED, S.POSTPONED),
            target=S.CANCELLED,
            rule=RUN,
            effects=(stop_route, forget_dealings, tell_filer),
            page=page_to_stop("huy"),
        ),
        reject(sources=(S.IN_APPROVAL,), target=S.REJECTED),
    ),
)


def inbound_kind() -> FileKind:
    return FileKind(
        code="inbound",
        prefix="DV",
        label=_("Inbound delegation"),
        lifecycle=INBOUND,
        summary=queries.inbound_summary,
        facts=queries.InboundFacts,
        facts_of=queries.inbound_facts,
        content_of=queries.inbound_content,
        comparators={
            Facet.PEOPLE: compare_people,
            Facet.TIME_PLACE: compare_time_place,
            Facet.PROGRAMME: compare_programme,
        },
        opened_to=queries.visits_opened_to,
        named=queries.host_named,
        named_words=_(
            "The step of the Deputy Minister goes to the Deputy Minister who receives the guests; where the host is none, or "
            "is concerned, to the one in charge of the unit that files."
        ),
        attachment_kinds=dict(VisitAttachmentKind.choices),
        decision_facts=visit_decision_facts,
        warnings=lambda case: visit_warnings(case.inbound),
        history=queries.inbound_history,
        edit_url=queries.inbound_edit_url,
        matching=queries.visits_answering,
        waits=queries.visit_waits,
    )


# --- the calendar -----------------------------------------------------------------------------------------------------


def move_visits_with_the_calendar(today: dt.date) -> int:
    """Guests come and leave on their days; returns how many visits moved. Safe to run twice a day."""
    exact = InboundDelegation.objects.filter(date_precision=DatePrecision.DAY)
    moved = 0
    for visit in exact.filter(case__state__in=S.EXPECTED, arrives_on__lte=today).select_related("case"):
        held = partial(engine.guard_reasons, INBOUND["receive"])
        moved += engine.move_by_itself(visit.case, INBOUND["receive"], unless=held)
    for visit in exact.filter(case__state=S.RECEIVED, leaves_on__lt=today).select_related("case"):
        moved += engine.move_by_itself(visit.case, INBOUND["leave"])
    return moved


@transaction.atomic
def begin_preparing(visit: InboundDelegation, *, actor: User) -> None:
    """The first task that somebody takes up opens the preparation by itself."""
    case = engine.lock(visit.case)
    if case.state == S.ACCEPTED:
        engine.apply(case, INBOUND["prepare"], actor=actor)
