"""Taking over visits of the past: many at once, each with the line of the register that it was read from."""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction

from delegations.choices import DatePrecision
from delegations.models import ImportedVisit, InboundDelegation, InboundMember
from delegations.queries.visits import content_of_visit
from delegations.services.importing import line_comment
from delegations.visit_choices import GuestPart, VisitForm
from intlcoop.catalogues.models import CooperationField, Country
from intlcoop.people.models import OrgUnit
from intlcoop.vietnamese.folding import fold
from intlcoop.workflow.past import PastFile, move_past_files, open_past_files, record_past

if TYPE_CHECKING:
    from agreements.models import Partner
    from intlcoop.people.models import User


@dataclass(frozen=True, slots=True, kw_only=True)
class PastVisit:
    """One line of a register, understood. `source` fields are kept as they were written (models.ImportedVisit)."""

    line: int
    title: str
    unit: OrgUnit
    arrives_on: dt.date
    leaves_on: dt.date
    precision: str = DatePrecision.DAY
    partner: Partner | None = None
    body: str = ""
    country: Country | None = None
    purpose_text: str = ""
    topics: str = ""
    field: CooperationField | None = None
    persons: int | None = None
    host: str = ""
    host_rank: str = ""
    #: (name, post), the head first where `is_led`.
    guests: tuple[tuple[str, str], ...] = ()
    is_led: bool = False
    source: dict[str, str] = dataclasses.field(default_factory=dict)

    @property
    def fingerprint(self) -> str:
        """The same for the same visit, however its remarks were written."""
        head = self.guests[0][0] if self.guests else ""
        parts = [str(self.arrives_on), str(self.leaves_on), str(self.precision), fold(self.title)[:200], fold(head)]
        return hashlib.sha256(json.dumps([*parts, self.unit.pk], ensure_ascii=False).encode()).hexdigest()


@transaction.atomic
def add_past_visits(visits: Sequence[PastVisit], *, source: str, actor: User) -> list[InboundDelegation]:
    """Write these visits as completed files, each moved by the one transition "import" that names its line.

    The caller has checked right and doubles. A number of queries that does not depend on the number of visits.
    """
    visits = sorted(visits, key=lambda visit: (visit.arrives_on, visit.line))
    files = [PastFile(title=visit.title, unit=visit.unit, year=visit.arrives_on.year) for visit in visits]
    cases = open_past_files("inbound", files, actor=actor)
    rows = [InboundDelegation(case=case, **_fields(visit)) for case, visit in zip(cases, visits, strict=True)]
    made = InboundDelegation.objects.bulk_create(rows)
    pairs = list(zip(made, visits, strict=True))
    InboundMember.objects.bulk_create(row for one, visit in pairs for row in _guests(one, visit))
    ImportedVisit.objects.bulk_create(
        ImportedVisit(
            visit=one, source=source, line=visit.line, fingerprint=visit.fingerprint, read_by=actor, **visit.source
        )
        for one, visit in pairs
    )
    whole = InboundDelegation.objects.filter(pk__in=[one.pk for one in made]).select_related("case", "country")
    contents = {one.case_id: content_of_visit(one, one.case) for one in whole.prefetch_related("members")}
    record_past(cases, contents, actor=actor)
    move_past_files(cases, "import", [line_comment(source, visit.line, visit.source) for visit in visits], actor=actor)
    return made


def _fields(visit: PastVisit) -> dict[str, Any]:
    return {
        "form": VisitForm.FULL,
        "partner": visit.partner,
        "partner_text": "" if visit.partner else visit.body[:300],
        "country": visit.country,
        "arrives_on": visit.arrives_on,
        "leaves_on": visit.leaves_on,
        "date_precision": visit.precision,
        "purpose_text": visit.purpose_text[:4000],
        "topics": visit.topics[:4000],
        "field": visit.field,
        "persons": visit.persons,
        "host_name": visit.host[:200],
        "host_rank": visit.host_rank,
    }


def _guests(one: InboundDelegation, visit: PastVisit) -> list[InboundMember]:
    return [
        InboundMember(
            visit=one,
            full_name=name[:200],
            post=post[:200],
            part=GuestPart.HEAD if visit.is_led and position == 0 else GuestPart.MEMBER,
            position=position,
        )
        for position, (name, post) in enumerate(visit.guests)
    ]
