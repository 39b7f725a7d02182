"""Decided trips, and requests to change them, on their way."""

from __future__ import annotations

import datetime as dt
from typing import Any

from delegations.choices import ChangeKind, SettlementReason
from delegations.models import OutboundDelegation, TripChange
from delegations.services import open_change, update_trip
from intlcoop.workflow import engine
from intlcoop.workflow.models import Case
from tests.delegations import factories as f

REASON = "Phía bạn đề nghị thay đổi."


def decided(ministry: Any, **fields: Any) -> OutboundDelegation:
    made = f.trip(ministry, **fields)
    f.walk_to_the_end(f.submit(made, ministry, fields.get("filer", "chuyenvien")), ministry)
    return again(made)


def again(trip: OutboundDelegation) -> OutboundDelegation:
    return OutboundDelegation.everything.select_related("case").get(pk=trip.pk)


def ask(ministry: Any, trip: OutboundDelegation, kind: str = ChangeKind.AMEND, **fields: Any) -> TripChange:
    values = {"reason_code": SettlementReason.HOST, "reason": REASON, **fields}
    if kind == ChangeKind.ONLINE:
        values.setdefault("online_starts_on", trip.departs_on)
    return open_change(trip, kind, actor=ministry.chuyenvien, fields=values)


def rewrite(ministry: Any, change: TripChange, **rows: Any) -> TripChange:
    """Write the version asked for: fields of the trip, and `members`, `legs`, `funding` as rows."""
    groups = {name: rows.pop(name) for name in ("members", "legs", "funding") if name in rows}
    version = OutboundDelegation.everything.get(case=change.case)
    update_trip(version, actor=ministry.chuyenvien, fields=rows, **groups)
    return TripChange.objects.get(pk=change.pk)


def later(trip: OutboundDelegation, days: int = 1) -> dt.date:
    assert trip.returns_on is not None
    return trip.returns_on + dt.timedelta(days=days)


def submit(ministry: Any, change: TripChange) -> Case:
    engine.fire(f.fresh(change.case), "submit", actor=ministry.chuyenvien)
    return f.fresh(change.case)


def put_in_force(ministry: Any, change: TripChange) -> TripChange:
    submit(ministry, change)
    f.walk_to_the_end(change.case, ministry)
    return TripChange.objects.select_related("case").get(pk=change.pk)
