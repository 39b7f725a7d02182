"""The lifecycle of an international event: planned, then held or cancelled."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from delegations import queries, services
from delegations.choices import EventState as E
from intlcoop.workflow.lifecycle import Lifecycle, Transition
from intlcoop.workflow.models import Case
from intlcoop.workflow.registry import FileKind

if TYPE_CHECKING:
    from intlcoop.people.models import User
    from intlcoop.workflow.models import StatusChange


def event_has_begun(case: Case) -> str | None:
    event = case.event
    if event.starts_on is None:
        return gettext("Enter the days of the event first.")
    if event.starts_on > timezone.localdate():
        return gettext("The event has not begun yet.")
    return None


def note_dealings(case: Case, change: StatusChange, actor: User | None) -> None:
    services.note_event(case.event)


def forget_dealings(case: Case, change: StatusChange, actor: User | None) -> None:
    services.forget_dealings(case)


EVENT = Lifecycle(
    states=E,
    initial=E.PLANNED,
    editable=(E.PLANNED,),
    transitions=(
        Transition(
            name="hold",
            label=_("Record that it was held"),
            sources=(E.PLANNED,),
            target=E.HELD,
            rule="delegations.run_event",
            guards=(event_has_begun,),
            effects=(note_dealings,),
        ),
        Transition(
            name="cancel",
            label=_("Cancel the event"),
            sources=(E.PLANNED,),
            target=E.CANCELLED,
            rule="delegations.run_event",
            needs_comment=True,
            destructive=True,
            effects=(forget_dealings,),
        ),
    ),
)


def event_kind() -> FileKind:
    return FileKind(
        code="event",
        prefix="HN",
        label=_("International event"),
        lifecycle=EVENT,
        summary=queries.event_summary,
        content_of=queries.event_content,
        participants=queries.attending_ids,
        participating=queries.events_of_attendant,
        history=queries.event_history,
        edit_url=queries.event_edit_url,
    )
