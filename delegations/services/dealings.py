"""What a trip, its meetings and an event were for our partners: the rows by which partners and agreements wake or sleep."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from agreements.choices import DealingKind
from agreements.models import Dealing
from agreements.services import record_dealing, withdraw_dealings
from delegations.models import InboundDelegation, InternationalEvent, OutboundDelegation, TripReport

if TYPE_CHECKING:
    from intlcoop.workflow.models import Case


@transaction.atomic
def note_trip(trip: OutboundDelegation) -> None:
    """A trip that took place: a dealing with its host, and with each party of the agreements that it carried out."""
    if trip.departs_on is None:
        return
    case = trip.case
    known = {"on": trip.departs_on, "kind": DealingKind.TRIP, "title": case.title, "unit": case.unit, "case": case}
    known |= {"precision": trip.date_precision, "is_sample": case.is_sample}
    served: dict[int, list[object]] = {}
    partners = {trip.host_partner_id: trip.host_partner} if trip.host_partner is not None else {}
    for agreement in trip.agreements.prefetch_related("parties__partner"):
        for party in agreement.parties.all():
            partners[party.partner_id] = party.partner
            served.setdefault(party.partner_id, []).append(agreement)
    for pk, partner in partners.items():
        record_dealing(partner, agreements=served.get(pk, ()), **known)  # type: ignore[arg-type]


@transaction.atomic
def note_meetings(report: TripReport) -> None:
    """The meetings that a filed report tells of; filed again after a return, it says anew with whom."""
    trip, today = report.delegation, timezone.localdate()
    Dealing.objects.filter(case=trip.case, kind=DealingKind.MEETING).delete()
    for meeting in report.meetings.filter(partner__isnull=False).select_related("partner"):
        day = meeting.held_on or trip.departs_on
        if meeting.partner is None or day is None or day > today:
            continue
        record_dealing(
            meeting.partner,
            on=day,
            kind=DealingKind.MEETING,
            title=f"Làm việc với {meeting.counterpart}",
            unit=trip.case.unit,
            case=trip.case,
            is_sample=trip.case.is_sample,
        )


def note_event(event: InternationalEvent) -> None:
    """An event that was held, for whoever held it with us."""
    if event.host_partner is None or event.starts_on is None:
        return
    case = event.case
    record_dealing(
        event.host_partner,
        on=event.starts_on,
        kind=DealingKind.EVENT,
        title=case.title,
        unit=case.unit,
        case=case,
        is_sample=case.is_sample,
    )


def note_visit(visit: InboundDelegation) -> None:
    """A visit that took place, for the body from which the guests came."""
    if visit.partner is None or visit.arrives_on is None:
        return
    case = visit.case
    record_dealing(
        visit.partner,
        on=visit.arrives_on,
        kind=DealingKind.VISIT,
        title=case.title,
        unit=case.unit,
        case=case,
        precision=visit.date_precision,
        is_sample=case.is_sample,
    )


def forget_dealings(case: Case) -> None:
    """It did not take place."""
    withdraw_dealings(case)
