"""The rules and the days off that every copy of the portal starts with; what somebody changed here stays."""

from __future__ import annotations

import csv
import datetime as dt
import json
import re
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from intlcoop.regulations.choices import HolidayKind
from intlcoop.regulations.models import Holiday, Instrument, InstrumentLink, Parameter, StatutoryDeadline

DATA = Path(__file__).parent / "data"
FIRST_YEAR = 2020
# The Government decides each year's days off and swaps in the autumn before; later years are computed, not decided.
LAST_DECIDED_YEAR = 2026
YEARS_AHEAD = 2
# The package's English names of swapped days.
VIETNAMESE_DATE = re.compile(r"thay cho ngày (\d{2})/(\d{2})/(\d{4})")
AMERICAN_DATE = re.compile(r"(\d{2})/(\d{2})/(\d{4})")


@transaction.atomic
def load() -> None:
    """Insert missing instruments with their links, parameters, years of days off and yearly deadlines: five questions when
    nothing is missing."""
    _load_instruments()
    _load_links()
    _load_parameters()
    _load_holidays()
    _load_deadlines()


def _load_instruments() -> None:
    known = dict(Instrument.objects.values_list("symbol", "pk"))
    missing = [row for row in _rows("instruments.csv") if row["symbol"] not in known]
    # What replaces another goes in first, so that the other can point to it.
    for row in sorted(missing, key=lambda row: bool(row["replaced_by"])):
        dates = {name: _day(row[name]) for name in ("issued_on", "effective_from", "effective_to")}
        texts = {name: row[name] for name in ("kind", "symbol", "title", "issuer", "url", "note")}
        instrument = Instrument.objects.create(
            **texts, **dates, replaced_by_id=known.get(row["replaced_by"]), needs_check=bool(row["needs_check"])
        )
        known[instrument.symbol] = instrument.pk


def _load_links() -> None:
    """What the titles of the shipped instruments say of each other. A link that somebody took out does not come back: links
    are shipped only to a table that has none."""
    if InstrumentLink.objects.exists():
        return
    instruments = dict(Instrument.objects.values_list("symbol", "pk"))
    InstrumentLink.objects.bulk_create(
        InstrumentLink(
            instrument_id=instruments[row["instrument"]], relation=row["relation"], other_id=instruments[row["other"]]
        )
        for row in _rows("instrument_links.csv")
    )


def _load_parameters() -> None:
    known = set(Parameter.objects.values_list("key", flat=True))
    missing = [row for row in _rows("parameters.csv") if row["key"] not in known]
    if not missing:
        return
    instruments = dict(Instrument.objects.values_list("symbol", "pk"))
    Parameter.objects.bulk_create(
        Parameter(
            key=row["key"],
            value=json.loads(row["value"]),
            unit=row["unit"],
            severity=row["severity"],
            instrument_id=instruments[row["instrument"]] if row["instrument"] else None,
            citation=row["citation"],
            needs_check=bool(row["needs_check"]),
        )
        for row in missing
    )


def _load_holidays() -> None:
    """Whole years only: a day that an administrator took out of a year does not come back."""
    known = set(Holiday.objects.values_list("day__year", flat=True).distinct().order_by())
    wanted = set(range(FIRST_YEAR, timezone.localdate().year + YEARS_AHEAD + 1))
    if years := wanted - known:
        Holiday.objects.bulk_create(read_holidays(years))


def read_holidays(years: Collection[int]) -> list[Holiday]:
    """The days off and swapped days of these years, not saved: the package's, then our corrections over them."""
    # Takes a quarter of a second to import, and is asked only once a year.
    import holidays  # noqa: PLC0415

    vietnamese = holidays.country_holidays("VN", language="vi", years=years)
    english = holidays.country_holidays("VN", language="en_US", years=years)
    found = {
        day: Holiday(
            day=day,
            name_vi=name,
            name_en=AMERICAN_DATE.sub(r"\2/\1/\3", english[day]),
            needs_check=day.year > LAST_DECIDED_YEAR,
        )
        for day, name in vietnamese.items()
    }
    for day, holiday in found.items():
        holiday.swapped_with = swapped_day(holiday.name_vi, day)
    worked_for = {holiday.swapped_with: day for day, holiday in found.items() if holiday.swapped_with}
    found |= {
        day: Holiday(
            swapped_with=worked_for.get(day),
            day=day,
            kind=HolidayKind.WORKING_WEEKEND,
            name_vi="Ngày làm việc bù",
            name_en="Swapped working day",
        )
        for day in vietnamese.weekend_workdays
        if day.year in years
    }
    found |= {holiday.day: holiday for holiday in _corrections() if holiday.day.year in years}
    return [found[day] for day in sorted(found)]


def _corrections() -> Iterator[Holiday]:
    for row in _rows("holiday_corrections.csv"):
        texts = {name: row[name] for name in ("kind", "name_vi", "name_en", "note")}
        yield Holiday(
            day=dt.date.fromisoformat(row["day"]),
            swapped_with=_day(row["swapped_with"]),
            needs_check=bool(row["needs_check"]),
            **texts,
        )


def swapped_day(name_vi: str, day: dt.date) -> dt.date | None:
    """The day that is worked for this one, as the package names it: "Ngày nghỉ (thay cho ngày 22/08/2026)"."""
    found = VIETNAMESE_DATE.search(name_vi)
    if found is None:
        return None
    other = dt.date(int(found[3]), int(found[2]), int(found[1]))
    return other if other != day else None


def _load_deadlines() -> None:
    known = set(StatutoryDeadline.objects.exclude(code="").values_list("code", flat=True))
    missing = [row for row in _rows("deadlines.csv") if row["code"] not in known]
    if not missing:
        return
    instruments = dict(Instrument.objects.values_list("symbol", "pk"))
    StatutoryDeadline.objects.bulk_create(
        StatutoryDeadline(
            **{
                name: row[name]
                for name in ("code", "day", "month", "kind", "what_vi", "what_en", "recipient", "citation")
            },
            instrument_id=instruments[row["instrument"]] if row["instrument"] else None,
            needs_check=bool(row["needs_check"]),
        )
        for row in missing
    )


def _rows(name: str) -> Iterator[dict[str, Any]]:
    with (DATA / name).open(encoding="utf-8", newline="") as handle:
        yield from csv.DictReader(handle)


def _day(text: str) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None
