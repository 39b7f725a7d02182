"""Since when must nothing have happened for a partner to count as sleeping?"""

from __future__ import annotations

import calendar
import datetime as dt

from intlcoop.regulations.queries import parameters

KEY = "agreement.dormant_after_months"


def asleep_since(today: dt.date) -> dt.date | None:
    """The day so many months back; None while the parameter has no value: then nothing counts as sleeping."""
    found = parameters([KEY], today).get(KEY)
    return months_before(today, found.value) if found else None


def months_before(day: dt.date, months: int) -> dt.date:
    """The same day of an earlier month, or its last day."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return dt.date(year, month + 1, min(day.day, last))
