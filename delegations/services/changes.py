"""Writes on requests to change a decided trip. None of them changes a state: that is `fire()`'s."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import rules
from django.db import IntegrityError, models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from delegations.choices import ChangeKind, SettlementReason
from delegations.event_choices import EventFormat
from delegations.models import InternationalEvent, OutboundDelegation, TripChange
from delegations.queries.changes import content_before
from delegations.services.estimates import copy_estimate
from intlcoop.workflow import engine
from intlcoop.workflow.models import Case
from intlcoop.workflow.refusals import NotAllowed, Refused
from intlcoop.workflow.rows import clean, sync_rows, write
from intlcoop.workflow.services import lock_to_edit, mark_submitted, open_case, record_content

if TYPE_CHECKING:
    from intlcoop.people.models import User

#: What a version does not take from its trip nor give back to it: identity, history, and what others say of the trip.
OWN = frozenset(
    {"id", "case", "amends", "is_highlight", "highlight_text", "unnamed_in_source", "date_precision", "settled_reason"}
)
#: The rows of a trip, and by what a row of the new version is known to be one of the old.
ROWS: Mapping[str, Callable[[Any], Any]] = {
    "members": lambda row: row.person_id or row.full_name,
    "legs": lambda row: row.country_id,
    "funding": lambda row: (row.source, row.currency_id),
}


@transaction.atomic
def open_change(trip: OutboundDelegation, kind: str, *, actor: User, fields: Mapping[str, Any]) -> TripChange:
    """A new request on a decided trip, with a copy of its content to be written anew.

    Raises NotAllowed, Refused (another request is under way, only a longer stay can be asked for, bad values).
    """
    locked = engine.lock(trip.case)
    trip = OutboundDelegation.objects.get(pk=trip.pk)
    trip.case = locked
    if not rules.has_perm("delegations.open_change", actor, trip):
        raise NotAllowed(_("A trip is changed by the unit that filed it, between the decision and the return."))
    if (other := TripChange.objects.open().filter(delegation=trip).select_related("case").first()) is not None:
        raise Refused(
            _("Another change of this trip is under way already (%(number)s). Finish or drop it first.")
            % {"number": other.case.number}
        )
    case = open_case("trip_change", title=locked.title, unit=locked.unit, actor=actor, is_sample=locked.is_sample)
    copy_content(trip, OutboundDelegation(case=case, amends=trip))
    change = TripChange(case=case, delegation=trip, kind=kind, before=content_before(trip), **fields)
    clean(change)
    try:
        with transaction.atomic():
            change.save()
    except IntegrityError as error:
        raise Refused(_("Another change of this trip is under way already.")) from error
    record_content(case, actor=actor)
    return change


@transaction.atomic
def update_change(
    change: TripChange, *, actor: User, fields: Mapping[str, Any], expected_version: int | None = None
) -> TripChange:
    """Say something else of the request itself: reason, form of the decision, days online. Raises NotAllowed, Conflict,
    Refused."""
    change.case = lock_to_edit(change.case, actor=actor, expected_version=expected_version)
    write(change, fields)
    record_content(change.case, actor=actor)
    return change


def close_change(change: TripChange, *, in_force: bool) -> None:
    """No longer under way: another one can be opened."""
    change.closed_at = timezone.now()
    change.applied_at = change.closed_at if in_force else None
    change.save(update_fields=["closed_at", "applied_at"])


@transaction.atomic
def apply_version(change: TripChange, *, trip_case: Case) -> None:
    """Make the trip what the new version says: fields, members, stays and money. The decision on it has been issued.

    Rows that stand in both keep their identity, so that what hangs on them (a visa, a task) stays with its person.
    """
    trip = OutboundDelegation.objects.get(pk=change.delegation_id)
    trip.case = trip_case
    copy_content(change.version, trip)
    record_content(trip_case, actor=change.case.created_by, title=change.case.title)


def settle_trip(trip: OutboundDelegation, reason_code: str) -> None:
    """Remember why a trip was put off or called off; "" when it is taken up again."""
    trip.settled_reason = reason_code
    trip.save(update_fields=["settled_reason"])


@transaction.atomic
def create_online_event(change: TripChange) -> InternationalEvent:
    """The event that is held online in place of a trip (W000-07). Whoever asked for it has filed it."""
    trip, filer = change.version, change.case.created_by
    case = open_case(
        "event", title=change.case.title, unit=change.case.unit, actor=filer, is_sample=change.case.is_sample
    )
    event = InternationalEvent(
        case=case,
        format=EventFormat.ONLINE,
        starts_on=change.online_starts_on,
        ends_on=change.online_ends_on or change.online_starts_on,
        host_partner=trip.host_partner,
        host_text=trip.inviting_body,
        mechanism=change.online_mechanism,
        content=trip.purpose_text,
        trip=change.delegation,
    )
    clean(event)
    event.save()
    mark_submitted(case)
    record_content(case, actor=filer)
    return event


def copy_content(source: OutboundDelegation, target: OutboundDelegation) -> None:
    """All that a trip says, from one row to another: fields, then members, stays, money and its estimate."""
    for name in names_of(OutboundDelegation, OWN):
        setattr(target, name, getattr(source, name))
    clean(target)
    target.save()
    for name, identity in ROWS.items():
        manager = getattr(target, name)
        columns = names_of(manager.model, {"id", "delegation", "position"})
        there = defaultdict(list)
        for row in manager.all():
            there[identity(row)].append(row.pk)
        rows = [
            {column: getattr(row, column) for column in columns}
            | {"id": there[identity(row)].pop(0) if there[identity(row)] else None}
            for row in getattr(source, name).all()
        ]
        sync_rows(manager, "delegation", target, rows)
    copy_estimate(OutboundDelegation.everything.get(pk=source.pk), OutboundDelegation.everything.get(pk=target.pk))


def names_of(model: type[models.Model], without: frozenset[str] | set[str]) -> list[str]:
    return [field.name for field in model._meta.concrete_fields if field.name not in without]


def reason_of(change: TripChange) -> str:
    """What statistics say of a trip that did not take place: held online instead, else the reason given."""
    return str(SettlementReason.ONLINE if change.kind == ChangeKind.ONLINE else change.reason_code)
