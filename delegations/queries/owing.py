"""What a trip owes and until when, while no office has it: completion after a return, the report after coming back."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from delegations.choices import OutboundState, ReportState
from delegations.models import OutboundDelegation
from intlcoop.regulations.choices import ParameterKey
from intlcoop.regulations.queries import calendar, parameters
from intlcoop.regulations.working_days import Calendar, add_working_days, move_to_working_day
from intlcoop.workflow.registry import Wait

if TYPE_CHECKING:
    from intlcoop.workflow.models import Case

DAY = dt.timedelta(days=1)


def term(key: str, on: dt.date) -> int | None:
    """A parameter as a number of days; None when none holds on this day."""
    found = parameters([key], on).get(key)
    return int(found.value) if found else None


def completion_due(returned_on: dt.date, days: Calendar) -> dt.date | None:
    """Until when a returned file is to be completed, by the term of the day on which it came back."""
    allowed = term(ParameterKey.COMPLETE_FILE, returned_on)
    return None if allowed is None else add_working_days(returned_on, allowed, days)


def report_due(returns_on: dt.date, allowed: int | None, days: Calendar) -> dt.date | None:
    """The last day for the report of a trip; a day off moves on."""
    return None if allowed is None else move_to_working_day(returns_on + DAY * allowed, days)


def last_return_overdue(today: dt.date, allowed: int, days: Calendar) -> dt.date:
    """The latest day of return whose report is overdue today: the inverse of `report_due`, for queries."""
    back = today - DAY * allowed
    while move_to_working_day(back + DAY * allowed, days) >= today:
        back -= DAY
    return back


def reports_overdue(trips: QuerySet[Any], today: dt.date) -> QuerySet[Any]:
    """The trips whose report has not been filed although its last day has passed."""
    allowed = term(ParameterKey.REPORT_DUE, today)
    if allowed is None:
        return trips.none()
    owed = trips.filter(case__state=OutboundState.REPORT_DUE).exclude(
        report__case__state__in=[ReportState.FILED, ReportState.ACCEPTED]
    )
    return owed.filter(returns_on__lte=last_return_overdue(today, allowed, calendar()))


def waiting_for_filer(case: Case) -> Wait | None:
    """Why a trip without an open step does not go on: it was sent back, or its report is owed."""
    if case.state == OutboundState.RETURNED:
        change = case.status_changes.filter(to_state=OutboundState.RETURNED).last()
        since = timezone.localdate(change.at if change else case.changed_at)
        return Wait(
            where=_("Sent back for completion"),
            who=f"{case.created_by} · {case.unit}",
            since=since,
            due=completion_due(since, calendar()),
            next_=_("submit the completed file again"),
        )
    if case.state == OutboundState.REPORT_DUE:
        return _waits_for_report(OutboundDelegation.objects.select_related("report__case").get(case=case))
    return None


def _waits_for_report(trip: OutboundDelegation) -> Wait | None:
    if trip.returns_on is None:
        return None
    report = getattr(trip, "report", None)
    if report is not None and report.case.state == ReportState.FILED and report.case.submitted_at:
        return Wait(
            where=_("Trip report filed"),
            who=_("the International Cooperation Department"),
            since=timezone.localdate(report.case.submitted_at),
            next_=_("the report is accepted and the trip is completed"),
        )
    due = report_due(trip.returns_on, term(ParameterKey.REPORT_DUE, timezone.localdate()), calendar())
    return Wait(
        where=_("Trip report owed"),
        who=f"{trip.case.created_by} · {trip.case.unit}",
        since=trip.returns_on,
        due=due,
        next_=_("the ICD accepts the report"),
    )
