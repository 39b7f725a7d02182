from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django import forms
from django.template import Context, Engine
from django.utils import formats, translation

LANGUAGES = ["vi", "en"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("typed", ["05/11/2026", "05-11-2026", "05.11.2026", "2026-11-05", "5/11/2026"])
def test_a_form_reads_the_day_before_the_month(language, typed):
    with translation.override(language):
        assert forms.DateField().clean(typed) == dt.date(2026, 11, 5)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_month_before_the_day_is_refused(language):
    with translation.override(language), pytest.raises(forms.ValidationError):
        forms.DateField().clean("11/25/2026")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("typed", ["05/11/2026 14:30", "14:30 05/11/2026", "2026-11-05T14:30"])
def test_a_form_reads_day_and_time(language, typed):
    with translation.override(language):
        value = forms.DateTimeField().clean(typed)
    assert (value.day, value.month, value.hour, value.minute) == (5, 11, 14, 30)


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_print_vietnamese_dates_and_numbers(language):
    with translation.override(language):
        page = (
            Engine()
            .from_string("{{ day }} {{ number }}")
            .render(Context({"day": dt.date(2026, 11, 5), "number": Decimal("1234.5")}))
        )
        grouped = formats.number_format(Decimal("1234567.5"), use_l10n=True, force_grouping=True)
    assert page == "05/11/2026 1234,5"
    assert grouped == "1.234.567,5"


@pytest.mark.parametrize("language", LANGUAGES)
def test_weeks_start_on_monday(language):
    assert formats.get_format("FIRST_DAY_OF_WEEK", lang=language) == 1
