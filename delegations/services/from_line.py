"""A trip that begins as its line of the plan describes it. What the line leaves open stays open."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from delegations.choices import Mode, Part
from delegations.guards import is_open
from delegations.models import OutboundDelegation, PlanLine
from delegations.services.trips import create_trip
from intlcoop.people.offices import rank_of, title_of
from intlcoop.people.principals import own_unit
from intlcoop.workflow.refusals import NotAllowed, Refused

if TYPE_CHECKING:
    from intlcoop.people.models import User

MONTHS_PER_QUARTER = 3


@transaction.atomic
def create_trip_from_line(line: PlanLine, *, actor: User, title: str = "") -> OutboundDelegation:
    """ "Lập đoàn ra từ dòng này". Raises NotAllowed, Refused for a line that stands for no outbound delegation (any more)."""
    unit = own_unit(actor)
    if unit is None:
        raise NotAllowed(_("You may not file trips."))
    if not is_open(line):
        raise Refused(
            _("This line of the plan does not stand for an outbound delegation, so no trip is filed from it.")
        )
    return create_trip(
        title or line.title,
        unit,
        actor=actor,
        fields={"mode": Mode.LED, "plan_line": line, **fields_of_line(line)},
        members=members_of_line(line),
        legs=[{"country": country} for country in line.countries.all()],
        is_sample=line.is_sample,
    )


def fields_of_line(line: PlanLine) -> dict[str, Any]:
    """Fields of a trip that the line knows; what cannot be chosen any more is left out."""
    found: dict[str, Any] = {
        "purpose": line.purpose,
        "purpose_text": line.purpose_text,
        "inviting_body": line.partner_text,
    }
    if line.field is not None and line.field.is_active:
        found["field"] = line.field
    if line.partner is not None and line.partner.is_active:
        found["host_partner"] = line.partner
    return {name: value for name, value in found.items() if value}


def members_of_line(line: PlanLine) -> list[dict[str, Any]]:
    """The leader whom the line names, as head, with post, unit and rank of the planned time."""
    if line.leader is None:
        return []
    on = planned_day(line)
    appointment = line.leader.appointments.on(on).select_related("unit").order_by("valid_from", "pk").first()
    return [
        {
            "person": line.leader,
            "full_name": line.leader.full_name,
            "post": title_of(appointment) if appointment else "",
            "body": appointment.unit.name_vi if appointment else "",
            "rank": rank_of(line.leader, on),
            "part": Part.HEAD,
        }
    ]


def planned_day(line: PlanLine) -> dt.date:
    """The first day of the planned month or quarter, or today if that has passed or is not known."""
    month = line.month or (line.quarter and (line.quarter - 1) * MONTHS_PER_QUARTER + 1)
    today = timezone.localdate()
    return max(today, dt.date(line.plan.year, month, 1)) if month else today
