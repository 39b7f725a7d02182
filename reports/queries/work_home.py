"""Which replies do I owe, or wait for? For the first page: one query."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q
from django.urls import reverse

from intlcoop.web.display import Badge
from reports.choices import WorkKind, WorkState
from reports.models import WorkItem
from reports.queries.work import WorkClock, other_side

if TYPE_CHECKING:
    from intlcoop.people.models import User

MOST = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkLine:
    number: str
    title: str
    url: str
    body: str
    due: dt.date | None
    days_left: int | None
    badge: Badge


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeWork:
    lines: list[WorkLine]
    url: str


def home_work(user: User, clock: WorkClock) -> HomeWork | None:
    """What is due, came back or waits to be sent, of which this person sees to it (or entered it, where nobody is named): all
    of it readable."""
    mine = Q(owner=user) | Q(owner__isnull=True, case__created_by=user)
    due = Q(kind__in=WorkKind.REPLIED, due_on__isnull=False) | Q(
        case__state__in=(WorkState.RETURNED, WorkState.APPROVED)
    )
    rows = list(WorkItem.objects.unfinished().filter(mine & due).for_list().order_by("due_on", "pk")[:MOST])
    if not rows:
        return None
    lines = [
        WorkLine(
            number=item.case.number,
            title=item.case.title,
            url=item.get_absolute_url(),
            body=other_side(item),
            due=item.due_on,
            days_left=clock.days_left(item),
            badge=clock.badge(item),
        )
        for item in rows
    ]
    return HomeWork(lines=lines, url=reverse("reports:work_list", query={"cua_toi": "toi", "trang_thai": "con_mo"}))
