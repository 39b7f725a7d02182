"""A new value from a day on, a corrected basis, an end, a value taken back before it began."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext

from intlcoop.regulations.choices import ParameterKey, RuleAct, RuleSort
from intlcoop.regulations.kinds import KINDS
from intlcoop.regulations.models import Instrument, Parameter, RuleChange
from intlcoop.regulations.services.changes import record_change, require_last_day, require_reason, written_words
from intlcoop.regulations.wording import basis_text, rule_text, span_text, value_text
from intlcoop.vietnamese.dates import table_date

if TYPE_CHECKING:
    from intlcoop.people.models import User

DAY = dt.timedelta(days=1)


@transaction.atomic
def set_parameter(
    key: str,
    *,
    value: Any,
    valid_from: dt.date,
    valid_until: dt.date | None = None,
    severity: str,
    instrument: Instrument | None = None,
    citation: str,
    needs_check: bool = False,
    is_sample: bool = False,
    past_confirmed: bool = False,
    reason: str,
    news: str = "",
    is_published: bool = False,
    actor: User,
) -> Parameter:
    """Let another value hold from a day on; what held until then ends the day before.

    With a last day the former value holds again afterwards. Raises ValidationError, naming the row in the way.
    """
    require_reason(reason)
    if valid_until and valid_until < valid_from:
        raise ValidationError({"valid_until": gettext("The last day cannot be before the first.")})
    if valid_from < timezone.localdate() and not past_confirmed:
        text = gettext(
            "This day has passed. Tick that the value also holds for the days since then, or choose a later day."
        )
        raise ValidationError({"past_confirmed": text})
    former = _make_room(key, valid_from, valid_until)
    row = Parameter(
        key=key, value=value, unit=KINDS[key].unit, valid_from=valid_from, valid_until=valid_until, severity=severity,
        instrument=instrument, citation=citation, needs_check=needs_check, is_sample=is_sample,
    )  # fmt: skip
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        text = gettext("Somebody else has just changed this parameter. Open the page again and look at its values.")
        raise ValidationError(text) from error
    _record(row, RuleAct.CHANGED, actor, reason, before=former, news=news, is_published=is_published)
    return row


def _make_room(key: str, first: dt.date, last: dt.date | None) -> Parameter | None:
    """End what holds on the day before; returns how it was. Raises ValidationError for a row that cannot give way."""
    rows = list(Parameter.objects.select_for_update().filter(key=key))
    former = next((row for row in rows if row.holds_on(first) and row.valid_from != first), None)
    for row in rows:
        begins_later = row.valid_from is not None and last is not None and row.valid_from > last
        if row is former or begins_later or (row.valid_until is not None and row.valid_until < first):
            continue
        raise ValidationError({"valid_from": _in_the_way(row, first)})
    if former is None:
        return None
    was_until, former.valid_until = former.valid_until, first - DAY
    former.save(update_fields=["valid_until"])
    if last is not None and (was_until is None or was_until > last):
        again = Parameter(
            **{name: getattr(former, name) for name in _CARRIED}, valid_from=last + DAY, valid_until=was_until
        )
        again.save()
    return former


_CARRIED = ("key", "value", "unit", "severity", "instrument_id", "citation", "needs_check", "is_sample")


def _in_the_way(row: Parameter, first: dt.date) -> str:
    values = {"value": rule_text(row), "days": span_text(row.valid_from, row.valid_until), "basis": row.citation}
    if row.valid_from is None or row.valid_from <= first:
        text = gettext("The value “%(value)s” (%(basis)s) already begins on this day (%(days)s). Choose a later day.")
        return text % values
    values["last"] = table_date(row.valid_from - DAY)
    return (
        gettext(
            "It would overlap the value “%(value)s” that holds %(days)s (%(basis)s)."
            " Let the new value end on %(last)s at the latest, or take that one back first."
        )
        % values
    )


@transaction.atomic
def correct_parameter(
    row: Parameter,
    *,
    instrument: Instrument | None,
    citation: str,
    needs_check: bool,
    reason: str,
    actor: User,
) -> Parameter:
    """Mend what a value stands on; the value, its effect and its days stay."""
    with written_words():
        before = basis_text(row)
    row.instrument, row.citation, row.needs_check = instrument, citation, needs_check
    row.save(update_fields=["instrument", "citation", "needs_check"])
    with written_words():
        after = basis_text(row)
    record_change(
        actor=actor, reason=reason, sort=RuleSort.PARAMETER, act=RuleAct.CHANGED, key=row.key,
        subject=_label(row.key), before=before, after=after, instrument=instrument,
    )  # fmt: skip
    return row


@transaction.atomic
def end_parameter(
    row: Parameter, *, last_day: dt.date, reason: str, news: str = "", is_published: bool = False, actor: User
) -> Parameter:
    """From the day after on nothing of the kind is checked any more. Raises ValidationError."""
    if not KINDS[row.key].may_end:
        text = gettext("The portal needs this value for its deadlines. Enter a new value instead of ending it.")
        raise ValidationError(text)
    require_last_day(row, last_day, gettext("The value ends on %(day)s already."))
    with written_words():
        before = rule_text(row)
    row.valid_until = last_day
    row.save(update_fields=["valid_until"])
    record_change(
        actor=actor, reason=reason, news=news, is_published=is_published, sort=RuleSort.PARAMETER, act=RuleAct.ENDED,
        key=row.key, subject=_label(row.key), before=before, effective_from=last_day + DAY, instrument=row.instrument,
    )  # fmt: skip
    return row


@transaction.atomic
def withdraw_parameter(row: Parameter, *, reason: str, actor: User) -> None:
    """Take back a value that has not begun; what it ended holds on. Raises ValidationError."""
    require_reason(reason)
    rows = {each.pk: each for each in Parameter.objects.select_for_update().filter(key=row.key)}
    if row.pk not in rows:
        raise ValidationError(gettext("This value is no longer there."))
    if row.valid_from is None or row.valid_from <= timezone.localdate():
        raise ValidationError(gettext("The value holds already. Enter a new value from a later day instead."))
    with written_words():
        before = rule_text(row)
    first, last = row.valid_from, row.valid_until
    row.delete()
    former = next((each for each in rows.values() if each.valid_until == first - DAY), None)
    again = next((each for each in rows.values() if last and each.valid_from == last + DAY), None)
    begun = RuleChange.objects.filter(key=row.key, act=RuleAct.CHANGED, effective_from=first).first()
    if begun is not None and not begun.before:
        former = None  # nothing held then, so nothing holds on
    if former is not None:
        if again is not None and all(getattr(again, name) == getattr(former, name) for name in _CARRIED):
            last = again.valid_until
            again.delete()
        former.valid_until = last
        former.save(update_fields=["valid_until"])
    with written_words():
        after = rule_text(former) if former else ""
    record_change(
        actor=actor, reason=reason, sort=RuleSort.PARAMETER, act=RuleAct.REMOVED, key=row.key,
        subject=_label(row.key), before=before, after=after, effective_from=first,
    )  # fmt: skip


def _record(
    row: Parameter, act: RuleAct, actor: User, reason: str, *, before: Parameter | None, news: str, is_published: bool
) -> RuleChange:
    with written_words():
        texts = {"before": rule_text(before) if before else "", "after": rule_text(row)}
        subject = f"{_label(row.key)}: {value_text(row.value, row.unit)}"
    return record_change(
        actor=actor, reason=reason, news=news, is_published=is_published, sort=RuleSort.PARAMETER, act=act,
        key=row.key, subject=subject, instrument=row.instrument, effective_from=row.valid_from, **texts,
    )  # fmt: skip


def _label(key: str) -> str:
    with written_words():
        return str(ParameterKey(key).label)
