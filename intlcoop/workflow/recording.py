"""Writing down what was decided elsewhere, with the scan that proves it: the scan and the decision stand or fall together."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import rules
from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext as _

from intlcoop.audit.requests import RequestFacts
from intlcoop.documents.services import AnyFile, store_upload
from intlcoop.workflow import engine, papers
from intlcoop.workflow.deciding import OfficialNumber, OnPaper, OutsideReply, decide
from intlcoop.workflow.models import Case, CaseAttachment, CasePaper, Decision, Step
from intlcoop.workflow.refusals import NotAllowed, Refused

if TYPE_CHECKING:
    from intlcoop.people.models import User

NOWHERE = RequestFacts()


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """A file as it came in, with the word of the person that it holds no state secret."""

    file: File
    no_secret_declared: bool = False
    where: RequestFacts = NOWHERE


@transaction.atomic
def record_paper_decision(
    step: Step,
    outcome: str,
    *,
    actor: User,
    decided_by: User,
    decided_on: Any,
    note: str,
    scan: Upload,
    returned_to: Step | None = None,
    left_out: Mapping[str, str] | None = None,
    request_id: uuid.UUID | None = None,
    expected_version: int | None = None,
) -> Decision:
    """A decision that a leader took on paper. Raises what `decide` raises; then no scan is kept either."""
    if done := answered(step, request_id):
        return done
    attachment = keep_scan(step.case, scan, "decision_scan", actor=actor)
    paper = OnPaper(decided_by=decided_by, decided_on=decided_on, note=note, scan=attachment)
    return decide(
        step,
        outcome,
        actor=actor,
        comment=note,
        returned_to=returned_to,
        on_paper=paper,
        left_out=left_out,
        request_id=request_id,
        expected_version=expected_version,
    )


@transaction.atomic
def record_reply(
    step: Step,
    outcome: str,
    *,
    actor: User,
    particulars: dict[str, Any],
    outside: dict[str, Any],
    comment: str = "",
    scan: Upload | None = None,
    request_id: uuid.UUID | None = None,
    expected_version: int | None = None,
) -> Decision:
    """The reply of a body outside. `particulars` and `outside` are the fields of OutsideReply and OutsideRecord."""
    if done := answered(step, request_id):
        return done
    attachment = keep_scan(step.case, scan, "permission", actor=actor) if scan else None
    reply = OutsideReply(**particulars, scan=attachment, outside=outside)
    return decide(
        step,
        outcome,
        actor=actor,
        comment=comment,
        reply=reply,
        request_id=request_id,
        expected_version=expected_version,
    )


@transaction.atomic
def issue(
    step: Step,
    outcome: str,
    *,
    actor: User,
    official_number: OfficialNumber,
    comment: str = "",
    scan: Upload | None = None,
    request_id: uuid.UUID | None = None,
    expected_version: int | None = None,
) -> Decision:
    """Number, date and, when it is at hand, the signed scan of the decision."""
    if done := answered(step, request_id):
        return done
    decision = decide(
        step,
        outcome,
        actor=actor,
        comment=comment,
        official_number=official_number,
        request_id=request_id,
        expected_version=expected_version,
    )
    if scan is not None:
        keep_signed_scan(step.case, scan, actor=actor)
    return decision


@transaction.atomic
def add_signed_scan(case: Case, scan: Upload, *, actor: User) -> CasePaper:
    """The signed scan of a decision that was issued without one.

    Raises NotAllowed for all but those who record, Refused when there is no numbered decision or it has its scan already.
    """
    locked = engine.lock(case)
    if not rules.has_perm("workflow.record_decision", actor, locked):
        raise NotAllowed(_("You may not do this on this file."))
    return keep_signed_scan(locked, scan, actor=actor)


def keep_signed_scan(case: Case, scan: Upload, *, actor: User) -> CasePaper:
    paper = papers.current_paper(case)
    if paper is None or paper.number is None:
        raise Refused(_("The decision has no number yet. The scan is added when it is issued."))
    if paper.file:
        raise Refused(_("The signed scan is there already."))
    return stored(scan, paper, actor=actor)


def keep_scan(case: Case, scan: Upload, kind: str, *, actor: User) -> CaseAttachment:
    return stored(scan, CaseAttachment(case=case, kind=kind), actor=actor)


def stored(scan: Upload, into: AnyFile, *, actor: User) -> AnyFile:
    """Through the guard into private storage. Raises Refused with the guard's sentence."""
    try:
        return store_upload(scan.file, into, actor=actor, no_secret_declared=scan.no_secret_declared, where=scan.where)
    except ValidationError as error:
        raise Refused(error.messages) from error


def answered(step: Step, request_id: uuid.UUID | None) -> Decision | None:
    """The first answer to a repeated request, so that its file is not kept twice."""
    return Decision.objects.filter(request_id=request_id, step=step).first() if request_id else None
