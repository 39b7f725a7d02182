"""Who is away in a month, who is in two places at once, which leaders are away together, which lines of the plan clash?

What is asked of the database is the month with a day on either side; the rest is arithmetic (delegations.absence).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from itertools import combinations
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from delegations.absence import DAY, Absence, Together, away_together, back_to_back, double, month_of, shared, weeks_of
from delegations.choices import DatePrecision, LineState, OutboundState, PlanKind
from delegations.models import OutboundDelegation, PlanLine
from delegations.queries.travellers import places_of
from intlcoop.people.choices import Rank, Role
from intlcoop.people.models import Appointment, OrgUnit

if TYPE_CHECKING:
    from intlcoop.people.models import User

LEADERSHIP = (Rank.MINISTER, Rank.DEPUTY_MINISTER)
MONTHS_PER_QUARTER = 3
#: A month with more than that is narrowed by unit or person first; the page says so.
MOST = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Stay:
    """One of our people on one trip."""

    person: int
    name: str
    post: str
    body: str
    rank: str
    number: str
    title: str
    unit: str
    unit_id: int
    state: str
    first: dt.date
    last: dt.date
    places: tuple[str, ...]

    @property
    def absence(self) -> Absence:
        return Absence(person=self.person, key=self.number, first=self.first, last=self.last)

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    @property
    def is_leader(self) -> bool:
        return self.rank in LEADERSHIP


@dataclass(frozen=True, slots=True, kw_only=True)
class Away:
    """A person with the trips on which they are away, the first one first."""

    person: int
    name: str
    post: str
    body: str
    is_leader: bool
    stays: list[Stay] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class Twice:
    """A person on two trips that share days, or that follow on without a day at home (`days` is None then)."""

    early: Stay
    late: Stay
    days: tuple[dt.date, dt.date] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Leaders of one level who are away at once: of the ministry (`unit` empty), or the key leaders of one unit."""

    unit: str
    names: list[str]
    first: dt.date
    last: dt.date


@dataclass(frozen=True, slots=True, kw_only=True)
class LineClash:
    """Two lines of the plan of one month that meet, by what."""

    first: PlanLine
    second: PlanLine
    leader: str = ""
    partner: str = ""
    countries: tuple[str, ...] = ()


class Radar:
    """One month as one person may see it; each part is read when it is first asked for."""

    def __init__(
        self,
        user: User,
        year: int,
        month: int,
        *,
        unit: int | None = None,
        person: int | None = None,
        leaders: bool = False,
    ) -> None:
        self.user, self.year, self.month = user, year, month
        self.unit, self.person, self.leaders = unit, person, leaders
        self.first, self.last = month_of(year, month)
        #: The unit with those that were merged into it.
        self.units = OrgUnit.objects.lineage_ids([unit], timezone.localdate()) if unit is not None else set()

    @cached_property
    def all_stays(self) -> list[Stay]:
        """Everybody's, with a day on either side of the month: clashes are looked for before anything is filtered away."""
        rows = (
            OutboundDelegation.objects.visible_to(self.user)
            .filter(departs_on__lte=self.last + DAY, returns_on__gte=self.first - DAY)
            .filter(case__state__in=OutboundState.HOLDS_DAYS, date_precision=DatePrecision.DAY)
            .filter(members__person__isnull=False)
            .annotate(places=places_of())
            .order_by("departs_on", "pk", "members__position", "members__pk")
            .values("members__person_id", "members__full_name", "members__post", "members__body", "members__rank",
                    "case__number", "case__title", "case__unit__name_vi", "case__unit_id", "case__state", "departs_on",
                    "returns_on", "places")
        )  # fmt: skip
        return [stay_of(row) for row in rows[:MOST]]

    def shows(self, stay: Stay) -> bool:
        """Within the month and the filters."""
        return (
            stay.first <= self.last
            and stay.last >= self.first
            and (self.unit is None or stay.unit_id in self.units)
            and (self.person is None or stay.person == self.person)
            and (not self.leaders or stay.is_leader)
        )

    @cached_property
    def stays(self) -> list[Stay]:
        return [stay for stay in self.all_stays if self.shows(stay)]

    @cached_property
    def people(self) -> list[Away]:
        """Leaders of the ministry first, then whoever leaves first."""
        found: dict[int, Away] = {}
        for stay in self.stays:
            person = found.setdefault(
                stay.person,
                Away(person=stay.person, name=stay.name, post=stay.post, body=stay.body, is_leader=stay.is_leader),
            )
            person.stays.append(stay)
        return sorted(found.values(), key=lambda person: (not person.is_leader, person.stays[0].first, person.name))

    @cached_property
    def weeks(self) -> list[list[tuple[dt.date, list[Stay]] | None]]:
        """The month in weeks; each day with who is away on it, each person once."""
        return [
            [None if day is None else (day, self.away_on(day)) for day in week]
            for week in weeks_of(self.year, self.month)
        ]

    def away_on(self, day: dt.date) -> list[Stay]:
        found = {stay.person: stay for stay in self.stays if stay.first <= day <= stay.last}
        return sorted(found.values(), key=lambda stay: (not stay.is_leader, stay.name))

    # --- what does not fit together -----------------------------------------------------------------------------------

    @cached_property
    def twice(self) -> list[Twice]:
        """People in two places at once, then people who leave again on the day after they came back."""
        by_key = {(stay.person, stay.number): stay for stay in self.all_stays}
        absences = [stay.absence for stay in by_key.values()]
        pairs: list[tuple[Absence, Absence, tuple[dt.date, dt.date] | None]] = [
            (*pair, shared(*pair)) for pair in double(absences)
        ]
        pairs += [(*pair, None) for pair in back_to_back(absences)]
        found = [Twice(early=by_key[a.person, a.key], late=by_key[b.person, b.key], days=days) for a, b, days in pairs]
        return [pair for pair in found if self.shows(pair.early) or self.shows(pair.late)]

    @cached_property
    def together(self) -> list[Group]:
        """Leaders of the same level who are away at once: of the ministry, and the head and deputies of one unit."""
        names = {stay.person: stay.name for stay in self.all_stays}
        groups = {"": [stay for stay in self.all_stays if stay.is_leader]}
        led: dict[int, set[str]] = {}
        for person, unit in self.key_leaders:
            led.setdefault(person, set()).add(unit)
        for stay in self.all_stays:
            for unit in led.get(stay.person, ()):
                groups.setdefault(unit, []).append(stay)
        return [
            Group(unit=unit, names=sorted(names[person] for person in span.people), first=span.first, last=span.last)
            for unit, stays in groups.items()
            for span in away_together([stay.absence for stay in stays])
            if self.shows_group(span, stays)
        ]

    def shows_group(self, span: Together, stays: Iterable[Stay]) -> bool:
        within = span.first <= self.last and span.last >= self.first
        return within and any(self.shows(stay) for stay in stays if stay.person in span.people)

    @cached_property
    def key_leaders(self) -> list[tuple[int, str]]:
        """(person, unit) of those on the way who lead a unit in this month, as head or deputy."""
        people = {stay.person for stay in self.all_stays}
        rows = Appointment.objects.overlapping(self.first, self.last).filter(
            person__in=people, role__in=(Role.HEAD, Role.DEPUTY_HEAD)
        )
        return list(rows.values_list("person_id", "unit__name_vi").distinct()) if people else []

    # --- the plan -----------------------------------------------------------------------------------------------------

    @cached_property
    def lines(self) -> list[Any]:
        """Lines of approved plans for this month for which no trip is under way yet."""
        quarter = (self.month - 1) // MONTHS_PER_QUARTER + 1
        trips = OutboundDelegation.objects.filter(plan_line=OuterRef("pk"), case__state__in=OutboundState.HOLDS_DAYS)
        lines = (
            PlanLine.objects.visible_to(self.user)
            .filter(Q(month=self.month) | Q(month__isnull=True, quarter=quarter))
            .filter(plan__year=self.year, plan__approved_on__isnull=False)
            .filter(state=LineState.ACCEPTED, kind=PlanKind.OUTBOUND)
            .select_related("plan", "unit", "leader", "partner")
            .annotate(has_trip=Exists(trips))
            .prefetch_related("countries")
            .order_by("month", "plan__level", "position")
        )
        found = [line for line in lines if self.unit is None or line.unit_id in self.units]
        if self.person is not None:
            found = [line for line in found if line.leader_id == self.person]
        return [line for line in found if not self.leaders or line.leader_id or line.head_rank in LEADERSHIP]

    @property
    def open_lines(self) -> list[Any]:
        return [line for line in self.lines if not line.has_trip]

    @cached_property
    def line_clashes(self) -> list[LineClash]:
        """Lines of one month with the same leader or partner, or to the same country for the same kind of purpose."""
        dated = [line for line in self.lines if line.month]
        found = [clash_of(first, second) for first, second in combinations(dated, 2)]
        return [clash for clash in found if clash is not None]

    @property
    def is_cut(self) -> bool:
        return len(self.all_stays) >= MOST


def clash_of(first: Any, second: Any) -> LineClash | None:
    leader = str(first.leader) if first.leader_id and first.leader_id == second.leader_id else ""
    partner = str(first.partner) if first.partner_id and first.partner_id == second.partner_id else ""
    others = set(second.countries.all()) if first.purpose and first.purpose == second.purpose else set()
    countries = tuple(str(country) for country in first.countries.all() if country in others)
    if not (leader or partner or countries):
        return None
    return LineClash(first=first, second=second, leader=leader, partner=partner, countries=countries)


def stay_of(row: dict[str, Any]) -> Stay:
    return Stay(
        person=row["members__person_id"],
        name=row["members__full_name"],
        post=row["members__post"],
        body=row["members__body"],
        rank=row["members__rank"],
        number=row["case__number"],
        title=row["case__title"],
        unit=row["case__unit__name_vi"],
        unit_id=row["case__unit_id"],
        state=row["case__state"],
        first=row["departs_on"],
        last=row["returns_on"],
        places=tuple(dict.fromkeys(row["places"])),
    )
