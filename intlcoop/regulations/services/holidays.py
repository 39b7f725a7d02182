"""Days off: added, corrected, taken out, swapped in pairs, loaded a year at a time. Deadlines are counted again each time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext

from intlcoop.regulations import registry
from intlcoop.regulations.choices import HolidayKind, RuleAct, RuleSort
from intlcoop.regulations.models import Holiday
from intlcoop.regulations.reference import read_holidays
from intlcoop.regulations.services.changes import record_change, require_reason, written_words
from intlcoop.regulations.working_days import SATURDAY
from intlcoop.regulations.years import Difference, differences
from intlcoop.vietnamese.dates import long_date, table_date

if TYPE_CHECKING:
    from intlcoop.people.models import User


@transaction.atomic
def add_holiday(*, reason: str, news: str = "", is_published: bool = False, actor: User, **fields: Any) -> Holiday:
    """Record a day off. Raises ValidationError."""
    require_reason(reason)
    holiday = _new_day(**fields)
    _changed(holiday.day.year, actor, reason, RuleAct.ADDED, [], [holiday], news, is_published)
    return holiday


@transaction.atomic
def change_holiday(
    holiday: Holiday, *, reason: str, news: str = "", is_published: bool = False, actor: User, **fields: Any
) -> Holiday:
    """Correct the name, the note or whether it is certain. Another day is another row. Raises ValidationError."""
    require_reason(reason)
    before = _text(holiday)
    for name, value in fields.items():
        setattr(holiday, name, value)
    holiday.name_en = holiday.name_en or holiday.name_vi
    holiday.full_clean()
    holiday.save()
    _changed(holiday.day.year, actor, reason, RuleAct.CHANGED, [before], [holiday], news, is_published)
    return holiday


@transaction.atomic
def remove_holiday(
    holiday: Holiday, *, reason: str, news: str = "", is_published: bool = False, actor: User
) -> list[dt.date]:
    """Take a day out, with the other day of its pair; returns the days that are as usual again."""
    require_reason(reason)
    gone = [holiday, *Holiday.objects.filter(day=holiday.swapped_with)] if holiday.swapped_with else [holiday]
    before = [_text(each) for each in gone]
    for each in gone:
        each.delete()
    _changed(holiday.day.year, actor, reason, RuleAct.REMOVED, before, [], news, is_published)
    return [each.day for each in gone]


@transaction.atomic
def swap_days(
    *,
    off: dt.date,
    worked: dt.date,
    occasion: str,
    note: str = "",
    needs_check: bool = False,
    reason: str,
    news: str = "",
    is_published: bool = False,
    actor: User,
) -> tuple[Holiday, Holiday]:
    """Make a weekday off for a weekend day that is worked: both or none. Raises ValidationError."""
    require_reason(reason)
    if off.weekday() >= SATURDAY:
        text = gettext("%(day)s is off anyway. The day off of a swap is a weekday.") % {"day": long_date(off)}
        raise ValidationError({"off": text})
    if worked.weekday() < SATURDAY:
        text = gettext("%(day)s is worked anyway. The day worked in exchange is a Saturday or Sunday.")
        raise ValidationError({"worked": text % {"day": long_date(worked)}})
    shared = {"note": note or occasion, "needs_check": needs_check}
    day_off = _new_day(
        field="off", day=off, kind=HolidayKind.DAY_OFF, swapped_with=worked,
        name_vi=f"Ngày nghỉ (thay cho ngày {table_date(worked)})",
        name_en=f"Day off (in exchange for {table_date(worked)})", **shared,
    )  # fmt: skip
    day_worked = _new_day(
        field="worked", day=worked, kind=HolidayKind.WORKING_WEEKEND, swapped_with=off,
        name_vi=f"Ngày làm việc bù (cho ngày {table_date(off)})",
        name_en=f"Working day (in exchange for {table_date(off)})", **shared,
    )  # fmt: skip
    _changed(off.year, actor, reason, RuleAct.ADDED, [], [day_off, day_worked], news, is_published)
    return day_off, day_worked


def preview_year(year: int) -> list[Difference]:
    """Where what is recorded for a year differs from what the package computes."""
    return differences(list(Holiday.objects.filter(day__year=year)), read_holidays({year}))


@transaction.atomic
def load_year(
    year: int, *, days: Collection[dt.date], reason: str, news: str = "", is_published: bool = False, actor: User
) -> int:
    """Take over the chosen differences of a year, pairs as a whole; returns how many days changed."""
    require_reason(reason)
    found = {difference.day: difference for difference in preview_year(year)}
    chosen = {day for day in days if day in found}
    chosen |= {pair for day in chosen for pair in found[day].pairs if pair in found}
    if not chosen:
        raise ValidationError({"days": gettext("Tick at least one day, or leave the year as it is.")})
    before, after = [], []
    for day in sorted(chosen):
        difference = found[day]
        if difference.stored is not None:
            before.append(_text(difference.stored))
            difference.stored.delete()
        if difference.proposed is not None:
            difference.proposed.save()
            after.append(difference.proposed)
    _changed(year, actor, reason, RuleAct.CHANGED, before, after, news, is_published)
    return len(chosen)


@transaction.atomic
def confirm_year(year: int, *, document: str, news: str = "", is_published: bool = False, actor: User) -> int:
    """Note that the year's days were compared with the Government's paper; returns how many were still open."""
    if not document.strip():
        raise ValidationError({"document": gettext("Enter number and date of the paper that decides the days off.")})
    rows = list(Holiday.objects.filter(day__year=year, needs_check=True))
    if not rows:
        raise ValidationError(gettext("All days of this year are confirmed already."))
    for row in rows:
        row.needs_check, row.note = False, row.note or document[:300]
        row.save(update_fields=["needs_check", "note"])
    with written_words():
        subject, after = _subject(year), gettext("Confirmed: %(count)s days") % {"count": len(rows)}
    record_change(
        actor=actor, reason=document, news=news, is_published=is_published, sort=RuleSort.HOLIDAY, act=RuleAct.CHANGED,
        year=year, subject=subject, after=after,
    )  # fmt: skip
    return len(rows)


def _new_day(*, field: str = "day", **fields: Any) -> Holiday:
    """Save a day that is not recorded yet. Raises ValidationError at `field`, naming what stands there."""
    day = fields["day"]
    taken = Holiday.objects.filter(day=day).first()
    if taken is not None:
        values = {"day": long_date(day), "name": taken.name_vi}
        text = gettext("%(day)s is recorded already: %(name)s. Correct that row, or take it out first.") % values
        raise ValidationError({field: text})
    holiday = Holiday(**fields)
    holiday.name_en = holiday.name_en or holiday.name_vi
    holiday.full_clean()
    holiday.save()
    return holiday


def _changed(
    year: int,
    actor: User,
    reason: str,
    act: RuleAct,
    before: list[str],
    after: list[Holiday],
    news: str,
    is_published: bool,
) -> None:
    with written_words():
        subject = _subject(year)
    record_change(
        actor=actor, reason=reason, news=news, is_published=is_published, sort=RuleSort.HOLIDAY, act=act, year=year,
        subject=subject, before="\n".join(before), after="\n".join(_text(row) for row in after),
        effective_from=min((row.day for row in after), default=None),
    )  # fmt: skip
    registry.tell_calendar_changed()


def _subject(year: int) -> str:
    return gettext("Days off and swapped days of %(year)s") % {"year": year}


def _text(holiday: Holiday) -> str:
    with written_words():
        return f"{long_date(holiday.day)}: {holiday.name_vi} ({holiday.get_kind_display()})"
