"""What a report counts besides trips: visits received, events held and attended, other work. Plain JSON rows, to be frozen."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from delegations.event_choices import EventRole
from delegations.models import InboundDelegation, InternationalEvent
from delegations.visit_choices import GuestPart
from reports.choices import RowKind, WorkKind
from reports.models import WorkItem
from reports.queries.rows import of_case
from reports.queries.windows import Period

#: The kinds of other work that are figures of the report by themselves.
REPORTED = (WorkKind.COORDINATION, WorkKind.TRAINING)


def gather_others(period: Period, as_of: dt.date) -> list[dict[str, Any]]:
    """Visits by arrival, events by closing day, other work by its own day; four queries, however many rows."""
    last = min(period.last, as_of)
    return [*visits(period.first, last), *events(period.first, last), *other_work(period.first, last)]


def visits(first: dt.date, last: dt.date) -> Iterator[dict[str, Any]]:
    """Visits that took place, counted in the window of their arrival (contracts.md)."""
    found = InboundDelegation.objects.counted().arriving_in(first, last)
    found = found.select_related("case__unit", "partner", "country", "host").prefetch_related("members")
    for visit in found.order_by("arrives_on", "case__number"):
        members = list(visit.members.all())
        head = next((each for each in members if each.part == GuestPart.HEAD), None)
        yield {
            "kind": str(RowKind.INBOUND),
            **of_case(visit.case),
            **_days(visit.arrives_on, visit.leaves_on, visit.date_precision),
            "members": [{"name": each.full_name, "post": each.post, "body": each.body} for each in members],
            "persons": max(len(members), visit.persons or 0) or None,
            "head": {"name": head.full_name, "post": head.post, "body": head.body} if head else None,
            "partner": visit.partner.name_vi if visit.partner else visit.partner_text,
            "country": visit.country.name_vi if visit.country else "",
            "host": visit.host.full_name if visit.host else visit.host_name,
            "purpose": visit.purpose_text,
        }


def events(first: dt.date, last: dt.date) -> Iterator[dict[str, Any]]:
    """Events that took place, counted in the window of their closing day (contracts.md)."""
    found = InternationalEvent.objects.counted().closing_in(first, last)
    found = found.select_related("case__unit", "mechanism_ref", "country", "host_partner")
    for event in found.order_by("starts_on", "case__number"):
        yield {
            "kind": str(RowKind.EVENT),
            **of_case(event.case),
            **_days(event.starts_on, event.ends_on, event.date_precision),
            "hosted": event.role in EventRole.HOSTING,
            "event": event.kind,
            "format": event.format,
            "mechanism": event.mechanism_ref.name_vi if event.mechanism_ref else event.mechanism,
            "place": ", ".join(filter(None, (event.place, event.country.name_vi if event.country else ""))),
            "by": event.host_partner.name_vi if event.host_partner else event.host_text,
        }


def other_work(first: dt.date, last: dt.date) -> Iterator[dict[str, Any]]:
    found = (
        WorkItem.objects.counted().begun().filter(kind__in=REPORTED).between(first, last).select_related("case__unit")
    )
    for item in found.order_by("counts_on", "case__number"):
        yield {
            "kind": str(RowKind.WORK),
            **of_case(item.case),
            **_days(item.counts_on, item.ends_on, "day"),
            "work": item.kind,
            "persons": item.persons,
            "body": item.body,
        }


def _days(first: dt.date | None, last: dt.date | None, precision: str) -> dict[str, Any]:
    return {
        "first_on": first.isoformat() if first else None,
        "last_on": last.isoformat() if last else None,
        "precision": precision,
    }
