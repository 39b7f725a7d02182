"""Writes on changes of agreements. None of them changes a state: that is `fire()`'s."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import rules
from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from agreements.choices import ChangeAct, TermKind
from agreements.guards.amendment import refused_act
from agreements.models import AgreementAmendment, InternationalAgreement
from agreements.services.agreements import set_term
from intlcoop.workflow import engine
from intlcoop.workflow.models import Case
from intlcoop.workflow.recording import Upload, keep_scan
from intlcoop.workflow.refusals import NotAllowed, Refused
from intlcoop.workflow.rows import clean, write
from intlcoop.workflow.services import lock_to_edit, mark_submitted, open_case, record_content

if TYPE_CHECKING:
    from intlcoop.people.models import User


@transaction.atomic
def open_amendment(
    agreement: InternationalAgreement, act: str, *, actor: User, by_partner: bool = False
) -> AgreementAmendment:
    """A new file that asks to change an agreement. Raises NotAllowed, Refused (its state does not allow it, another one is
    under way)."""
    locked = engine.lock(agreement.case)
    if not rules.has_perm("agreements.open_change", actor, locked):
        raise NotAllowed(_("You may not do this on this file."))
    if sentence := refused_act(locked.state, act):
        raise Refused(sentence)
    if (
        other := AgreementAmendment.objects.open().filter(agreement=agreement).select_related("case").first()
    ) is not None:
        raise Refused(
            _("Another change of this agreement is under way already (%(number)s). Finish or drop it first.")
            % {"number": other.case.number}
        )
    with translation.override("vi"):
        title = f"{ChangeAct(act).label}: {locked.title}"[:300]
    case = open_case("agreement_change", title=title, unit=locked.unit, actor=actor, is_sample=locked.is_sample)
    change = AgreementAmendment(
        case=case,
        agreement=agreement,
        act=act,
        by_partner=by_partner,
        term_kind=agreement.term_kind if act == ChangeAct.EXTEND else "",
    )
    clean(change)
    try:
        with transaction.atomic():
            change.save()
    except IntegrityError as error:
        raise Refused(_("Another change of this agreement is under way already.")) from error
    if change.asks_nobody:
        mark_submitted(case)  # the ICD records it, so it has to see it
    record_content(case, actor=actor)
    return change


@transaction.atomic
def update_amendment(
    change: AgreementAmendment, *, actor: User, fields: Mapping[str, Any], expected_version: int | None = None
) -> AgreementAmendment:
    """Write what is asked for. Raises NotAllowed, Conflict, Refused."""
    change.case = lock_to_edit(change.case, actor=actor, expected_version=expected_version)
    write(change, fields)
    record_content(change.case, actor=actor)
    return change


@transaction.atomic
def write_settlement(
    change: AgreementAmendment, *, actor: User, fields: Mapping[str, Any], uploads: Mapping[str, Upload] | None = None
) -> AgreementAmendment:
    """Write down the document by which it was done, with its copy. Raises NotAllowed, Refused."""
    if not rules.has_perm("agreements.settle_change", actor, change.case):
        raise NotAllowed(_("You may not do this on this file."))
    write(change, fields)
    for kind, upload in (uploads or {}).items():
        keep_scan(change.case, upload, kind, actor=actor)
    return change


def close_amendment(change: AgreementAmendment, *, in_force: bool) -> None:
    """No longer under way: another one can be opened. One that came into force gets the next number of its agreement."""
    change.closed_at = timezone.now()
    if in_force:
        last = (
            AgreementAmendment.objects.filter(agreement=change.agreement).aggregate(last=Max("position"))["last"] or 0
        )
        change.position = last + 1
    change.save(update_fields=["closed_at", "position"])


def apply_term(change: AgreementAmendment) -> None:
    """The agreement holds as long as its extension says."""
    if change.act != ChangeAct.EXTEND:
        return
    agreement = InternationalAgreement.objects.get(pk=change.agreement_id)
    agreement.case = Case.objects.get(pk=agreement.case_id)
    term = change.term_kind or agreement.term_kind
    ends = None if term == TermKind.OPEN_ENDED else change.expires_on
    set_term(agreement, term_kind=term, expires_on=ends, review_on=change.review_on or agreement.review_on)
