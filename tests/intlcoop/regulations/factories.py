"""Rows for tests. The shipped rules are there too; `set_parameter` puts another value in their place."""

from __future__ import annotations

import datetime as dt
from typing import Any

import factory

from intlcoop.regulations.choices import HolidayKind, InstrumentKind, ParameterKey, Severity, Unit
from intlcoop.regulations.models import Holiday, Instrument, Parameter


class InstrumentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Instrument

    kind = InstrumentKind.DECISION
    symbol = factory.Sequence(lambda n: f"{n}/QĐ-MH")
    title = "Quy chế minh họa"
    issuer = "Bộ minh họa"


class ParameterFactory(factory.django.DjangoModelFactory):
    """The shipped row of the same key stands in the way, so end or delete that one first (`set_parameter`)."""

    class Meta:
        model = Parameter

    key = ParameterKey.MAX_DAYS
    value = 10
    unit = Unit.DAYS
    severity = Severity.WARN
    citation = "quy định minh họa"


class HolidayFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Holiday

    day = factory.Sequence(lambda n: dt.date(2050, 1, 1) + dt.timedelta(days=n))
    name_vi = "Ngày nghỉ minh họa"
    name_en = "Sample day off"
    kind = HolidayKind.DAY_OFF


def set_parameter(key: str, value: Any, **fields: Any) -> Parameter:
    """One row that holds always, instead of all rows of this key."""
    Parameter.objects.filter(key=key).delete()
    return ParameterFactory(key=key, value=value, **fields)
