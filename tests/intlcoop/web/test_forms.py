from __future__ import annotations

import datetime as dt
import unicodedata
from decimal import Decimal

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import translation

from intlcoop.people.models import User
from intlcoop.web.forms import AmountField, DayField, LineField, LongTextField, PortalForm, field_for
from tests.intlcoop.web.pages import TripForm


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("typed", ["05/11/2026", "5/11/2026", "05-11-2026", "05.11.2026", "2026-11-05", " 05/11/2026 "])
def test_day_comes_before_month(typed, language):
    with translation.override(language):
        assert DayField().clean(typed) == dt.date(2026, 11, 5)


@pytest.mark.parametrize(
    "typed", ["31/02/2026", "13/13/2026", "25/11", "ngày mai", "25/11/26", "1/1/0206", "1/1/9999", "x" * 500]
)
def test_what_is_no_date_is_quoted_back(typed):
    with pytest.raises(ValidationError) as error:
        DayField().clean(typed)
    assert typed[:40] in error.value.messages[0]


def test_blank_day_is_none_when_it_may_be():
    assert DayField(required=False).clean("  ") is None
    with pytest.raises(ValidationError):
        DayField().clean(" ")


def test_day_shows_itself_as_it_is_typed_in_both_languages():
    for language in ("vi", "en"):
        with translation.override(language):
            form = TripForm(initial={"starts_on": dt.date(2026, 11, 5)})
            assert 'value="05/11/2026"' in str(form["starts_on"])


def test_same_day_in_another_spelling_is_no_change():
    assert not DayField().has_changed(dt.date(2026, 11, 5), "5.11.2026")
    assert DayField().has_changed(dt.date(2026, 11, 5), "6.11.2026")
    assert DayField().has_changed(dt.date(2026, 11, 5), "nonsense")


@pytest.mark.parametrize(
    ("typed", "amount"),
    [("1.234.567,5", "1234567.5"), ("1234567,5", "1234567.5"), ("1 234 567", "1234567"), ("0", "0"), ("12", "12")],
)
def test_amounts_are_vietnamese(typed, amount):
    assert AmountField(max_digits=18, decimal_places=2).clean(typed) == Decimal(amount)


@pytest.mark.parametrize("typed", ["1,234,567", "1234.5", "1e9", "NaN", "Infinity", "một triệu", "--1"])
def test_what_may_mean_something_else_is_no_amount(typed):
    with pytest.raises(ValidationError):
        AmountField(max_digits=18, decimal_places=2).clean(typed)


def test_amount_too_long_for_the_column_is_refused():
    with pytest.raises(ValidationError):
        AmountField(max_digits=6, decimal_places=2).clean("1.234.567")


def test_amount_shows_itself_grouped():
    assert 'value="1.234.567,5"' in str(TripForm(initial={"cost": Decimal("1234567.50")})["cost"])


def test_text_is_composed_and_on_one_line():
    typed = unicodedata.normalize("NFD", " Nguyễn\u00a0 Thị\nÁnh\u200b ")
    assert LineField().clean(typed) == "Nguyễn Thị Ánh"


def test_long_text_keeps_its_lines():
    assert LongTextField().clean("một\r\nhai") == "một\nhai"


@pytest.mark.parametrize("field", [LineField(max_length=5), LongTextField(max_length=5)])
def test_too_long_says_both_lengths_and_nothing_is_cut_silently(field):
    with pytest.raises(ValidationError) as error:
        field.clean("sáu chữ")
    assert "5" in error.value.messages[0]
    assert "7" in error.value.messages[0]
    assert "maxlength" not in field.widget.attrs


def test_model_fields_get_our_fields():
    chosen = {
        LineField: models.CharField("x", max_length=20),
        LongTextField: models.TextField("x"),
        DayField: models.DateField("x"),
        AmountField: models.DecimalField("x", max_digits=9, decimal_places=2),
    }
    for expected, db_field in chosen.items():
        assert type(field_for(db_field)) is expected
    assert field_for(models.CharField("x", max_length=20)).max_length == 20
    assert field_for(models.CharField("x", max_length=2, choices=[("a", "A")])).choices
    assert type(field_for(models.DateTimeField("x"))).__name__ == "DateTimeField"


def test_errors_stand_on_top_with_links_and_beside_the_field(page):
    text = page.post("/mau/bieu-mau/", {"title": "x" * 51, "starts_on": "31/02/2026", **rows(2)}).text
    assert 'href="#id_title"' in text
    assert 'href="#id_starts_on"' in text
    assert 'id="id_starts_on_error"' in text
    assert 'value="31/02/2026"' in text
    assert "x" * 51 in text


def test_help_and_errors_are_told_to_screen_readers(page):
    text = page.post("/mau/bieu-mau/", {**rows(0)}).text
    assert 'aria-describedby="id_title_helptext id_title_error"' in text
    assert 'aria-invalid="true"' in text


def test_error_in_a_row_names_the_row_once(page):
    data = {"title": "Dự hội nghị", "starts_on": "5/11/2026", "mode": "led", **rows(2)}
    text = page.post("/mau/bieu-mau/", {**data, "members-1-name": "x" * 300}).text
    assert text.count("data-error-summary") == 1
    assert 'href="#id_members-1-name"' in text


def test_required_is_a_word(page):
    assert 'class="required-word"' in page.get("/mau/bieu-mau/").text


def test_folded_part_opens_when_something_in_it_is_wrong(page):
    assert (
        page.get("/mau/bieu-mau/").text.count("<details")
        < page.post("/mau/bieu-mau/", {"hotel": "x" * 300, **rows(0)}).text.count("<details") + 1
    )
    assert "open>" in page.post("/mau/bieu-mau/", {"hotel": "x" * 300, **rows(0)}).text
    assert "open>" not in page.get("/mau/bieu-mau/").text


def test_forged_row_count_is_an_error_and_not_a_crash(page):
    assert page.post("/mau/bieu-mau/", {"members-TOTAL_FORMS": "x"}).status_code == 200
    assert page.post("/mau/bieu-mau/", {}).status_code == 200


def rows(count: int) -> dict[str, str]:
    return {"members-TOTAL_FORMS": str(count), "members-INITIAL_FORMS": "0"}


def test_an_empty_choice_is_one_dash_in_every_list():
    class Sort(PortalForm):
        country = forms.ModelChoiceField(queryset=User.objects.none(), required=False)
        named = forms.ModelChoiceField(queryset=User.objects.none(), required=False, empty_label="Tất cả")
        kind = models.CharField(max_length=1, choices=[("a", "A")], blank=True).formfield()
        own = forms.ChoiceField(choices=[("", "không"), ("a", "A")])

    first = {name: next(iter(field.choices))[1] for name, field in Sort().fields.items()}
    assert first == {"country": "—", "named": "Tất cả", "kind": "—", "own": "không"}
    assert "---------" not in Sort().as_p()
