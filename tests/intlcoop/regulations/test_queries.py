"""What a rule says on a day, in one question."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import translation

from intlcoop.regulations.choices import HolidayKind, ParameterKey, Unit
from intlcoop.regulations.models import Holiday, Parameter
from intlcoop.regulations.queries import ParameterMissing, calendar, legal_basis_text, parameter, parameters
from intlcoop.regulations.working_days import add_working_days
from tests.intlcoop.regulations.factories import HolidayFactory, InstrumentFactory, ParameterFactory, set_parameter

pytestmark = pytest.mark.django_db

DAY = dt.date(2026, 11, 22)


def test_a_parameter_comes_with_its_value_and_its_legal_basis(django_assert_num_queries):
    with django_assert_num_queries(1):
        found = parameter(ParameterKey.PASSPORT_RETURN, DAY)
        assert found.instrument.symbol == "49/2019/QH14"
    assert (found.key, found.value, found.unit) == (ParameterKey.PASSPORT_RETURN, 5, Unit.WORKING_DAYS)
    assert found.citation == "Luật 49/2019/QH14, Điều 23 khoản 3"
    assert not found.needs_check


def test_a_parameter_is_picked_by_the_day_and_both_ends_of_a_span_count():
    set_parameter(ParameterKey.MAX_DAYS, 10, valid_until=dt.date(2026, 6, 30))
    instrument = InstrumentFactory()
    ParameterFactory(value=8, valid_from=dt.date(2026, 7, 1), instrument=instrument)
    assert parameter(ParameterKey.MAX_DAYS, dt.date(2010, 1, 1)).value == 10
    assert parameter(ParameterKey.MAX_DAYS, dt.date(2026, 6, 30)).value == 10
    assert parameter(ParameterKey.MAX_DAYS, dt.date(2026, 7, 1)).value == 8
    assert parameter(ParameterKey.MAX_DAYS, dt.date(2099, 1, 1)).instrument == instrument


def test_a_day_without_a_value_is_said_not_guessed():
    set_parameter(ParameterKey.MAX_DAYS, 10, valid_from=dt.date(2026, 7, 1))
    with pytest.raises(ParameterMissing, match=r"outbound\.max_days has no value on 2026-06-30"):
        parameter(ParameterKey.MAX_DAYS, dt.date(2026, 6, 30))
    assert parameters([ParameterKey.MAX_DAYS], dt.date(2026, 6, 30)) == {}
    with pytest.raises(ParameterMissing):
        parameter("outbound.no_such_rule", DAY)


def test_several_parameters_cost_one_question(django_assert_num_queries):
    with django_assert_num_queries(1):
        found = parameters([ParameterKey.MAX_DAYS, ParameterKey.MAX_COUNTRIES, "outbound.no_such_rule"], DAY)
    assert {key: value.value for key, value in found.items()} == {"outbound.max_days": 10, "outbound.max_countries": 3}


def test_the_legal_basis_says_when_it_still_has_to_be_checked():
    certain = parameter(ParameterKey.PASSPORT_RETURN, DAY)
    weak = Parameter.objects.get(key=ParameterKey.DATE_SHIFT)
    with translation.override("en"):
        assert legal_basis_text(certain) == "according to Luật 49/2019/QH14, Điều 23 khoản 3"
        assert legal_basis_text(weak) == "according to giả định của hệ thống; to be checked"


def test_the_calendar_is_what_the_table_says_now(django_assert_num_queries):
    friday = dt.date(2026, 12, 11)
    assert add_working_days(friday, 1, calendar()) == dt.date(2026, 12, 14)
    HolidayFactory(day=dt.date(2026, 12, 14))
    HolidayFactory(day=dt.date(2026, 12, 12), kind=HolidayKind.WORKING_WEEKEND)
    with django_assert_num_queries(1):
        now = calendar()
    assert add_working_days(friday, 1, now) == dt.date(2026, 12, 12)
    assert add_working_days(friday, 2, now) == dt.date(2026, 12, 15)
    assert len(now.days_off) + len(now.working_weekend) == Holiday.objects.count()
