"""What do guests still lack who arrive in a few days? One pass over all visits, in a fixed number of queries (D8).

A visit is alarmed from so many days before arrival (parameter `inbound.alarm_days`) until the day of arrival, as long as
something is missing without which guests cannot be received: the agreement itself, a host, or an open task of the lists
that raises the alarm (letter of consent, notice to the police, residence declaration, programme). The alarm follows the
form: a guest who lives here needs no letters.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, QuerySet
from django.utils.translation import gettext as _

from delegations.choices import DatePrecision, PreparedKind
from delegations.models import InboundDelegation, PreparationItem, ProgrammeItem
from delegations.queries.preparation import Rulebook, ToPrepare, lists_of
from delegations.visit_choices import InboundState, VisitAttachmentKind
from intlcoop.regulations.choices import ParameterKey
from intlcoop.regulations.models import Parameter
from intlcoop.regulations.working_days import Calendar
from intlcoop.workflow.models import CaseAttachment

#: Submitted and still to come; a draft is nobody's business yet.
WATCHED = (InboundState.IN_APPROVAL, InboundState.RETURNED, *InboundState.EXPECTED)

#: The tasks of the lists that the file itself answers: the programme written or handed in, the letter of consent handed in.
PROGRAMME, CONSENT = "visit-programme", "visit-consent"
#: The parameter allows no more days.
LONGEST = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarm:
    """A visit of the next days with what it lacks, in words; `tasks` are the lines of its lists among them."""

    visit: Any
    missing: tuple[str, ...]
    tasks: tuple[ToPrepare, ...]
    days_left: int

    @property
    def key(self) -> str:
        """Another day or another lack is another alarm."""
        return f"visit-alarm-{self.visit.pk}-{self.visit.arrives_on}-{self.days_left}-{len(self.missing)}"


class AlarmBook:
    """Tasks, parameters and calendar for any number of visits; `days` is None where the parameter holds no more."""

    def __init__(self, today: dt.date, days_off: Calendar | None = None) -> None:
        self.today = today
        self.rules = Rulebook(days_off, PreparedKind.INBOUND)
        row = Parameter.objects.on(today).filter(key=ParameterKey.INBOUND_ALARM).first()
        self.days = int(row.value) if row is not None else None

    @property
    def last(self) -> dt.date | None:
        return None if self.days is None else self.today + dt.timedelta(days=self.days)


def arriving_soon(visits: QuerySet[Any], book: AlarmBook) -> QuerySet[Any]:
    """Those that the alarm looks at, with their lists."""
    if book.last is None:
        return visits.none()
    found = with_papers(visits).filter(
        case__state__in=WATCHED,
        date_precision=DatePrecision.DAY,
        arrives_on__range=(book.today, book.last),
    )
    kept = Prefetch("preparation", PreparationItem.objects.select_related("owner", "done_by"))
    return found.select_related("case__unit", "case__created_by", "host", "partner", "country").prefetch_related(kept)


def with_papers(visits: QuerySet[Any]) -> QuerySet[Any]:
    """With what lies in the file already, so that nobody has to tick off what everybody can read there."""
    written = Exists(ProgrammeItem.objects.filter(case=OuterRef("case")))
    handed_in = CaseAttachment.objects.current().filter(case=OuterRef("case"))
    return visits.annotate(
        has_programme=written | Exists(handed_in.filter(kind=VisitAttachmentKind.PROGRAMME)),
        has_consent=Exists(handed_in.filter(kind=VisitAttachmentKind.CONSENT)),
    )


def alarms(visits: QuerySet[Any], today: dt.date, book: AlarmBook | None = None) -> list[Alarm]:
    """The alarmed among these visits, the one that arrives first in front."""
    book = book or AlarmBook(today)
    rows = arriving_soon(visits, book).order_by("arrives_on", "pk")
    return list(alarms_of(rows, book))


def alarms_of(rows: Iterable[Any], book: AlarmBook) -> Iterator[Alarm]:
    for visit in rows:
        if (alarm := alarm_of(visit, book)) is not None:
            yield alarm


def alarm_of(visit: InboundDelegation, book: AlarmBook) -> Alarm | None:
    """What this visit lacks now, or None: not soon, over, called off, or complete."""
    first, last = visit.arrives_on, book.last
    if first is None or last is None or visit.case.state not in WATCHED or not book.today <= first <= last:
        return None
    if visit.date_precision != DatePrecision.DAY:
        return None
    tasks = () if visit.is_short else tuple(open_alarms(visit, book))
    missing = (*own_gaps(visit), *(line.name for line in tasks))
    if not missing:
        return None
    return Alarm(visit=visit, missing=missing, tasks=tasks, days_left=(first - book.today).days)


def open_alarms(visit: InboundDelegation, book: AlarmBook) -> Iterator[ToPrepare]:
    """Open tasks without which the guests cannot be received, and which nothing in the file answers."""
    answered = answered_by_the_file(visit)
    for line in lists_of(visit, book.rules, book.today):
        if line.is_open and line.task.raises_alarm and line.task.code not in answered:
            yield line


def answered_by_the_file(visit: InboundDelegation) -> set[str]:
    # Annotated by `with_papers`, be it by the caller for a list or here for one.
    known: Any = visit
    if not hasattr(visit, "has_consent"):
        known = with_papers(InboundDelegation.objects.filter(pk=visit.pk)).get()
    return {code for code, there in ((PROGRAMME, known.has_programme), (CONSENT, known.has_consent)) if there}


def own_gaps(visit: InboundDelegation) -> Iterator[str]:
    """What the file itself still says nothing of."""
    if visit.case.state not in InboundState.EXPECTED:
        yield _("not agreed to yet")
    if visit.host_id is None and not visit.host_name:
        yield _("nobody receives the guests")
    if visit.is_short and visit.meeting_time is None:
        yield _("no hour is fixed")


def is_watched(visit: InboundDelegation, today: dt.date) -> bool:
    """Near enough that the alarm may look at it, whatever the parameter says: asked before its rules are read."""
    first = visit.arrives_on
    if first is None or visit.case.state not in WATCHED:
        return False
    return 0 <= (first - today).days <= LONGEST


def when_words(alarm: Alarm) -> str:
    if alarm.days_left == 0:
        return _("the guests arrive today")
    if alarm.days_left == 1:
        return _("the guests arrive tomorrow")
    return _("the guests arrive in %(n)s days") % {"n": alarm.days_left}
