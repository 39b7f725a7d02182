"""By which rank does a delegation's head count when its route is chosen?"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING

from intlcoop.people.choices import Rank, Role, UnitType
from intlcoop.people.models import Appointment

if TYPE_CHECKING:
    from intlcoop.people.models import User

_ORDER = list(Rank)


def ranks_of(user_ids: Iterable[int], on: dt.date) -> dict[int, Rank]:
    """The rank of each of these people on a day. One query for all; who holds no appointment counts as an official."""
    ids = set(user_ids)
    found = dict.fromkeys(ids, Rank.OFFICIAL)
    rows = Appointment.objects.on(on).filter(person__in=ids).values_list("person_id", "role", "unit__unit_type")
    for person_id, role, unit_type in rows:
        found[person_id] = min(found[person_id], _rank(role, unit_type), key=_ORDER.index)
    return found


def rank_of(user: User, on: dt.date) -> Rank:
    return ranks_of([user.pk], on)[user.pk]


def _rank(role: str, unit_type: str) -> Rank:
    """Heads of divisions lead no unit of the ministry, so they travel as officials."""
    if role == Role.MINISTER:
        return Rank.MINISTER
    if role == Role.DEPUTY_MINISTER:
        return Rank.DEPUTY_MINISTER
    if role in (Role.HEAD, Role.DEPUTY_HEAD) and unit_type != UnitType.DIVISION:
        return Rank.DIRECTOR
    return Rank.OFFICIAL
