"""Taking over events of the past: many at once, each moved by the one transition that names its line."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction

from agreements.choices import SessionStatus
from agreements.models import MeetingSeries
from agreements.services.meetings import keep_session_of_file, note_session
from delegations.choices import DatePrecision
from delegations.event_choices import EventFormat, EventKind, EventRole
from delegations.models import InternationalEvent
from delegations.queries.event_content import event_content
from delegations.services.events import SEARCHED
from delegations.services.importing import line_comment
from intlcoop.catalogues.models import Country
from intlcoop.catalogues.searching import search_text
from intlcoop.people.models import OrgUnit
from intlcoop.vietnamese.folding import fold
from intlcoop.workflow.past import PastFile, move_past_files, open_past_files, record_past

if TYPE_CHECKING:
    from intlcoop.people.models import User


@dataclass(frozen=True, slots=True, kw_only=True)
class PastEvent:
    """One line of a register, understood."""

    line: int
    title: str
    unit: OrgUnit
    starts_on: dt.date
    ends_on: dt.date
    precision: str = DatePrecision.DAY
    kind: str = EventKind.CONFERENCE
    role: str = EventRole.ATTEND
    format: str = EventFormat.IN_PERSON
    place: str = ""
    country: Country | None = None
    host_text: str = ""
    mechanism: str = ""
    series: MeetingSeries | None = None
    session_number: int | None = None
    vietnamese_count: int | None = None
    foreign_count: int | None = None
    theme: str = ""
    result: str = ""

    @property
    def likeness(self) -> tuple[str, dt.date]:
        """The same for the same event, however its remarks were written."""
        return (fold(self.title), self.starts_on)


@transaction.atomic
def add_past_events(events: Sequence[PastEvent], *, source: str, actor: User) -> list[InternationalEvent]:
    """Write these events as files that are over. The caller has checked right and doubles. Raises Refused for a session
    that has its file already."""
    events = sorted(events, key=lambda event: (event.starts_on, event.line))
    files = [PastFile(title=event.title, unit=event.unit, year=event.starts_on.year) for event in events]
    cases = open_past_files("event", files, actor=actor)
    rows = [InternationalEvent(case=case, **_fields(event, source)) for case, event in zip(cases, events, strict=True)]
    for row in rows:
        row.search_text = search_text(*(getattr(row, name) for name in SEARCHED))
    made = InternationalEvent.objects.bulk_create(rows)
    for row, event in zip(made, events, strict=True):
        if event.series is not None:
            _place(row, event)
    record_past(cases, {case.pk: event_content(case) for case in cases}, actor=actor)
    for name, hosted in (("import", True), ("import_attended", False)):
        chosen = [(row.case, event) for row, event in zip(made, events, strict=True) if row.is_hosted is hosted]
        if chosen:
            comments = [line_comment(source, event.line) for _case, event in chosen]
            move_past_files([case for case, _event in chosen], name, comments, actor=actor)
    return made


def _fields(event: PastEvent, source: str) -> dict[str, Any]:
    names = (
        "kind", "role", "format", "country", "vietnamese_count", "foreign_count", "starts_on", "ends_on",
    )  # fmt: skip
    texts = {"place": 300, "host_text": 300, "mechanism": 300, "theme": 600, "result": 4000}
    return {
        **{name: getattr(event, name) for name in names},
        **{name: getattr(event, name)[:longest] for name, longest in texts.items()},
        "date_precision": event.precision,
        "source_text": f"{source}, dòng {event.line}"[:300],
    }


def _place(row: InternationalEvent, event: PastEvent) -> None:
    assert event.series is not None  # asked by the caller
    session = keep_session_of_file(
        event.series,
        event.session_number,
        current=None,
        case=row.case,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        place=row.place,
        format=row.format,
        hosted=row.is_hosted,
        unit=row.case.unit,
    )
    row.session = session
    row.save(update_fields=["session"])
    if session.status == SessionStatus.PLANNED:
        note_session(session, SessionStatus.HELD)
