"""Sample changes of decided trips: one that waits for the ICD, one draft of a longer stay, one trip moved online."""

from __future__ import annotations

import datetime as dt

from delegations.choices import ChangeKind, OutboundState, Purpose, SettlementReason
from delegations.models import OutboundDelegation, TripChange
from delegations.services import open_change, update_trip
from intlcoop.operations.demo import walking
from intlcoop.operations.demo.clock import at
from intlcoop.operations.demo.drafting import draft_decision
from intlcoop.operations.demo.samples import TripRow
from intlcoop.operations.demo.trips import Builder
from intlcoop.people.offices import kept_rosters
from intlcoop.regulations.working_days import add_working_days
from intlcoop.workflow import engine
from intlcoop.workflow.models import Case

MOVED_ONLINE = TripRow(
    title="Dự hội thảo về dịch vụ công cho đồng bào vùng cao tại Nepal", country="NP", city="Kathmandu",
    host="Bộ Liên bang và Hành chính Nepal", filed=-55, departs=20, length=3, until="decided", people=("chuyenvien3",),
    purpose=Purpose.CONFERENCE, text="Trao đổi kinh nghiệm cung cấp dịch vụ công cho vùng cao.",
)  # fmt: skip


def build(builder: Builder) -> int:
    """Make them on the trips that are there; returns how many trips were added."""
    trips = OutboundDelegation.objects.filter(case__created_by=builder.person("chuyenvien")).order_by("pk")
    with kept_rosters():
        with at(builder.today, dt.time(7, 30)):
            amend(builder, trips.filter(case__state=OutboundState.DECIDED).first())
            extend(builder, trips.filter(case__state=OutboundState.TRAVELLING).first())
        move_online(builder)
    return 1


def asked(builder: Builder, trip: OutboundDelegation, kind: str, code: str, reason: str, **more: object) -> TripChange:
    fields = {"reason_code": code, "reason": reason, **more}
    return open_change(trip, kind, actor=trip.case.created_by, fields=fields)


def amend(builder: Builder, trip: OutboundDelegation | None) -> None:
    """Back a day later: the unit's head has endorsed it, the ICD looks at it now."""
    if trip is None or trip.returns_on is None:
        return
    reason = "Ban tổ chức bổ sung một ngày làm việc tại địa phương (minh họa)."
    change = asked(builder, trip, ChangeKind.AMEND, SettlementReason.HOST, reason)
    later = trip.returns_on + dt.timedelta(days=1)
    update_trip(change.version, actor=trip.case.created_by, fields={"returns_on": later})
    walk(builder, change, steps=1)


def extend(builder: Builder, trip: OutboundDelegation | None) -> None:
    """Written from abroad and not submitted yet."""
    if trip is None or trip.returns_on is None:
        return
    reason = "Phía bạn bố trí thêm một buổi làm việc (minh họa)."
    change = asked(builder, trip, ChangeKind.EXTEND, SettlementReason.HOST, reason)
    later = trip.returns_on + dt.timedelta(days=1)
    update_trip(change.version, actor=trip.case.created_by, fields={"returns_on": later})


def move_online(builder: Builder) -> None:
    trip = builder.build(MOVED_ONLINE)
    trip = OutboundDelegation.objects.select_related("case__created_by").get(pk=trip.pk)
    day = add_working_days(builder.today, -6, builder.calendar)
    with at(day):
        reason = "Ban tổ chức chuyển hội thảo sang hình thức trực tuyến (minh họa)."
        days = {"online_starts_on": trip.departs_on, "online_ends_on": trip.departs_on}
        change = asked(builder, trip, ChangeKind.ONLINE, SettlementReason.ONLINE, reason, **days)
    walk(builder, change, since=day)


def walk(builder: Builder, change: TripChange, *, steps: int | None = None, since: dt.date | None = None) -> None:
    """Submit, then one decision a working day: as many as said, else to the end."""
    day = since or builder.today
    with at(day, dt.time(8)):
        engine.fire(Case.objects.get(pk=change.case.pk), "submit", actor=change.case.created_by)
    done = 0
    while (steps is None or done < steps) and (waiting := walking.open_steps(change.case)):
        day = min(add_working_days(day, 1, builder.calendar), builder.today)
        with at(day, dt.time(8, 30)):
            walking.agree(waiting[0], builder.person, draft=draft_decision)
        done += 1
