"""Letting somebody stand in for an office holder, within the bounds of Decree 30/2020, article 13, and taking it back.

Both functions check their whole input and raise ValidationError with sentences for the reader; nothing is written then.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from intlcoop.people import offices, registry
from intlcoop.people.choices import Role, SignatureForm
from intlcoop.people.models import OrgUnit, Substitution, User
from intlcoop.people.roster import Roster
from intlcoop.vietnamese.normalise import nfc

if TYPE_CHECKING:
    from intlcoop.people.models import Appointment

LONGEST_SUBSTITUTION = dt.timedelta(days=366)


@transaction.atomic
def record_substitution(
    person: User,
    substitute: User,
    *,
    form: str,
    valid_from: dt.date,
    valid_until: dt.date,
    unit: OrgUnit | None = None,
    kinds: Sequence[str] = (),
    ceiling: Decimal | None = None,
    document: str = "",
    reason: str = "",
    actor: User,
) -> Substitution:
    """Let somebody stand in for an office holder (SignatureForm says in which form), in files of these kinds (none: all) and
    up to this sum in đồng (None: of any sum).

    Bounded: one substitute at a time for the same files, at most a year, and never passed on. Who is away does not stand in
    for others, and who stands in is not away. What somebody else records names its paper.
    """
    list(User.objects.select_for_update().filter(pk__in=sorted({person.pk, substitute.pk})).order_by("pk"))
    row = Substitution(person=person, substitute=substitute, unit=unit, form=form, recorded_by=actor)
    row.valid_from, row.valid_until, row.kinds = valid_from, valid_until, sorted(kinds)
    row.ceiling = ceiling
    row.document, row.reason = nfc(document).strip(), nfc(reason).strip()
    row.full_clean()
    if valid_until - valid_from > LONGEST_SUBSTITUTION:
        raise ValidationError({"valid_until": _("A substitution lasts a year at most.")})
    if unknown := set(row.kinds) - {code for code, _label in registry.file_kinds()}:
        raise ValidationError({"kinds": _("There is no kind of file “%(kind)s”.") % {"kind": min(unknown)}})
    if actor.pk != person.pk and not row.document:
        raise ValidationError(
            {"document": _("Enter the number of the paper: who records it for somebody else needs one.")}
        )
    _check_capacity(row)
    _check_no_chain(row)
    row.save()
    return _told(row)


@transaction.atomic
def revoke_substitution(substitution: Substitution, *, actor: User | None) -> Substitution:
    """End a substitution today; waiting files come back at once. A second call changes nothing."""
    row: Substitution = Substitution.objects.select_for_update().get(pk=substitution.pk)
    if row.revoked_at is not None:
        return row
    row.revoked_at = timezone.now()
    row.save(update_fields=["revoked_at"])
    return _told(row)


def _told(row: Substitution) -> Substitution:
    offices.forget()
    registry.substitution_changed(row)
    return row


def _check_capacity(row: Substitution) -> None:
    """On the first day the person must lead something, and the substitute be one who may stand in there in this form."""
    roster = Roster(row.valid_from)
    seats = seats_of(row.person, roster)
    if row.unit_id is not None and not any(seat.role == Role.DEPUTY_MINISTER for seat in seats):
        seats = [seat for seat in seats if seat.unit_id == row.unit_id]
    if not seats:
        raise ValidationError({"person": _("This person leads nothing on the first day, so nobody can stand in.")})
    for seat in seats:
        own = roster.capacity(row.form, row.substitute_id, seat)
        if own is not None and (row.form != SignatureForm.TUQ or roster.is_subordinate(own.unit, seat.unit)):
            return
    raise ValidationError({"substitute": _WHO_STANDS_IN[SignatureForm(row.form)]()})


def seats_of(person: User, roster: Roster) -> list[Appointment]:
    """The appointments of this person in which somebody can stand in: a plain deputy leads nothing."""
    return [a for a in roster.by_person.get(person.pk, []) if a.role in Role.LEADING and leads(a)]


def leads(appointment: Appointment) -> bool:
    return appointment.role != Role.DEPUTY_HEAD or appointment.acting


_WHO_STANDS_IN = {
    SignatureForm.KT: lambda: _("KT. is signed by a deputy of the same unit."),
    SignatureForm.TL_KT: lambda: _("TL., KT. is signed by a deputy of the head to whom the order was given."),
    SignatureForm.TL: lambda: _("TL. is signed by the head of a unit by order of the Minister."),
    SignatureForm.TUQ: lambda: _("TUQ. is signed by the head of a subordinate unit."),
}


def _check_no_chain(row: Substitution) -> None:
    rows = Substitution.objects.in_force().overlapping(row.valid_from, row.valid_until)
    if _for_the_same_files(rows, row).filter(person=row.person).exists():
        raise ValidationError({"valid_from": _("This person has a substitute in these days already.")})
    if rows.filter(person=row.substitute).exists():
        raise ValidationError({"substitute": _("The substitute is away in these days.")})
    if rows.filter(substitute=row.person).exists():
        raise ValidationError(
            {"person": _("This person stands in for somebody in these days, which cannot be passed on.")}
        )


def _for_the_same_files(rows: QuerySet[Substitution], row: Substitution) -> QuerySet[Substitution]:
    """Those that share an office and a kind of file with this one; none named means all."""
    if row.unit is not None:
        rows = rows.filter(Q(unit=row.unit) | Q(unit__isnull=True))
    return rows.filter(Q(kinds=[]) | Q(kinds__overlap=row.kinds)) if row.kinds else rows
