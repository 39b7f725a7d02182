"""What may be spent on guests changes from a day on: the amount that held ends the day before. A mistyped or wrongly copied
amount is put right for its own days; who did it, why, and what stood there before is kept and can be read."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import rules
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from delegations.models import ReceptionNorm
from delegations.queries.reception_norms import amount_words, is_in_use, norm_key, norm_name, norm_words
from delegations.reception_choices import UNITS_OF, NormClass, parts_of
from intlcoop.regulations.choices import RuleAct, RuleSort
from intlcoop.regulations.models import Instrument, RuleChange
from intlcoop.regulations.services import record_change
from intlcoop.regulations.services.changes import require_last_day, require_reason, written_words
from intlcoop.vietnamese.dates import table_date

if TYPE_CHECKING:
    from intlcoop.people.models import User

DAY = dt.timedelta(days=1)


@transaction.atomic
def set_reception_norm(
    guest_class: str,
    item: str,
    part: str,
    *,
    unit: str,
    amount: Decimal,
    valid_from: dt.date,
    valid_until: dt.date | None = None,
    past_confirmed: bool = False,
    instrument: Instrument,
    citation: str,
    note: str = "",
    needs_check: bool = True,
    reason: str,
    news: str = "",
    is_published: bool = False,
    actor: User,
) -> ReceptionNorm:
    """From a day on this is the most that may be spent. Raises PermissionDenied, ValidationError."""
    _may_keep(actor)
    require_reason(reason)
    _refuse_misfit(guest_class, item, part, unit)
    if valid_until and valid_until < valid_from:
        raise ValidationError({"valid_until": _("The last day cannot be before the first.")})
    if valid_from < timezone.localdate() and not past_confirmed:
        text = _("This day has passed. Tick that the amount also holds for the days since then, or choose a later day.")
        raise ValidationError({"past_confirmed": text})
    rows = _locked(guest_class, item, part)
    former = _make_room(rows, valid_from, valid_until)
    made = ReceptionNorm(
        guest_class=guest_class, item=item, part=part, unit=unit, amount=amount, valid_from=valid_from,
        valid_until=valid_until, instrument=instrument, citation=citation, note=note, needs_check=needs_check,
    )  # fmt: skip
    _keep(made)
    act = RuleAct.CHANGED if rows else RuleAct.ADDED
    _record(made, act, actor, reason, before=former, after=_words(made), on=valid_from, news=news, publish=is_published)
    return made


@transaction.atomic
def correct_reception_norm(
    row: ReceptionNorm,
    *,
    amount: Decimal,
    instrument: Instrument,
    citation: str,
    note: str = "",
    needs_check: bool = False,
    reason: str,
    actor: User,
) -> ReceptionNorm:
    """Put right what was copied wrongly, or say that it has been checked; the days stay. The history keeps what stood there."""
    _may_keep(actor)
    require_reason(reason)
    row = _again(row)
    before = _words(row)
    row.amount, row.instrument, row.citation, row.note, row.needs_check = (
        amount,
        instrument,
        citation,
        note,
        needs_check,
    )
    _keep(row)
    _record(row, RuleAct.CHANGED, actor, reason, before=before, after=_words(row), on=None)
    return row


@transaction.atomic
def end_reception_norm(
    row: ReceptionNorm, *, last_day: dt.date, reason: str, news: str = "", is_published: bool = False, actor: User
) -> ReceptionNorm:
    """From the day after on no amount is known. Raises PermissionDenied, ValidationError."""
    _may_keep(actor)
    require_reason(reason)
    row = _again(row)
    require_last_day(row, last_day, _("The amount ends on %(day)s already."))
    before = _words(row)
    row.valid_until = last_day
    _keep(row)
    _record(row, RuleAct.ENDED, actor, reason, before=before, on=last_day + DAY, news=news, publish=is_published)
    return row


@transaction.atomic
def withdraw_reception_norm(row: ReceptionNorm, *, reason: str, actor: User) -> None:
    """Take out an amount that was entered by mistake, as long as nothing was reckoned by it; what it ended holds on."""
    _may_keep(actor)
    require_reason(reason)
    row = _again(row)
    if row.valid_from <= timezone.localdate() and is_in_use(row):
        text = _(
            "Costs or gifts are already held against this amount. Correct it, or enter a new one from a later day."
        )
        raise ValidationError(text)
    before, after, first, last = _words(row), "", row.valid_from, row.valid_until
    former = _ended_by(row)
    pk, _deleted = row.pk, row.delete()
    row.pk = pk
    if former is not None:
        former.valid_until = last
        _keep(former)
        after = _words(former)
    _record(row, RuleAct.REMOVED, actor, reason, before=before, after=after, on=first)


def _ended_by(row: ReceptionNorm) -> ReceptionNorm | None:
    """The amount that this one ended when it was entered; none where nothing held before."""
    key = norm_key(row.guest_class, row.item, row.part)
    entered = RuleChange.objects.filter(sort=RuleSort.RECEPTION, key=key, effective_from=row.valid_from).first()
    if entered is None or not entered.before:
        return None
    rows = _locked(row.guest_class, row.item, row.part)
    return next((each for each in rows if each.valid_until == row.valid_from - DAY), None)


def _may_keep(actor: User) -> None:
    if not rules.has_perm("delegations.keep_norms", actor):
        raise PermissionDenied(_("Only the finance department and administrators keep the norms."))


def _refuse_misfit(guest_class: str, item: str, part: str, unit: str) -> None:
    """An amount that no reckoning would ever look for is a trap. Raises ValidationError."""
    if guest_class == NormClass.SPECIAL:
        raise ValidationError({"guest_class": _("Guests of the special class are received by their approved scheme.")})
    if item not in UNITS_OF:
        raise ValidationError({"item": _("No amount is set for this item.")})
    if part not in parts_of(item):
        allowed = ", ".join(str(each.label) for each in parts_of(item))
        raise ValidationError({"part": _("For this item choose: %(parts)s.") % {"parts": allowed}})
    if unit not in UNITS_OF[item]:
        allowed = ", ".join(str(each.label) for each in UNITS_OF[item])
        raise ValidationError({"unit": _("This item is reckoned for one: %(units)s.") % {"units": allowed}})


def _locked(guest_class: str, item: str, part: str) -> list[ReceptionNorm]:
    rows = ReceptionNorm.objects.select_for_update(of=("self",)).select_related("instrument")
    return list(rows.filter(guest_class=guest_class, item=item, part=part).order_by("valid_from"))


def _again(row: ReceptionNorm) -> ReceptionNorm:
    """The row as it stands now, locked. Raises ValidationError when somebody took it out."""
    found = next((each for each in _locked(row.guest_class, row.item, row.part) if each.pk == row.pk), None)
    if found is None:
        raise ValidationError(_("This amount is no longer there."))
    return found


def _make_room(rows: list[ReceptionNorm], first: dt.date, last: dt.date | None) -> str:
    """End the day before what holds on the first day; gives how it was. Raises ValidationError for another in the way."""
    former = next((row for row in rows if row.valid_from < first and row.holds_on(first)), None)
    if former is not None and last is not None and (former.valid_until is None or former.valid_until > last):
        text = _("The amount that holds now goes on after %(day)s. Leave the last day empty.")
        raise ValidationError({"valid_until": text % {"day": table_date(last)}})
    for row in rows:
        begins_later = last is not None and row.valid_from > last
        ended = row.valid_until is not None and row.valid_until < first
        if row is not former and not begins_later and not ended:
            raise ValidationError({"valid_from": _in_the_way(row, first)})
    if former is None:
        return ""
    before = _words(former)
    former.valid_until = first - DAY
    _keep(former)
    return before


def _in_the_way(row: ReceptionNorm, first: dt.date) -> str:
    values = {"amount": amount_words(row), "day": table_date(row.valid_from)}
    if row.valid_from == first:
        return _("The amount %(amount)s begins on this day already. Correct it there, or choose a later day.") % values
    text = _("The amount %(amount)s begins on %(day)s. Enter a last day before it, or choose a later first day.")
    return text % values


def _keep(row: ReceptionNorm) -> None:
    row.full_clean()
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        text = _("Somebody else has just changed this norm. Open the page again and look at its amounts.")
        raise ValidationError(text) from error


def _words(row: ReceptionNorm) -> str:
    with written_words():
        return norm_words(row)


def _record(
    row: ReceptionNorm, act: RuleAct, actor: User, reason: str, *, before: str, after: str = "", on: dt.date | None,
    news: str = "", publish: bool = False,
) -> Any:  # fmt: skip
    with written_words():
        subject = norm_name(row.guest_class, row.item, row.part)
    return record_change(
        actor=actor, reason=reason, news=news, is_published=publish, act=act, sort=RuleSort.RECEPTION, subject=subject,
        key=norm_key(row.guest_class, row.item, row.part), before=before, after=after, effective_from=on,
        instrument=row.instrument,
    )  # fmt: skip
