"""What the law expects of a file changes from a day on: the row that held ends the day before, and files of before keep it."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import rules
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from agreements.models import DossierItem
from agreements.models.duty import LegalRow
from agreements.queries.legal_rules import rule_key, rule_words
from intlcoop.regulations.choices import RuleAct, RuleSort
from intlcoop.regulations.models import Instrument
from intlcoop.regulations.services import record_change
from intlcoop.regulations.services.changes import require_last_day, require_reason, written_words
from intlcoop.vietnamese.dates import table_date
from intlcoop.vietnamese.folding import fold

if TYPE_CHECKING:
    from intlcoop.people.models import User

DAY = dt.timedelta(days=1)
LONGEST_CODE = 38


@transaction.atomic
def set_rule(
    model: type[LegalRow],
    kind: str,
    code: str,
    *,
    valid_from: dt.date,
    reason: str,
    news: str = "",
    is_published: bool = False,
    actor: User,
    **fields: Any,
) -> LegalRow:
    """From a day on the rule says this; a new `code` ("" gives one) is a rule that was not there. Raises ValidationError."""
    _may_keep(actor)
    require_reason(reason)
    if valid_from < timezone.localdate():
        text = _("Choose today or a later day: files that were handled before keep the rule of their day.")
        raise ValidationError({"valid_from": text})
    rows = list(model._default_manager.select_for_update(of=("self",)).filter(kind=kind, code=code)) if code else []
    if later := next((row for row in rows if row.valid_from >= valid_from), None):
        raise ValidationError({"valid_from": _in_the_way(later)})
    former = next((row for row in rows if row.holds_on(valid_from)), None)
    before = ""
    if former is not None:
        before = _words(former)
        former.valid_until = valid_from - DAY
        former.save(update_fields=["valid_until"])
    like = max(rows, key=lambda row: row.valid_from, default=None)
    position = like.position if like else model._default_manager.filter(kind=kind).count()
    made = model(
        kind=kind, code=code or _new_code(model, kind, fields["name_vi"]), position=position, valid_from=valid_from, **fields
    )  # fmt: skip
    made.full_clean()
    made.save()
    act = RuleAct.CHANGED if rows else RuleAct.ADDED
    _record(made, act, actor, reason, before=before, after=_words(made), on=valid_from, news=news, publish=is_published)
    return made


@transaction.atomic
def correct_rule(
    row: LegalRow, *, instrument: Instrument | None, citation: str, needs_check: bool, reason: str, actor: User
) -> LegalRow:
    """Mend what a rule stands on; what it asks for, of whom and from when stay."""
    _may_keep(actor)
    require_reason(reason)
    before = _words(row)
    row.instrument, row.citation, row.needs_check = instrument, citation, needs_check
    row.full_clean()
    row.save(update_fields=["instrument", "citation", "needs_check"])
    _record(row, RuleAct.CHANGED, actor, reason, before=before, after=_words(row), on=None)
    return row


@transaction.atomic
def end_rule(
    row: LegalRow, *, last_day: dt.date, reason: str, news: str = "", is_published: bool = False, actor: User
) -> LegalRow:
    """From the day after on it is asked of no file any more. Raises ValidationError."""
    _may_keep(actor)
    require_reason(reason)
    row = type(row)._default_manager.select_for_update(of=("self",)).get(pk=row.pk)
    require_last_day(row, last_day, _("The rule ends on %(day)s already."))
    before = _words(row)
    row.valid_until = last_day
    row.save(update_fields=["valid_until"])
    _record(row, RuleAct.ENDED, actor, reason, before=before, on=last_day + DAY, news=news, publish=is_published)
    return row


@transaction.atomic
def withdraw_rule(row: LegalRow, *, reason: str, actor: User) -> None:
    """Take back a row that has not begun; what it ended holds on. Raises ValidationError."""
    _may_keep(actor)
    require_reason(reason)
    rows = list(type(row)._default_manager.select_for_update(of=("self",)).filter(kind=row.kind, code=row.code))
    if row not in rows:
        raise ValidationError(_("This rule is no longer there."))
    if row.valid_from <= timezone.localdate():
        raise ValidationError(_("The rule holds already. Change it from a later day instead."))
    before, first, last = _words(row), row.valid_from, row.valid_until
    former = next((each for each in rows if each.valid_until == first - DAY), None)
    pk, _deleted = row.pk, row.delete()
    row.pk = pk
    if former is not None:
        former.valid_until = last
        former.save(update_fields=["valid_until"])
    after = _words(former) if former else ""
    _record(row, RuleAct.REMOVED, actor, reason, before=before, after=after, on=first)


def _may_keep(actor: User) -> None:
    if not rules.has_perm("regulations.manage", actor):
        raise PermissionDenied


def _new_code(model: type[LegalRow], kind: str, name: str) -> str:
    begins = slugify(fold(name))[: LONGEST_CODE - 4].strip("-") or "rule"
    taken = set(model._default_manager.filter(kind=kind, code__startswith=begins).values_list("code", flat=True))
    return next(code for code in (begins, *(f"{begins}-{n}" for n in range(2, 1000))) if code not in taken)


def _in_the_way(row: LegalRow) -> str:
    text = _("“%(name)s” already begins on %(day)s. Choose a later day, or take that one back first.")
    return text % {"name": row.name, "day": table_date(row.valid_from)}


def _words(row: LegalRow) -> str:
    with written_words():
        return rule_words(row)


def _record(
    row: LegalRow, act: RuleAct, actor: User, reason: str, *, before: str, after: str = "", on: dt.date | None,
    news: str = "", publish: bool = False,
) -> None:  # fmt: skip
    record_change(
        actor=actor, reason=reason, news=news, is_published=publish, act=act, key=rule_key(row.kind, row.code),
        subject=row.name_vi, sort=RuleSort.DOSSIER if isinstance(row, DossierItem) else RuleSort.DUTY, before=before, after=after,
        effective_from=on, instrument=row.instrument,
    )  # fmt: skip
