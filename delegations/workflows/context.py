"""The sections that stand on the page of a step of a trip, each with its gist in one line: what a leader reads on a phone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from delegations.choices import OutboundState
from delegations.guards import Look, plan_citation
from delegations.models import DelegationMember, OutboundDelegation
from delegations.queries.context import leaders_away, may_open, similar_within_a_year
from delegations.queries.estimates import per_head_vnd, similar_trips
from delegations.queries.plan_use import use_of
from delegations.queries.travellers import OtherTrip
from intlcoop.regulations.choices import ParameterKey
from intlcoop.regulations.queries import ParameterValue
from intlcoop.regulations.wording import value_text
from intlcoop.vietnamese.dates import table_range
from intlcoop.vietnamese.numbers import format_money
from intlcoop.web.file_numbers import shown
from intlcoop.workflow.registry import Section

if TYPE_CHECKING:
    from intlcoop.people.models import User
    from intlcoop.workflow.models import Case


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """Another trip: number, title, unit and days; an address only where the reader may open it."""

    number: str
    title: str
    unit: str
    days: str
    places: str
    state: str
    url: str = ""
    mark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Traveller:
    member: DelegationMember
    count: int | None
    over: bool
    trips: list[Line]


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """A limit against what this trip takes of it."""

    label: str
    here: str
    limit: str
    over: bool
    citation: str
    needs_check: bool


def trip_context(case: Case, user: User) -> list[Section]:
    """Everything on one page; a fixed number of queries, however many files there are."""
    trip = (
        OutboundDelegation.objects.select_related("case__unit", "plan_line__plan", "plan_line__currency")
        .prefetch_related("members", "legs__country", "funding__currency")
        .get(case=case)
    )
    look = Look(trip)
    similar = similar_within_a_year(trip, set(look.countries))
    away = leaders_away(trip)
    numbers = {other.number for other in look.others} | {row.case.number for row in similar.rows}
    opened = may_open(user, numbers | {row["case__number"] for row in away})
    return [
        travellers(look, opened),
        limits(look),
        *plan(look),
        same_matter(similar, opened),
        *leaders(look, away, opened),
        *cost(trip),
    ]


# --- who travels ----------------------------------------------------------------------------------------------------


def travellers(look: Look, opened: set[str]) -> Section:
    rule = look.limits.get(ParameterKey.TRIPS_PER_LEADER)
    most = int(rule.value) if rule else None
    rows = [traveller(look, member, most, opened) for member in look.members]
    busy = sum(bool(row.trips) for row in rows)
    gist = ngettext("%(n)s person", "%(n)s people", len(rows)) % {"n": len(rows)}
    if busy:
        gist += "; " + _("%(n)s of them with other trips this year or next") % {"n": busy}
    else:
        gist += "; " + _("none of them with other trips this year or next")
    return Section(
        anchor="thanh-vien",
        title=_("The delegation and its members' other trips"),
        gist=gist,
        template="delegations/_context_people.html",
        data={"rows": rows, "year": look.on.year, "limit": most},
        is_open=any(row.over or any(line.mark for line in row.trips) for row in rows),
    )


def traveller(look: Look, member: DelegationMember, most: int | None, opened: set[str]) -> Traveller:
    counted = look.trips_in_year(member.person_id) if member.person_id else None
    is_over = counted is not None and most is not None and counted > most and member in look.leaders
    trips = [line_of(look, other, opened) for other in look.others if other.person == member.person_id]
    return Traveller(member=member, count=counted, over=is_over, trips=trips)


def line_of(look: Look, other: OtherTrip, opened: set[str]) -> Line:
    mark = ""
    if other.shares_days(look.trip.departs_on, look.trip.returns_on):
        mark = _("in the same days")
    elif other.owes_report():
        days = look.limit(ParameterKey.REPORT_DUE)
        due = other.report_due(days, look.calendar)
        mark = _("report overdue since %(day)s") % {"day": f"{due:%d/%m/%Y}"} if due and due < look.today else ""
    return Line(
        number=shown(other.number),
        title=other.title,
        unit=other.unit,
        days=table_range(other.first, other.last)
        if other.first and other.last and other.exact
        else _("days not known"),
        places=", ".join(other.places),
        state=str(OutboundState(other.state).label),
        url=file_url(other.number, opened),
        mark=mark,
    )


def file_url(number: str, opened: set[str]) -> str:
    return reverse("workflow:file", args=[number]) if number in opened else ""


# --- limits ---------------------------------------------------------------------------------------------------------


def limits(look: Look) -> Section:
    rows = [row for row in measured(look) if row is not None]
    over = [row.label for row in rows if row.over]
    gist = _("over: %(labels)s") % {"labels": ", ".join(over)} if over else _("all %(n)s kept") % {"n": len(rows)}
    return Section(
        anchor="gioi-han",
        title=_("Limits against values"),
        gist=gist if rows else _("no limit is in force"),
        template="delegations/_context_limits.html",
        data={"rows": rows},
        is_open=bool(over),
    )


def measured(look: Look) -> list[Limit | None]:
    """Each limit in force, as the guards measure it."""
    trip = look.trip
    busiest = max((look.trips_in_year(member.person_id or 0) for member in look.leaders), default=0)
    together = max((len(people) for people in look.key_leaders.values()), default=0)
    before = look.working_days_before
    return [
        against(look, ParameterKey.LEAD_TIME, before, over=lambda value, limit: value < limit),
        against(look, ParameterKey.MAX_MEMBERS, len(look.members)),
        against(look, ParameterKey.MAX_DAYS, trip.days),
        against(look, ParameterKey.MAX_COUNTRIES, len(look.countries)),
        against(look, ParameterKey.TRIPS_PER_LEADER, busiest),
        against(look, ParameterKey.KEY_LEADERS, together),
    ]


def against(look: Look, key: str, value: int | None, over: Any = lambda value, limit: value > limit) -> Limit | None:
    rule: ParameterValue | None = look.limits.get(key)
    if rule is None or value is None:
        return None
    return Limit(
        label=rule.label,
        here=value_text(value, rule.unit),
        limit=value_text(rule.value, rule.unit),
        over=over(value, int(rule.value)),
        citation=rule.citation,
        needs_check=rule.needs_check,
    )


# --- plan, similar trips, leaders, money ------------------------------------------------------------------------------


def plan(look: Look) -> list[Section]:
    trip, line = look.trip, look.trip.plan_line
    if line is None:
        if not trip.is_out_of_plan:
            return []
        text = trip.out_of_plan_reason or _("no reason is given")
        return [
            Section(
                anchor="ke-hoach",
                title=_("Line of the plan"),
                gist=_("outside the plan"),
                template="delegations/_context_unplanned.html",
                data={"reason": text},
            )
        ]
    use = use_of(line, without=trip)
    left = [str(_("%(n)s people") % {"n": use.persons.left})] if use.persons.planned is not None else []
    left += [str(_("%(n)s days") % {"n": use.days.left})] if use.days.planned is not None else []
    if use.money.planned is not None:
        left.append(format_money(use.money.left, "VND", decimals=0))
    gist = _("left before this trip: %(left)s") % {"left": ", ".join(left)} if left else _("the plan names no numbers")
    return [
        Section(
            anchor="ke-hoach",
            title=_("Line of the plan"),
            gist=gist,
            template="delegations/_context_plan.html",
            data={"use": use_words(use, plan_citation(line))},
        )
    ]


def use_words(use: Any, basis: str) -> dict[str, Any]:
    """A line of the plan with what is left of it, ready for `_plan_use.html`."""
    measures = (
        (_("Number of people"), use.persons, ""),
        (_("Number of days"), use.days, ""),
        (_("Money"), use.money, "VND"),
    )
    return {
        "line": use.line,
        "basis": basis,
        "countries": ", ".join(str(country) for country in use.countries),
        "trips": ", ".join(shown(number) for number in use.trips),
        "unknown": ", ".join(shown(number) for number in use.unknown),
        "measures": [row for row in measures if row[1].planned is not None],
    }


def same_matter(similar: Any, opened: set[str]) -> Section:
    rows = [
        Line(
            number=shown(row.case.number),
            title=row.case.title,
            unit=str(row.case.unit),
            days=table_range(row.departs_on, row.returns_on) if row.departs_on and row.returns_on else "",
            places=", ".join(dict.fromkeys(row.places)),
            state=str(OutboundState(row.case.state).label),
            url=file_url(row.case.number, opened),
            mark=str(_("same country") if row.same_country else _("same purpose")),
        )
        for row in similar.rows
    ]
    counts = {"country": similar.same_country, "purpose": similar.same_purpose}
    gist = _("%(country)s to the same country, %(purpose)s more for the same kind of purpose") % counts
    return Section(
        anchor="cung-noi-dung",
        title=_("Same country or purpose within 12 months"),
        gist=gist if similar.total else _("none"),
        template="delegations/_context_trips.html",
        data={"rows": rows, "more": similar.more},
    )


def leaders(look: Look, away: list[dict[str, Any]], opened: set[str]) -> list[Section]:
    """The ministry's leaders on other trips in these days; nothing when all others are at home."""
    if not away:
        return []
    rows = [
        Line(
            number=shown(row["case__number"]),
            title=f"{row['name']}: {row['case__title']}",
            unit=row["case__unit__name_vi"],
            days=table_range(row["departs_on"], row["returns_on"]),
            places="",
            state="",
            url=file_url(row["case__number"], opened),
        )
        for row in away
    ]
    names = ", ".join(dict.fromkeys(row["name"] for row in away))
    return [
        Section(
            anchor="lanh-dao-vang",
            title=_("Leaders of the ministry away in these days"),
            gist=names,
            template="delegations/_context_trips.html",
            data={"rows": rows, "more": 0},
        )
    ]


def cost(trip: OutboundDelegation) -> list[Section]:
    """Cost per head against similar trips, as far as costs are known."""
    own = per_head_vnd(trip)
    others = similar_trips(trip)
    if own is None and not others.trips:
        return []
    here = format_money(own, "VND", decimals=0) if own is not None else _("not known")
    gist = _("%(cost)s per head") % {"cost": here}
    middle = others.median
    if own is not None and middle:
        percent = round((own - middle) * 100 / middle)
        gist += "; " + (
            _("%(n)s%% above the middle of similar trips") % {"n": percent}
            if percent > 0
            else _("%(n)s%% below the middle of similar trips") % {"n": -percent}
        )
    rows = [
        (shown(each.trip.case.number), each.trip.case.title, str(each.trip.case.unit), each.per_head)
        for each in others.trips
    ]
    data = {"own": own, "median": middle, "rows": rows[:8], "count": len(rows)}
    return [
        Section(
            anchor="chi-phi",
            title=_("Cost per head against similar trips"),
            gist=gist,
            template="delegations/_context_cost.html",
            data=data,
        )
    ]
