"""Writes on trips. None of them changes a state: that is `fire()`'s."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

import rules
from django.db import transaction
from django.utils.translation import gettext as _

from delegations.models import OutboundDelegation
from intlcoop.people.models import OrgUnit
from intlcoop.people.principals import own_unit
from intlcoop.workflow import engine
from intlcoop.workflow.refusals import NotAllowed
from intlcoop.workflow.rows import Rows, sync_rows, values_of, write
from intlcoop.workflow.services import open_case, record_content

if TYPE_CHECKING:
    from agreements.models import InternationalAgreement
    from intlcoop.people.models import User

#: Fields of a trip that a copy takes over: not the days, the plan line, the letters or what was said for the first one.
COPIED = (
    "mode",
    "principal",
    "is_inter_agency",
    "host_partner",
    "inviting_body",
    "purpose",
    "purpose_text",
    "expected_result",
    "field",
    "programme",
    "host_pays_all",
)


@transaction.atomic
def create_trip(
    title: str,
    unit: OrgUnit,
    *,
    actor: User,
    fields: Mapping[str, Any] | None = None,
    members: Rows = (),
    legs: Rows = (),
    funding: Rows = (),
    is_sample: bool = False,
) -> OutboundDelegation:
    """A new trip file. A title is enough (A3). Raises NotAllowed for people who file no trips, Refused for bad values."""
    if not rules.has_perm("delegations.add_trip", actor):
        raise NotAllowed(_("You may not file trips."))
    case = open_case("outbound", title=title, unit=unit, actor=actor, is_sample=is_sample)
    trip = OutboundDelegation(case=case)
    write(trip, fields or {})
    save_rows(trip, members=members, legs=legs, funding=funding)
    record_content(case, actor=actor)
    return trip


@transaction.atomic
def update_trip(
    trip: OutboundDelegation,
    *,
    actor: User,
    title: str | None = None,
    fields: Mapping[str, Any] | None = None,
    members: Rows | None = None,
    legs: Rows | None = None,
    funding: Rows | None = None,
    agreements: Iterable[InternationalAgreement] | None = None,
    expected_version: int | None = None,
) -> OutboundDelegation:
    """Change a trip; decisions that no longer cover it reopen (workflow.services.record_content).

    Rows given replace the rows there are: those with an "id" are changed, the others added, the missing ones removed.
    Raises NotAllowed, Conflict (somebody else saved meanwhile), Refused (sentences per problem).
    """
    locked = engine.lock(trip.case, expected_version=expected_version)
    trip.case = locked
    if not rules.has_perm("delegations.edit_trip", actor, trip):
        raise NotAllowed(_("This file can no longer be changed here."))
    write(trip, fields or {})
    save_rows(trip, members=members, legs=legs, funding=funding)
    if agreements is not None:
        trip.agreements.set(agreements)
    record_content(locked, actor=actor, title=title)
    return trip


@transaction.atomic
def copy_trip(trip: OutboundDelegation, *, actor: User) -> OutboundDelegation:
    """ "Sao chép hồ sơ cũ": a new draft with people, places and purpose of an old trip, without its days and letters."""
    unit = own_unit(actor) or trip.case.unit
    return create_trip(
        trip.case.title,
        unit,
        actor=actor,
        fields={name: getattr(trip, name) for name in COPIED},
        members=[
            values_of(row, ("person", "full_name", "post", "body", "rank", "part", "member_class"))
            for row in trip.members.all()
        ],
        legs=[values_of(row, ("country", "city", "note")) for row in trip.legs.all()],
        funding=[values_of(row, ("source", "amount", "currency", "note")) for row in trip.funding.all()],
    )


@transaction.atomic
def mark_highlight(trip: OutboundDelegation, *, is_highlight: bool, text: str, actor: User) -> None:
    """Say whether and how the year-end report names this trip. Binds nothing, so it is open after the decision too."""
    if not rules.has_perm("delegations.mark_highlight", actor, trip):
        raise NotAllowed(_("Only the ICD marks highlights."))
    trip.is_highlight, trip.highlight_text = is_highlight, text.strip()
    trip.save(update_fields=["is_highlight", "highlight_text"])


def save_rows(trip: OutboundDelegation, **groups: Rows | None) -> None:
    for name, rows in groups.items():
        if rows is not None:
            sync_rows(getattr(trip, name), "delegation", trip, rows)
