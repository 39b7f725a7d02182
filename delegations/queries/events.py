"""What the engine and the pages ask of an international event."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from agreements.queries.mechanisms import session_name
from agreements.series import text_of
from delegations.choices import DatePrecision
from delegations.event_choices import EventFormat, EventState
from delegations.models import EventPerson, EventReport, EventWork, InternationalEvent
from delegations.permitting import report_day
from delegations.queries.event_content import topics_text
from delegations.queries.event_permissions import answer_facts
from delegations.queries.owing import completion_due, term
from delegations.queries.trips import travelling_ids
from intlcoop.people.principals import principal_of
from intlcoop.regulations.choices import ParameterKey
from intlcoop.regulations.queries import calendar
from intlcoop.regulations.working_days import move_to_working_day
from intlcoop.vietnamese.dates import table_range
from intlcoop.vietnamese.folding import fold
from intlcoop.vietnamese.numbers import format_money
from intlcoop.web.file_numbers import shown
from intlcoop.workflow import registry
from intlcoop.workflow.models import LeftOut
from intlcoop.workflow.registry import Related, Summary, Wait

if TYPE_CHECKING:
    from intlcoop.people.models import User
    from intlcoop.workflow.models import Case

WITH = (
    "case__unit",
    "case__created_by",
    "host_partner",
    "mechanism_ref",
    "session__series",
    "plan_line__plan",
    "trip__case",
)


def event_days_text(event: InternationalEvent) -> str:
    if event.date_precision != DatePrecision.DAY:
        return text_of(event.starts_on, event.date_precision)
    first, last = event.starts_on, event.ends_on or event.starts_on
    return table_range(first, last) if first and last else ""


def event_host(event: InternationalEvent) -> str:
    return event.host_text or str(event.host_partner or "")


def event_place(event: InternationalEvent) -> str:
    parts = [event.place, str(event.country or "")]
    if event.endpoints:
        parts.append(_("end-points in Viet Nam: %(places)s") % {"places": event.endpoints})
    return " · ".join(part for part in parts if part)


def event_mechanism(event: InternationalEvent) -> str:
    """The mechanism with the session, however much of it is known."""
    named = str(event.mechanism_ref) if event.mechanism_ref else event.mechanism
    return " · ".join(part for part in (named, session_name(event.session) if event.session else "") if part)


def event_particulars(event: InternationalEvent) -> list[tuple[str, Any]]:
    """What an event is: for its page and for whoever decides on it."""
    found: list[tuple[str, Any]] = [
        (_("Kind of event"), event.get_kind_display()),
        (_("Our part in it"), event.get_role_display()),
        (_("Format"), event.get_format_display()),
        (_("Days"), event_days_text(event)),
        (pgettext("event", "Place"), event_place(event)),
        (_("Held by"), event_host(event) or (event.get_host_level_display() if event.is_hosted else "")),
        (_("Mechanism and session"), event_mechanism(event)),
        *(hosted_particulars(event) if event.is_hosted else attended_particulars(event)),
    ]
    if event.trip is not None:
        found.append((_("In place of the delegation"), shown(event.trip.case.number)))
    return [*found, (_("Unit"), event.case.unit), (_("Filed by"), event.case.created_by)]


def attended_particulars(event: InternationalEvent) -> list[tuple[str, Any]]:
    return [(_("Content"), event.content), (_("How to join"), event.joining)]


def hosted_particulars(event: InternationalEvent) -> list[tuple[str, Any]]:
    plan = f"{event.plan_line.plan}: {event.plan_line}" if event.plan_line else ""
    unplanned = _("Unplanned: %(reason)s") % {"reason": event.out_of_plan_reason or "…"}
    return [
        (_("Topics"), topics_text(event.topics)),
        (_("Theme"), event.theme),
        (_("Foreign guests"), event.get_guest_rank_display()),
        (_("Number of participants"), count_words(event)),
        (_("Funding"), money_words(event)),
        (_("Plan"), plan or unplanned),
        *answer_facts(event),
    ]


def count_words(event: InternationalEvent | EventReport) -> str:
    if event.vietnamese_count is None and event.foreign_count is None:
        return ""
    values = {"vietnamese": event.vietnamese_count or 0, "foreign": event.foreign_count or 0}
    return _("%(vietnamese)s Vietnamese, %(foreign)s foreign") % values


def money_words(event: InternationalEvent) -> str:
    found = []
    if event.budget_vnd is not None:
        found.append(f"{_('state budget')}: {format_money(event.budget_vnd, 'VND')}")
    if event.sponsored_vnd is not None:
        found.append(f"{_('sponsors')}: {format_money(event.sponsored_vnd, 'VND')}")
    return capfirst("; ".join([*found, *([event.funding_text] if event.funding_text else [])]))


def event_particulars_of(case: Case) -> list[tuple[str, Any]]:
    """For the page of a step: also the words of the scheme."""
    event = InternationalEvent.objects.select_related(*WITH, "country").get(case=case)
    found = event_particulars(event)
    words = [
        (_("Why host it"), event.hosting_reason),
        (_("Reason and purpose"), event.reason),
        (_("Content"), event.content if event.is_hosted else ""),
        (_("Who takes part"), event.participants_text),
        (_("Explanation of the warnings"), event.warning_reason),
    ]
    return [*found, *((label, text) for label, text in words if text)]


def event_summary(case: Case) -> Summary:
    event = InternationalEvent.objects.select_related("host_partner").get(case=case)
    where = event.place if event.format != EventFormat.ONLINE and event.place else str(event.get_format_display())
    lines = (
        (_("Kind of event"), str(event.get_kind_display())),
        (_("Format"), str(event.get_format_display())),
        (_("Days"), event_days_text(event)),
        (_("Unit"), str(case.unit)),
    )
    return Summary(
        title=case.title,
        where=where,
        when=event_days_text(event),
        who="",
        url=reverse("delegations:event", args=[case.number]),
        on=event.starts_on,
        lines=lines,
    )


def attending_ids(case: Case) -> set[int]:
    """Who was to travel takes part from home."""
    trip = InternationalEvent.objects.select_related("trip__case").get(case=case).trip
    return travelling_ids(trip.case) if trip is not None else set()


def events_of_attendant(user: User) -> QuerySet[Any]:
    """The same people as `attending_ids`."""
    left_out = LeftOut.objects.filter(snapshot__person=user.pk).values("decision__step__case")
    attends = Q(trip__members__person=user) | Q(trip__case__in=left_out)
    return InternationalEvent.objects.filter(attends).values("case_id")


def events_opened_to(user: User) -> QuerySet[Any]:
    """Whoever prepares the event reads it: the units that help, and the people with a task."""
    helping = Q(coordinating_units__in=principal_of(user).own_unit_ids) | Q(work__owner=user)
    return InternationalEvent.objects.filter(helping).values("case_id")


def event_history(case: Case) -> Related:
    rows: list[Any] = [case.event]
    if report := EventReport.objects.filter(event=case.event).first():
        rows.append(report)
    return Related(rows=rows, follow=[(EventPerson, "event"), (EventWork, "event")])


def editable_event_states() -> tuple[str, ...]:
    """The states in which the file of an event is written."""
    return registry.get("event").lifecycle.editable


def event_edit_url(case: Case) -> str:
    return reverse("delegations:event_edit", args=[case.number])


def events_answering(text: str) -> QuerySet[Any]:
    """The ids of the cases whose event has every word of this text among its names, place, theme or people."""
    found = InternationalEvent.objects.all()
    for word in fold(text).split():
        found = found.filter(Q(search_text__contains=f" {word}") | Q(case__fold__contains=word))
    return found.values("case_id")


# --- what it owes -----------------------------------------------------------------------------------------------------


def event_report_due(event: InternationalEvent) -> dt.date | None:
    """The last day of the report of an event that we hold, by the rule of its closing day; a day off moves on."""
    if event.closes_on is None or not event.is_hosted:
        return None
    within = term(ParameterKey.CONFERENCE_REPORT, event.closes_on)
    return None if within is None else move_to_working_day(report_day(event.closes_on, within), calendar())


def event_waits(case: Case) -> Wait | None:
    """Why an event without an open step does not go on."""
    if case.state == EventState.RETURNED:
        change = case.status_changes.filter(to_state=EventState.RETURNED).last()
        since = timezone.localdate(change.at if change else case.changed_at)
        return Wait(
            where=_("Sent back for completion"),
            who=f"{case.created_by} · {case.unit}",
            since=since,
            due=completion_due(since, calendar()),
            next_=_("submit the completed file again"),
        )
    if case.state in (EventState.HELD, EventState.REPORT_DUE):
        event = InternationalEvent.objects.get(case=case)
        if (due := event_report_due(event)) is not None and event.closes_on is not None:
            return Wait(
                where=_("Report on the event owed"),
                who=f"{case.created_by} · {case.unit}",
                since=event.closes_on,
                due=due,
                next_=_("the report is sent and the file is closed"),
            )
    return None
