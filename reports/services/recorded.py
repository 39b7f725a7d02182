"""Writing down totals that a source states."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import rules
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from intlcoop.workflow.refusals import NotAllowed, Refused
from intlcoop.workflow.rows import write
from reports.models import RecordedTotal

if TYPE_CHECKING:
    from intlcoop.people.models import User


@transaction.atomic
def record_total(
    total: RecordedTotal | None, *, actor: User, fields: Mapping[str, Any], is_sample: bool = False
) -> RecordedTotal:
    """A new one, or these values instead of its own. Raises NotAllowed, Refused (a day in the future, stated twice)."""
    _ask(actor)
    if fields["last_day"] > timezone.localdate():
        raise Refused(_("A total cannot be of a day that is still to come."))
    kept = total or RecordedTotal(entered_by=actor, is_sample=is_sample)
    write(kept, fields)
    return kept


@transaction.atomic
def remove_total(total: RecordedTotal, *, actor: User) -> None:
    """Take out what was written down by mistake; it stays in the history. Raises NotAllowed."""
    _ask(actor)
    total.delete()


def _ask(actor: User) -> None:
    if not rules.has_perm("reports.keep_totals", actor):
        raise NotAllowed(_("The department of cooperation writes down the totals that reports state."))
