"""Records of meetings: what the page of a file shows of them, and what they give a commitment and a new record to start with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from agreements.queries import commitments
from delegations.models import InboundDelegation, MeetingRecord, OutboundDelegation
from delegations.queries.promises import is_key, one_line
from delegations.queries.visits import body_words, host_words
from delegations.visit_choices import GuestPart
from intlcoop.people.models import User

if TYPE_CHECKING:
    from intlcoop.workflow.models import Case

#: Before the keys of rows that commitments were born in: the record, and the point of it.
KEY = "bb"


def key_of(record: MeetingRecord, point: Any = None) -> str:
    return f"{KEY}-{record.pk}-{point.pk}" if point is not None else f"{KEY}-{record.pk}"


def prefill(case: Case, key: str) -> dict[str, Any]:
    """The form of a commitment from a point of a meeting record."""
    parts = key.split("-")
    if parts[0] != KEY or not all(is_key(part) for part in parts[1:]) or len(parts) not in (2, 3):
        return {}
    record = MeetingRecord.objects.filter(case=case, pk=int(parts[1])).select_related("partner").first()
    if record is None:
        return {}
    point = record.points.filter(pk=int(parts[2])).first() if len(parts) == 3 else None
    text = point.text if point is not None else ""
    title = one_line(text)
    return {"partner": record.partner, "title": title, "detail": text if title.endswith("…") else ""}


def record_promises(record: MeetingRecord, user: User) -> dict[str, Any]:
    """Each point with its commitments and with where another one is written down; and those of the record as a whole."""
    lines = [
        line for line in commitments.born_in(record.case, user)
        if line.born_key == key_of(record) or line.born_key.startswith(f"{key_of(record)}-")
    ]  # fmt: skip
    number = record.case.number
    points = list(record.points.all())
    for point in points:
        key = key_of(record, point)
        point.promises = [line for line in lines if line.born_key == key]  # type: ignore[attr-defined]
        point.promise_url = commitments.new_url(user, tu=number, dong=key)  # type: ignore[attr-defined]
    return {
        "points": points,
        "promises": lines,
        "promise_url": commitments.new_url(user, tu=number, dong=key_of(record)),
    }


def begun_record(case: Case, user: User) -> dict[str, Any]:
    """What is known of a meeting before anybody wrote it down."""
    if case.kind == "outbound":
        return begun_abroad(case.outbound, user)
    if case.kind != "inbound":
        return {"title": case.title, "secretary": user.full_name}
    visit: InboundDelegation = case.inbound
    return {
        "title": case.title,
        "held_on": visit.meeting_on or visit.arrives_on,
        "starts": visit.meeting_time,
        "place": visit.meeting_place,
        "partner": visit.partner,
        "chair": host_words(visit),
        "secretary": user.full_name,
        "our_side": "\n".join(part for part in (host_words(visit), visit.our_side) if part),
        "their_side": "\n".join(guests_in_words(visit)),
        "topics": visit.topics,
    }


def begun_abroad(trip: OutboundDelegation, user: User) -> dict[str, Any]:
    """We are the guests: our side is the delegation, and whoever invited it keeps the minutes as a rule."""
    members = list(trip.members.all())
    return {
        "title": trip.case.title,
        "held_on": trip.departs_on,
        "partner": trip.host_partner,
        "chair": trip.inviting_body,
        "secretary": user.full_name,
        "our_side": "\n".join(
            ", ".join(filter(None, (each.full_name, each.post, each.body))) for each in members[:100]
        ),
        "their_side": trip.inviting_body or str(trip.host_partner or ""),
        "minutes_due": False,
    }


def guests_in_words(visit: InboundDelegation) -> list[str]:
    """One line per guest, the head first: name, post, body."""
    order = {GuestPart.HEAD: 0, GuestPart.DEPUTY_HEAD: 1}
    members = sorted(visit.members.all(), key=lambda each: (order.get(GuestPart(each.part), 2), each.position, each.pk))
    body = body_words(visit)
    return [
        ", ".join(
            filter(None, (" ".join(filter(None, (each.honorific, each.full_name))), each.post, each.body or body))
        )
        for each in members[:100]
    ]
