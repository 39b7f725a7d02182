"""Does the trip keep to its line of the plan: people, days, money, places, month? What differs warns, with the plan's number."""

from __future__ import annotations

from decimal import Decimal

from django.utils.translation import gettext as _

from delegations.choices import LineState, Part, PlanKind
from delegations.guards.findings import Warning_, warn
from delegations.guards.limits import Look
from delegations.models import PlanLine
from delegations.queries.estimates import total_vnd
from delegations.queries.plan_use import LineUse, use_of
from intlcoop.people.choices import Rank
from intlcoop.vietnamese.numbers import format_money

MONTHS_PER_QUARTER = 3


def is_open(line: PlanLine) -> bool:
    """Trips are filed against lines that stand in an approved plan of outbound delegations."""
    return line.plan.is_approved and line.state == LineState.ACCEPTED and line.kind == PlanKind.OUTBOUND


def plan_citation(line: PlanLine) -> str:
    """ "Kế hoạch đoàn ra năm 2026 (985/QĐ-BDP), mục 3"."""
    plan = line.plan
    number = f" ({plan.approval_number})" if plan.approval_number else ""
    return _("%(plan)s%(number)s, item %(position)s") % {
        "plan": plan.title,
        "number": number,
        "position": line.position,
    }


def beyond_the_line(look: Look) -> list[Warning_]:
    line = look.trip.plan_line
    if line is None:
        return []
    use = use_of(line, without=look.trip)
    cite = plan_citation(line)
    sentences = [*_counts(look, use), *_money(look, use), *_places(look, use), *_month(look, line), *_head(look, line)]
    return [warn(code, text, citation=cite) for code, text in sentences]


def _counts(look: Look, use: LineUse) -> list[tuple[str, str]]:
    asked = (
        ("plan_persons", use.persons, len(look.members), _("%(n)s people travel; the line of the plan has %(left)s left of %(planned)s.")),  # noqa: E501
        ("plan_days", use.days, look.trip.days or 0, _("The trip takes %(n)s days; the line of the plan has %(left)s left of %(planned)s.")),  # noqa: E501
    )  # fmt: skip
    return [
        (code, text % {"n": n, "left": max(share.left, 0), "planned": share.planned})
        for code, share, n, text in asked
        if share.planned is not None and n > max(share.left, 0)
    ]


def _money(look: Look, use: LineUse) -> list[tuple[str, str]]:
    """In đồng, as the estimate counts it, without what the host pays; nothing is said while a cost or rate is not known."""
    planned = use.money.planned
    asked = total_vnd(look.trip) if planned is not None else None
    left = max(use.money.left or Decimal(0), Decimal(0))
    if planned is None or asked is None or asked <= left:
        return []
    text = _("The trip asks for %(n)s; the line of the plan has %(left)s left of %(planned)s.")
    values = {
        "n": format_money(asked, "VND", decimals=0),
        "left": format_money(left, "VND", decimals=0),
        "planned": format_money(planned, "VND", decimals=0),
    }
    return [("plan_money", text % values)]


def _places(look: Look, use: LineUse) -> list[tuple[str, str]]:
    planned = {country.pk for country in use.countries}
    others = [name for pk, name in look.countries.items() if pk not in planned]
    if not planned or not others:
        return []
    text = _("The line of the plan names %(planned)s; the itinerary also goes to %(others)s.")
    names = ", ".join(str(country) for country in use.countries)
    return [("plan_countries", text % {"planned": names, "others": ", ".join(others)})]


def _month(look: Look, line: PlanLine) -> list[tuple[str, str]]:
    day = look.trip.departs_on
    if day is None:
        return []
    if line.month and line.month != day.month:
        text = _("The plan foresees month %(planned)s; the trip departs in month %(month)s.")
        return [("plan_month", text % {"planned": line.month, "month": day.month})]
    quarter = (day.month - 1) // MONTHS_PER_QUARTER + 1
    if line.quarter and line.quarter != quarter:
        text = _("The plan foresees quarter %(planned)s; the trip departs in quarter %(quarter)s.")
        return [("plan_month", text % {"planned": line.quarter, "quarter": quarter})]
    return []


def _head(look: Look, line: PlanLine) -> list[tuple[str, str]]:
    head = next((member for member in look.members if member.part == Part.HEAD), None)
    if not line.head_rank or head is None or head.rank == line.head_rank:
        return []
    text = _("The plan foresees as head: %(planned)s; the head of this delegation is: %(rank)s.")
    return [("plan_head", text % {"planned": Rank(line.head_rank).label, "rank": head.get_rank_display()})]
