"""How is a rule said in words?"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext, gettext_lazy, ngettext_lazy

from intlcoop.regulations.choices import Unit
from intlcoop.vietnamese.dates import table_date

if TYPE_CHECKING:
    from intlcoop.regulations.models import Parameter

COUNTED = {
    Unit.WORKING_DAYS: ngettext_lazy("%(n)d working day", "%(n)d working days", "n"),
    Unit.DAYS: ngettext_lazy("%(n)d day", "%(n)d days", "n"),
    Unit.MONTHS: ngettext_lazy("%(n)d month", "%(n)d months", "n"),
    Unit.YEARS: ngettext_lazy("%(n)d year", "%(n)d years", "n"),
    Unit.PERSONS: ngettext_lazy("%(n)d person", "%(n)d persons", "n"),
    Unit.TRIPS: ngettext_lazy("%(n)d trip", "%(n)d trips", "n"),
    Unit.PERCENT: ngettext_lazy("%(n)d percent", "%(n)d percent", "n"),
    Unit.COUNTRIES: ngettext_lazy("%(n)d country", "%(n)d countries", "n"),
}
PERIOD = gettext_lazy("%(first)s to %(last)s")
PERIOD_FROM_YEAR_BEFORE = gettext_lazy("%(first)s of the year before to %(last)s")


def value_text(value: Any, unit: str) -> str:
    """A parameter's value as people say it: "20 ngày làm việc", "15/12 năm trước – 14/12"; never fails."""
    if unit in COUNTED and isinstance(value, int) and not isinstance(value, bool):
        return str(COUNTED[Unit(unit)] % {"n": value})
    if unit == Unit.PERIOD and isinstance(value, dict) and {"from", "until"} <= value.keys():
        ends = {"first": _day_and_month(value["from"]), "last": _day_and_month(value["until"])}
        return str((PERIOD_FROM_YEAR_BEFORE if value["from"] > value["until"] else PERIOD) % ends)
    if unit == Unit.DAY_OF_YEAR and isinstance(value, str):
        return _day_and_month(value)
    if unit == Unit.WORDS and isinstance(value, list):
        return ", ".join(str(word) for word in value)
    if unit == Unit.DAY_LIST and isinstance(value, list):
        return gettext("%(numbers)s days") % {"numbers": ", ".join(str(each) for each in value)}
    return gettext("%(value)s (unreadable)") % {"value": value}


def rule_text(row: Parameter) -> str:
    """The value and what it does: "10 người (cảnh báo)"."""
    return f"{value_text(row.value, row.unit)} ({row.get_severity_display()})"


def basis_text(row: Any) -> str:
    """The citation of a parameter or deadline, and that it is weak if it is."""
    return f"{row.citation} ({gettext('to be checked')})" if row.needs_check else str(row.citation)


def span_text(first: dt.date | None, last: dt.date | None) -> str:
    """From when until when: "từ 01/01/2027 đến 31/12/2027"."""
    days = {"first": table_date(first) if first else "", "last": table_date(last) if last else ""}
    match first, last:
        case None, None:
            return gettext("always")
        case None, _:
            return gettext("until %(last)s") % days
        case _, None:
            return gettext("from %(first)s") % days
    return gettext("from %(first)s until %(last)s") % days


def _day_and_month(text: str) -> str:
    """12-15 -> 15/12"""
    month, _hyphen, day = text.partition("-")
    return f"{day}/{month}"
