"""The events on the first page: what waits for whoever filed one, and for whoever has a task in its preparation. One query."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, JSONObject
from django.urls import reverse
from django.utils.translation import gettext as _

from delegations.event_choices import EventRole, EventState, WorkState
from delegations.models import EventWork, InternationalEvent
from delegations.permitting import report_day
from delegations.queries.events import event_days_text
from intlcoop.regulations.choices import ParameterKey
from intlcoop.regulations.models import Parameter
from intlcoop.regulations.working_days import move_to_working_day
from intlcoop.workflow.models import Step
from intlcoop.workflow.wording import state_badge
from reports.queries.home_lines import Duty, FileLine

if TYPE_CHECKING:
    from intlcoop.people.models import User

S = EventState
#: On its way: "Tôi đã trình".
UNDER_WAY = (S.PRINCIPLE, S.REQUESTED, S.AWAITING_PAPER)
OWES_REPORT = (S.HELD, S.REPORT_DUE)
#: Tasks that are due within so many days stand on the page; the file has the rest.
AHEAD = dt.timedelta(days=7)
MOST = 100


class HomeEvents:
    def __init__(self, user: User, today: dt.date, days_off: Any) -> None:
        self.user, self.today, self.days_off = user, today, days_off

    @cached_property
    def events(self) -> list[Any]:
        mine = Q(case__created_by=self.user, case__state__in=(*UNDER_WAY, *OWES_REPORT, S.RETURNED, S.PRINCIPLE_AGREED))
        drafts = Q(case__created_by=self.user, case__state=S.PLANNED, role__in=EventRole.HOSTING)
        tasks = EventWork.objects.filter(
            event=OuterRef("pk"), owner=self.user, state=WorkState.OPEN, due_on__lte=self.today + AHEAD
        )
        steps = Step.objects.open().filter(case=OuterRef("case")).order_by("order", "position")
        day = OuterRef("last_day")
        allowed = Parameter.objects.on(day).filter(key=ParameterKey.CONFERENCE_REPORT)  # type: ignore[arg-type]
        found = InternationalEvent.objects.visible_to(self.user).annotate(
            last_day=Coalesce(F("ends_on"), F("starts_on"))
        )
        found = found.filter(mine | drafts | Q(Exists(tasks), case__state__in=S.AHEAD)).annotate(
            my_tasks=ArraySubquery(tasks.order_by("due_on", "pk").values(json=JSONObject(title="title", due="due_on"))),
            now_at=ArraySubquery(steps.values(json=JSONObject(kind="kind", office="office", body="body"))),
            report_days=Subquery(allowed.values("value")[:1]),
        )
        return list(found.select_related("case__unit", "case__created_by").order_by("last_day", "pk")[:MOST])

    def _mine(self, *states: str) -> list[Any]:
        return [row for row in self.events if row.case.created_by_id == self.user.pk and row.case.state in states]

    def report_due(self, event: Any) -> dt.date | None:
        if event.last_day is None or event.report_days is None:
            return None
        return move_to_working_day(report_day(event.last_day, int(event.report_days)), self.days_off)

    @property
    def duties(self) -> Iterator[Duty]:
        for event in self._mine(*OWES_REPORT):
            if event.is_hosted:
                why, url = _("The event was held; the report on its result is due."), _url("event_report", event)
                yield Duty(of=event, why=why, button=_("Write the report"), act_url=url, due=self.report_due(event))
        for event in self.events:
            for task in event.my_tasks if event.case.state in S.AHEAD else ():
                why = _("To prepare: %(names)s") % {"names": task["title"]}
                url = f"{_url('event', event)}#cong-viec"
                due = dt.date.fromisoformat(task["due"])
                yield Duty(of=event, why=why, button=_("Open the file"), act_url=url, due=due)
        for event in self._mine(S.RETURNED):
            why, url = _("Returned to you for completion."), _url("event_edit", event)
            yield Duty(of=event, why=why, button=_("Complete the file"), act_url=url)
        for event in self._mine(S.PRINCIPLE_AGREED):
            why, url = _("Hosting is agreed to in principle; ask for the permission."), _url("event", event)
            yield Duty(of=event, why=why, button=_("Open the file"), act_url=url)

    @property
    def drafts(self) -> Iterator[Duty]:
        for event in self._mine(S.PLANNED):
            why, url = _("A draft that has not been submitted yet."), _url("event_edit", event)
            yield Duty(of=event, why=why, button=_("Continue the draft"), act_url=url)

    @cached_property
    def submitted(self) -> list[FileLine]:
        return [line_of(event) for event in self._mine(*UNDER_WAY)]


def line_of(event: Any) -> FileLine:
    state = str(EventState(event.case.state).label)
    return FileLine(
        number=event.case.number,
        title=event.case.title,
        place=event.place,
        days=event_days_text(event),
        head="",
        url=_url("event", event),
        badge=state_badge(event.case, state, [Step(**step) for step in event.now_at]),
    )


def _url(name: str, event: Any) -> str:
    return reverse(f"delegations:{name}", args=[event.case.number])
