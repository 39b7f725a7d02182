"""Taking over trips of the past: many at once, each with the line of the register that it was read from."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import transaction

from delegations.choices import DatePrecision, Mode, Part
from delegations.models import DelegationMember, FundingItem, ImportedTrip, ItineraryLeg, OutboundDelegation
from delegations.queries import content_of
from intlcoop.catalogues.models import Country, Currency
from intlcoop.people.models import OrgUnit
from intlcoop.vietnamese.folding import fold
from intlcoop.workflow.past import PastFile, move_past_files, open_past_files, record_past

if TYPE_CHECKING:
    from intlcoop.people.models import User


@dataclass(frozen=True, slots=True, kw_only=True)
class PastMember:
    full_name: str
    post: str = ""
    rank: str
    part: str = Part.MEMBER
    person: User | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PastTrip:
    """One line of a register, understood. `source` fields are kept as they were written (models.ImportedTrip)."""

    line: int
    title: str
    unit: OrgUnit
    departs_on: dt.date
    returns_on: dt.date
    precision: str = DatePrecision.DAY
    mode: str = Mode.LED
    principal: str = ""
    purpose: str = ""
    purpose_text: str = ""
    inviting_body: str = ""
    out_of_plan_reason: str = ""
    host_pays_all: bool = False
    members: tuple[PastMember, ...] = ()
    places: tuple[tuple[Country, str], ...] = ()
    money: tuple[tuple[str, Decimal, Currency, str], ...] = ()
    source: dict[str, str] = field(default_factory=dict)

    @property
    def fingerprint(self) -> str:
        """The same for the same trip, however its money or remarks were written."""
        head = next((member.full_name for member in self.members if member.part == Part.HEAD), "")
        parts = [
            str(self.departs_on),
            str(self.returns_on),
            str(self.precision),
            sorted({country.iso2 for country, _city in self.places}),
            fold(head),
            self.unit.pk,
            fold(self.purpose_text or self.title)[:200],
        ]
        return hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()


@transaction.atomic
def add_past_trips(trips: Sequence[PastTrip], *, source: str, actor: User) -> list[OutboundDelegation]:
    """Write these trips as completed files, each moved by the one transition "import" that names its line.

    The caller has checked right and doubles. A number of queries that does not depend on the number of trips.
    """
    trips = sorted(trips, key=lambda trip: (trip.departs_on, trip.line))
    files = [PastFile(title=trip.title, unit=trip.unit, year=trip.departs_on.year) for trip in trips]
    cases = open_past_files("outbound", files, actor=actor)
    rows = [OutboundDelegation(case=case, **_fields(trip)) for case, trip in zip(cases, trips, strict=True)]
    made = OutboundDelegation.objects.bulk_create(rows)
    pairs = list(zip(made, trips, strict=True))
    DelegationMember.objects.bulk_create(row for one, trip in pairs for row in _members(one, trip))
    ItineraryLeg.objects.bulk_create(row for one, trip in pairs for row in _legs(one, trip))
    FundingItem.objects.bulk_create(row for one, trip in pairs for row in _funding(one, trip))
    ImportedTrip.objects.bulk_create(
        ImportedTrip(
            delegation=one, source=source, line=trip.line, fingerprint=trip.fingerprint, read_by=actor, **trip.source
        )
        for one, trip in pairs
    )
    whole = OutboundDelegation.objects.filter(pk__in=[one.pk for one in made])
    contents = {
        trip.case_id: content_of(trip, trip.case)
        for trip in whole.select_related("case").prefetch_related("members", "legs__country", "funding__currency")
    }
    record_past(cases, contents, actor=actor)
    move_past_files(cases, "import", [line_comment(source, trip.line, trip.source) for trip in trips], actor=actor)
    return made


def _fields(trip: PastTrip) -> dict[str, Any]:
    return {
        "mode": trip.mode,
        "principal": trip.principal[:200],
        "departs_on": trip.departs_on,
        "returns_on": trip.returns_on,
        "date_precision": trip.precision,
        "purpose": trip.purpose,
        "purpose_text": trip.purpose_text[:4000],
        "inviting_body": trip.inviting_body[:300],
        "out_of_plan_reason": trip.out_of_plan_reason,
        "host_pays_all": trip.host_pays_all,
    }


def _members(one: OutboundDelegation, trip: PastTrip) -> list[DelegationMember]:
    return [
        DelegationMember(
            delegation=one,
            person=member.person,
            full_name=member.full_name[:120],
            post=member.post[:160],
            body=str(trip.unit)[:200] if member.person else "",
            rank=member.rank,
            part=member.part,
            position=position,
        )
        for position, member in enumerate(trip.members)
    ]


def _legs(one: OutboundDelegation, trip: PastTrip) -> list[ItineraryLeg]:
    return [
        ItineraryLeg(delegation=one, country=country, city=city, position=position)
        for position, (country, city) in enumerate(trip.places)
    ]


def _funding(one: OutboundDelegation, trip: PastTrip) -> list[FundingItem]:
    return [
        FundingItem(delegation=one, source=source, amount=amount, currency=currency, note=note[:200], position=position)
        for position, (source, amount, currency, note) in enumerate(trip.money)
    ]


def line_comment(source: str, line: int, written: Mapping[str, str] | None = None) -> str:
    """Where a file of the past comes from: Vietnamese, as everything that stays in a file."""
    labels = (("request_paper", "Văn bản xin phép"), ("permission_paper", "Văn bản cho phép"))
    papers = [f"{label}: {written[name]}." for name, label in labels if written and written.get(name)]
    return " ".join([f"Nhập từ sổ theo dõi “{source}”, dòng {line}.", *papers])
