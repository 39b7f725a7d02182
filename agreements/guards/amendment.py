"""What keeps a change of an agreement from being submitted or recorded: the sentences that the user reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _

from agreements.choices import AgreementFile, AgreementState, ChangeAct, Procedure, TermKind
from agreements.guards.dossier import attached_kinds
from agreements.models import AgreementAmendment
from intlcoop.vietnamese.dates import table_date

if TYPE_CHECKING:
    from intlcoop.workflow.models import Case

#: What may still be done to an agreement in this state; what is over can only be extended.
POSSIBLE: dict[str, tuple[str, ...]] = {
    AgreementState.SIGNED: (
        ChangeAct.AMEND,
        ChangeAct.EXTEND,
        ChangeAct.SUSPEND,
        ChangeAct.TERMINATE,
        ChangeAct.WITHDRAW,
    ),
    AgreementState.IN_FORCE: (
        ChangeAct.AMEND,
        ChangeAct.EXTEND,
        ChangeAct.SUSPEND,
        ChangeAct.TERMINATE,
        ChangeAct.WITHDRAW,
    ),
    AgreementState.SUSPENDED: (ChangeAct.RESUME, ChangeAct.TERMINATE, ChangeAct.WITHDRAW),
}


def change_of(case: Case) -> AgreementAmendment:
    return AgreementAmendment.objects.select_related("agreement__case", "case").get(case=case)


def possible_acts(state: str) -> tuple[str, ...]:
    return POSSIBLE.get(state, ())


def refused_act(state: str, act: str) -> str | None:
    """The sentence why this cannot be done to an agreement in this state."""
    if act in possible_acts(state):
        return None
    label = AgreementState(state).label
    if state == AgreementState.EXPIRED:
        return _(
            "The agreement has expired, so it can no longer be changed. Prepare a new agreement that carries it on."
        )
    return _("This cannot be done to an agreement that is “%(state)s”.") % {"state": label}


def agreement_still_lives(case: Case) -> str | None:
    change = change_of(case)
    return refused_act(change.agreement.case.state, change.act)


def has_reason(case: Case) -> str | None:
    return None if change_of(case).reason.strip() else _("Say why.")


def says_what_changes(case: Case) -> list[str]:
    """An amendment puts both wordings side by side; an extension says its new term."""
    change = change_of(case)
    if change.act == ChangeAct.AMEND and not (change.what.strip() and change.new_text.strip()):
        return [_("Say which provisions change, and write the new wording.")]
    if change.act != ChangeAct.EXTEND:
        return []
    before = change.agreement.expires_on or change.agreement.signed_on
    if change.term_kind == TermKind.OPEN_ENDED:
        return []
    if change.expires_on is None:
        return [_("Enter the new day of expiry.")]
    if before is not None and change.expires_on <= before:
        return [_("The new day of expiry must lie after %(day)s.") % {"day": table_date(before)}]
    return []


def short_change_has_reason(case: Case) -> str | None:
    change = change_of(case)
    if change.procedure == Procedure.SHORT and not change.reason.strip():
        return _("Say why the shortened procedure applies (articles 35 to 41 of Law 70/2020).")
    return None


def has_document(case: Case) -> list[str]:
    """What was signed, decided or notified has a number, a date and a copy here, unless it is secret."""
    change, today = change_of(case), timezone.localdate()
    found = []
    if not change.document_number.strip() or change.document_on is None:
        found.append(_("Enter number and date of the document: the signed text, the decision or the note."))
    elif change.document_on > today:
        found.append(_("The document cannot be dated in the future."))
    signed = change.agreement.signed_on
    if change.document_on and signed and change.document_on < signed:
        found.append(
            _("The document cannot be dated before the agreement was signed (%(day)s).") % {"day": table_date(signed)}
        )
    if change.effective_on is None:
        found.append(_("Say from which day it is in force."))
    elif change.document_on and change.effective_on < change.document_on:
        found.append(
            _("It cannot be in force before the document of %(day)s.") % {"day": table_date(change.document_on)}
        )
    kinds = attached_kinds(case)
    if not change.agreement.is_secret and not kinds & {AgreementFile.SIGNED.value, AgreementFile.NOTE.value}:
        found.append(_("Attach the document."))
    return found


SUBMISSION_GUARDS = (agreement_still_lives, has_reason, says_what_changes)
SETTLING_GUARDS = (agreement_still_lives, says_what_changes, has_document)
