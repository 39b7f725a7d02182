"""Our people as the rows of a delegation choose them: by name, with the post, unit and rank of the day of travel."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cached_property

from intlcoop.people.choices import Role
from intlcoop.people.models import Appointment, User
from intlcoop.people.offices import ranks_of
from intlcoop.people.titles import full_title, load_titles
from intlcoop.vietnamese.folding import fold


@dataclass(frozen=True, slots=True)
class Colleague:
    user: User
    post: str
    body: str
    rank: str

    @property
    def written(self) -> str:
        """ "Nguyễn Minh An (chuyenvien)"."""
        return f"{self.user.full_name} ({self.user.username})"


class StaffBook:
    """Everybody with an appointment on a day; three queries however many people there are."""

    def __init__(self, on: dt.date) -> None:
        self.on = on

    @cached_property
    def people(self) -> list[Colleague]:
        rows = (
            Appointment.objects.on(self.on)
            .exclude(role__in=Role.OUTSIDE_BUSINESS)
            .filter(person__is_active=True)
            .select_related("person", "unit")
            .order_by("person__sort_key", "person_id", "valid_from", "pk")
        )
        titles = load_titles()
        ranks = ranks_of({row.person_id for row in rows}, self.on)
        found: dict[int, Colleague] = {}
        for row in rows:
            post = full_title(titles, row).vi
            found.setdefault(row.person_id, Colleague(row.person, post, row.unit.name_vi, ranks[row.person_id]))
        return list(found.values())

    def by_username(self, username: str) -> Colleague | None:
        wanted = username.strip().casefold()
        return next((each for each in self.people if each.user.username.casefold() == wanted), None)

    def by_name(self, name: str, body: str) -> Colleague | None:
        """The one colleague of this name, typed without the list, unless another body is named: then it is somebody else."""
        found = [each for each in self.people if fold(each.user.full_name) == fold(name)]
        if len(found) != 1 or (body and fold(body) != fold(found[0].body)):
            return None
        return found[0]
