"""How many sessions did we hold and attend in a window, by mechanism, and which national reports belong to it?

A session counts when it took place and its whole time lies in the window: one that is known to the year only counts in a
window that holds the whole year. What is not written down is no zero: `unrecorded` says how many are still open.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q, QuerySet

from agreements.choices import SessionPart, SessionStatus
from agreements.models import Mechanism, MeetingSession

if TYPE_CHECKING:
    from intlcoop.people.models import User

HELD, MISSED, PLANNED = SessionStatus.HELD, SessionStatus.MISSED, SessionStatus.PLANNED


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionFigures:
    """One line: of a mechanism, or of all of them (`mechanism` is None)."""

    mechanism: Mechanism | None
    hosted: int
    attended: int
    missed: int
    unrecorded: int


def sessions_in(user: User, first: dt.date, last: dt.date) -> QuerySet[Any]:
    return MeetingSession.objects.visible_to(user).between(first, last)


def session_figures(user: User, first: dt.date, last: dt.date, today: dt.date) -> list[SessionFigures]:
    """Per mechanism that has something to say, in the order of the tree: two queries."""
    counted = {
        row.pop("series__mechanism"): row
        for row in sessions_in(user, first, last)
        .order_by()
        .values("series__mechanism")
        .annotate(
            hosted=Count("pk", filter=Q(status=HELD, part=SessionPart.HOST)),
            attended=Count("pk", filter=Q(status=HELD, part=SessionPart.ATTEND)),
            missed=Count("pk", filter=Q(status=MISSED)),
            unrecorded=Count("pk", filter=Q(status=PLANNED, last_on__lt=today)),
        )
    }
    return [
        SessionFigures(mechanism=mechanism, **counted[mechanism.pk])
        for mechanism in Mechanism.objects.visible_to(user).filter(pk__in=counted)
        if any(counted[mechanism.pk].values())
    ]


def total_of(lines: list[SessionFigures]) -> SessionFigures:
    return SessionFigures(
        mechanism=None,
        hosted=sum(line.hosted for line in lines),
        attended=sum(line.attended for line in lines),
        missed=sum(line.missed for line in lines),
        unrecorded=sum(line.unrecorded for line in lines),
    )
