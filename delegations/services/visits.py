"""Writes on visits and their guests. None of them changes a state: that is `fire()`'s."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import rules
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from delegations.models import InboundDelegation, InboundMember, PlanLine
from delegations.visit_choices import GuestPart, VisitForm
from intlcoop.documents.services import store_upload
from intlcoop.people.models import OrgUnit
from intlcoop.people.principals import own_unit
from intlcoop.people.ranks import rank_of
from intlcoop.workflow import engine
from intlcoop.workflow.models import CaseAttachment
from intlcoop.workflow.refusals import Conflict, NotAllowed, Refused
from intlcoop.workflow.rows import clean, sentences, values_of
from intlcoop.workflow.services import open_case, record_content

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

    from intlcoop.people.models import User

#: More guests than that are no visit; a mistaken sheet is said to be one.
MOST_GUESTS = 1000
#: What a copy takes over: not the days, the letters, the plan line, or what came of the first one.
COPIED = (
    "form", "partner", "partner_text", "country", "level", "guest_class", "purpose_text", "topics", "field", "meeting",
    "meeting_place", "host", "host_name", "host_rank", "our_side", "languages", "interpreter", "visa", "hotel", "cars",
)  # fmt: skip
COPIED_GUEST = (
    "full_name", "honorific", "post", "body", "country", "rank", "equivalent", "part", "dietary", "seating", "position"
)  # fmt: skip


@transaction.atomic
def create_visit(
    title: str,
    unit: OrgUnit,
    *,
    actor: User,
    form: str = VisitForm.FULL,
    fields: Mapping[str, Any] | None = None,
    head: Mapping[str, Any] | None = None,
    is_sample: bool = False,
) -> InboundDelegation:
    """A new file of a visit; `head` are the fields of the guest who leads. A title is enough.

    Raises NotAllowed for people who file no visits, Refused for bad values.
    """
    if not rules.has_perm("delegations.add_visit", actor):
        raise NotAllowed(_("You may not file visits."))
    case = open_case("inbound", title=title, unit=unit, actor=actor, is_sample=is_sample)
    visit = InboundDelegation(case=case, form=form)
    save_visit_fields(visit, fields or {})
    save_head(visit, head)
    record_content(case, actor=actor)
    return visit


@transaction.atomic
def update_visit(
    visit: InboundDelegation,
    *,
    actor: User,
    title: str | None = None,
    fields: Mapping[str, Any] | None = None,
    head: Mapping[str, Any] | None = None,
    expected_version: int | None = None,
) -> InboundDelegation:
    """Change a visit; decisions that no longer cover it reopen (workflow.services.record_content).

    Raises NotAllowed, Conflict (somebody else saved meanwhile), Refused (sentences per problem).
    """
    locked = _locked(visit, actor, expected_version)
    save_visit_fields(visit, fields or {})
    save_head(visit, head)
    record_content(locked, actor=actor, title=title)
    return visit


@transaction.atomic
def write_result(
    visit: InboundDelegation,
    *,
    actor: User,
    result: str,
    recommendations: str = "",
    expected_version: int | None = None,
) -> InboundDelegation:
    """What came of the visit. Raises NotAllowed (not yet, or no longer), Conflict, Refused."""
    locked = engine.lock(visit.case, expected_version=expected_version)
    visit.case = locked
    if not rules.has_perm("delegations.write_visit_result", actor, visit):
        raise NotAllowed(_("The result is written by the filing unit or the ICD, once the guests are here."))
    save_visit_fields(visit, {"result": result, "recommendations": recommendations})
    record_content(locked, actor=actor)
    return visit


def settle_visit(visit: InboundDelegation, reason_code: str) -> None:
    """Remember why a visit was put off or called off; "" when it is taken up again."""
    visit.settled_reason = reason_code
    visit.save(update_fields=["settled_reason"])


@transaction.atomic
def copy_visit(visit: InboundDelegation, *, actor: User) -> InboundDelegation:
    """ "Sao chép hồ sơ cũ": a new draft with guests, host and topics of an old visit, without its days and letters."""
    unit = own_unit(actor) or visit.case.unit
    copy = create_visit(visit.case.title, unit, actor=actor, fields={name: getattr(visit, name) for name in COPIED})
    guests = [values_of(guest, COPIED_GUEST) for guest in visit.members.all()]
    InboundMember.objects.bulk_create(InboundMember(visit=copy, **values) for values in guests)
    record_content(copy.case, actor=actor)
    return copy


def fields_of_visit_line(line: PlanLine) -> dict[str, Any]:
    """Fields of a visit that its line of the plan knows; what cannot be chosen any more is left out."""
    found: dict[str, Any] = {
        "plan_line": line,
        "purpose_text": line.purpose_text,
        "persons": line.persons,
        "country": line.countries.first(),
        "host": line.leader,
    }
    if line.field is not None and line.field.is_active:
        found["field"] = line.field
    if line.partner is not None and line.partner.is_active:
        found["partner"] = line.partner
    else:
        found["partner_text"] = line.partner_text
    return {name: value for name, value in found.items() if value}


def save_visit_fields(visit: InboundDelegation, fields: Mapping[str, Any]) -> None:
    for name, value in fields.items():
        setattr(visit, name, value)
    if visit.host is not None:
        visit.host_name = ""
        day = visit.meeting_on or visit.arrives_on or timezone.localdate()
        visit.host_rank = str(rank_of(visit.host, day))
    if visit.is_short:
        # One meeting on one day: there is nothing else that could be known of a guest who lives here.
        visit.leaves_on = visit.meeting_on = visit.arrives_on
    clean(visit)
    visit.save()


def save_head(visit: InboundDelegation, head: Mapping[str, Any] | None) -> None:
    """Write the guest who leads; without a name there is none."""
    if head is None:
        return
    found = visit.members.filter(part=GuestPart.HEAD).first()
    if not str(head.get("full_name") or "").strip():
        if found is not None:
            found.delete()
        _forget_members(visit)
        return
    guest = found or InboundMember(visit=visit, part=GuestPart.HEAD)
    for name, value in head.items():
        setattr(guest, name, value)
    clean(guest)
    guest.save()
    _forget_members(visit)


# --- guests -----------------------------------------------------------------------------------------------------------


@transaction.atomic
def add_guests(
    visit: InboundDelegation,
    rows: Sequence[Mapping[str, Any]],
    *,
    actor: User,
    replace: bool = False,
    expected_version: int | None = None,
) -> int:
    """Add these guests to the list, or put them in place of it; all or none. Returns how many stand on the list now.

    A second head becomes a member, unless the list is replaced. Raises NotAllowed, Conflict, Refused.
    """
    locked = _locked(visit, actor, expected_version)
    if replace:
        visit.members.all().delete()
    kept = visit.members.count()
    if kept + len(rows) > MOST_GUESTS:
        raise Refused(
            _("A list has at most %(max)s guests; here are %(n)s.") % {"max": MOST_GUESTS, "n": kept + len(rows)}
        )
    has_head = visit.members.filter(part=GuestPart.HEAD).exists()
    last = visit.members.aggregate(last=Max("position"))["last"]
    first = 0 if last is None else last + 1
    guests = []
    for position, row in enumerate(rows, start=first):
        guest = InboundMember(visit=visit, **{**row, "position": position})
        if guest.part == GuestPart.HEAD:
            guest.part = GuestPart.MEMBER if has_head else GuestPart.HEAD
            has_head = True
        guests.append(guest)
    _check(guests)
    InboundMember.objects.bulk_create(guests)
    _forget_members(visit)
    record_content(locked, actor=actor)
    return kept + len(guests)


@transaction.atomic
def save_guest(
    visit: InboundDelegation,
    guest: InboundMember,
    *,
    actor: User,
    fields: Mapping[str, Any],
    expected_version: int | None = None,
) -> InboundMember:
    """Write one guest; a new head takes the place of the old one, who stays as a member. Raises NotAllowed, Conflict, Refused."""
    locked = _locked(visit, actor, expected_version)
    for name, value in fields.items():
        setattr(guest, name, value)
    if guest.pk is None:
        guest.visit = visit
        last = visit.members.aggregate(last=Max("position"))["last"]
        guest.position = 0 if last is None else last + 1
    if guest.part == GuestPart.HEAD:
        for other in visit.members.filter(part=GuestPart.HEAD).exclude(pk=guest.pk):
            other.part = GuestPart.MEMBER
            other.save(update_fields=["part"])
    clean(guest)
    guest.save()
    _forget_members(visit)
    record_content(locked, actor=actor)
    return guest


@transaction.atomic
def remove_guest(
    visit: InboundDelegation, guest: InboundMember, *, actor: User, expected_version: int | None = None
) -> None:
    """Take a guest off the list. Raises NotAllowed, Conflict."""
    locked = _locked(visit, actor, expected_version)
    guest.delete()
    _forget_members(visit)
    record_content(locked, actor=actor)


def _check(guests: Sequence[InboundMember]) -> None:
    """All wrong rows at once, each by its place; no more than ten of them, for a mistaken sheet is wrong in every row."""
    found: list[str] = []
    for number, guest in enumerate(guests, start=1):
        try:
            guest.clean_fields(exclude=["visit"])
        except ValidationError as error:
            words = " ".join(sentences(error))
            found.append(
                _("Row %(n)s (%(name)s): %(problem)s") % {"n": number, "name": guest.full_name[:60], "problem": words}
            )
    if found:
        more = len(found) - 10
        if more > 0:
            found = [*found[:10], ngettext("and %(n)s more row", "and %(n)s more rows", more) % {"n": more}]
        raise Refused(found)


def _forget_members(visit: InboundDelegation) -> None:
    """A list that was read before the write is not the list any more."""
    getattr(visit, "_prefetched_objects_cache", {}).pop("members", None)


def _locked(visit: InboundDelegation, actor: User, expected_version: int | None) -> Any:
    locked = engine.lock(visit.case, expected_version=expected_version)
    visit.case = locked
    if not rules.has_perm("delegations.edit_visit", actor, visit):
        raise NotAllowed(_("This file can no longer be changed here."))
    return locked


# --- files ------------------------------------------------------------------------------------------------------------


@transaction.atomic
def attach_to_visit(
    visit: InboundDelegation, upload: UploadedFile, kind: str, *, actor: User, no_secret_declared: bool = False
) -> CaseAttachment:
    """Keep an uploaded file with the visit; the ICD does so too. Raises NotAllowed, Refused (type, size, state secret)."""
    if not rules.has_perm("delegations.edit_visit", actor, visit):
        raise NotAllowed(_("This file can no longer be changed here."))
    attachment = CaseAttachment(case=visit.case, kind=kind)
    try:
        return store_upload(upload, attachment, actor=actor, no_secret_declared=no_secret_declared)
    except ValidationError as error:
        raise Refused(error.messages) from error


@transaction.atomic
def withdraw_from_visit(visit: InboundDelegation, attachment: CaseAttachment, *, actor: User) -> None:
    """Take an attachment out of the file; its row stays for the history. Raises NotAllowed, Conflict (it is no longer there)."""
    if not rules.has_perm("delegations.edit_visit", actor, visit):
        raise NotAllowed(_("This file can no longer be changed here."))
    if attachment.withdrawn_at is not None:
        raise Conflict(_("This attachment was taken out already."))
    attachment.withdrawn_at = timezone.now()
    attachment.save(update_fields=["withdrawn_at"])
