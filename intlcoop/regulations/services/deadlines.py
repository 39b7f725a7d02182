"""Yearly deadlines: added, corrected, replaced from a day on, ended."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext

from intlcoop.regulations.choices import RuleAct, RuleSort
from intlcoop.regulations.models import StatutoryDeadline
from intlcoop.regulations.services.changes import record_change, require_reason, written_words
from intlcoop.regulations.wording import basis_text, span_text

if TYPE_CHECKING:
    from intlcoop.people.models import User

DAY = dt.timedelta(days=1)


@transaction.atomic
def add_deadline(
    *, reason: str, news: str = "", is_published: bool = False, actor: User, **fields: Any
) -> StatutoryDeadline:
    """Record a day of every year. Raises ValidationError."""
    require_reason(reason)
    row = StatutoryDeadline(**fields)
    row.full_clean()
    row.save()
    _record(row, RuleAct.ADDED, actor, reason, "", news, is_published)
    return row


@transaction.atomic
def change_deadline(
    row: StatutoryDeadline,
    *,
    new_from: dt.date | None = None,
    reason: str,
    news: str = "",
    is_published: bool = False,
    actor: User,
    **fields: Any,
) -> StatutoryDeadline:
    """Correct a row, or let a new one take its place from a day on, so that past years keep theirs. Raises ValidationError."""
    require_reason(reason)
    stored = StatutoryDeadline.objects.select_for_update(of=("self",)).get(pk=row.pk)
    before = deadline_text(stored)
    if new_from is None:
        changed = stored
    else:
        if stored.valid_from and new_from <= stored.valid_from:
            text = gettext("The row itself begins on or after this day. Choose a later day, or correct it without one.")
            raise ValidationError({"new_from": text})
        ended, stored.valid_until = stored.valid_until, new_from - DAY
        stored.save(update_fields=["valid_until"])
        changed = StatutoryDeadline(valid_from=new_from, valid_until=ended)
    for name, value in fields.items():
        setattr(changed, name, value)
    changed.full_clean()
    changed.save()
    _record(changed, RuleAct.CHANGED, actor, reason, before, news, is_published)
    return changed


@transaction.atomic
def end_deadline(
    row: StatutoryDeadline, *, last_day: dt.date, reason: str, news: str = "", is_published: bool = False, actor: User
) -> StatutoryDeadline:
    """After this day nothing is due any more. Raises ValidationError."""
    require_reason(reason)
    before = deadline_text(row)
    row.valid_until = last_day
    try:
        row.full_clean()
    except ValidationError as error:
        raise ValidationError({"last_day": gettext("The last day cannot be before the first.")}) from error
    row.save(update_fields=["valid_until"])
    _record(row, RuleAct.ENDED, actor, reason, before, news, is_published)
    return row


def deadline_text(row: StatutoryDeadline) -> str:
    with written_words():
        days = span_text(row.valid_from, row.valid_until)
        return f"{row} ({row.get_kind_display()}; {basis_text(row)}; {days})"


def _record(
    row: StatutoryDeadline, act: RuleAct, actor: User, reason: str, before: str, news: str, is_published: bool
) -> None:
    record_change(
        actor=actor, reason=reason, news=news, is_published=is_published, sort=RuleSort.DEADLINE, act=act,
        subject=str(row), before=before, after=deadline_text(row), instrument=row.instrument,
        effective_from=row.valid_from,
    )  # fmt: skip
