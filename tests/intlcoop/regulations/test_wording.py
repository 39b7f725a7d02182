"""Values in words, in both languages, whatever somebody stored."""

from __future__ import annotations

import pytest
from django.utils import translation

from intlcoop.regulations.choices import Unit
from intlcoop.regulations.wording import value_text


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (20, Unit.WORKING_DAYS, "20 working days"),
        (1, Unit.PERSONS, "1 person"),
        (3, Unit.COUNTRIES, "3 countries"),
        ({"from": "12-15", "until": "12-14"}, Unit.PERIOD, "15/12 of the year before to 14/12"),
        ({"from": "01-01", "until": "12-31"}, Unit.PERIOD, "01/01 to 31/12"),
        ("twenty", Unit.DAYS, "twenty (unreadable)"),
        (None, "no_such_unit", "None (unreadable)"),
        (True, Unit.DAYS, "True (unreadable)"),
        ({"from": "12-15"}, Unit.PERIOD, "{'from': '12-15'} (unreadable)"),
    ],
)
def test_a_value_is_said_as_people_say_it(value, unit, text):
    with translation.override("en"):
        assert value_text(value, unit) == text


UNCOUNTED = {Unit.PERIOD, Unit.DAY_OF_YEAR, Unit.WORDS}


def test_days_of_the_year_and_words_read_as_people_write_them():
    assert value_text("05-01", Unit.DAY_OF_YEAR) == "01/05"
    assert value_text(["công ước", "hiệp ước"], Unit.WORDS) == "công ước, hiệp ước"


def test_every_unit_has_words():
    assert not any("unreadable" in value_text(2, unit) for unit in set(Unit.values) - UNCOUNTED)
