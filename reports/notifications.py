"""Whom does a morning remind of other work: of replies that we owe, of replies that others owe us, of meetings of a series
that nobody has written down."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from delegations.queries.planning_people import answering
from intlcoop.notifications.digest import Reminder
from intlcoop.people.models import OrgUnit
from intlcoop.people.offices import UNIT_HEAD, holders_of
from intlcoop.regulations.queries import calendar
from intlcoop.regulations.working_days import working_days_between
from intlcoop.vietnamese.dates import table_date
from intlcoop.web.file_numbers import shown
from intlcoop.workflow.reminding import Terms, left_words
from reports.choices import PartState, WorkKind, WorkState
from reports.models import UnitPart, WorkItem
from reports.queries.work import WorkClock, is_owed_to_us
from reports.queries.work_lines import missing_months

if TYPE_CHECKING:
    from intlcoop.people.models import User

#: Nothing is due so many calendar days ahead whatever the parameter says: keeps the query small.
LOOK_AHEAD = dt.timedelta(days=31)


def replies_due(day: dt.date) -> Iterator[Reminder]:
    """To whoever sees to it, else who entered it; to the head of the unit too when it is late for long."""
    clock, terms = WorkClock(day), Terms.on(day)
    rows = WorkItem.objects.owing().filter(due_on__lte=day + LOOK_AHEAD).for_list().order_by("due_on", "pk")
    for item in rows:
        left = clock.days_left(item)
        if left is None or not (level := terms.level(left)):
            continue
        person, text = item.owner or item.case.created_by, partial(words, item, left)
        yield reminder(person, f"work-{item.pk}-{item.due_on}-{level}", level, text, item)
        if left < 0 and terms.escalates(left):
            for head in heads(item, day, person):
                yield reminder(head, f"work-{item.pk}-{item.due_on}-escalated", "others", text, item)


def meetings_unrecorded(day: dt.date) -> Iterator[Reminder]:
    """A month of a monthly series is over and nobody wrote down whether it was held: once per month."""
    rows = WorkItem.objects.filter(kind=WorkKind.RECURRING, case__state=WorkState.OPEN).for_list()
    for item in rows.prefetch_related("attendances").order_by("pk"):
        months = missing_months(item, {row.on for row in item.attendances.all()}, day)
        if not months:
            continue
        person = item.owner or item.case.created_by
        key = f"work-{item.pk}-month-{months[-1]:%Y-%m}"
        yield reminder(person, key, "soon", partial(month_words, item, months), item)


def heads(item: WorkItem, day: dt.date, person: User) -> list[User]:
    return [holder.user for holder in holders_of(UNIT_HEAD, item.case.unit, day) if holder.user != person]


def reminder(person: User, key: str, section: str, text: partial[str], item: WorkItem) -> Reminder:
    return Reminder(person=person, key=key, section=section, text=text, url=item.get_absolute_url())


def words(item: WorkItem, left: int) -> str:
    values = {
        "number": shown(item.case.number),
        "title": item.case.title,
        "body": item.body,
        "day": table_date(item.due_on) if item.due_on else "",
        "left": left_words(left),
    }
    if is_owed_to_us(item):
        return _("%(number)s, %(title)s: %(body)s is to answer by %(day)s, %(left)s") % values
    return _("%(number)s, %(title)s: our reply to %(body)s is due on %(day)s, %(left)s") % values


def month_words(item: WorkItem, months: list[dt.date]) -> str:
    named = ", ".join(f"{month:%m/%Y}" for month in months[-6:])
    values = {"number": shown(item.case.number), "title": item.case.title, "months": named}
    return _("%(number)s, %(title)s: nothing is written down for %(months)s") % values


def parts_due(day: dt.date) -> Iterator[Reminder]:
    """Units that have not sent their part of a report: their head and focal point; the department when it is late for long."""
    terms, dates = Terms.on(day), calendar()
    rows = (
        UnitPart.objects.filter(case__state__in=PartState.OPEN, call__due_on__lte=day + LOOK_AHEAD)
        .for_list()
        .select_related("call__sent_by")
    )
    for part in rows.order_by("call__due_on", "pk"):
        left = working_days_between(day, part.call.due_on, dates)
        if not (level := terms.level(left)):
            continue
        text, stem = partial(part_words, part, left), f"part-{part.pk}-{part.call.due_on}"
        for person in answering(OrgUnit.objects.filter(pk=part.unit_id), day):
            yield Reminder(person=person, key=f"{stem}-{level}", section=level, text=text, url=part.get_absolute_url())
        if left < 0 and terms.escalates(left):
            author = part.call.sent_by
            yield Reminder(person=author, key=f"{stem}-late", section="others", text=text, url=part.get_absolute_url())


def part_words(part: UnitPart, left: int) -> str:
    values = {"unit": part.unit, "period": part.call, "day": table_date(part.call.due_on), "left": left_words(left)}
    return _("Part of %(unit)s for the report %(period)s: due on %(day)s, %(left)s") % values
