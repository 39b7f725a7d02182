"""What a report counts besides trips: visits received, events held and attended, meetings, other work. Plain JSON rows, to be
frozen."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.db.models import Q

from agreements.choices import PartnerKind
from delegations.event_choices import EventRole, EventState
from delegations.models import InboundDelegation, InternationalEvent
from delegations.visit_choices import GuestPart, InboundState
from intlcoop.vietnamese.dates import short_date
from reports.choices import Attendance, Channel, RowKind, WorkKind
from reports.models import WorkAttendance, WorkItem
from reports.queries.channels import Tree, channel_in, channel_of
from reports.queries.rows import of_case
from reports.queries.windows import Period

#: Money of receptions and events is whole đồng.
DONG = {"currency": "VND", "decimals": 0}
#: Agreed on, and still to take place.
COMING_VISITS = (*InboundState.EXPECTED, *InboundState.COUNTED)
COMING_EVENTS = Q(case__state__in=(EventState.PERMITTED, *EventState.COUNTED)) | Q(
    case__state=EventState.PLANNED, role=EventRole.ATTEND
)


def gather_others(period: Period, as_of: dt.date) -> list[dict[str, Any]]:
    """Visits by arrival, events by closing day, meetings and other work by their own day, of what took place."""
    first, last = period.first, min(period.last, as_of)
    return [*visits(first, last), *events(first, last, Tree()), *meetings(first, last), *other_work(first, last)]


def dong(amount: Decimal | None, source: str = "") -> list[dict[str, Any]]:
    """A sum in đồng as rows keep it; nothing where none is known."""
    return [] if amount is None else [{"source": source, "amount": f"{amount:f}", **DONG}]


def visits(first: dt.date, last: dt.date, *, coming: bool = False) -> Iterator[dict[str, Any]]:
    """Visits that took place, counted in the window of their arrival (contracts.md); `coming`: those agreed on."""
    rows = InboundDelegation.objects.all()
    found = rows.filter(case__state__in=COMING_VISITS) if coming else rows.counted()
    found = found.arriving_in(first, last).select_related("case__unit", "partner__country", "country", "host", "field")
    for visit in found.prefetch_related("members", "reception__costs").order_by("arrives_on", "case__number"):
        yield _visit(visit)


def _visit(visit: Any) -> dict[str, Any]:
    members = list(visit.members.all())
    head = next((each for each in members if each.part == GuestPart.HEAD), None)
    country = visit.country or (visit.partner.country if visit.partner else None)
    costs = list(visit.reception.costs.all()) if hasattr(visit, "reception") else []
    place = {"iso2": country.iso2, "name": country.name_vi, "territory": country.is_territory} if country else None
    return {
        "kind": str(RowKind.INBOUND),
        **of_case(visit.case),
        **days(visit.arrives_on, visit.leaves_on, visit.date_precision),
        "members": [{"name": each.full_name, "post": each.post, "body": each.body} for each in members],
        "persons": max(len(members), visit.persons or 0) or None,
        "head": {"name": head.full_name, "post": head.post, "body": head.body} if head else None,
        "partner": visit.partner.name_vi if visit.partner else visit.partner_text,
        "country": country.name_vi if country else "",
        "countries": [place] if place else [],
        "country_known": country is not None or bool(visit.partner and visit.partner.kind in PartnerKind.INTERNATIONAL),
        "channel": str(channel_of(visit.partner, with_country=country is not None)),
        "host": visit.host.full_name if visit.host else visit.host_name,
        "purpose": visit.purpose_text,
        "field": visit.field.name_vi if visit.field else "",
        "topics": visit.topics,
        "result": visit.result,
        "guest_class": visit.guest_class,
        "cost": dong(sum((each.amount for each in costs), Decimal(0))) if costs else [],
    }


def events(first: dt.date, last: dt.date, tree: Tree, *, coming: bool = False) -> Iterator[dict[str, Any]]:
    """Events that took place, counted in the window of their closing day (contracts.md); `coming`: those agreed on."""
    rows = InternationalEvent.objects.all()
    found = rows.filter(COMING_EVENTS) if coming else rows.counted()
    found = found.closing_in(first, last).select_related("case__unit", "mechanism_ref", "country", "host_partner")
    for event in found.select_related("report", "field", "session").order_by("starts_on", "case__number"):
        yield _event(event, tree)


def _event(event: Any, tree: Tree) -> dict[str, Any]:
    report = getattr(event, "report", None)
    mechanisms = tree.path(event.mechanism_ref_id)
    channel = channel_in(mechanisms) or channel_of(event.host_partner, with_country=event.country is not None)
    return {
        "kind": str(RowKind.EVENT),
        **of_case(event.case),
        **days(event.starts_on, event.ends_on, event.date_precision),
        "hosted": event.role in EventRole.HOSTING,
        "role": event.role,
        "event": event.kind,
        "format": event.format,
        "mechanism": event.mechanism_ref.name_vi if event.mechanism_ref else event.mechanism,
        "mechanisms": mechanisms,
        "channel": "" if event.role in EventRole.HOSTING and not mechanisms else str(channel),
        "session": event.session.number if event.session else None,
        "place": ", ".join(filter(None, (event.place, event.country.name_vi if event.country else ""))),
        "by": event.host_partner.name_vi if event.host_partner else event.host_text,
        "field": event.field.name_vi if event.field else "",
        "topics": list(event.topics),
        "vietnamese": (report.vietnamese_count if report else None) or event.vietnamese_count,
        "foreign": (report.foreign_count if report else None) or event.foreign_count,
        "result": event.result or (report.results if report else ""),
        "budget": [*dong(event.budget_vnd, "state_budget"), *dong(event.sponsored_vnd, "other")],
        "spent": dong(report.spent_vnd if report else None),
    }


def other_work(first: dt.date, last: dt.date, *, coming: bool = False) -> Iterator[dict[str, Any]]:
    """Work of every kind by its own day; a series of meetings counts meeting by meeting. `coming`: training that is planned."""
    found = WorkItem.objects.counted().exclude(kind=WorkKind.RECURRING).between(first, last)
    found = found.filter(kind=WorkKind.TRAINING, starts_on__isnull=False) if coming else found.begun()
    for item in found.select_related("case__unit", "partner").order_by("counts_on", "case__number"):
        yield _work(item, item.counts_on)


def series(first: dt.date, last: dt.date) -> Iterator[dict[str, Any]]:
    """The recurring meetings themselves, as far as they met in the window: of some a source says only that all were attended."""
    alive = Q(starts_on__isnull=True) | Q(starts_on__lte=last)
    alive &= Q(ends_on__isnull=True) | Q(ends_on__gte=first)
    found = WorkItem.objects.counted().filter(alive, kind=WorkKind.RECURRING).select_related("case__unit", "partner")
    for item in found.order_by("case__number"):
        until = item.attended_until if item.attended_until and item.attended_until >= first else None
        yield _work(item, item.starts_on) | {
            "frequency": item.frequency,
            "attended_until": min(until, last).isoformat() if until else None,
        }


def _work(item: Any, first: dt.date | None) -> dict[str, Any]:
    return {
        "kind": str(RowKind.WORK),
        **of_case(item.case),
        **days(first, item.ends_on, "day"),
        "work": item.kind,
        "persons": item.persons,
        "body": item.body or (item.partner.name_vi if item.partner else ""),
        "direction": item.direction,
        "report_sort": item.report_sort,
        "meeting_sort": item.meeting_sort,
        "audience": item.audience,
        "period": item.period,
        "paper": item.reply_number or item.request_number,
        "chair": item.chair,
        "place": item.place,
        "languages": list(item.languages),
        "result": item.result,
    }


def meetings(first: dt.date, last: dt.date, *, coming: bool = False) -> Iterator[dict[str, Any]]:
    """Each meeting of a series of the register of other work, on its own day; `coming`: those that stand there as planned."""
    known = (Attendance.PLANNED,) if coming else Attendance.HELD
    found = WorkAttendance.objects.filter(
        item__in=WorkItem.objects.counted(), on__range=(first, last), status__in=known
    )
    for each in found.select_related("item__case__unit").order_by("on", "item__case__number"):
        case = each.item.case
        yield {
            "kind": str(RowKind.MEETING),
            **of_case(case),
            "number": f"{case.number}/{each.on.isoformat()}",
            "title": f"{case.title} (ngày {short_date(each.on)})",
            "link": {"kind": "work", "pk": each.item_id},
            **days(each.on, None, "day"),
            "status": each.status if not coming else str(Attendance.ATTENDED),
            "series": case.number,
            "body": each.item.body,
            "frequency": each.item.frequency,
            "who": each.attended_by,
            "channel": str(Channel.DOMESTIC),
        }


def days(first: dt.date | None, last: dt.date | None, precision: str) -> dict[str, Any]:
    return {
        "first_on": first.isoformat() if first else None,
        "last_on": last.isoformat() if last else None,
        "precision": precision,
    }
