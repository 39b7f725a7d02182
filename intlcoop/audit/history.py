"""Who changed what, when? The row history of a file and of what hangs on it, as a page can print it."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import pghistory
from django.contrib.auth import get_user_model
from django.db import models
from django.db.models import Q
from django.utils.text import capfirst
from django.utils.translation import gettext

from intlcoop.audit.wording import Names, label_of, shown_fields, text_of


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field, what it said and what it says; "" where it said nothing."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryEntry:
    """One change of one row. `kind` is insert, update or delete, `action` says it in words; `url` is where it was asked
    for, `view` by which view ("delegations:submit"), both empty for the system's own work."""

    at: dt.datetime
    actor_name: str
    kind: str
    action: str
    subject: str
    changes: tuple[FieldChange, ...]
    url: str = ""
    view: str = ""


def entries_for(
    instances: Iterable[models.Model],
    *,
    follow: Iterable[tuple[type[models.Model], str]] = (),
    limit: int | None = None,
) -> list[HistoryEntry]:
    """The history of these rows, newest first.

    `follow` names tables whose rows hang on them by a foreign key, also those that are gone:
    `entries_for([trip, trip.case], follow=[(DelegationMember, "delegation"), (Step, "case")])`. Costs a query per event
    table, one for the people and one per table that a changed field points to. Updates that change nothing a reader
    understands are left out.
    """
    keys: dict[type[models.Model], list[Any]] = defaultdict(list)
    for instance in instances:
        keys[_concrete(type(instance))].append(instance.pk)
    wanted = {model: Q(pgh_obj_id__in=own) for model, own in keys.items()}
    links: dict[type[models.Model], set[str]] = defaultdict(set)
    for model, link in follow:
        target: Any = model._meta.get_field(link).related_model
        hanging = Q(**{f"{link}__in": keys.get(_concrete(target), [])})
        links[_concrete(model)].add(link)
        wanted[_concrete(model)] = wanted.get(_concrete(model), Q()) | hanging
    events = [event for model, condition in wanted.items() for event in _events(model, condition)]
    actors = _actors(events)
    names = _names(events)
    entries = [_entry(event, before, actors, names, links) for event, before in _with_previous(events)]
    # Rows of one transaction share their time: the last written stands first, table by table.
    found = [entry for entry in reversed(entries) if entry is not None]
    found.sort(key=lambda entry: entry.at, reverse=True)
    return found[:limit]


def _concrete(model: type[models.Model]) -> type[models.Model]:
    return model._meta.concrete_model or model


def _events(model: type[models.Model], condition: Q) -> list[Any]:
    tables = pghistory.core.event_models(tracks_model=model)
    return [event for table in tables for event in table._default_manager.filter(condition).order_by("pgh_id")]


def _with_previous(events: list[Any]) -> Iterable[tuple[Any, Any]]:
    """Each event with the one before it of the same row (None for the first)."""
    last: dict[Any, Any] = {}
    for event in events:
        key = (type(event), event.pgh_obj_id)
        yield event, last.get(key)
        last[key] = event


def _entry(
    event: Any, before: Any, actors: dict[int, str], names: Names, links: dict[type[models.Model], set[str]]
) -> HistoryEntry | None:
    model = type(event).pgh_tracked_model
    # The one link by which a row was found says nothing new; with several, each says which.
    hidden = links[model] if len(links[model]) == 1 else set()
    fields = [field for field in shown_fields(model) if field.name not in hidden and hasattr(event, field.attname)]
    changes = _changes(event, before, fields, names) if event.pgh_label != "delete" else ()
    if event.pgh_label == "update" and not changes:
        return None
    context = event.pgh_context or {}
    return HistoryEntry(
        at=event.pgh_created_at,
        actor_name=actors.get(_number(context.get("user")), "") or gettext("The system"),
        kind=event.pgh_label,
        action=_action(event.pgh_label),
        subject=_subject(event, model, fields if links[model] else [], names),
        changes=changes,
        url=str(context.get("url", "")),
        view=str(context.get("action", "")),
    )


def _changes(event: Any, before: Any, fields: list[models.Field], names: Names) -> tuple[FieldChange, ...]:
    found = []
    for field in fields:
        was = getattr(before, field.attname) if before is not None else None
        now = getattr(event, field.attname)
        change = FieldChange(label_of(field), text_of(field, was, names), text_of(field, now, names))
        if change.before != change.after:
            found.append(change)
    return tuple(found)


def _action(label: str) -> str:
    match label:
        case "insert":
            return gettext("Added")
        case "delete":
            return gettext("Removed")
    return gettext("Changed")


def _subject(event: Any, model: Any, fields: list[models.Field], names: Names) -> str:
    """What was changed: the kind of thing, and for rows that hang on another one (with `fields`) also which of them.

    A model says `history_name = ("field", ...)` where its first text or link is not what people call it by.
    """
    kind = str(capfirst(str(model._meta.verbose_name)))
    wanted = getattr(model, "history_name", ())
    telling = [field for field in fields if field.name in wanted] or list(filter(_names_something, fields))[:1]
    name = " · ".join(filter(None, (text_of(field, getattr(event, field.attname), names) for field in telling)))
    return f"{kind}: {name}" if name else kind


def _names_something(field: models.Field) -> bool:
    return isinstance(field, models.ForeignKey) or (isinstance(field, models.CharField) and not field.choices)


def _actors(events: list[Any]) -> dict[int, str]:
    ids = {_number((event.pgh_context or {}).get("user")) for event in events} - {0}
    people = get_user_model()._default_manager.filter(pk__in=ids) if ids else []
    return {person.pk: str(person) for person in people}


def _number(value: Any) -> int:
    """The id in a context; 0 for anything that is none."""
    return value if isinstance(value, int) else int(value) if str(value).isdigit() else 0


def _names(events: list[Any]) -> Names:
    """What the rows are called that foreign keys of these events point to. One query per table."""
    wanted: dict[type[models.Model], set[Any]] = defaultdict(set)
    for event in events:
        for field in shown_fields(type(event).pgh_tracked_model):
            if isinstance(field, models.ForeignKey) and getattr(event, field.attname, None) is not None:
                related: Any = field.related_model
                wanted[related].add(getattr(event, field.attname))
    return {
        model: {pk: str(row) for pk, row in model._default_manager.in_bulk(list(keys)).items()}
        for model, keys in wanted.items()
    }
