"""What the database refuses, whoever asks."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from intlcoop.regulations.choices import HolidayKind, ParameterKey
from intlcoop.regulations.models import Instrument, Parameter
from tests.intlcoop.regulations.factories import HolidayFactory, InstrumentFactory, ParameterFactory, set_parameter

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "span",
    [
        {},
        {"valid_from": dt.date(2026, 6, 30)},
        {"valid_until": dt.date(2026, 1, 1)},
        {"valid_from": dt.date(2026, 2, 1), "valid_until": dt.date(2026, 2, 1)},
    ],
)
def test_a_parameter_has_one_value_a_day(span):
    set_parameter(ParameterKey.MAX_DAYS, 10, valid_from=dt.date(2026, 1, 1), valid_until=dt.date(2026, 6, 30))
    with pytest.raises(IntegrityError, match="parameter_one_value_at_a_time"):
        ParameterFactory(value=8, **span)


def test_spans_that_only_touch_do_not_overlap():
    set_parameter(ParameterKey.MAX_DAYS, 10, valid_from=dt.date(2026, 1, 1), valid_until=dt.date(2026, 6, 30))
    ParameterFactory(value=8, valid_until=dt.date(2025, 12, 31))
    ParameterFactory(value=9, valid_from=dt.date(2026, 7, 1))


def test_a_parameter_knows_on_which_days_it_holds():
    bounded = Parameter(valid_from=dt.date(2026, 1, 1), valid_until=dt.date(2026, 6, 30))
    assert [bounded.holds_on(dt.date(2026, month, 1)) for month in (1, 6, 7)] == [True, True, False]
    assert Parameter().holds_on(dt.date(1990, 1, 1))
    assert not Parameter(valid_from=dt.date(2026, 1, 2)).holds_on(dt.date(2026, 1, 1))


def test_the_form_says_in_words_that_two_values_overlap():
    twin = Parameter.objects.get(key=ParameterKey.MAX_DAYS)
    twin.pk, twin.value = None, 7
    with pytest.raises(ValidationError) as refusal:
        twin.full_clean()
    assert refusal.value.messages


@pytest.mark.parametrize(
    "wrong",
    [
        {"effective_from": dt.date(2026, 2, 1), "effective_to": dt.date(2026, 1, 31)},
        {"symbol": "30/2020/NĐ-CP"},
    ],
)
def test_an_instrument_is_there_once_and_ends_after_it_begins(wrong):
    with pytest.raises(IntegrityError):
        InstrumentFactory(**wrong)


def test_an_instrument_does_not_replace_itself():
    instrument = InstrumentFactory()
    instrument.replaced_by = instrument
    with pytest.raises(IntegrityError, match="instrument_not_replaced_by_itself"):
        instrument.save()


def test_an_instrument_is_called_by_its_kind_and_symbol():
    assert str(Instrument.objects.get(symbol="30/2020/NĐ-CP")).endswith(" 30/2020/NĐ-CP")


@pytest.mark.parametrize(
    "wrong",
    [
        {"day": dt.date(2026, 2, 17)},
        {"day": dt.date(2026, 12, 14), "kind": HolidayKind.WORKING_WEEKEND},
    ],
)
def test_a_day_is_listed_once_and_only_weekends_are_swapped_in(wrong):
    with pytest.raises(IntegrityError):
        HolidayFactory(**wrong)
