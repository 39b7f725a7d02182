"""Writes on the reception of guests: costs of a visit, records of meetings, the programme, gifts. None changes a state."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import rules
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from delegations.models import (
    Gift,
    InboundDelegation,
    MeetingPhoto,
    MeetingRecord,
    ProgrammeItem,
    VisitReception,
)
from delegations.queries.gifts import gift_excess
from delegations.queries.programme import outside_words
from delegations.queries.reception import comparison_of, party_of, spent_on
from delegations.reception_choices import ReceptionItem
from intlcoop.documents.refusals import UploadRefusedError
from intlcoop.documents.services import store_upload
from intlcoop.vietnamese.numbers import format_money
from intlcoop.workflow import engine
from intlcoop.workflow.refusals import Conflict, NotAllowed, Refused
from intlcoop.workflow.rows import Rows, sync_rows, write

if TYPE_CHECKING:
    from intlcoop.people.models import User
    from intlcoop.workflow.models import Case
    from intlcoop.workflow.recording import Upload


def _may(actor: User, rule: str, thing: Any) -> None:
    if not rules.has_perm(rule, actor, thing):
        raise NotAllowed(_("You may not do this on this file."))


# --- costs ------------------------------------------------------------------------------------------------------------


@transaction.atomic
def save_costs(visit: InboundDelegation, *, actor: User, fields: Mapping[str, Any], rows: Rows) -> VisitReception:
    """Write who pays, and what is spent. What goes beyond the norm needs a reason. Raises NotAllowed, Refused."""
    engine.lock(visit.case)
    _may(actor, "delegations.keep_visit_costs", visit.case)
    reception = VisitReception.objects.filter(visit=visit).first() or VisitReception(visit=visit)
    write(reception, fields)
    sync_rows(reception.costs, "reception", reception, rows)
    if problems := costs_without_reason(visit, reception):
        raise Refused(problems)
    return reception


def costs_without_reason(visit: InboundDelegation, reception: VisitReception) -> list[str]:
    """A sentence for every item beyond its norm of which nobody says why."""
    party = party_of(visit, reception)
    if party is None:
        return []
    text = _("%(item)s: %(spent)s is %(over)s beyond the norm. Say why in one of its lines.")
    return [
        text % {"item": ReceptionItem(each.item).label, "spent": dong(each.spent), "over": dong(each.over)}
        for each in comparison_of(party, spent_on(reception))
        if each.wants_reason
    ]


def dong(amount: Any) -> str:
    return format_money(amount, "đồng", decimals=0)


# --- records of meetings ----------------------------------------------------------------------------------------------


@transaction.atomic
def save_record(
    case: Case, record: MeetingRecord | None, *, actor: User, fields: Mapping[str, Any], points: Rows = ()
) -> MeetingRecord:
    """Write what was said and agreed at a meeting. Raises NotAllowed, Refused."""
    engine.lock(case)
    _may(actor, "delegations.keep_reception", case)
    found = record or MeetingRecord(case=case, written_by=actor)
    write(found, fields)
    sync_rows(found.points, "record", found, points)
    return found


@transaction.atomic
def add_photo(record: MeetingRecord, upload: Upload, *, caption: str, actor: User) -> MeetingPhoto:
    """Keep a picture of the meeting with its caption. Raises NotAllowed, Refused."""
    _may(actor, "delegations.keep_reception", record.case)
    if not caption.strip():
        raise Refused(_("Write a caption: who is to be seen, where, when."))
    photo = MeetingPhoto(record=record, note=caption.strip())
    try:
        return store_upload(
            upload.file,
            photo,
            actor=actor,
            no_secret_declared=upload.no_secret_declared,
            where=upload.where,
        )
    except UploadRefusedError as refusal:
        raise Refused(refusal.messages) from refusal


@transaction.atomic
def withdraw_photo(photo: MeetingPhoto, *, actor: User) -> None:
    """Take a picture out; its row stays for the history. Raises NotAllowed, Conflict."""
    _may(actor, "delegations.keep_reception", photo.record.case)
    _withdraw(photo, _("This photo was taken out already."))


def _withdraw(row: Any, sentence: str) -> None:
    if row.withdrawn_at is not None:
        raise Conflict(sentence)
    row.withdrawn_at = timezone.now()
    row.save(update_fields=["withdrawn_at"])


# --- programme --------------------------------------------------------------------------------------------------------


@transaction.atomic
def save_item(case: Case, item: ProgrammeItem | None, *, actor: User, fields: Mapping[str, Any]) -> ProgrammeItem:
    """Write an item of the programme; one outside the days of the file is refused. Raises NotAllowed, Refused."""
    engine.lock(case)
    _may(actor, "delegations.keep_reception", case)
    if problem := outside_words(case, fields["day"]):
        raise Refused(problem)
    found = item or ProgrammeItem(case=case)
    write(found, fields)
    return found


@transaction.atomic
def remove_item(item: ProgrammeItem, *, actor: User) -> None:
    """Take an item out of the programme. Raises NotAllowed."""
    engine.lock(item.case)
    _may(actor, "delegations.keep_reception", item.case)
    item.delete()


# --- gifts ------------------------------------------------------------------------------------------------------------


@transaction.atomic
def save_gift(gift: Gift | None, *, actor: User, fields: Mapping[str, Any]) -> Gift:
    """Write a gift into the register. One beyond the norm needs a reason. Raises NotAllowed, Refused."""
    if gift is None:
        gift = Gift(written_by=actor)
        for name in ("case", "org_unit"):
            setattr(gift, name, fields[name])
    _may(actor, "delegations.add_gift" if gift.pk is None and gift.case is None else "delegations.keep_gift", gift)
    for name, value in fields.items():
        setattr(gift, name, value)
    excess = gift_excess(gift)
    if excess is not None and not gift.reason.strip():
        text = _("This gift is worth %(over)s more than the norm of %(norm)s. Say why.")
        raise Refused(text % {"over": dong(excess.over), "norm": dong(excess.norm)})
    write(gift, {})
    return gift


@transaction.atomic
def withdraw_gift(gift: Gift, *, actor: User) -> None:
    """Take a gift out of the register that was written there by mistake; its row stays. Raises NotAllowed, Conflict."""
    if gift.withdrawn_at is None:
        _may(actor, "delegations.keep_gift", gift)
    _withdraw(gift, _("This gift was taken out already."))
