"""Commitments around a trip: those made in its report, those to be asked about when it goes to a partner, and the reverse:
what is planned with a partner."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import rules
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from agreements.models import Commitment, Partner
from agreements.queries import commitments
from delegations.choices import OutboundState
from delegations.models import ItineraryLeg, OutboundDelegation, PlanLine, TripReport
from delegations.queries.trips import days_text
from intlcoop.catalogues.models import Country
from intlcoop.notifications.digest import Reminder
from intlcoop.regulations.choices import ParameterKey
from intlcoop.regulations.queries import parameters
from intlcoop.vietnamese.dates import table_date
from intlcoop.web.file_numbers import shown
from intlcoop.workflow.wording import state_badge

if TYPE_CHECKING:
    from intlcoop.people.models import User
    from intlcoop.workflow.models import Case

S = OutboundState
#: Of a report, besides its meetings: what it recommends and wants followed up.
FOLLOW_UP = "kien-nghi"
#: A trip that has still to be prepared, or goes on.
AHEAD = (S.PLANNED, S.RETURNED, S.IN_APPROVAL, S.AWAITING_DECISION, S.DECIDED, S.TRAVELLING, S.POSTPONED)
#: A trip of which it is as good as known that it goes.
GOING = (S.IN_APPROVAL, S.AWAITING_DECISION, S.DECIDED)
LONGEST_TITLE = 300
MOST_LINES = 10


def one_line(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= LONGEST_TITLE else plain[: LONGEST_TITLE - 1].rstrip() + "…"


def prefill(case: Case, key: str) -> dict[str, Any]:
    """The form of a commitment from a row of a trip report: one press at the meeting in which it was promised."""
    report = TripReport.objects.select_related("delegation__host_partner").filter(case=case).first()
    if report is None:
        return {}
    partner = report.delegation.host_partner
    if key == FOLLOW_UP:
        return {"partner": partner, "title": one_line(report.recommendations), "detail": report.recommendations}
    meeting = report.meetings.filter(pk=int(key)).select_related("partner").first() if is_key(key) else None
    if meeting is None:
        return {"partner": partner}
    detail = meeting.result if len(meeting.result) > LONGEST_TITLE else ""
    return {"partner": meeting.partner or partner, "title": one_line(meeting.result), "detail": detail}


def is_key(text: str) -> bool:
    return text.isdecimal() and len(text) < 19


def report_promises(report: TripReport, user: User) -> dict[str, Any]:
    """What the page of a report shows: which rows have become commitments, and where another one is written down."""
    lines = commitments.born_in(report.case, user)
    by_row: dict[str, list[commitments.CommitmentLine]] = {}
    for line in lines:
        by_row.setdefault(line.born_key, []).append(line)
    number = report.case.number
    meetings = list(report.meetings.select_related("partner"))
    for meeting in meetings:
        meeting.promises = by_row.get(str(meeting.pk), [])  # type: ignore[attr-defined]
        meeting.promise_url = commitments.new_url(user, tu=number, dong=meeting.pk)  # type: ignore[attr-defined]
    return {
        "meetings": meetings,
        "promises": lines,
        "promise_url": commitments.new_url(user, tu=number),
        "follow_up_url": commitments.new_url(user, tu=number, dong=FOLLOW_UP) if report.recommendations else "",
    }


def partner_ids(trip: OutboundDelegation) -> set[int]:
    """The partners of a trip: its host, and the parties of the agreements that it carries out."""
    parties = trip.agreements.values_list("parties__partner", flat=True)
    return {pk for pk in (trip.host_partner_id, *parties) if pk}


def trip_promises(trip: OutboundDelegation, user: User) -> dict[str, Any]:
    """Open commitments with the host and with partners of the countries of the trip, while it is still to be prepared."""
    if trip.case.state not in AHEAD:
        return {}
    countries = [leg.country_id for leg in trip.legs.all()]
    found = commitments.open_with(user, partners=[trip.host_partner_id or 0], countries=countries)
    return {"open_promises": found}


# --- the reminder before the next trip --------------------------------------------------------------------------------


def reminders(day: dt.date) -> Iterable[Reminder]:
    """To whoever sees to an open commitment, and to the filer of the trip: it will be asked about there."""
    row = parameters([ParameterKey.COMMITMENT_TRIP], day).get(ParameterKey.COMMITMENT_TRIP)
    if row is None:
        return
    trips = OutboundDelegation.objects.filter(
        case__state__in=GOING, departs_on__gte=day, departs_on__lte=day + dt.timedelta(days=int(row.value))
    )
    for trip in trips.select_related("case__created_by", "case__unit").order_by("departs_on", "pk"):
        partners = partner_ids(trip)
        if not partners:
            continue
        found = Commitment.objects.unfinished().filter(partner__in=partners).for_list().order_by("due_on", "pk")
        for commitment in found:
            for person in concerned(commitment, trip):
                yield Reminder(
                    person=person,
                    key=f"ask-{trip.case_id}-{commitment.case_id}",
                    section="soon",
                    text=_Words(commitment, trip),
                    url=commitment.get_absolute_url(),
                )


def concerned(commitment: Commitment, trip: OutboundDelegation) -> list[User]:
    owner, filer = commitment.owner, trip.case.created_by
    found = [owner] if owner is not None else []
    if filer != owner and rules.has_perm("workflow.view_case", filer, commitment.case):
        found.append(filer)
    return found


@dataclass(frozen=True, slots=True)
class _Words:
    commitment: Commitment
    trip: OutboundDelegation

    def __call__(self) -> str:
        return _("%(number)s, %(title)s: the delegation %(trip)s goes to %(partner)s on %(day)s; say how it stands") % {
            "number": shown(self.commitment.case.number),
            "title": self.commitment.case.title,
            "trip": shown(self.trip.case.number),
            "partner": self.commitment.partner,
            "day": table_date(self.trip.departs_on) if self.trip.departs_on else "",
        }


# --- what is planned with a partner -----------------------------------------------------------------------------------


def plan_section(partner: Partner, user: User) -> dict[str, Any] | None:
    """Lines of the annual plans with this partner, and trips to it: this year's and what comes (W002-13)."""
    year = timezone.localdate().year
    lines = PlanLine.objects.visible_to(user).filter(partner=partner, plan__year__gte=year)
    trips = coming_trips(partner, user)
    found = list(lines.select_related("plan", "unit").order_by("plan__year", "position", "pk")[:MOST_LINES])
    if not found and not trips:
        return None
    return {"plan_lines": found, "trips": trips, "count": len(found) + len(trips)}


def coming_trips(partner: Partner, user: User) -> list[dict[str, Any]]:
    """Trips to this partner that are being prepared or under way, the next one first."""
    wanted = Q(host_partner=partner) | Q(pk__in=OutboundDelegation.agreements.through.objects.filter(
        internationalagreement__parties__partner=partner).values("outbounddelegation"))  # fmt: skip
    trips = OutboundDelegation.objects.visible_to(user).filter(wanted, case__state__in=AHEAD)
    found = trips.select_related("case__unit").order_by("departs_on", "pk")[:MOST_LINES]
    return [
        {
            "number": trip.case.number,
            "title": trip.case.title,
            "url": trip.get_absolute_url(),
            "days": days_text(trip),
            "unit": str(trip.case.unit),
            "badge": state_badge(trip.case, str(OutboundState(trip.case.state).label), []),
        }
        for trip in found
    ]


def coming_words(partner: Partner, user: User) -> list[str]:
    """For the brief of a partner, one line per trip; Vietnamese, as every paper."""
    return [
        f"{trip['title']} ({trip['days'] or 'chưa xác định ngày'}; {trip['unit']})"
        for trip in coming_trips(partner, user)
    ]


def coming_to_country(country: Country, user: User) -> list[str]:
    """For the brief of a country, one line per trip there or to one of its partners."""
    legs = ItineraryLeg.objects.filter(country=country).values("delegation")
    wanted = Q(pk__in=legs) | Q(host_partner__country=country)
    trips = OutboundDelegation.objects.visible_to(user).filter(wanted, case__state__in=AHEAD)
    return [
        f"{trip.case.title} ({days_text(trip) or 'chưa xác định ngày'}; {trip.case.unit})"
        for trip in trips.select_related("case__unit").order_by("departs_on", "pk")[:MOST_LINES]
    ]
