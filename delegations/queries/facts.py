"""What route rules may look at for a trip, and how a trip answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from delegations.choices import Mode, PlanLevel
from delegations.models import OutboundDelegation
from delegations.queries.trips import head_of
from intlcoop.people.choices import Rank, Role, UnitClass
from intlcoop.people.models import Appointment
from intlcoop.workflow.facts import fact

if TYPE_CHECKING:
    from intlcoop.workflow.models import Case

RANK_ORDER = list(Rank.values)
OUT_OF_PLAN = "none"
YES, NO = "yes", "no"


@dataclass(frozen=True, slots=True, kw_only=True)
class OutboundFacts:
    """All that a route rule may look at for an outbound trip.

    head_rank: who leads; accompanying: the highest rank of ours that travels. plan_level: of the plan whose line it is on.
    """

    head_rank: str = fact(
        _("Head of delegation"), _("the head of the delegation is: %(values)s"), Rank.choices, usual=Rank.OFFICIAL
    )
    mode: str = fact(_("Form of the trip"), _("the trip is: %(values)s"), Mode.choices, usual=Mode.LED)
    plan_level: str = fact(
        _("Annual plan"),
        _("the trip is %(values)s"),
        (
            (PlanLevel.PM.value, _("in the plan approved by the Prime Minister")),
            (PlanLevel.MINISTRY.value, _("in the plan approved by the Minister")),
            (OUT_OF_PLAN, _("out of plan")),
        ),
        usual=OUT_OF_PLAN,
    )
    unit_class: str = fact(
        _("Unit that files"), _("the unit that files is: %(values)s"), UnitClass.choices, usual=UnitClass.INTERNAL
    )
    party: str = fact(
        _("Members of the Party"),
        "%(values)s",
        (
            (YES, _("somebody of the ministry who travels is a member of the Party")),
            (NO, _("nobody of the ministry who travels is a member of the Party")),
        ),
        usual=NO,
        default=NO,
    )
    own_staff: str = fact(
        _("Staff of the unit only"),
        "%(values)s",
        (
            (YES, _("all who travel are staff of the unit that files, none of them a leader")),
            (NO, _("a leader or somebody from elsewhere travels too")),
        ),
        usual=NO,
        default=NO,
    )


def outbound_facts(case: Case) -> OutboundFacts:
    trip = OutboundDelegation.everything.select_related("plan_line__plan").get(case=case)
    head = head_of(trip)
    ranks = [member.rank for member in trip.members.all() if member.rank]
    highest = min(ranks, key=RANK_ORDER.index, default=Rank.OFFICIAL)
    rank = head.rank if trip.mode == Mode.LED and head is not None else highest
    return OutboundFacts(
        head_rank=str(rank),
        mode=trip.mode,
        plan_level=trip.plan_line.plan.level if trip.plan_line else OUT_OF_PLAN,
        unit_class=case.unit.unit_class,
        party=YES if trip.members.filter(person__is_party_member=True).exists() else NO,
        own_staff=YES if are_own_staff(trip, case) else NO,
    )


def are_own_staff(trip: OutboundDelegation, case: Case) -> bool:
    """Whether all who travel are staff of the unit that files (or of its divisions), and nobody leads anything."""
    members = list(trip.members.all())
    people = {member.person_id for member in members}
    if not members or None in people or any(member.rank != Rank.OFFICIAL for member in members):
        return False
    on = timezone.localdate(case.first_submitted_at) if case.first_submitted_at else timezone.localdate()
    held = Appointment.objects.on(on).filter(person__in=people)
    if held.filter(role__in=Role.LEADING).exists():
        return False
    own = held.filter(Q(unit=case.unit) | Q(unit__parent=case.unit))
    return people <= set(own.values_list("person_id", flat=True))
