"""Duties that follow from a signing, a change or a reorganisation: raised by the rules of the day, done with a document."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING

import rules
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from agreements.models import AgreementDuty, DutyRule, InternationalAgreement
from intlcoop.regulations.queries import calendar, parameters
from intlcoop.regulations.working_days import move_to_working_day
from intlcoop.workflow.models import Case
from intlcoop.workflow.refusals import NotAllowed, Refused
from intlcoop.workflow.rows import clean

if TYPE_CHECKING:
    from intlcoop.people.models import User

#: The rule whose duty is the publication (reference.duties).
PUBLISH = "publish"


@transaction.atomic
def raise_duties(
    case: Case,
    cause: str,
    *,
    on: dt.date,
    values: Mapping[str, str],
    source: Case | None = None,
    counted_from: Mapping[str, dt.date] | None = None,
    kind: str = "agreement",
) -> list[AgreementDuty]:
    """Write down what is owed after `cause` (choices.DutyCause) on a file with these facts, by the rules of that day.

    A term ends on a working day. `counted_from` = {code: day} for what is counted from another day. Saying it twice writes
    it once.
    """
    found = [rule for rule in DutyRule.objects.on(on).filter(kind=kind, cause=cause) if rule.fits(dict(values))]
    days = parameters({rule.parameter for rule in found if rule.parameter}, on)
    known, made = calendar() if found else None, []
    for rule in found:
        begins = (counted_from or {}).get(rule.code, on)
        allowed = days.get(rule.parameter)
        due = None
        if allowed is not None and known is not None:
            due = move_to_working_day(begins + dt.timedelta(days=int(allowed.value)), known)
        defaults = {
            "name_vi": rule.name_vi,
            "name_en": rule.name_en,
            "recipient": rule.recipient_vi,
            "counted_from": begins,
            "due_on": due,
            "citation": rule.citation,
            "needs_check": rule.needs_check or bool(allowed and allowed.needs_check),
        }
        duty, _new = AgreementDuty.objects.get_or_create(case=case, code=rule.code, source=source, defaults=defaults)
        made.append(duty)
    return made


@transaction.atomic
def settle_duty(
    duty: AgreementDuty, *, actor: User, done_on: dt.date, document: str = "", note: str = "", is_waived: bool = False
) -> AgreementDuty:
    """It was done, with what document; or it is not required here, and why. Raises NotAllowed, Refused."""
    if not rules.has_perm("agreements.keep_duties", actor, duty.case):
        raise NotAllowed(_("You may not do this on this file."))
    if done_on > timezone.localdate():
        raise Refused(_("What lies in the future is not done yet."))
    if done_on < duty.counted_from and not is_waived:
        raise Refused(_("It cannot have been done before the day from which it is counted."))
    duty.done_on, duty.done_by = done_on, actor
    duty.document, duty.note, duty.is_waived = document.strip(), note.strip(), is_waived
    if not is_waived and not duty.document:
        raise Refused(_("Enter number and date of the document."))
    clean(duty)
    duty.save()
    note_publication(duty)
    return duty


def note_publication(duty: AgreementDuty) -> None:
    """The register says from when an agreement is published; a duty that is open again says that it is not."""
    if duty.code == PUBLISH:
        on = None if duty.is_waived else duty.done_on
        InternationalAgreement.objects.filter(case=duty.case).update(published_on=on)


@transaction.atomic
def reopen_duty(duty: AgreementDuty, *, actor: User) -> AgreementDuty:
    """It was not done after all. Raises NotAllowed."""
    if not rules.has_perm("agreements.keep_duties", actor, duty.case):
        raise NotAllowed(_("You may not do this on this file."))
    duty.done_on, duty.done_by, duty.is_waived = None, None, False
    duty.save(update_fields=["done_on", "done_by", "is_waived"])
    note_publication(duty)
    return duty
