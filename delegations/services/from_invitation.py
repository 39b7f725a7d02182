"""A trip that begins with what an open invitation says (U002-04)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from agreements.models import OpenInvitation
from agreements.services.invitations import note_trip
from delegations.choices import Mode
from delegations.models import OutboundDelegation
from delegations.services.trips import create_trip
from intlcoop.people.principals import own_unit
from intlcoop.workflow.refusals import NotAllowed

if TYPE_CHECKING:
    from intlcoop.people.models import User


@transaction.atomic
def create_trip_from_invitation(invitation: OpenInvitation, *, actor: User, title: str = "") -> OutboundDelegation:
    """ "Lập đoàn ra từ thư mời"; the board then shows the trip with the unit. Raises NotAllowed, Refused."""
    unit = own_unit(actor)
    if unit is None:
        raise NotAllowed(_("You may not file trips."))
    trip = create_trip(
        title or invitation.title,
        unit,
        actor=actor,
        fields={"mode": Mode.LED, **fields_of(invitation)},
        legs=legs_of(invitation),
        is_sample=invitation.is_sample,
    )
    note_trip(invitation, trip.case, actor=actor)
    return trip


def fields_of(invitation: OpenInvitation) -> dict[str, Any]:
    """Fields of a trip that the invitation knows. The days of travel lie around those of the activity: the unit says them."""
    found: dict[str, Any] = {
        "host_partner": invitation.partner if invitation.partner and invitation.partner.is_active else None,
        "inviting_body": invitation.organiser,
        "departs_on": invitation.starts_on,
        "returns_on": invitation.ends_on,
        "purpose_text": invitation.content[:4000],
    }
    fields = list(invitation.fields.filter(is_active=True)[:2])
    if len(fields) == 1:
        found["field"] = fields[0]
    return {name: value for name, value in found.items() if value}


def legs_of(invitation: OpenInvitation) -> list[dict[str, Any]]:
    if invitation.country is None or invitation.country.iso2 == "VN":
        return []
    days = {"arrives_on": invitation.starts_on, "leaves_on": invitation.ends_on}
    return [{"country": invitation.country, "city": invitation.place[:120], **days}]
