"""The lifecycle of an item of other work. Reports and comments take a route before they are sent (W001-03); all else is
entered, and closed when the reply is there, the meeting was held, the course is over."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from intlcoop.workflow import engine, notices
from intlcoop.workflow.binding import compare_exactly
from intlcoop.workflow.choices import Facet, Phase
from intlcoop.workflow.effects import stop_route, tell_filer
from intlcoop.workflow.lifecycle import Lifecycle, Transition
from intlcoop.workflow.models import StatusChange
from intlcoop.workflow.recording import Upload
from intlcoop.workflow.registry import FileKind
from intlcoop.workflow.route_transitions import give_up, reject, reopen, send_back, submit, withdraw
from reports import guards, services
from reports.choices import NOTICE_FILE, WORK_FILES, WorkKind
from reports.choices import WorkState as W
from reports.queries import work as queries

if TYPE_CHECKING:
    from intlcoop.people.models import User
    from intlcoop.workflow.models import Case
    from reports.models import WorkItem

SUBMIT = "reports.submit_work"
EDITABLE = (W.OPEN, W.RETURNED, W.IN_APPROVAL, W.APPROVED)
UNDER_WAY = (W.IN_APPROVAL, W.APPROVED)


def closing_page(case: Case) -> str:
    return reverse("reports:work_close", args=[case.number])


def tell_approved(case: Case, change: StatusChange, actor: User | None) -> None:
    people = {case.created_by, *([case.work.owner] if case.work.owner else [])} - {actor}
    text = gettext("It is approved. Send it, then record here the number and the day.")
    notices.tell(case, people, event_key=f"status-{change.pk}", ending=gettext("approved"), text=text)


def note_partner(case: Case, change: StatusChange, actor: User | None) -> None:
    services.note_exchange(case)


def forget_partner(case: Case, change: StatusChange, actor: User | None) -> None:
    services.forget_exchange(case)


LIFECYCLE = Lifecycle(
    states=W,
    initial=W.OPEN,
    editable=EDITABLE,
    in_route=UNDER_WAY,
    returned="return",
    rejected="reject",
    phase_ends={Phase.APPROVAL: "approve"},
    transitions=(
        submit(
            _("Submit to the leader"),
            sources=(W.OPEN, W.RETURNED),
            target=W.IN_APPROVAL,
            guards=(guards.has_something_to_approve,),
            rule=SUBMIT,
        ),
        withdraw(source=W.IN_APPROVAL, target=W.OPEN, rule=SUBMIT),
        send_back(sources=UNDER_WAY, target=W.RETURNED),
        Transition(
            name="approve",
            label=_("Approval complete"),
            sources=(W.IN_APPROVAL,),
            target=W.APPROVED,
            effects=(tell_approved,),
        ),
        reopen(source=W.APPROVED, target=W.IN_APPROVAL, effects=(tell_filer,)),
        reject(sources=UNDER_WAY, target=W.REJECTED),
        Transition(
            name="send",
            label=_("Record that it went out"),
            sources=(W.APPROVED,),
            target=W.COMPLETED,
            rule="reports.send_work",
            guards=(guards.is_done,),
            primary=True,
            page=closing_page,
        ),
        Transition(
            name="close",
            label=_("Record what came of it"),
            sources=(W.OPEN,),
            target=W.COMPLETED,
            rule="reports.close_work",
            guards=(guards.is_done,),
            effects=(note_partner,),
            primary=True,
            page=closing_page,
        ),
        Transition(
            name="take_up",
            label=_("Open again"),
            sources=(W.COMPLETED,),
            target=W.OPEN,
            rule="reports.take_up_work",
            needs_comment=True,
            effects=(forget_partner,),
        ),
        Transition(name="import", label=_("Import from records"), sources=(W.OPEN,), target=W.COMPLETED),
        give_up(
            "drop",
            _("No longer done"),
            sources=EDITABLE,
            target=W.CANCELLED,
            rule="reports.drop_work",
            effects=(stop_route, forget_partner),
        ),
    ),
)


@transaction.atomic
def close_work(
    item: WorkItem,
    *,
    actor: User,
    fields: Mapping[str, Any],
    upload: Upload | None = None,
    request_id: uuid.UUID | None = None,
    expected_version: int | None = None,
) -> StatusChange:
    """Say what came of it and fire "close", of a report or comment "send". Raises what the engine raises; then nothing is
    kept."""
    if request_id and (done := StatusChange.objects.filter(request_id=request_id, case=item.case).first()):
        return done
    kept = services.update_work(
        item, actor=actor, fields=fields, upload=upload, upload_kind="reply", expected_version=expected_version
    )
    name = "send" if kept.kind in WorkKind.APPROVED_FIRST else "close"
    return engine.fire(kept.case, name, actor=actor, request_id=request_id)


def work_kind() -> FileKind:
    return FileKind(
        code=services.WORK,
        prefix="CV",
        label=_("Other work"),
        lifecycle=LIFECYCLE,
        summary=queries.summary,
        facts=queries.WorkFacts,
        facts_of=queries.facts_of,
        content_of=queries.content,
        comparators={Facet.PROGRAMME: compare_exactly},
        attachment_kinds=dict([*WORK_FILES, NOTICE_FILE]),
        readable=queries.readable,
        decision_facts=queries.decision_facts,
        opened_to=queries.opened_to,
        history=queries.history,
        edit_url=queries.edit_url,
        waits=queries.waits,
    )
