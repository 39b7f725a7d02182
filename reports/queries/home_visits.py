"""The visits on the first page: what waits for this person about guests, who arrives, and what arriving guests still lack.

One query over all visits that any part names, one for their lists, and the rules of the lists only while there are visits.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Prefetch, Q
from django.db.models.functions import JSONObject
from django.urls import reverse
from django.utils.translation import gettext as _

from delegations.choices import DatePrecision, PreparationState
from delegations.models import InboundDelegation, PreparationItem
from delegations.queries.owing import report_due, term
from delegations.queries.preparation import REMINDER_DAYS
from delegations.queries.visit_alarms import Alarm, AlarmBook, alarm_of, when_words, with_papers
from delegations.queries.visit_reminders import due_tasks
from delegations.queries.visits import body_words, host_words, visit_days
from delegations.visit_choices import InboundState
from intlcoop.people.principals import principal_of
from intlcoop.regulations.choices import ParameterKey
from intlcoop.workflow.models import Step
from intlcoop.workflow.wording import state_badge
from reports.queries.home_lines import Duty, FileLine

if TYPE_CHECKING:
    from intlcoop.people.models import User

S = InboundState
#: Who arrives within so many days stands on the page; the list has the rest.
AHEAD = dt.timedelta(days=14)
PREPARED_AHEAD = dt.timedelta(days=90)
MOST = 200
#: On its way or agreed to: "Tôi đã trình".
UNDER_WAY = (S.IN_APPROVAL, *S.EXPECTED)


@dataclass(frozen=True, slots=True, kw_only=True)
class AlarmLine:
    number: str
    title: str
    url: str
    when: str
    missing: str


class HomeVisits:
    """Everything about visits for one person on one day. Each part is read when it is first asked for."""

    def __init__(self, user: User, today: dt.date, days_off: Any) -> None:
        self.user, self.today, self.days_off = user, today, days_off

    @cached_property
    def visits(self) -> list[Any]:
        own = Q(case__created_by=self.user)
        has_task = PreparationItem.objects.filter(visit=OuterRef("pk"), owner=self.user, state=PreparationState.OPEN)
        coming = Q(arrives_on__range=(self.today, self.today + AHEAD), case__state__in=(*UNDER_WAY, S.RETURNED))
        here = Q(arrives_on__lte=self.today, leaves_on__gte=self.today, case__state__in=(*S.EXPECTED, S.RECEIVED))
        mine = own & Q(case__state__in=(S.REQUESTED, S.RETURNED, S.REPORT_DUE, S.RECEIVED, *UNDER_WAY))
        tasks = Q(
            Exists(has_task), arrives_on__lte=self.today + PREPARED_AHEAD, case__state__in=(*UNDER_WAY, S.RECEIVED)
        )
        steps = Step.objects.open().filter(case=OuterRef("case")).order_by("order", "position")
        visits = InboundDelegation.objects.visible_to(self.user).filter(mine | tasks | coming | here)
        found = with_papers(visits).with_head()  # type: ignore[attr-defined]
        found = found.annotate(
            now_at=ArraySubquery(steps.values(json=JSONObject(kind="kind", office="office", body="body")))
        )
        kept = Prefetch("preparation", PreparationItem.objects.select_related("owner", "done_by"))
        rows = found.select_related("case__unit", "case__created_by", "partner", "country", "host").prefetch_related(
            kept
        )
        return list(rows.order_by("arrives_on", "pk")[:MOST])

    @cached_property
    def book(self) -> AlarmBook:
        return AlarmBook(self.today, self.days_off)

    def _mine(self, *states: str) -> list[Any]:
        return [row for row in self.visits if row.case.created_by_id == self.user.pk and row.case.state in states]

    @cached_property
    def report_days(self) -> int | None:
        return term(ParameterKey.INBOUND_REPORT, self.today)

    def result_due(self, visit: Any) -> dt.date | None:
        return report_due(visit.leaves_on, self.report_days, self.book.rules.calendar) if visit.leaves_on else None

    # --- what waits for me ------------------------------------------------------------------------------------------

    @property
    def duties(self) -> Iterator[Duty]:
        for visit in self._mine(S.REPORT_DUE):
            why, button = _("The guests have left; the result of the visit is due."), _("Write the result")
            url = _url("visit_result", visit)
            yield Duty(of=visit, why=why, button=button, act_url=url, due=self.result_due(visit))
        yield from self._to_prepare()
        for visit in self._mine(S.RETURNED):
            why, button = _("Returned to you for completion."), _("Complete the file")
            yield Duty(of=visit, why=why, button=button, act_url=_url("visit_edit", visit))

    @property
    def drafts(self) -> Iterator[Duty]:
        for visit in self._mine(S.REQUESTED):
            why, button = _("A draft that has not been submitted yet."), _("Continue the draft")
            yield Duty(of=visit, why=why, button=button, act_url=_url("visit_edit", visit))

    def _to_prepare(self) -> Iterator[Duty]:
        """One line per visit whose lists have something due, by the first of its days."""
        for visit in self.visits:
            if visit.is_short or visit.arrives_on is None or visit.case.state not in (*UNDER_WAY, S.RECEIVED):
                continue
            ahead = self.book.rules.value(REMINDER_DAYS, self.today) or 0
            lines = [
                line
                for line in due_tasks(visit, self.book.rules, self.today, ahead)
                if (line.item.owner or visit.case.created_by).pk == self.user.pk
            ]
            if not lines:
                continue
            why = _("To prepare: %(names)s") % {"names": "; ".join(line.name for line in lines[:3])}
            if len(lines) > 3:
                why += " " + _("and %(n)s more tasks") % {"n": len(lines) - 3}
            due = min(line.due_on for line in lines if line.due_on)
            url = _url("visit_preparation", visit)
            yield Duty(of=visit, why=why, button=_("Open the checklists"), act_url=url, due=due)

    # --- the lists ----------------------------------------------------------------------------------------------------

    @cached_property
    def submitted(self) -> list[FileLine]:
        return [line_of(visit) for visit in self._mine(*UNDER_WAY)]

    @cached_property
    def arriving(self) -> list[FileLine]:
        """Who is here or arrives within two weeks, the first in front."""
        last = self.today + AHEAD
        return [
            line_of(visit)
            for visit in self.visits
            if visit.case.state in (*S.EXPECTED, S.RECEIVED)
            and visit.date_precision == DatePrecision.DAY
            and visit.arrives_on <= last
            and visit.leaves_on >= self.today
        ]

    @cached_property
    def alarms(self) -> list[AlarmLine]:
        """In red, for those who can mend it: the filer and the department of cooperation."""
        is_icd = principal_of(self.user).is_icd
        last = self.today + AHEAD
        near = (row for row in self.visits if row.arrives_on and self.today <= row.arrives_on <= last)
        mine = (row for row in near if is_icd or row.case.created_by_id == self.user.pk)
        return [alarm_line(alarm) for row in mine if (alarm := alarm_of(row, self.book)) is not None]


def alarm_line(alarm: Alarm) -> AlarmLine:
    case = alarm.visit.case
    url = f"{reverse('delegations:visit', args=[case.number])}#bao-dong"
    missing = "; ".join(alarm.missing)
    return AlarmLine(number=case.number, title=case.title, url=url, when=when_words(alarm), missing=missing)


def line_of(visit: Any) -> FileLine:
    state = str(InboundState(visit.case.state).label)
    return FileLine(
        number=visit.case.number,
        title=visit.case.title,
        place=body_words(visit),
        days=visit_days(visit),
        head=_("received by %(name)s") % {"name": host_words(visit)} if host_words(visit) else "",
        url=_url("visit", visit),
        badge=state_badge(visit.case, state, [Step(**step) for step in visit.now_at]),
    )


def _url(name: str, visit: Any) -> str:
    return reverse(f"delegations:{name}", args=[visit.case.number])
