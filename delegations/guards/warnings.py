"""What does not keep a trip from being filed but has to be seen: the sentences that filer and approver read."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from delegations.choices import Mode, OutboundState, Part
from delegations.models import OutboundDelegation
from intlcoop.people.choices import Rank, UnitClass
from intlcoop.regulations.queries import ParameterValue, calendar, parameters
from intlcoop.regulations.working_days import working_days_between
from intlcoop.vietnamese.dates import table_range
from intlcoop.web.file_numbers import shown

LIMITS = (
    "outbound.lead_time_working_days",
    "outbound.max_members",
    "outbound.max_days",
    "outbound.max_countries",
    "outbound.max_trips_per_leader_year",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Warning_:  # noqa: N801  "Warning" is Python's own
    """A mismatch, overlap or limit that an approver should see. `number` leads to the other file."""

    code: str
    text: str
    citation: str = ""
    needs_check: bool = False
    number: str = ""


def warnings(trip: OutboundDelegation) -> list[Warning_]:
    """Everything that does not keep the trip from being filed but has to be seen, in the order of the form."""
    on = trip.departs_on or timezone.localdate()
    limits = parameters(LIMITS, on)
    found = [*_late(trip, limits), *_overlaps(trip), *_over_limits(trip, limits), *_attached_unit_invites_leader(trip)]
    return [*found, *_too_many_trips(trip, limits), *_overdue_reports(trip)]


def working_days_left(trip: OutboundDelegation) -> int | None:
    """Working days left until the last day to file (A9); negative when that day has passed. None without a departure."""
    if trip.departs_on is None:
        return None
    lead = parameters(LIMITS[:1], trip.departs_on).get(LIMITS[0])
    if lead is None:
        return None
    return working_days_between(timezone.localdate(), trip.departs_on, calendar()) - int(lead.value)


def _warn(code: str, text: str, rule: ParameterValue | None = None, number: str = "") -> Warning_:
    if rule is None:
        return Warning_(code=code, text=text, number=number)
    return Warning_(code=code, text=text, citation=rule.citation, needs_check=rule.needs_check, number=number)


def _late(trip: OutboundDelegation, limits: dict[str, ParameterValue]) -> list[Warning_]:
    lead = limits.get("outbound.lead_time_working_days")
    if trip.departs_on is None or lead is None or trip.mode == Mode.ACCOMPANYING:
        return []
    start = timezone.localdate(trip.case.first_submitted_at) if trip.case.first_submitted_at else timezone.localdate()
    left = working_days_between(start, trip.departs_on, calendar())
    if left >= int(lead.value):
        return []
    text = _("Filed late: %(left)s working days before departure, %(lead)s are asked for.") % {
        "left": max(left, 0),
        "lead": lead.value,
    }
    return [_warn("late", text, lead)]


def _overlaps(trip: OutboundDelegation) -> list[Warning_]:
    """Members who are on another trip in these days, also one that encloses this one (A11)."""
    if trip.departs_on is None or trip.returns_on is None:
        return []
    people = {member.person_id: member.full_name for member in trip.members.all() if member.person_id}
    if not people:
        return []
    others = OutboundDelegation.objects.sharing_days_with(trip).filter(members__person__in=people)
    rows = others.values_list("members__person_id", "case__number", "departs_on", "returns_on").distinct()
    return [
        _warn(
            "overlap",
            _("%(name)s is on trip %(number)s in the same days (%(days)s).")
            % {"name": people[person], "number": shown(number), "days": table_range(first, last)},
            number=number,
        )
        for person, number, first, last in rows
        if person in people and first and last
    ]


def _over_limits(trip: OutboundDelegation, limits: dict[str, ParameterValue]) -> list[Warning_]:
    members, countries = trip.members.count(), trip.legs.values("country").distinct().count()
    measured = [
        ("outbound.max_members", members, _("%(n)s people travel, %(max)s is the limit.")),
        ("outbound.max_days", trip.days or 0, _("The trip takes %(n)s days, %(max)s is the limit.")),
        ("outbound.max_countries", countries, _("The trip goes to %(n)s countries, %(max)s is the limit.")),
    ]
    return [
        _warn(key.removeprefix("outbound."), text % {"n": value, "max": limits[key].value}, limits[key])
        for key, value, text in measured
        if key in limits and value > int(limits[key].value)
    ]


def _attached_unit_invites_leader(trip: OutboundDelegation) -> list[Warning_]:
    """W002-03: an attached unit should not bring a Deputy Minister into a trip outside the plan."""
    if not trip.is_out_of_plan or trip.case.unit.unit_class != UnitClass.ATTACHED:
        return []
    leaders = trip.members.filter(rank__in=[Rank.DEPUTY_MINISTER, Rank.MINISTER]).exists()
    if not leaders:
        return []
    text = _("An attached unit should not invite a leader of the ministry into a trip outside the plan.")
    return [_warn("attached_unit_invites_leader", text)]


def _too_many_trips(trip: OutboundDelegation, limits: dict[str, ParameterValue]) -> list[Warning_]:
    limit = limits.get("outbound.max_trips_per_leader_year")
    if limit is None or trip.departs_on is None:
        return []
    found = []
    leaders = trip.members.filter(rank__in=[Rank.MINISTER, Rank.DEPUTY_MINISTER, Rank.DIRECTOR], person__isnull=False)
    for member in leaders:
        others = OutboundDelegation.objects.exclude(pk=trip.pk).filter(
            members__person=member.person_id,
            departs_on__year=trip.departs_on.year,
            case__state__in=(*OutboundState.COUNTED, OutboundState.IN_APPROVAL, OutboundState.AWAITING_DECISION),
        )
        count = others.count() + 1
        if count > int(limit.value):
            text = _("This is trip number %(n)s of %(name)s in %(year)s, %(max)s are the limit.")
            values = {"n": count, "name": member.full_name, "year": trip.departs_on.year, "max": limit.value}
            found.append(_warn("max_trips", text % values, limit))
    return found


def _overdue_reports(trip: OutboundDelegation) -> list[Warning_]:
    """The head of the delegation still owes the report of an earlier trip (I1)."""
    head = next((member for member in trip.members.all() if member.part == Part.HEAD and member.person_id), None)
    if head is None:
        return []
    owed = OutboundDelegation.objects.exclude(pk=trip.pk).filter(
        members__person=head.person_id, members__part=Part.HEAD, case__state=OutboundState.REPORT_DUE
    )
    return [
        _warn(
            "report_owed",
            _("%(name)s still owes the report of trip %(number)s.") % {"name": head.full_name, "number": shown(number)},
            number=number,
        )
        for number in owed.values_list("case__number", flat=True)
    ]
