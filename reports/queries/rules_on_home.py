"""What the first page says of the rules: what is new, and for the ICD the next days on which the law expects a report."""

from __future__ import annotations

import datetime as dt
from functools import cached_property
from typing import TYPE_CHECKING

from intlcoop.people.principals import principal_of
from intlcoop.regulations.queries import Upcoming, news, upcoming_deadlines
from intlcoop.regulations.registry import NewsItem

if TYPE_CHECKING:
    from intlcoop.people.models import User
    from reports.queries.home import Home

NEWS_FOR = dt.timedelta(days=60)
MOST = 3
#: Calendar days ahead: long enough to collect figures from the units.
AHEAD = 60


class RulesOnHome:
    """Each part is read when it is first asked for: one query for news, one more for the deadlines of the ICD."""

    def __init__(self, user: User, today: dt.date, home: Home) -> None:
        self.user = user
        self.today = today
        self.home = home

    @cached_property
    def news(self) -> list[NewsItem]:
        return news(self.user, self.today - NEWS_FOR)[:MOST]

    @cached_property
    def deadlines(self) -> list[Upcoming]:
        if not principal_of(self.user).is_icd:
            return []
        return upcoming_deadlines(self.today, self.home.calendar, within=AHEAD)[:MOST]
