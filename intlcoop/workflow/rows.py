"""Fields and child rows of a file, checked and made equal to what was typed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from intlcoop.vietnamese.normalise import nfc
from intlcoop.workflow.refusals import Refused

Rows = Sequence[Mapping[str, Any]]


def sync_rows(manager: Any, parent_field: str, parent: models.Model, rows: Rows) -> None:
    """Make the child rows equal to `rows`: removed first, so that "one head" never trips over the order of saving."""
    existing = {row.pk: row for row in manager.all()}
    kept = {row["id"] for row in rows if row.get("id") in existing}
    for pk, row in existing.items():
        if pk not in kept:
            row.delete()
    changed = [(existing.get(row.get("id")), position, row) for position, row in enumerate(rows)]
    # A head who steps down is saved before the one who steps up.
    for instance, position, row in sorted(changed, key=lambda item: item[2].get("part") == "head"):
        values = {field: value for field, value in row.items() if field != "id"} | {"position": position}
        if instance is None:
            instance = manager.model(**{parent_field: parent})
        elif all(getattr(instance, field) == value for field, value in values.items()):
            continue
        write(instance, values)


def write(instance: models.Model, values: Mapping[str, Any]) -> None:
    """Take these values over, look at the row as a whole, keep it. Raises Refused."""
    for field, value in values.items():
        setattr(instance, field, value)
    clean(instance)
    instance.save()


def write_typed(
    instance: Any, values: Mapping[str, Any], *, words_of: Callable[[Any], str], many: Sequence[str] = ()
) -> None:
    """Take over what was typed, with the words by which the row is found; `many` are links, set once it is kept.

    Raises Refused.
    """
    for field, value in values.items():
        if field not in many:
            setattr(instance, field, nfc(value) if isinstance(value, str) else value)
    instance.search_text = words_of(instance)
    clean(instance)
    instance.save()
    for field in many:
        if field in values:
            getattr(instance, field).set(values[field])


def clean(instance: models.Model) -> None:
    try:
        instance.full_clean()
    except ValidationError as error:
        raise Refused(sentences(error)) from error


def sentences(error: ValidationError) -> list[str]:
    return list(dict.fromkeys(error.messages))


def values_of(row: models.Model, names: Iterable[str]) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names}
