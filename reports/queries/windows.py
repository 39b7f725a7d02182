"""Which days belong to the year of a report? Pure arithmetic."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from intlcoop.vietnamese.dates import short_date
from reports.choices import Window


@dataclass(frozen=True, slots=True)
class Period:
    """The days of a report, both ends included, and how they were chosen."""

    year: int
    window: str
    first: dt.date
    last: dt.date

    @property
    def said(self) -> str:
        """In running text: "năm 2026", else "kỳ báo cáo năm 2026 (từ ngày 15/12/2025 đến ngày 14/12/2026)"."""
        if self.window == Window.CALENDAR:
            return f"năm {self.year}"
        days = f"từ ngày {short_date(self.first)} đến ngày {short_date(self.last)}"
        return f"kỳ báo cáo năm {self.year} ({days})"


def calendar_year(year: int) -> Period:
    return Period(year, Window.CALENDAR, dt.date(year, 1, 1), dt.date(year, 12, 31))


def statutory_year(year: int, cutoff: Mapping[str, str]) -> Period:
    """`cutoff` is the parameter `report.year_cutoff`: {"from": "12-15", "until": "12-14"}.

    A `from` later in the year than `until` lies in the year before (Decree 09/2019/NĐ-CP, article 12).
    """
    starts_before = cutoff["from"] > cutoff["until"]
    first = dt.date.fromisoformat(f"{year - starts_before:04d}-{cutoff['from']}")
    return Period(year, Window.STATUTORY, first, dt.date.fromisoformat(f"{year:04d}-{cutoff['until']}"))


def own_days(year: int, first: dt.date, last: dt.date) -> Period:
    """Days of the orderer's choice. Raises ValueError when they stand in the wrong order."""
    if last < first:
        raise ValueError("the last day is before the first")
    return Period(year, Window.CUSTOM, first, last)


def usual_as_of(period: Period, today: dt.date) -> dt.date:
    """The last day of the period, or today while it still runs."""
    return min(period.last, today)
