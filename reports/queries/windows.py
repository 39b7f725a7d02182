"""Which days belong to the year of a report? Pure arithmetic."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from intlcoop.vietnamese.dates import short_date
from reports.choices import RowKind, Window

#: Which months of the statutory year a part of it takes: the first one, and how many.
PARTS = {
    Window.FIRST_HALF: (0, 6),
    Window.SECOND_HALF: (6, 6),
    Window.FIRST_QUARTER: (0, 3),
    Window.SECOND_QUARTER: (3, 3),
    Window.THIRD_QUARTER: (6, 3),
    Window.FOURTH_QUARTER: (9, 3),
}
NAMES = {
    Window.FIRST_HALF: "6 tháng đầu năm",
    Window.SECOND_HALF: "6 tháng cuối năm",
    Window.FIRST_QUARTER: "quý I năm",
    Window.SECOND_QUARTER: "quý II năm",
    Window.THIRD_QUARTER: "quý III năm",
    Window.FOURTH_QUARTER: "quý IV năm",
}


@dataclass(frozen=True, slots=True)
class Period:
    """The days of a report, both ends included, and how they were chosen."""

    year: int
    window: str
    first: dt.date
    last: dt.date

    @property
    def name(self) -> str:
        """ "năm 2026", "quý I năm 2026", "6 tháng đầu năm 2026"."""
        return f"{NAMES.get(Window(self.window), 'năm')} {self.year}"

    @property
    def days(self) -> str:
        return f"từ ngày {short_date(self.first)} đến ngày {short_date(self.last)}"

    @property
    def said(self) -> str:
        """In running text: "năm 2026", else "kỳ báo cáo năm 2026 (từ ngày 15/12/2025 đến ngày 14/12/2026)"."""
        if self.window == Window.CALENDAR:
            return self.name
        if Window(self.window) in NAMES:
            return f"{self.name} ({self.days})"
        return f"kỳ báo cáo {self.name} ({self.days})"


@dataclass(frozen=True, slots=True)
class Scope:
    """What a report covers: its period and the day of its figures. `own`: the periods of the kinds of rows that have one of
    their own, such as events, which are reported from 15 December to 14 December whatever the year of the rest."""

    period: Period
    as_of: dt.date
    own: Mapping[str, Period] = field(default_factory=dict)

    def of(self, kind: RowKind) -> Period:
        """The period in which rows of this kind count."""
        return self.own.get(kind, self.period)

    def days(self, kind: RowKind) -> tuple[dt.date, dt.date]:
        """(first, last) of what took place by the day of the figures; last before first when nothing can have yet."""
        period = self.of(kind)
        return period.first, min(period.last, self.as_of)

    def ahead(self, kind: RowKind) -> tuple[dt.date, dt.date]:
        """(first, last) of what is still to take place in the period; last before first when it is over."""
        period = self.of(kind)
        return max(period.first, self.as_of + dt.timedelta(days=1)), period.last

    def end(self, kind: RowKind) -> dt.date:
        """The day on which stocks are counted."""
        return self.days(kind)[1]

    def years_before(self, years: int) -> Scope:
        """The same window so many years earlier, complete: nothing of it is still to come."""
        period = years_before(self.period, years)
        own = {kind: years_before(each, years) for kind, each in self.own.items()}
        return Scope(period, max(each.last for each in (period, *own.values())), own)


def calendar_year(year: int) -> Period:
    return Period(year, Window.CALENDAR, dt.date(year, 1, 1), dt.date(year, 12, 31))


def statutory_year(year: int, cutoff: Mapping[str, str]) -> Period:
    """`cutoff` is the parameter `report.year_cutoff`: {"from": "12-15", "until": "12-14"}.

    A `from` later in the year than `until` lies in the year before (Decree 09/2019/NĐ-CP, article 12).
    """
    starts_before = cutoff["from"] > cutoff["until"]
    first = dt.date.fromisoformat(f"{year - starts_before:04d}-{cutoff['from']}")
    return Period(year, Window.STATUTORY, first, dt.date.fromisoformat(f"{year:04d}-{cutoff['until']}"))


def part_of_year(year: int, window: Window, cutoff: Mapping[str, str]) -> Period:
    """A half or a quarter of the statutory year: 15/12 to 14/3, 15/3 to 14/6 … (Decree 09/2019/NĐ-CP, article 12)."""
    whole, (skipped, months) = statutory_year(year, cutoff), PARTS[window]
    first = months_later(whole.first, skipped)
    last = whole.last if skipped + months == 12 else months_later(whole.first, skipped + months) - dt.timedelta(days=1)
    return Period(year, window, first, last)


def own_days(year: int, first: dt.date, last: dt.date) -> Period:
    """Days of the orderer's choice. Raises ValueError when they stand in the wrong order."""
    if last < first:
        raise ValueError("the last day is before the first")
    return Period(year, Window.CUSTOM, first, last)


def usual_as_of(period: Period, today: dt.date) -> dt.date:
    """The last day of the period, or today while it still runs."""
    return min(period.last, today)


def months_later(day: dt.date, months: int) -> dt.date:
    """The same day so many months later; the last of its month when there is no such day."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return dt.date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def years_before(period: Period, years: int) -> Period:
    """The same days so many years earlier; 29 February becomes the end of February, as the end of a month stays one."""
    first, last = months_later(period.first, -12 * years), months_later(period.last, -12 * years)
    if (period.last + dt.timedelta(days=1)).day == 1:
        last = last.replace(day=calendar.monthrange(last.year, last.month)[1])
    return replace(period, year=period.year - years, first=first, last=last)
