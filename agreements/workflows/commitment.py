"""The lifecycle of a commitment: reported as carried out with evidence, verified by a second person, reopened if need be."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import TYPE_CHECKING

import rules
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from agreements.choices import EVIDENCE
from agreements.choices import CommitmentState as C
from agreements.queries import commitments as queries
from intlcoop.people.offices import ICD_OFFICER, UNIT_HEAD, holders_of
from intlcoop.workflow import engine, notices
from intlcoop.workflow.lifecycle import Lifecycle, Transition
from intlcoop.workflow.models import StatusChange
from intlcoop.workflow.recording import Upload, keep_scan
from intlcoop.workflow.refusals import NotAllowed
from intlcoop.workflow.registry import FileKind
from intlcoop.workflow.rows import clean

if TYPE_CHECKING:
    from agreements.models import Commitment
    from intlcoop.people.models import User
    from intlcoop.workflow.models import Case


def says_what_came_of_it(case: Case) -> list[str]:
    """Result, day and evidence: without them nobody can verify."""
    commitment, found = case.commitment, []
    if not commitment.result.strip():
        found.append(gettext("Write what was carried out."))
    if commitment.done_on is None:
        found.append(gettext("Enter the day on which it was carried out."))
    elif commitment.done_on > timezone.localdate():
        found.append(gettext("The day on which it was carried out lies in the future. Report it when it is done."))
    evidence = case.attachments.current().filter(kind=EVIDENCE).exists()
    if not evidence and not commitment.domestic_document.strip():
        found.append(gettext("Attach the evidence, or enter the document that carries the commitment out."))
    return found


def verifiers_of(case: Case, on: dt.date) -> set[User]:
    """Whoever is named; else the head of the unit, and the department."""
    commitment = case.commitment
    if commitment.verifier is not None and commitment.verifier.is_active:
        return {commitment.verifier}
    found = [holder.user for code in (UNIT_HEAD, ICD_OFFICER) for holder in holders_of(code, case.unit, on)]
    return {person for person in found if person.pk != commitment.owner_id}


def tell_verifiers(case: Case, change: StatusChange, actor: User | None) -> None:
    people = verifiers_of(case, timezone.localdate(change.at))
    people.discard(actor)
    text = gettext("It was reported as carried out. Look at the evidence and verify it, or send it back with a reason.")
    notices.tell(case, people, event_key=f"status-{change.pk}-verify", ending=gettext("to be verified"), text=text)


def tell_owner(case: Case, change: StatusChange, actor: User | None) -> None:
    commitment = case.commitment
    people = {person for person in (commitment.owner, case.created_by) if person is not None and person != actor}
    ending = COMMITMENT.state_label(change.to_state)
    notices.tell(case, people, event_key=f"status-{change.pk}", ending=ending, text=change.comment)


def forget_day(case: Case, change: StatusChange, actor: User | None) -> None:
    """It was not carried out on that day after all."""
    commitment = case.commitment
    commitment.done_on = None
    commitment.save(update_fields=["done_on"])


COMMITMENT = Lifecycle(
    states=C,
    initial=C.OPEN,
    editable=(C.OPEN,),
    transitions=(
        Transition(
            name="claim",
            label=_("Report it as carried out"),
            sources=(C.OPEN,),
            target=C.CLAIMED,
            rule="agreements.claim_commitment",
            guards=(says_what_came_of_it,),
            effects=(tell_verifiers,),
            primary=True,
            page=lambda case: reverse("agreements:commitment_claim", args=[case.number]),
        ),
        Transition(
            name="verify",
            label=_("Verify that it was carried out"),
            sources=(C.CLAIMED,),
            target=C.KEPT,
            rule="agreements.verify_commitment",
            effects=(tell_owner,),
            primary=True,
        ),
        Transition(
            name="send_back",
            label=_("Not carried out yet"),
            sources=(C.CLAIMED,),
            target=C.OPEN,
            rule="agreements.verify_commitment",
            needs_comment=True,
            effects=(forget_day, tell_owner),
        ),
        Transition(
            name="reopen",
            label=_("Open again"),
            sources=(C.KEPT, C.DROPPED),
            target=C.OPEN,
            rule="agreements.reopen_commitment",
            needs_comment=True,
            effects=(forget_day, tell_owner),
        ),
        Transition(
            name="drop",
            label=_("No longer required"),
            sources=(C.OPEN, C.CLAIMED),
            target=C.DROPPED,
            rule="agreements.drop_commitment",
            needs_comment=True,
            destructive=True,
            effects=(tell_owner,),
        ),
    ),
)


@transaction.atomic
def claim_commitment(
    commitment: Commitment,
    *,
    actor: User,
    result: str,
    done_on: dt.date | None,
    domestic_document: str = "",
    evidence: Upload | None = None,
    request_id: uuid.UUID | None = None,
    expected_version: int | None = None,
) -> StatusChange:
    """Say what came of it, with the evidence, and fire "claim". Raises what the engine raises; then nothing is kept."""
    if request_id and (done := StatusChange.objects.filter(request_id=request_id, case=commitment.case).first()):
        return done
    locked = engine.lock(commitment.case, expected_version=expected_version)
    if not rules.has_perm("agreements.claim_commitment", actor, locked):
        raise NotAllowed(gettext("You may not do this on this file."))
    kept = locked.commitment
    kept.result, kept.done_on, kept.domestic_document = result.strip(), done_on, domestic_document.strip()
    clean(kept)
    kept.save(update_fields=["result", "done_on", "domestic_document"])
    if evidence is not None:
        keep_scan(locked, evidence, EVIDENCE, actor=actor)
    return engine.fire(locked, "claim", actor=actor, request_id=request_id)


def commitment_kind() -> FileKind:
    return FileKind(
        code="commitment",
        prefix="CK",
        label=_("Commitment"),
        lifecycle=COMMITMENT,
        summary=queries.summary,
        content_of=queries.content,
        opened_to=queries.opened_to,
        attachment_kinds={EVIDENCE: _("Evidence")},
        history=queries.history,
        edit_url=queries.edit_url,
    )
