"""The limits of B.10, each read from its dated row on the day of departure. A row that blocks keeps the file from being
submitted, one that warns asks for an explanation, and a parameter without a row is off."""

from __future__ import annotations

import datetime as dt
from functools import cached_property

from django.utils import timezone
from django.utils.translation import gettext as _

from delegations.choices import Mode, Part
from delegations.guards.findings import LIMITS, Warning_, warn
from delegations.models import DelegationMember, OutboundDelegation
from delegations.queries.travellers import OtherTrip, key_leaders, other_trips, people_of, same_matter
from intlcoop.people.choices import Rank
from intlcoop.regulations.choices import ParameterKey
from intlcoop.regulations.queries import ParameterValue, calendar, parameters
from intlcoop.regulations.working_days import Calendar, working_days_between
from intlcoop.vietnamese.dates import table_range
from intlcoop.web.file_numbers import shown

LEADERS = (Rank.MINISTER, Rank.DEPUTY_MINISTER, Rank.DIRECTOR)
#: So many earlier trips on the same matter are named one by one.
MOST_NAMED = 3


class Look:
    """A trip with all that its limits are measured by, each part read when it is first asked for."""

    def __init__(self, trip: OutboundDelegation) -> None:
        self.trip = trip
        self.today = timezone.localdate()
        self.on = trip.departs_on or self.today

    @cached_property
    def members(self) -> list[DelegationMember]:
        return list(self.trip.members.all())

    @cached_property
    def countries(self) -> dict[int, str]:
        return {leg.country_id: str(leg.country) for leg in self.trip.legs.select_related("country")}

    @cached_property
    def people(self) -> dict[int, DelegationMember]:
        return people_of(self.trip)

    @cached_property
    def limits(self) -> dict[str, ParameterValue]:
        return parameters(LIMITS, self.on)

    @cached_property
    def calendar(self) -> Calendar:
        return calendar()

    @cached_property
    def others(self) -> list[OtherTrip]:
        return other_trips(self.trip, self.people)

    @cached_property
    def key_leaders(self) -> dict[str, set[int]]:
        return key_leaders(self.people, self.on)

    def limit(self, key: str) -> int | None:
        rule = self.limits.get(key)
        return int(rule.value) if rule is not None else None

    @property
    def filed_on(self) -> dt.date:
        first = self.trip.case.first_submitted_at
        return timezone.localdate(first) if first else self.today

    @cached_property
    def working_days_before(self) -> int | None:
        """Working days from filing to departure; None where nothing has to be filed in time."""
        if self.trip.departs_on is None or self.trip.mode == Mode.ACCOMPANYING:
            return None
        return max(working_days_between(self.filed_on, self.trip.departs_on, self.calendar), 0)

    def trips_in_year(self, person: int) -> int:
        """Trips of a person in the year of this one, this one included."""
        year = self.on.year
        return 1 + sum(
            other.person == person and other.is_counted and other.first is not None and other.first.year == year
            for other in self.others
        )

    @property
    def leaders(self) -> list[DelegationMember]:
        return [member for member in self.people.values() if member.rank in LEADERS]


def late(look: Look) -> list[Warning_]:
    rule = look.limits.get(ParameterKey.LEAD_TIME)
    left = None if look.trip.amends_id else look.working_days_before  # a change is filed after its trip, not late
    if rule is None or left is None or left >= int(rule.value):
        return []
    text = _("Filed late: %(left)s working days before departure, %(lead)s are asked for.")
    return [warn("late", text % {"left": left, "lead": rule.value}, rule)]


def overlaps(look: Look) -> list[Warning_]:
    """Members who are on another trip in these days, also one that encloses this one (A11)."""
    trip = look.trip
    return [
        warn(
            "overlap",
            _("%(name)s is on trip %(number)s in the same days (%(days)s).")
            % {
                "name": look.people[other.person].full_name,
                "number": shown(other.number),
                "days": table_range(other.first, other.last),
            },
            number=other.number,
        )
        for other in look.others
        if other.shares_days(trip.departs_on, trip.returns_on) and other.first and other.last
    ]


def sizes(look: Look) -> list[Warning_]:
    measured = [
        (ParameterKey.MAX_MEMBERS, len(look.members), _("%(n)s people travel, %(max)s is the limit.")),
        (ParameterKey.MAX_DAYS, look.trip.days or 0, _("The trip takes %(n)s days, %(max)s is the limit.")),
        (
            ParameterKey.SHORT_TRIP,
            look.trip.days or 0,
            _("The trip takes %(n)s days; a short working trip takes at most %(max)s."),
        ),
        (
            ParameterKey.MAX_COUNTRIES,
            len(look.countries),
            _("The trip goes to %(n)s countries, %(max)s is the limit."),
        ),
    ]
    return [
        warn(key.removeprefix("outbound."), text % {"n": value, "max": look.limits[key].value}, look.limits[key])
        for key, value, text in measured
        if key in look.limits and value > int(look.limits[key].value)
    ]


def trips_per_leader(look: Look) -> list[Warning_]:
    rule = look.limits.get(ParameterKey.TRIPS_PER_LEADER)
    if rule is None or look.trip.departs_on is None:
        return []
    text = _("This is trip number %(n)s of %(name)s in %(year)s, %(max)s are the limit.")
    counted = [(member, look.trips_in_year(member.person_id or 0)) for member in look.leaders]
    return [
        warn(
            "max_trips",
            text % {"n": count, "name": member.full_name, "year": look.on.year, "max": rule.value},
            rule,
        )
        for member, count in counted
        if count > int(rule.value)
    ]


def key_leaders_of_one_unit(look: Look) -> list[Warning_]:
    """The head and a deputy of one unit do not leave it together on one trip."""
    rule = look.limits.get(ParameterKey.KEY_LEADERS)
    if rule is None:
        return []
    text = _("%(n)s leaders of %(unit)s are on this trip: %(names)s; %(max)s is the limit.")
    return [
        warn(
            "key_leaders",
            text
            % {
                "n": len(people),
                "unit": unit,
                "names": ", ".join(member.full_name for pk, member in look.people.items() if pk in people),
                "max": rule.value,
            },
            rule,
        )
        for unit, people in look.key_leaders.items()
        if len(people) > int(rule.value)
    ]


def same_content(look: Look) -> list[Warning_]:
    """A second trip on the same matter to the same country within so many years, from whichever unit."""
    trip, rule = look.trip, look.limits.get(ParameterKey.SAME_CONTENT)
    matter = trip.field_id or trip.host_partner_id
    if rule is None or trip.departs_on is None or not trip.purpose or not matter or trip.mode == Mode.ACCOMPANYING:
        return []
    first = years_before(trip.departs_on, int(rule.value))
    found = same_matter(trip, look.countries).filter(departs_on__gt=first, departs_on__lte=trip.departs_on)
    rows = list(found.values_list("case__number", "case__unit__name_vi", "departs_on")[:MOST_NAMED])
    text = _(
        "Trip %(number)s of %(unit)s (%(month)s) went to the same country on the same matter less than %(years)s years ago."
    )
    return [
        warn(
            "same_content",
            text % {"number": shown(number), "unit": unit, "month": f"{day:%m/%Y}", "years": rule.value},
            rule,
            number,
        )
        for number, unit, day in rows
    ]


def years_before(day: dt.date, years: int) -> dt.date:
    """The same day so many years earlier; 29 February becomes 28 February where there is none."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


def overdue_reports(look: Look) -> list[Warning_]:
    """The head of the delegation still owes the report of an earlier trip although its day has passed (I1)."""
    head = next((member for member in look.members if member.part == Part.HEAD and member.person_id), None)
    rule = look.limits.get(ParameterKey.REPORT_DUE)
    if head is None or rule is None:
        return []
    text = _("%(name)s still owes the report of trip %(number)s, due on %(day)s.")
    found = []
    for other in look.others:
        due = other.report_due(int(rule.value), look.calendar)
        if other.person == head.person_id and other.owes_report() and due is not None and due < look.today:
            values = {"name": head.full_name, "number": shown(other.number), "day": f"{due:%d/%m/%Y}"}
            found.append(warn("report_owed", text % values, rule, other.number))
    return found
