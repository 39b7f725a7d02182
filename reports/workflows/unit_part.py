"""The lifecycle of a unit's part of a report: asked for, sent, given back, accepted. It takes no route."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from delegations.queries.planning_people import answering
from intlcoop.people.models import OrgUnit
from intlcoop.people.offices import ICD_OFFICER, holders_of
from intlcoop.workflow import notices
from intlcoop.workflow.lifecycle import Lifecycle, Transition
from intlcoop.workflow.registry import FileKind
from reports import guards, services
from reports.choices import PartState as P
from reports.queries import unit_parts as queries

if TYPE_CHECKING:
    from intlcoop.people.models import User
    from intlcoop.workflow.models import Case, StatusChange


def tell_department(case: Case, change: StatusChange, actor: User | None) -> None:
    """Whoever sent the call, and the department's officers."""
    day = change.at.astimezone().date()
    people = {case.created_by, *(holder.user for holder in holders_of(ICD_OFFICER, case.unit, day))} - {actor}
    text = gettext("%(unit)s has sent its part. Accept it, or give it back.") % {"unit": case.unit}
    notices.tell(case, people, event_key=f"status-{change.pk}", ending=gettext("sent"), text=text)


def tell_unit(case: Case, change: StatusChange, actor: User | None) -> None:
    people = set(answering(OrgUnit.objects.filter(pk=case.unit_id))) - {actor}
    ending = PART.state_label(change.to_state)
    notices.tell(case, people, event_key=f"status-{change.pk}", ending=ending, text=change.comment)


PART = Lifecycle(
    states=P,
    initial=P.REQUESTED,
    editable=P.OPEN,
    transitions=(
        Transition(
            name="send",
            label=pgettext_lazy("unit part", "Send to the department"),
            sources=P.OPEN,
            target=P.SUBMITTED,
            rule="reports.send_part",
            guards=(guards.part_says_something,),
            effects=(tell_department,),
            primary=True,
        ),
        Transition(
            name="take_back",
            label=pgettext_lazy("unit part", "Take back"),
            sources=(P.SUBMITTED,),
            target=P.REQUESTED,
            rule="reports.send_part",
        ),
        Transition(
            name="accept",
            label=pgettext_lazy("unit part", "Accept"),
            sources=(P.SUBMITTED,),
            target=P.ACCEPTED,
            rule="reports.receive_part",
            effects=(tell_unit,),
            primary=True,
        ),
        Transition(
            name="give_back",
            label=_("Return for completion"),
            sources=P.RECEIVED,
            target=P.RETURNED,
            rule="reports.receive_part",
            needs_comment=True,
            effects=(tell_unit,),
        ),
    ),
)


def part_kind() -> FileKind:
    return FileKind(
        code=services.PART,
        prefix="PBC",
        label=_("Part of a unit for a report"),
        lifecycle=PART,
        summary=queries.summary,
        history=queries.history,
        edit_url=queries.edit_url,
        waits=queries.waits,
    )
