"""Of which visits does a morning remind whom: what arriving guests lack, tasks that are due, a result that is owed.

The sources of `notifications.digest`, which asks them on working days only. Each walks over all visits once.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Any

from django.db.models import Prefetch
from django.urls import reverse
from django.utils.translation import gettext as _

from delegations.choices import Anchor, DatePrecision, PreparedKind
from delegations.models import InboundDelegation, PreparationItem
from delegations.queries.owing import report_due, term
from delegations.queries.preparation import REMINDER_DAYS, Rulebook, ToPrepare, lists_of
from delegations.queries.visit_alarms import Alarm, alarms, when_words
from delegations.visit_choices import InboundState, VisitForm
from intlcoop.notifications.digest import Reminder
from intlcoop.people import offices
from intlcoop.regulations.choices import ParameterKey
from intlcoop.regulations.queries import calendar
from intlcoop.regulations.working_days import working_days_between
from intlcoop.vietnamese.dates import table_date
from intlcoop.web.file_numbers import shown
from intlcoop.workflow.reminding import Terms, left_words

if TYPE_CHECKING:
    from intlcoop.people.models import User

S = InboundState
#: Lists are reminded of from the submission on; after the guests have left only what is counted from then.
PREPARED = (S.IN_APPROVAL, *S.EXPECTED, S.RECEIVED, S.REPORT_DUE, S.COMPLETED)
LOOKED_BACK, LOOKED_AHEAD = dt.timedelta(days=60), dt.timedelta(days=90)


def alarm_reminders(day: dt.date) -> Iterator[Reminder]:
    """To the filer, whoever has one of the open tasks, and the officials of the ICD: each morning until it is mended."""
    for alarm in alarms(InboundDelegation.objects.all(), day):
        url = reverse("delegations:visit", args=[alarm.visit.case.number])
        for person in alarmed_people(alarm, day).values():
            yield Reminder(
                person=person,
                key=alarm.key,
                section="overdue",
                text=partial(_alarm_words, alarm),
                url=f"{url}#bao-dong",
            )


def alarmed_people(alarm: Alarm, day: dt.date) -> dict[int, User]:
    found = {alarm.visit.case.created_by_id: alarm.visit.case.created_by}
    found |= {line.item.owner.pk: line.item.owner for line in alarm.tasks if line.item.owner}
    for holder in offices.holders_of(offices.ICD_OFFICER, alarm.visit.case.unit, day):
        found.setdefault(holder.user.pk, holder.user)
    return found


def _alarm_words(alarm: Alarm) -> str:
    values = {
        "number": shown(alarm.visit.case.number),
        "title": alarm.visit.case.title,
        "when": when_words(alarm),
        "missing": "; ".join(alarm.missing),
    }
    return _("%(number)s %(title)s: %(when)s, still missing: %(missing)s") % values


# --- the lists ---------------------------------------------------------------------------------------------------------


def prepared_visits(today: dt.date) -> Any:
    """Visits with lists whose guests arrive soon or left lately."""
    rows = InboundDelegation.objects.filter(
        form=VisitForm.FULL,
        case__state__in=PREPARED,
        date_precision=DatePrecision.DAY,
        imported__isnull=True,
        arrives_on__lte=today + LOOKED_AHEAD,
        leaves_on__gte=today - LOOKED_BACK,
    )
    kept = Prefetch("preparation", PreparationItem.objects.select_related("owner", "done_by"))
    return rows.select_related("case__unit", "case__created_by").prefetch_related(kept)


def due_tasks(visit: Any, book: Rulebook, today: dt.date, ahead: int) -> Iterator[ToPrepare]:
    """Open tasks whose day is near or past; what was due before arrival is moot once the guests are here."""
    arrived = visit.arrives_on < today or visit.case.state in (S.RECEIVED, S.REPORT_DUE, S.COMPLETED)
    for line in lists_of(visit, book, today):
        is_near = line.is_open and line.days_left is not None and line.days_left <= ahead
        if is_near and arrived == (line.task.anchor == Anchor.RETURN):
            yield line


def task_reminders(day: dt.date) -> Iterator[Reminder]:
    """Each task once before its day, once on it and once after; to whoever has it, else to the filer."""
    book = Rulebook(kind=PreparedKind.INBOUND)
    ahead = book.value(REMINDER_DAYS, day) or 0
    for visit in prepared_visits(day).order_by("arrives_on", "pk"):
        for line in due_tasks(visit, book, day, ahead):
            section = "overdue" if line.is_late else ("today" if line.days_left == 0 else "soon")
            yield Reminder(
                person=line.item.owner or visit.case.created_by,
                key=f"prepare-visit-{visit.pk}-{line.key}-{line.due_on}-{section}",
                section=section,
                text=partial(_task_words, visit.case.number, line),
                url=reverse("delegations:visit_preparation", args=[visit.case.number]),
            )


def _task_words(number: str, line: ToPrepare) -> str:
    return _("%(number)s, preparation: %(task)s (due %(day)s)") % {
        "number": shown(number),
        "task": line.name,
        "day": table_date(line.due_on) if line.due_on else "",
    }


# --- the result ---------------------------------------------------------------------------------------------------------


def owed_results(day: dt.date) -> Iterator[Reminder]:
    """To the filer: write the result; overdue also to the head of the unit and the ICD."""
    terms, days, allowed = Terms.on(day), calendar(), term(ParameterKey.INBOUND_REPORT, day)
    visits = InboundDelegation.objects.filter(case__state=S.REPORT_DUE, leaves_on__isnull=False)
    for visit in visits.select_related("case__created_by", "case__unit"):
        assert visit.leaves_on is not None  # the query asks for it
        due = report_due(visit.leaves_on, allowed, days)
        if due is None:
            continue
        left, number = working_days_between(day, due, days), visit.case.number
        if level := terms.level(left):
            text: Callable[[], str] = partial(_result_words, visit, due, left)
            url = reverse("delegations:visit_result", args=[number])
            key = f"visit-result-{visit.pk}-{due:%Y%m%d}-{level}"
            yield Reminder(person=visit.case.created_by, key=key, section=level, text=text, url=url)
        if terms.escalates(left):
            text = partial(_result_words, visit, due, left, of_unit=True)
            url = reverse("delegations:visit", args=[number])
            for person in _above(visit, day):
                if person.pk != visit.case.created_by_id:
                    key = f"visit-result-{visit.pk}-escalated"
                    yield Reminder(person=person, key=key, section="others", text=text, url=url)


def _above(visit: Any, day: dt.date) -> list[User]:
    codes = (offices.UNIT_HEAD, offices.ICD_OFFICER)
    found = [holder.user for code in codes for holder in offices.holders_of(code, visit.case.unit, day)]
    return list({person.pk: person for person in found}.values())


def _result_words(visit: Any, due: dt.date, left: int, *, of_unit: bool = False) -> str:
    number, unit = shown(visit.case.number), visit.case.unit
    values = {
        "number": _("%(number)s of %(unit)s") % {"number": number, "unit": unit} if of_unit else number,
        "what": _("write the result of the visit"),
        "day": table_date(due),
        "left": left_words(left),
    }
    return _("%(number)s: %(what)s by %(day)s, %(left)s") % values
