"""What does a rule say on a day, and which days are worked? Other rooms ask here and nowhere else."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext

from intlcoop.regulations import registry
from intlcoop.regulations.choices import DeadlineKind, HolidayKind
from intlcoop.regulations.models import Holiday, Instrument, Parameter, RuleChange, StatutoryDeadline
from intlcoop.regulations.registry import NewsItem
from intlcoop.regulations.working_days import Calendar, working_days_between
from intlcoop.regulations.yearly import next_occurrence


class ParameterMissing(LookupError):  # noqa: N818 - says what happened
    """No row of this parameter holds on this day."""

    def __init__(self, key: str, on: dt.date) -> None:
        super().__init__(f"{key} has no value on {on:%Y-%m-%d}")
        self.key = key
        self.on = on


@dataclass(frozen=True, slots=True, kw_only=True)
class ParameterValue:
    """A parameter as it holds on a day. `value` is an int in `unit`, or the two ends of a period (models.Parameter)."""

    key: str
    label: str
    value: Any
    unit: str
    severity: str
    citation: str
    instrument: Instrument | None
    needs_check: bool
    is_sample: bool


def calendar() -> Calendar:
    """All days off and swapped days: one query and never cached, so ask once per page and pass it on."""
    days: dict[str, list[dt.date]] = {kind: [] for kind in HolidayKind.values}
    for kind, day in Holiday.objects.order_by().values_list("kind", "day"):
        days[kind].append(day)
    return Calendar(frozenset(days[HolidayKind.DAY_OFF]), frozenset(days[HolidayKind.WORKING_WEEKEND]))


def parameter(key: str, on: dt.date) -> ParameterValue:
    """The parameter as it holds on the day that the law looks at (departure, submission, ...).

    Raises ParameterMissing. All shipped parameters hold from any past day on, until somebody ends one.
    """
    try:
        return parameters([key], on)[key]
    except KeyError:
        raise ParameterMissing(key, on) from None


def parameters(keys: Iterable[str], on: dt.date) -> dict[str, ParameterValue]:
    """Several parameters by key in one query; those without a value on this day are left out."""
    rows = Parameter.objects.on(on).filter(key__in=list(keys)).select_related("instrument")
    return {
        row.key: ParameterValue(
            key=row.key,
            label=row.get_key_display(),
            value=row.value,
            unit=row.unit,
            severity=row.severity,
            citation=row.citation,
            instrument=row.instrument,
            needs_check=row.needs_check,
            is_sample=row.is_sample,
        )
        for row in rows
    }


def legal_basis_text(basis: ParameterValue | Parameter) -> str:
    """The end of a sentence that says why: "theo Luật 49/2019/QH14, Điều 23 khoản 3", and "; cần đối chiếu" if weak."""
    if basis.needs_check:
        return gettext("according to %(citation)s; to be checked") % {"citation": basis.citation}
    return gettext("according to %(citation)s") % {"citation": basis.citation}


@dataclass(frozen=True, slots=True, kw_only=True)
class Upcoming:
    """A yearly deadline that comes next: as it is written, when it is due, and how many working days are left."""

    deadline: StatutoryDeadline
    written: dt.date
    due: dt.date
    days_left: int

    @property
    def moved(self) -> bool:
        return self.due != self.written


def upcoming_deadlines(today: dt.date, days: Calendar, *, within: int | None = None) -> list[Upcoming]:
    """The next occurrence of each yearly deadline, soonest first; `within` that many calendar days if given."""
    found = []
    for row in StatutoryDeadline.objects.select_related("instrument"):
        moves = row.kind == DeadlineKind.DEADLINE
        written, due = next_occurrence(row.month, row.day, today, days, moves=moves)
        if row.holds_on(written) and (within is None or (due - today).days <= within):
            left = working_days_between(today, due, days)
            found.append(Upcoming(deadline=row, written=written, due=due, days_left=left))
    return sorted(found, key=lambda each: (each.due, each.deadline.pk))


def news(reader: Any, since: dt.date) -> list[NewsItem]:
    """What changed in the rules since a day and was published, newest first; other rooms add theirs (registry)."""
    rows = RuleChange.objects.visible_to(reader).filter(is_published=True, at__date__gte=since)
    items = [
        NewsItem(
            on=timezone.localdate(row.at),
            kind=row.get_sort_display(),
            title=row.subject,
            text=row.news or row.after,
            effective_from=row.effective_from,
            citation=row.reason,
            needs_check=bool(row.instrument and row.instrument.needs_check),
            url=row.get_absolute_url(),
        )
        for row in rows.select_related("instrument")
    ]
    return sorted([*items, *registry.news_from_elsewhere(reader, since)], key=lambda item: item.on, reverse=True)
