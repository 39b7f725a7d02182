"""Which trips does the report count, and what does it keep of each? Plain JSON rows, ready to be frozen.

What else it counts: queries.other_rows.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from typing import Any

from django.db import connection, transaction
from django.db.models import Prefetch, QuerySet

from delegations.choices import Mode, Part
from delegations.models import ItineraryLeg, OutboundDelegation
from intlcoop.people.models import OrgUnit
from intlcoop.workflow.choices import PaperKind
from intlcoop.workflow.models import Case, CasePaper
from reports.choices import PlanBasis, RowKind
from reports.queries.channels import channel_of
from reports.queries.windows import Period

#: So many trips are held in memory at once.
AT_ONCE = 1000


@contextmanager
def one_moment() -> Iterator[None]:
    """A transaction in which every read sees the same moment (REPEATABLE READ).

    Inside another transaction the level is that one's: it can no longer be changed.
    """
    inside = connection.in_atomic_block
    with transaction.atomic():
        if not inside:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        yield


def counted_trips(first: dt.date, last: dt.date) -> QuerySet[Any]:
    """Trips that were decided on and depart within these days (contracts.md)."""
    papers = CasePaper.objects.current().filter(kind=PaperKind.DECISION, number__isnull=False)
    return (
        OutboundDelegation.objects.counted()
        .departing_in(first, last)
        .select_related("case__unit", "plan_line__plan", "host_partner", "field", "settlement", "report__case")
        .prefetch_related(
            "members",
            "funding__currency",
            "settlement__lines__currency",
            Prefetch("legs", ItineraryLeg.objects.select_related("country")),
            Prefetch("case__papers", papers, to_attr="issued_decisions"),
        )
        .order_by("departs_on", "case__number")
    )


def gather(period: Period, as_of: dt.date) -> list[dict[str, Any]]:
    """The trips that departed within the period by the day of the figures, in the order of departure."""
    return trips(period.first, min(period.last, as_of))


def trips(first: dt.date, last: dt.date) -> list[dict[str, Any]]:
    """The rows of the trips of these days. Eight queries for each thousand trips, whose objects are let go then."""
    return [row_of(trip) for trip in counted_trips(first, last).iterator(chunk_size=AT_ONCE)]


def row_of(trip: Any) -> dict[str, Any]:
    """All that the report may print of a trip. Money as text, days in ISO form, nothing that JSON would round."""
    case = trip.case
    members = list(trip.members.all())
    head = next((member for member in members if member.part == Part.HEAD), None)
    return {
        "kind": str(RowKind.OUTBOUND),
        **of_case(case),
        "mode": trip.mode,
        "principal": trip.principal,
        "inter_agency": trip.is_inter_agency,
        "departs_on": trip.departs_on.isoformat(),
        "returns_on": trip.returns_on.isoformat() if trip.returns_on else None,
        "precision": trip.date_precision,
        "head": {"name": head.full_name, "post": head.post, "body": head.body} if head else None,
        "members": [
            {"name": member.full_name, "post": member.post, "body": member.body, "part": member.part}
            for member in members
        ],
        "countries": _countries(trip),
        "channel": str(channel_of(trip.host_partner, with_country=bool(trip.legs.all()))),
        "purpose": trip.purpose,
        "purpose_text": trip.purpose_text,
        "field": trip.field.name_vi if trip.field else "",
        "host": trip.inviting_body or (trip.host_partner.name_vi if trip.host_partner else ""),
        "plan": _plan(trip),
        "decision": _decision(trip),
        "funding": [money(item.amount, item.currency, item.source) for item in trip.funding.all()],
        **_settled(trip),
        "host_pays_all": trip.host_pays_all,
        "highlight": trip.is_highlight,
        "highlight_text": trip.highlight_text,
        "unnamed": trip.unnamed_in_source,
        "report": trip.report.case.state if hasattr(trip, "report") else "",
    }


def money(amount: Decimal, currency: Any, source: str = "") -> dict[str, Any]:
    """An amount as plain JSON."""
    return {"source": source, "amount": f"{amount:f}", "currency": currency.code, "decimals": currency.decimals}


def _settled(trip: Any) -> dict[str, Any]:
    """What the trip did cost, once the finance department has closed its settlement."""
    settlement = getattr(trip, "settlement", None)
    if settlement is None or settlement.closed_at is None:
        return {"settled": False, "spent": []}
    lines = [line for line in settlement.lines.all() if line.spent is not None]
    return {"settled": True, "spent": [money(line.spent, line.currency, line.source) for line in lines]}


def of_case(case: Case) -> dict[str, Any]:
    """What every row says, whatever it counts."""
    return {
        "number": case.number,
        "title": case.title,
        "state": case.state,
        "unit": of_unit(case.unit),
        "sample": case.is_sample,
    }


def of_unit(unit: OrgUnit | None) -> dict[str, Any]:
    """A unit as rows name it; an empty code where a row belongs to none."""
    if unit is None:
        return {"code": "", "name": "", "position": 0}
    return {"code": unit.code, "name": unit.name_vi, "position": unit.position}


def plan_basis(trip: Any) -> PlanBasis:
    """Every trip that was submitted here has a plan line or a reason; only imported history may have neither."""
    if trip.mode != Mode.LED:
        return PlanBasis.NOT_ASKED
    if trip.plan_line_id is not None:
        return PlanBasis.IN
    return PlanBasis.OUT if trip.out_of_plan_reason.strip() else PlanBasis.UNKNOWN


def _plan(trip: Any) -> dict[str, Any]:
    line = trip.plan_line
    return {
        "basis": str(plan_basis(trip)),
        "line": f"{line.position}. {line.title}" if line else "",
        "level": line.plan.level if line else "",
        "reason": trip.out_of_plan_reason,
    }


def _countries(trip: Any) -> list[dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for leg in trip.legs.all():
        place = found.setdefault(
            leg.country.iso2,
            {
                "iso2": leg.country.iso2,
                "name": leg.country.name_vi,
                "territory": leg.country.is_territory,
                "cities": [],
            },
        )
        if leg.city and leg.city not in place["cities"]:
            place["cities"].append(leg.city)
    return list(found.values())


def _decision(trip: Any) -> dict[str, str] | None:
    paper = next(iter(trip.case.issued_decisions), None)
    if paper is None:
        return None
    return {"number": paper.full_number, "date": paper.issued_on.isoformat()}
