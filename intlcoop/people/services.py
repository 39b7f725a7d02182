"""Every write of this room: people, their appointments, units, supervision; substitutions stand in `substituting`.

Each function checks its whole input and raises ValidationError with sentences for the reader; nothing is written then.
`actor` is who asks, None for a command. Whether the actor may is asked by the caller (`people.rules`).
"""

from __future__ import annotations

import datetime as dt
import unicodedata
from typing import TYPE_CHECKING, Any, TypeVar

from django.contrib.auth.password_validation import validate_password
from django.contrib.auth.validators import ASCIIUsernameValidator
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext as _

from intlcoop.people import ministry, offices
from intlcoop.people.choices import Role, UnitType
from intlcoop.people.models import Appointment, OfficeTitle, OrgUnit, Supervision, User
from intlcoop.people.principals import forget
from intlcoop.people.substituting import record_substitution as record_substitution
from intlcoop.people.substituting import revoke_substitution as revoke_substitution
from intlcoop.vietnamese.folding import fold
from intlcoop.vietnamese.normalise import nfc
from intlcoop.vietnamese.sorting import person_sort_key, sort_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Row = TypeVar("Row", bound=models.Model)
ONE_DAY = dt.timedelta(days=1)

# --- people -----------------------------------------------------------------------------------------------------


@transaction.atomic
def create_person(
    *, username: str, full_name: str, email: str = "", language: str = "", password: str = "", actor: User | None
) -> User:
    """A person who may log in; without a password nobody can, which suits who only travels or signs on paper."""
    person = User(username=username, full_name=full_name, email=email, language=language)
    _tidy_person(person)
    if password:
        validate_password(password, person)
        person.set_password(password)
    else:
        person.set_unusable_password()
    return _save(person)


@transaction.atomic
def update_person(person: User, *, actor: User | None, **changes: Any) -> User:
    """Change username, full_name, email, language or is_active. Nobody closes their own account."""
    _apply(person, changes, {"username", "full_name", "email", "language", "is_active"})
    if actor is not None and actor.pk == person.pk and not person.is_active:
        raise ValidationError({"is_active": _("You cannot close your own account.")})
    _tidy_person(person)
    return _save(person)


@transaction.atomic
def set_password(person: User, password: str, *, actor: User | None) -> None:
    """Give a person a new password; all sessions opened with the old one end."""
    validate_password(password, person)
    person.set_password(password)
    person.save(update_fields=["password"])


def _tidy_person(person: User) -> None:
    """One spelling for what must be found and compared; the keys for sorting and searching."""
    person.username = unicodedata.normalize("NFKC", person.username).strip().lower()
    person.email = unicodedata.normalize("NFKC", person.email).strip().lower()
    person.full_name = " ".join(nfc(person.full_name).split())
    person.sort_key = person_sort_key(person.full_name)[:400]
    person.search_text = f"{fold(person.full_name)} {fold(person.username)} {fold(person.email)}".strip()
    try:
        ASCIIUsernameValidator()(person.username)
    except ValidationError:
        message = _("A user name has letters without accents, digits and . - _ @ + only.")
        raise ValidationError({"username": message}) from None


# --- appointments -----------------------------------------------------------------------------------------------


@transaction.atomic
def appoint(
    person: User,
    unit: OrgUnit,
    role: str,
    *,
    valid_from: dt.date,
    valid_until: dt.date | None = None,
    acting: bool = False,
    title_vi: str = "",
    title_en: str = "",
    actor: User | None,
) -> Appointment:
    """Give a person a role in a unit for some days (None = until further notice)."""
    _lock(User, [person.pk])
    _lock(OrgUnit, [unit.pk])
    appointment = Appointment(person=person, unit=unit, role=role, valid_from=valid_from, valid_until=valid_until)
    appointment.acting, appointment.title_vi, appointment.title_en = (
        acting,
        nfc(title_vi).strip(),
        nfc(title_en).strip(),
    )
    _check_place(appointment)
    _check_outside_business(appointment)
    forget(person)
    return _save(appointment)


@transaction.atomic
def update_appointment(appointment: Appointment, *, actor: User | None, **changes: Any) -> Appointment:
    """Correct days, titles or `acting`. Another person, unit or role is another appointment."""
    _lock(User, [appointment.person_id])
    _lock(OrgUnit, [appointment.unit_id])
    _apply(appointment, changes, {"valid_from", "valid_until", "acting", "title_vi", "title_en"})
    _check_place(appointment)
    _check_outside_business(appointment)
    forget(appointment.person)
    return _save(appointment)


def end_appointment(appointment: Appointment, *, on: dt.date, actor: User | None) -> Appointment:
    """`on` is the last day in office."""
    return update_appointment(appointment, valid_until=on, actor=actor)


def _check_place(appointment: Appointment) -> None:
    unit, role = appointment.unit, appointment.role
    leads_ministry = role in (Role.MINISTER, Role.DEPUTY_MINISTER)
    if leads_ministry and unit.unit_type != UnitType.MINISTRY:
        raise ValidationError(
            {"unit": _("The Minister and the Deputy Ministers are appointed in the ministry itself.")}
        )
    if role in (Role.HEAD, Role.DEPUTY_HEAD) and unit.unit_type == UnitType.MINISTRY:
        raise ValidationError({"role": _("The ministry itself is led by the Minister: choose another role or unit.")})
    first, last = appointment.valid_from, appointment.valid_until
    begins_too_early = first is not None and first < unit.valid_from
    ends_too_late = unit.valid_until is not None and (last is None or last > unit.valid_until)
    if begins_too_early or ends_too_late:
        raise ValidationError({"unit": _("This unit does not exist on all of these days.")})


def _check_outside_business(appointment: Appointment) -> None:
    """Administrators and auditors decide nothing, so they are nothing else at the same time."""
    if appointment.valid_from is None:
        return
    others = Appointment.objects.of(appointment.person).overlapping(appointment.valid_from, appointment.valid_until)
    others = others.exclude(pk=appointment.pk)
    if appointment.role in Role.OUTSIDE_BUSINESS:
        clash = others.exclude(role__in=Role.OUTSIDE_BUSINESS)
    else:
        clash = others.filter(role__in=Role.OUTSIDE_BUSINESS)
    if clash.exists():
        raise ValidationError(
            {"role": _("An administrator or auditor decides nothing, so holds no other role in the same days.")}
        )


@transaction.atomic
def rename_office(title: OfficeTitle, *, title_vi: str, title_en: str, actor: User | None) -> OfficeTitle:
    """Say what an office is called from now on; papers that were signed keep the title of their day."""
    title.title_vi, title.title_en = " ".join(nfc(title_vi).split()), " ".join(nfc(title_en).split())
    return _save(title)


# --- units ------------------------------------------------------------------------------------------------------

UNIT_FIELDS = frozenset(
    {
        "code", "name_vi", "name_en", "short_name", "symbol", "place", "unit_class", "unit_type", "function", "parent",
        "quota", "position", "valid_from", "valid_until",
    }
)  # fmt: skip


@transaction.atomic
def create_unit(*, actor: User | None, **fields: Any) -> OrgUnit:
    """A unit with the fields of UNIT_FIELDS; at least code, name_vi, unit_type, valid_from."""
    unit = OrgUnit()
    _apply(unit, fields, UNIT_FIELDS)
    return _save_unit(unit)


@transaction.atomic
def update_unit(unit: OrgUnit, *, actor: User | None, **changes: Any) -> OrgUnit:
    _lock(OrgUnit, [unit.pk])
    _apply(unit, changes, UNIT_FIELDS)
    above = unit.parent
    seen: set[int] = set()
    while above is not None and above.pk not in seen:
        if above.pk == unit.pk:
            raise ValidationError({"parent": _("A unit cannot be part of itself.")})
        seen.add(above.pk)
        above = above.parent
    return _save_unit(unit)


@transaction.atomic
def merge_unit(
    unit: OrgUnit, into: OrgUnit, *, on: dt.date, actor: User | None, roles: Mapping[int, str] | None = None
) -> OrgUnit:
    """From `on`, `into` carries on the business of `unit`. No file is rewritten: `OrgUnit.lineage` finds them.

    The last day of `unit` is the day before. `roles` = {id of an appointment: role in `into`, "" for none}; who is not
    named there leaves office as head or deputy, and keeps any other role.
    """
    _lock(OrgUnit, [unit.pk, into.pk])
    for each in (unit, into):
        each.refresh_from_db()  # another reorganisation may have been recorded while this one waited
    last_day = on - ONE_DAY
    if unit.pk == into.pk or into.merged_into_id is not None:
        raise ValidationError({"into": _("Choose another unit, one that was not merged itself.")})
    if not into.holds_on(on) or not unit.holds_on(last_day) or unit.merged_into_id is not None:
        raise ValidationError({"on": _("Both units must exist on the day of the merger.")})
    if unit.parent_id is None:
        raise ValidationError({"into": _("The ministry itself cannot be merged.")})
    people = Appointment.objects.filter(unit=unit).overlapping(on, None).select_related("person", "unit")
    if people.filter(valid_from__gte=on).exists():
        raise ValidationError(
            {"on": _("Somebody is appointed in this unit from a later day. End that appointment first.")}
        )
    for appointment in people:
        usual = "" if appointment.role in Role.LEADING else appointment.role
        _move(appointment, into, on, (roles or {}).get(appointment.pk, usual), actor)
    for supervision in Supervision.objects.filter(unit=unit).overlapping(on, None):
        supervision.valid_until = last_day
        _save(supervision)
    unit.merged_into, unit.valid_until = into, last_day
    return _save_unit(unit)


def _move(appointment: Appointment, into: OrgUnit, on: dt.date, role: str, actor: User | None) -> None:
    until, person = appointment.valid_until, appointment.person
    update_appointment(appointment, valid_until=on - ONE_DAY, actor=actor)
    there = Appointment.objects.of(person).filter(unit=into, role=role).overlapping(on, until)
    if not role or there.exists():
        return
    same = role == appointment.role
    try:
        appoint(
            person,
            into,
            role,
            valid_from=on,
            valid_until=until,
            title_vi=appointment.title_vi if same else "",
            title_en=appointment.title_en if same else "",
            actor=actor,
        )
    except ValidationError as refusal:
        sentences = " ".join(refusal.messages)
        raise ValidationError(_("%(person)s: %(why)s") % {"person": person, "why": sentences}) from refusal


def _save_unit(unit: OrgUnit) -> OrgUnit:
    for name in ("name_vi", "name_en", "short_name", "symbol", "place"):
        setattr(unit, name, " ".join(nfc(getattr(unit, name)).split()))
    unit.sort_key = sort_key(unit.name_vi)[:400]
    unit.search_text = fold(f"{unit.code} {unit.name_vi} {unit.name_en} {unit.short_name}")
    ministry.forget()
    return _save(unit)


# --- who is in charge -------------------------------------------------------------------------------------------


@transaction.atomic
def set_supervision(
    unit: OrgUnit,
    deputy_minister: User,
    *,
    valid_from: dt.date,
    valid_until: dt.date | None = None,
    actor: User | None,
) -> Supervision:
    """Put a deputy minister in charge of a unit. Who was in charge without a last day is so until the day before."""
    _lock(OrgUnit, [unit.pk])
    appointed = Appointment.objects.in_business(valid_from).of(deputy_minister).filter(role=Role.DEPUTY_MINISTER)
    if not appointed.exists():
        raise ValidationError({"deputy_minister": _("This person is not a Deputy Minister on the first day.")})
    for former in Supervision.objects.filter(unit=unit, valid_from__lt=valid_from, valid_until__isnull=True):
        former.valid_until = valid_from - ONE_DAY
        _save(former)
    return _save(
        Supervision(unit=unit, deputy_minister=deputy_minister, valid_from=valid_from, valid_until=valid_until)
    )


@transaction.atomic
def update_supervision(supervision: Supervision, *, actor: User | None, **changes: Any) -> Supervision:
    """Correct the days. Another deputy minister is another supervision."""
    _lock(OrgUnit, [supervision.unit_id])
    _apply(supervision, changes, {"valid_from", "valid_until"})
    return _save(supervision)


def end_supervision(supervision: Supervision, *, on: dt.date, actor: User | None) -> Supervision:
    """`on` is the last day in charge."""
    return update_supervision(supervision, valid_until=on, actor=actor)


# --- what all have in common ------------------------------------------------------------------------------------


def _apply(row: models.Model, changes: dict[str, Any], allowed: Iterable[str]) -> None:
    if unknown := set(changes) - set(allowed):
        message = f"not to be changed here: {sorted(unknown)}"
        raise TypeError(message)
    for name, value in changes.items():
        setattr(row, name, value)


def _save(row: Row) -> Row:
    row.full_clean()
    row.save()
    offices.forget()
    return row


def _lock(model: type[models.Model], ids: Iterable[int]) -> None:
    """Make those wait who would change the same person or unit at the same time."""
    list(model._default_manager.select_for_update().filter(pk__in=ids).order_by("pk").values_list("pk", flat=True))
