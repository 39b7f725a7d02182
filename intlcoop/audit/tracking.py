"""How is every change of a row remembered, so that nobody can rewrite the memory?

Triggers copy each inserted, changed and deleted row into an event table with the context of the request. The database
refuses UPDATE, DELETE and TRUNCATE on these tables. Rooms below this one use `pghistory.track` itself and get the same
protection, because `guard_event_tables` walks over all event tables.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

import pghistory
import pgtrigger
from django.db.models import Model

ModelClass = TypeVar("ModelClass", bound=type[Model])

#: Computed from other columns of the same row: they would only repeat each change.
COMPUTED = ("sort_key", "search_text")


def tracked(*, bulk: bool = False, exclude: Iterable[str] = (), **options: Any) -> Callable[[ModelClass], ModelClass]:
    """Decorator: keep the history of this model's rows. Takes what `pghistory.track` takes.

    `bulk=True` for tables that are written by the thousand: one trigger call per statement instead of one per row.
    Computed columns (COMPUTED) are left out.
    """
    if bulk:
        options["level"] = pghistory.Statement

    def decorate(model: ModelClass) -> ModelClass:
        computed = [field.name for field in model._meta.local_fields if field.name in COMPUTED]
        pghistory.track(exclude=[*exclude, *computed], **options)(model)
        return model

    return decorate


def no_truncate() -> pgtrigger.Trigger:
    """TRUNCATE empties a table without firing row triggers, so it has a guard of its own."""
    return pgtrigger.Trigger(
        name="no_truncate",
        level=pgtrigger.Statement,
        when=pgtrigger.Before,
        operation=pgtrigger.Truncate,
        func="RAISE EXCEPTION 'pgtrigger: Cannot truncate rows from % table', TG_TABLE_NAME;",
    )


def append_only() -> list[pgtrigger.Trigger]:
    """For `Meta.triggers` of a log of our own: rows may be added, never changed, deleted or emptied away."""
    return [
        pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
        no_truncate(),
    ]


def guard_event_tables() -> None:
    """Give every event table of every room its TRUNCATE guard. Called once, when all models are known."""
    for model in pghistory.core.event_models():
        pgtrigger.register(no_truncate())(model)
