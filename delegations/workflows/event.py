"""The lifecycle of an international event as a table (domain.md C2), and what the calendar does to it.

One that we hold: hosting in principle where we bid for it (article 6), permission (articles 3 and 4), held, report. One that
we only attend stays light: planned, held.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from delegations import queries, services
from delegations.event_choices import EventFile, EventRole
from delegations.event_choices import EventState as E
from delegations.guards import events as guards
from delegations.models import InternationalEvent
from delegations.queries.event_content import EVENT_COMPARATORS
from delegations.queries.event_facts import EventFacts, event_facts
from intlcoop.workflow import engine, notices, papers, route_steps
from intlcoop.workflow.choices import Phase, StepState
from intlcoop.workflow.effects import stop_route, tell_filer, tell_icd
from intlcoop.workflow.lifecycle import Lifecycle, Transition
from intlcoop.workflow.registry import FileKind
from intlcoop.workflow.route_transitions import give_up, reject, send_back, submit, withdraw

if TYPE_CHECKING:
    from intlcoop.people.models import User
    from intlcoop.workflow.models import Case, StatusChange


def note_dealings(case: Case, change: StatusChange, actor: User | None) -> None:
    services.note_event(case.event)
    services.note_session_held(case.event)


def forget_dealings(case: Case, change: StatusChange, actor: User | None) -> None:
    services.forget_dealings(case)
    services.release_session(case.event)


def agree_principle(case: Case, change: StatusChange, actor: User | None) -> None:
    """The way of the permission begins with an empty route; what was decided on the first way stays in the record."""
    services.agree_principle(case.event, timezone.localdate(change.at))
    route_steps.lay_out(case, [])


def permit_at_once(case: Case, change: StatusChange, actor: User | None) -> None:
    """Where the last word came from outside, no paper of ours is made out: the answer recorded is the permission."""
    making = case.steps.current().filter(state__in=[StepState.PENDING, StepState.OPEN])
    if not making.exists():
        engine.apply(case, EVENT["permit"], actor=actor)


def take_papers_back(case: Case, change: StatusChange, actor: User | None) -> None:
    papers.take_back(case, to_kind="")


def tell_permitted(case: Case, change: StatusChange, actor: User | None) -> None:
    """To the filer and whoever has a task: it may be held now."""
    people = {case.created_by, *(row.owner for row in case.event.work.select_related("owner") if row.owner)}
    people.discard(actor)
    notices.tell(
        case,
        people,
        event_key=f"status-{change.pk}",
        ending=gettext("permitted"),
        text=gettext("The event is permitted. Send the invitations, and write the report in time after its last day."),
    )


def tell_report_due(case: Case, change: StatusChange, actor: User | None) -> None:
    notices.tell(
        case,
        [case.created_by],
        event_key=f"event-report-due-{case.pk}",
        ending=gettext("report due"),
        text=gettext("The event is over. Please write the report on its result."),
    )


ON_THE_WAY = (E.PRINCIPLE, E.REQUESTED, E.AWAITING_PAPER)
EDITABLE = (E.PLANNED, E.PRINCIPLE, E.PRINCIPLE_AGREED, E.REQUESTED, E.RETURNED, E.AWAITING_PAPER, E.PERMITTED)

EVENT = Lifecycle(
    states=E,
    initial=E.PLANNED,
    editable=EDITABLE,
    in_route=(E.PRINCIPLE, E.REQUESTED, E.AWAITING_PAPER, E.PERMITTED),
    returned="return",
    rejected="reject",
    phase_ends={Phase.APPROVAL: ("agree_principle", "approve"), Phase.DECISION: "issue"},
    transitions=(
        submit(
            _("Ask to host in principle"),
            name="ask_principle",
            sources=(E.PLANNED, E.RETURNED),
            target=E.PRINCIPLE,
            rule="delegations.ask_principle",
            guards=guards.PRINCIPLE_GUARDS,
            then=(tell_icd,),
            help=_("Who bids to host asks first whether to; the permission to hold it follows."),
        ),
        withdraw(source=E.PRINCIPLE, target=E.PLANNED, name="withdraw_principle"),
        Transition(
            name="agree_principle",
            label=_("Hosting agreed in principle"),
            sources=(E.PRINCIPLE,),
            target=E.PRINCIPLE_AGREED,
            effects=(agree_principle, tell_filer),
        ),
        submit(
            _("Ask for permission"),
            sources=(E.PLANNED, E.PRINCIPLE_AGREED, E.RETURNED),
            target=E.REQUESTED,
            guards=guards.PERMISSION_GUARDS,
            rule="delegations.ask_permission",
            then=(tell_icd,),
        ),
        withdraw(source=E.REQUESTED, target=E.PLANNED),
        send_back(sources=ON_THE_WAY, target=E.RETURNED),
        Transition(
            name="approve",
            label=_("Approval complete"),
            sources=(E.REQUESTED,),
            target=E.AWAITING_PAPER,
            effects=(permit_at_once,),
        ),
        Transition(
            name="issue",
            label=_("Issue the permission"),
            sources=(E.AWAITING_PAPER,),
            target=E.PERMITTED,
            effects=(tell_permitted,),
        ),
        Transition(
            name="permit",
            label=_("Permitted from outside"),
            sources=(E.AWAITING_PAPER,),
            target=E.PERMITTED,
            effects=(tell_permitted,),
        ),
        Transition(
            name="reopen",
            label=_("Reopen the approval"),
            sources=(E.AWAITING_PAPER, E.PERMITTED),
            target=E.REQUESTED,
            effects=(take_papers_back, tell_filer),
        ),
        reject(sources=ON_THE_WAY, target=E.REJECTED),
        Transition(
            name="hold",
            label=_("Record that it was held"),
            sources=(E.PLANNED, E.PERMITTED),
            target=E.HELD,
            rule="delegations.hold_event",
            guards=(guards.event_may_be_held,),
            effects=(note_dealings,),
        ),
        Transition(
            name="owe_report",
            label=_("The report is due"),
            sources=(E.HELD,),
            target=E.REPORT_DUE,
            effects=(tell_report_due,),
        ),
        Transition(
            name="complete",
            label=_("Report sent, close the file"),
            sources=(E.HELD, E.REPORT_DUE),
            target=E.COMPLETED,
            rule="delegations.report_event",
            guards=(guards.report_is_complete,),
            effects=(tell_icd,),
            primary=True,
        ),
        Transition(
            name="reopen_report",
            label=_("Ask for the report again"),
            sources=(E.COMPLETED,),
            target=E.REPORT_DUE,
            rule="delegations.reopen_event_report",
            needs_comment=True,
            effects=(tell_filer,),
        ),
        Transition(name="import", label=_("Import from records"), sources=(E.PLANNED,), target=E.COMPLETED),
        Transition(name="import_attended", label=_("Import from records"), sources=(E.PLANNED,), target=E.HELD),
        give_up(
            "cancel",
            _("Cancel the event"),
            sources=EDITABLE,
            target=E.CANCELLED,
            rule="delegations.run_event",
            effects=(stop_route, forget_dealings),
        ),
    ),
)


def move_events_with_the_calendar(today: dt.date) -> int:
    """What we hold is over the day after its last one, and its report is due; returns how many moved. Safe to repeat."""
    hosted = InternationalEvent.objects.filter(role__in=EventRole.HOSTING).alias(
        closes=Coalesce("ends_on", "starts_on")
    )
    over = hosted.filter(case__state=E.PERMITTED, closes__lt=today).select_related("case")
    moved = sum(engine.move_by_itself(event.case, EVENT["hold"]) for event in over)
    owing = hosted.filter(case__state=E.HELD, closes__lt=today).select_related("case")
    return moved + sum(engine.move_by_itself(event.case, EVENT["owe_report"]) for event in owing)


def event_kind() -> FileKind:
    return FileKind(
        code="event",
        prefix="HN",
        label=_("International event"),
        lifecycle=EVENT,
        summary=queries.event_summary,
        facts=EventFacts,
        facts_of=event_facts,
        content_of=queries.event_content,
        comparators=EVENT_COMPARATORS,
        attachment_kinds=dict(EventFile.choices),
        decision_facts=queries.event_particulars_of,
        warnings=guards.event_warnings,
        participants=queries.attending_ids,
        participating=queries.events_of_attendant,
        opened_to=queries.events_opened_to,
        history=queries.event_history,
        edit_url=queries.event_edit_url,
        waits=queries.event_waits,
        matching=queries.events_answering,
        readable=queries.readable_event,
    )
