"""Every change of a rule leaves who, when, why, before and after; published ones are told to the units."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone, translation
from django.utils.translation import gettext

from intlcoop.regulations import registry
from intlcoop.regulations.models import RuleChange
from intlcoop.vietnamese.dates import table_date

if TYPE_CHECKING:
    from intlcoop.people.models import User


def written_words() -> translation.override:
    """In the language in which the record is kept, whoever changes the rule."""
    return translation.override(settings.LANGUAGE_CODE)


def require_reason(reason: str) -> None:
    """A rule changes only for a reason that others can read. Raises ValidationError."""
    if not reason.strip():
        raise ValidationError({"reason": gettext("Say why: number of the document, or what was wrong.")})


def require_last_day(row: Any, last_day: dt.date, already: str) -> None:
    """The day on which a dated row ends lies within its days and is not long over; `already` (day) is said of one that ends
    sooner. Raises ValidationError."""
    if row.valid_from and last_day < row.valid_from:
        raise ValidationError({"last_day": gettext("The last day cannot be before the first.")})
    if last_day < timezone.localdate() - dt.timedelta(days=1):
        raise ValidationError({"last_day": gettext("The last day cannot lie before yesterday.")})
    if row.valid_until and last_day > row.valid_until:
        raise ValidationError({"last_day": already % {"day": table_date(row.valid_until)}})


def record_change(*, actor: User, reason: str, news: str = "", is_published: bool = False, **what: Any) -> RuleChange:
    """Keep a change (fields of RuleChange) and, if it is published, tell whoever registered for it."""
    require_reason(reason)
    change = RuleChange.objects.create(
        actor=actor, reason=reason.strip(), news=news.strip(), is_published=is_published, **what
    )
    if is_published:
        registry.tell_published(change, actor)
    return change
