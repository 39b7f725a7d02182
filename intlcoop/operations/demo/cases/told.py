"""Writing down what a source tells: work, events and partners of the past, each moved by the one transition that names it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from agreements.models import MeetingSession, Partner, Programme
from agreements.services import create_partner
from agreements.services.programmes import save_programme
from delegations.choices import DatePrecision
from delegations.event_choices import EventFormat, EventRole, EventState
from delegations.models import InternationalEvent
from delegations.services import create_event
from delegations.workflows.event import EVENT
from intlcoop.catalogues.models import Country
from intlcoop.operations.demo.cases.house import House
from intlcoop.people.models import User
from intlcoop.workflow import engine
from intlcoop.workflow.lifecycle import Lifecycle
from intlcoop.workflow.models import Case
from reports.models import RecordedTotal, WorkItem
from reports.services import create_work, record_total, save_lines
from reports.workflows.work import LIFECYCLE as WORK


def take_over(case: Case, lifecycle: Lifecycle, transition: str, source: str, actor: User) -> None:
    """History enters with one decision that says where it comes from."""
    locked = engine.lock(case)
    if locked.first_submitted_at is None:
        locked.first_submitted_at = locked.submitted_at = locked.created_at
        locked.save(update_fields=["first_submitted_at", "submitted_at"])
    engine.apply(locked, lifecycle[transition], actor=actor, comment=f"Nhập từ nguồn: {source}.")


def work(
    house: House,
    kind: str,
    title: str,
    source: str,
    *,
    unit: str = "HTQT",
    done: bool = True,
    lines: Mapping[str, Sequence[Mapping[str, Any]]] | None = None,
    **fields: Any,
) -> WorkItem:
    """An item of other work; `done`: the source speaks of it as past. `lines`: opinions, conclusions."""
    item = create_work(
        kind, title, house.units[unit], actor=house.keeper, fields={"source_text": source, **fields}, is_sample=True
    )
    for name, rows in (lines or {}).items():
        item = save_lines(item, name, rows, actor=house.keeper)
    if done:
        take_over(item.case, WORK, "import", source, house.records)
    return item


def total(house: House, key: str, value: int, source: str, *, until: dt.date, quote: str = "") -> RecordedTotal:
    """A total as of a day, of which the source does not say since when it was counted."""
    fields = {"key": key, "value": value, "last_day": until, "source_text": source, "quote": quote}
    return record_total(None, actor=house.keeper, fields=fields, is_sample=True)


def event_of(house: House, session: MeetingSession, kind: str, title: str, source: str) -> InternationalEvent:
    """The event that a session of a series was, or is to be, as exactly as the source knows its day."""
    hosted, held = session.part == EventRole.HOST, session.status == EventState.HELD
    assert session.on is not None  # every session of a source has at least its year
    event = create_event(
        title,
        house.icd,
        actor=house.keeper,
        fields={
            "kind": kind,
            "role": EventRole.HOST if hosted else EventRole.ATTEND,
            "format": EventFormat.UNKNOWN,
            "starts_on": session.on,
            "ends_on": session.last_on,
            "date_precision": DatePrecision(session.precision),
            "mechanism_ref": session.series.mechanism,
            "source_text": source,
            "source_says_held": session.source_says_held,
        },
        is_sample=True,
    )
    event.session = session
    event.save(update_fields=["session"])
    session.case = event.case
    session.save(update_fields=["case"])
    if held:
        take_over(event.case, EVENT, "import" if hosted else "import_attended", source, house.records)
    return event


def partner(house: House, name: str, kind: str, *, country: str = "", **fields: Any) -> Partner:
    """A body that the source names."""
    where = Country.objects.filter(iso2=country).first() if country else None
    return create_partner(name_vi=name, kind=kind, country=where, actor=house.keeper, is_sample=True, **fields)


def programme(house: House, name: str, kind: str, **fields: Any) -> Programme:
    """A scheme or programme; what the source does not say of it (years, decision) stays open."""
    known = {"name_vi": name, "kind": kind, "lead_unit": house.icd, **fields}
    return save_programme(None, actor=house.keeper, fields=known, is_sample=True)
