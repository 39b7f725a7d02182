"""Work that comes by itself: silent opinions are closed at night, everybody is reminded in the morning.

Both look at everything that is due by now, so that a day without a sweeper is made up for; neither does anything on a day off.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from intlcoop.jobs import registry
from intlcoop.jobs.context import JobContext
from intlcoop.jobs.registry import JobKind, day_only
from intlcoop.notifications import digest
from intlcoop.people.registry import register_substitution_listener
from intlcoop.regulations.queries import calendar
from intlcoop.regulations.registry import register_calendar_listener
from intlcoop.regulations.working_days import is_working_day
from intlcoop.workflow import reminding
from intlcoop.workflow.deadlines import recompute_deadlines, refresh_acting_offices
from intlcoop.workflow.deciding import close_overdue_opinions

CODE = "close_overdue_opinions"
MORNING = "morning_reminders"
#: Before anybody's working day begins, and after the night's own work.
HOUR = dt.time(7, 0)


def on_working_days(day: dt.date) -> dict[str, Any] | None:
    """The parameters of the day's job; None on a day off."""
    return day_only(day) if is_working_day(day, calendar()) else None


def run(context: JobContext) -> dict[str, Any]:
    return {"closed": close_overdue_opinions(timezone.localdate())}


def remind(context: JobContext) -> dict[str, Any]:
    """One message per person. A job of yesterday that runs on a day off says nothing; the next morning says it."""
    today = timezone.localdate()
    if not is_working_day(today, calendar()):
        return {"told": 0}
    return {"moved": refresh_acting_offices(today), "told": digest.send_digests(today)}


KIND = JobKind(code=CODE, label=_("Close overdue opinions"), run=run)
MORNING_KIND = JobKind(code=MORNING, label=_("Reminders of the morning"), run=remind)


def register() -> None:
    registry.register(KIND)
    registry.register(MORNING_KIND)
    registry.register_periodic(CODE, at=dt.time(0, 10))
    registry.register_periodic(MORNING, at=HOUR, params=on_working_days)
    register_calendar_listener(recompute_deadlines)
    register_substitution_listener(reminding.tell_of_substitution)
    digest.register_source("steps", reminding.of_steps)
    digest.register_source("substitutions", reminding.of_substitutions)
