"""How does a stored value read in the history? Pure functions over the fields of a tracked model."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext

from intlcoop.audit.tracking import COMPUTED
from intlcoop.vietnamese.dates import table_date
from intlcoop.vietnamese.numbers import format_number

LONGEST = 300

#: Model class -> primary key -> what the row is called.
Names = Mapping[type[models.Model], Mapping[Any, str]]


def shown_fields(model: type[models.Model]) -> list[models.Field]:
    """The fields that a reader understands: those with a name of their own, without what the model hides.

    A model says `history_hidden = ("field", ...)` for fields that are named but mean nothing to a reader.
    """
    hidden = {*COMPUTED, *getattr(model, "history_hidden", ())}
    return [
        field
        for field in model._meta.concrete_fields
        if not field.primary_key
        and field.name not in hidden
        and field._verbose_name is not None  # type: ignore[attr-defined]  # Django keeps what the model gave
        and not getattr(field, "auto_now", False)
        and not getattr(field, "auto_now_add", False)
    ]


def label_of(field: models.Field) -> str:
    return str(capfirst(str(field.verbose_name)))


def text_of(field: models.Field, value: Any, names: Names) -> str:
    """The value as a page says it; "" for nothing."""
    if value is None or value == "" or value == []:
        return ""
    if isinstance(field, models.ForeignKey):
        related: Any = field.related_model
        return names.get(related, {}).get(value) or gettext("(removed)")
    if field.flatchoices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(value, list):
        inner = getattr(field, "base_field", field)
        return ", ".join(text_of(inner, each, names) for each in value)
    return Truncator(_plain(value)).chars(LONGEST)


def _plain(value: Any) -> str:
    match value:
        case bool():
            return gettext("yes") if value else gettext("no")
        case dt.datetime():
            local = timezone.localtime(value) if timezone.is_aware(value) else value
            return f"{local:%H:%M}, {table_date(local.date())}"
        case dt.date():
            return table_date(value)
        case Decimal() | int():
            return format_number(value)
        case dict():
            return "; ".join(f"{key}: {_plain(each)}" for key, each in value.items())
    return str(value)
