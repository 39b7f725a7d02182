"""What a person sees first: what waits for them, what they filed, who is abroad, which reports are due.

A handful of queries whatever the number of rows: the open steps, one query over all trips that any part of the page
names, the calendar, and for leaders the year against the plan (queries.year).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import JSONObject
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from agreements.choices import AgreementState
from delegations.choices import DatePrecision, OutboundState, Part, ReportState
from delegations.models import DelegationMember, ItineraryLeg, OutboundDelegation
from delegations.queries import days_text
from delegations.queries.preparation_due import due_of, prepared_by
from delegations.queries.visits import body_words
from intlcoop.people.principals import principal_of
from intlcoop.regulations.choices import ParameterKey
from intlcoop.regulations.models import Parameter
from intlcoop.regulations.queries import calendar
from intlcoop.regulations.working_days import add_working_days, move_to_working_day, working_days_between
from intlcoop.workflow import registry
from intlcoop.workflow.assignments import waiting_for
from intlcoop.workflow.models import StatusChange, Step
from intlcoop.workflow.wording import open_label, state_badge, step_label
from reports.queries import own_agreements as own
from reports.queries.home_events import HomeEvents
from reports.queries.home_lines import Duty, FileLine
from reports.queries.home_visits import HomeVisits

if TYPE_CHECKING:
    from intlcoop.people.models import User

S = OutboundState
#: Trips of mine that are on their way; what was returned to me stands among what waits.
UNDER_WAY = (S.IN_APPROVAL, S.AWAITING_DECISION, S.DECIDED)
#: More than that is no page to work from: the lists have the rest.
MOST = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """Something that waits for this person: what, from whom, why, until when, and the one button.

    `url` is the file, `act_url` where the button leads.
    """

    number: str
    title: str
    place: str
    from_whom: str
    why: str
    button: str
    url: str
    act_url: str
    due: dt.date | None = None
    days_left: int | None = None


class Home:
    """Everything that the page shows to one person on one day. Each part is read when it is first asked for."""

    def __init__(self, user: User, today: dt.date) -> None:
        self.user = user
        self.today = today
        self.principal = principal_of(user)

    # --- what is read -------------------------------------------------------------------------------------------

    @cached_property
    def steps(self) -> list[Any]:
        return list(waiting_for(self.user, self.today)[:MOST])

    @cached_property
    def trips(self) -> list[Any]:
        """Every trip that some part of the page names, and the changes that I ask for (drafts, returned), in one query."""
        user, today = self.user, self.today
        mine = Q(case__created_by=user)
        to_prepare = prepared_by(user, today)
        wanted = (
            to_prepare
            | Q(case__in=[step.case_id for step in self.steps])
            | mine & Q(case__state__in=[S.PLANNED, S.RETURNED, *UNDER_WAY])
            | Q(case__state=S.REPORT_DUE)
            | Q(departs_on__lte=today, returns_on__gte=today, case__state__in=S.COUNTED)
        )
        found = described(OutboundDelegation.everything.visible_to(user).filter(wanted), user, today)
        found = found.annotate(to_prepare=to_prepare)
        return list(found.order_by("departs_on", "pk")[:MOST])

    @cached_property
    def agreements(self) -> list[Any]:
        """Agreements that I filed, and their changes, until they are concluded."""
        return own.own_files(self.user)

    @cached_property
    def visits(self) -> HomeVisits:
        """Guests: what waits, who arrives, what arriving guests still lack."""
        return HomeVisits(self.user, self.today, self.calendar)

    @cached_property
    def events(self) -> HomeEvents:
        return HomeEvents(self.user, self.today, self.calendar)

    @cached_property
    def calendar(self) -> Any:
        return calendar()

    def left(self, due: dt.date | None) -> int | None:
        """Working days left until a day; negative when it has passed."""
        return None if due is None else working_days_between(self.today, due, self.calendar)

    def report_due(self, trip: Any) -> dt.date | None:
        """The last day for the trip's report; a day off moves on (parameter `outbound.report_due_days`, Civil Code 148)."""
        if trip.returns_on is None or trip.report_days is None:
            return None
        return move_to_working_day(trip.returns_on + dt.timedelta(days=int(trip.report_days)), self.calendar)

    def completion_due(self, trip: Any) -> dt.date | None:
        """The last day to complete a file that was sent back (parameter `outbound.complete_file_working_days`)."""
        if trip.returned_at is None or trip.complete_days is None:
            return None
        return add_working_days(timezone.localdate(trip.returned_at), int(trip.complete_days), self.calendar)

    # --- what waits for me --------------------------------------------------------------------------------------

    @cached_property
    def waiting(self) -> list[Task]:
        """By due day; what has none comes last, drafts at the very end."""
        tasks = [*self._steps(), *self._reports_to_accept(), *self._reports_to_write(), *self._returned()]
        tasks += [*self._to_prepare(), *self._own_agreements(), *self._own_duties()]
        tasks += [self._of_visit(duty) for duty in self.visits.duties]
        tasks += [self._of_event(duty) for duty in self.events.duties]
        dated = sorted((task for task in tasks if task.due), key=lambda task: task.due or self.today)
        return [
            *dated,
            *(task for task in tasks if not task.due),
            *self._drafts(),
            *(self._of_visit(duty) for duty in self.visits.drafts),
            *(self._of_event(duty) for duty in self.events.drafts),
            *self._own_agreements(drafts=True),
        ]

    def _of_visit(self, duty: Duty) -> Task:
        return self._of_duty(duty.of.case, body_words(duty.of), duty)

    def _of_event(self, duty: Duty) -> Task:
        return self._of_duty(duty.of.case, duty.of.place, duty)

    def _of_duty(self, case: Any, place: str, duty: Duty) -> Task:
        return Task(
            number=case.number,
            title=case.title,
            place=place,
            from_whom=f"{case.created_by} · {case.unit}",
            why=duty.why,
            button=duty.button,
            url=url_of(case),
            act_url=duty.act_url,
            due=duty.due,
            days_left=self.left(duty.due),
        )

    def _steps(self) -> Iterable[Task]:
        places = {trip.case_id: place_of(trip) for trip in self.trips}
        for step in self.steps:
            case = step.case
            yield Task(
                number=case.number,
                title=case.title,
                place=places.get(case.pk, ""),
                from_whom=f"{case.created_by} · {case.unit}",
                why=f"{step_label(step)}. {step.citation}" if step.citation else step_label(step),
                button=open_label(step),
                url=url_of(case),
                act_url=reverse("workflow:step", args=[step.pk]),
                due=step.due_on,
                days_left=self.left(step.due_on),
            )

    def _reports_to_accept(self) -> Iterable[Task]:
        """The ICD accepts reports, but nobody that of a trip of their own."""
        why, button = _("The trip report was filed and waits to be accepted."), _("Look at the report")
        for trip in self.trips if self.principal.is_icd else ():
            report = report_of(trip)
            if report is None or report.case.state != ReportState.FILED or trip.takes_part:
                continue
            if self.user.pk not in (trip.case.created_by_id, report.case.created_by_id):
                yield self._task(trip, why, button, act_url=trip_url("report", trip))

    def _reports_to_write(self) -> Iterable[Task]:
        for trip in self.trips:
            if self._owes_report(trip):
                due = self.report_due(trip)
                why = _("The delegation is back; its report is due.")
                yield self._task(trip, why, _("Write the report"), due=due, act_url=trip_url("report_edit", trip))

    def _to_prepare(self) -> Iterable[Task]:
        """One line per trip whose checklists have something due, by the first of its days."""
        trips = [trip for trip in self.trips if trip.to_prepare]
        for due in due_of(self.user, trips, self.today, self.calendar):
            names = "; ".join(line.name for line in due.lines[:3])
            more = len(due.lines) - 3
            why = _("To prepare: %(names)s") % {"names": names}
            if more > 0:
                why += " " + _("and %(n)s more tasks") % {"n": more}
            yield Task(
                number=due.trip.case.number,
                title=due.trip.case.title,
                place=", ".join(dict.fromkeys(leg.country.name for leg in due.trip.legs.all())),
                from_whom=f"{due.trip.case.created_by} · {due.trip.case.unit}",
                why=why,
                button=_("Open the checklists"),
                url=url_of(due.trip.case),
                act_url=due.url,
                due=due.due_on,
                days_left=due.days_left,
            )

    def _returned(self) -> Iterable[Task]:
        why, button = _("Returned to you for completion."), _("Complete the file")
        mine = self._mine_in(S.RETURNED)
        return [self._task(trip, why, button, due=self.completion_due(trip), act_url=edit_url(trip)) for trip in mine]

    def _drafts(self) -> Iterable[Task]:
        why, button = _("A draft that has not been submitted yet."), _("Continue the draft")
        return [self._task(trip, why, button, act_url=edit_url(trip)) for trip in self._mine_in(S.PLANNED)]

    def _own_agreements(self, *, drafts: bool = False) -> Iterable[Task]:
        """Sent back, or cleared for signing; or the drafts."""
        for case in self.agreements:
            asked = own.asked_of(case)
            if asked is None or (case.state == AgreementState.PROPOSED) is not drafts:
                continue
            why, button, act_url = asked
            yield self._file_task(case, why=why, button=button, act_url=act_url)

    def _own_duties(self) -> Iterable[Task]:
        button = _("Note as done")
        for duty in own.own_duties(self.user):
            why = f"{duty} · {duty.recipient}" if duty.recipient else str(duty)
            yield self._file_task(duty.case, why=why, button=button, act_url=own.duty_url(duty), due=duty.due_on)

    def _file_task(self, case: Any, *, why: str, button: str, act_url: str, due: dt.date | None = None) -> Task:
        return Task(
            number=case.number,
            title=case.title,
            place="",
            from_whom=str(case.unit),
            why=why,
            button=button,
            url=url_of(case),
            act_url=act_url,
            due=due,
            days_left=self.left(due),
        )

    def _mine_in(self, *states: str) -> list[Any]:
        return [t for t in self.trips if t.case.created_by_id == self.user.pk and t.case.state in states]

    def _task(self, trip: Any, why: str, button: str, *, act_url: str, due: dt.date | None = None) -> Task:
        return Task(
            number=trip.case.number,
            title=trip.case.title,
            place=place_of(trip),
            from_whom=f"{trip.case.created_by} · {trip.case.unit}",
            why=why,
            button=button,
            url=url_of(trip.case),
            act_url=act_url,
            due=due,
            days_left=self.left(due),
        )

    def _owes_report(self, trip: Any) -> bool:
        """Filer and members write it, until it is filed."""
        report = report_of(trip)
        unwritten = report is None or report.case.state in (ReportState.DRAFT, ReportState.RETURNED)
        mine = trip.takes_part or trip.case.created_by_id == self.user.pk
        return trip.case.state == S.REPORT_DUE and unwritten and mine

    # --- the other lists ----------------------------------------------------------------------------------------

    @cached_property
    def submitted(self) -> list[FileLine]:
        agreements = [self._file_line(case) for case in self.agreements if case.state == AgreementState.IN_APPROVAL]
        trips = (self._line(trip) for trip in self._mine_in(*UNDER_WAY))
        return [*trips, *self.visits.submitted, *self.events.submitted, *agreements]

    def _file_line(self, case: Any) -> FileLine:
        state = registry.kind_of(case).lifecycle.state_label(case.state)
        badge = state_badge(case, state, [Step(**step) for step in case.now_at])
        return FileLine(number=case.number, title=case.title, place="", days="", head="", url=url_of(case), badge=badge)

    @cached_property
    def abroad(self) -> list[FileLine]:
        """Only trips whose days are known to the day."""
        away = (trip for trip in self.trips if trip.case.state in S.COUNTED and trip.on_the_way(self.today))
        return [self._line(trip) for trip in away if trip.date_precision == DatePrecision.DAY]

    @cached_property
    def reports_due(self) -> list[FileLine]:
        """Reports that others owe, the longest overdue first."""
        owed = [
            self._line(trip, due=self.report_due(trip))
            for trip in self.trips
            if trip.case.state == S.REPORT_DUE and not is_filed(trip) and not self._owes_report(trip)
        ]
        return sorted(owed, key=lambda line: (line.due or dt.date.max, line.number))

    def _line(self, trip: Any, *, due: dt.date | None = None) -> FileLine:
        state = registry.kind_of(trip.case).lifecycle.state_label(trip.case.state)
        return FileLine(
            number=trip.case.number,
            title=trip.case.title,
            place=place_of(trip),
            days=days_text(trip),
            head=trip.head_name or "",
            url=url_of(trip.case),
            badge=state_badge(trip.case, state, [Step(**step) for step in trip.now_at]),
            due=due,
            days_left=self.left(due),
        )


def described(trips: QuerySet[Any], user: User, today: dt.date) -> QuerySet[Any]:
    """With places, head, open steps, own part and the time allowed for the report, all in the one query."""
    name = "country__name_en" if get_language() == "en" else "country__name_vi"
    of_trip = {"delegation": OuterRef("pk")}
    members = DelegationMember.everything.filter(**of_trip)
    open_steps = Step.objects.open().filter(case=OuterRef("case")).order_by("order", "position")
    returned = StatusChange.objects.filter(case=OuterRef("case"), to_state=S.RETURNED)
    to_complete = Parameter.objects.on(today).filter(key=ParameterKey.COMPLETE_FILE)
    allowed = Parameter.objects.on(today).filter(key=ParameterKey.REPORT_DUE).values("value")[:1]
    return trips.select_related("case__unit", "case__created_by", "report__case").annotate(
        places=ArraySubquery(ItineraryLeg.everything.filter(**of_trip).order_by("position", "pk").values(name)),
        head_name=Subquery(members.filter(part=Part.HEAD).values("full_name")[:1]),
        takes_part=Exists(members.filter(person=user)),
        now_at=ArraySubquery(open_steps.values(json=JSONObject(kind="kind", office="office", body="body"))),
        report_days=Subquery(allowed),
        returned_at=Subquery(returned.order_by("-pk").values("at")[:1]),
        complete_days=Subquery(to_complete.values("value")[:1]),
    )


def place_of(trip: Any) -> str:
    return ", ".join(dict.fromkeys(trip.places))


def report_of(trip: Any) -> Any:
    return getattr(trip, "report", None)


def is_filed(trip: Any) -> bool:
    report = report_of(trip)
    return report is not None and report.case.state in (ReportState.FILED, ReportState.ACCEPTED)


def url_of(case: Any) -> str:
    name = "delegations:trip" if case.kind == "outbound" else "workflow:file"
    return reverse(name, args=[case.number])


def edit_url(trip: Any) -> str:
    """The form of a trip; the page of a request to change one, which leads on to what is asked for."""
    return trip_url("edit", trip) if trip.amends_id is None else url_of(trip.case)


def trip_url(name: str, trip: Any) -> str:
    return reverse(f"delegations:{name}", args=[trip.case.number])
