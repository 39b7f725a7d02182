"""Who looks after an agreement: whoever filed it, the head of the unit that owns it today, and the ICD."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from intlcoop.people.offices import ICD_OFFICER, UNIT_HEAD, holders_of

if TYPE_CHECKING:
    from intlcoop.people.models import User
    from intlcoop.workflow.models import Case


def keepers_of(case: Case, *, without: User | None = None) -> list[User]:
    """Each once. A unit that was merged is looked after by its successor."""
    today = timezone.localdate()
    unit = case.unit.current(today)
    found = [
        case.created_by,
        *(holder.user for code in (UNIT_HEAD, ICD_OFFICER) for holder in holders_of(code, unit, today)),
    ]
    known = {person.pk: person for person in found if person.is_active}
    if without is not None:
        known.pop(without.pk, None)
    return list(known.values())
