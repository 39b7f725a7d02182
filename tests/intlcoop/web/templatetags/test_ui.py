from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.template import Context, Template
from django.utils import translation

from intlcoop.web.display import Badge, Tone

DAY = dt.date(2026, 11, 25)


def rendered(source: str, **context: object) -> str:
    return Template(source).render(Context(context)).strip()


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("{{ value|day }}", "25/11/2026"),
        ("{{ value|day_range:later }}", "25/11/2026 – 28/11/2026"),
        ("{{ value|day_range:none }}", "25/11/2026"),
        ("{{ moment|moment }}", "10:42, 25/11/2026"),
        ("{{ none|day }}", ""),
        ("{{ amount|number }}", "1.234.567,5"),
        ("{{ 1234567|money }}", "1.234.567 VND"),
        ('{{ amount|money:"USD" }}', "1.234.567,50 USD"),
        ("{{ none|money }}", ""),
        ("{{ 5|padded }} {{ 12|padded }} {{ 1234|padded }}", "05 12 1.234"),
        ('{% file_number "DR-2026-0012" %}', "ĐR-2026-0012"),
    ],
)
def test_formats_are_vietnamese_in_both_languages(language, source, text):
    midnight_side = dt.datetime(2026, 11, 25, 3, 42, tzinfo=dt.UTC)  # 10:42 in Hanoi
    context = {"value": DAY, "later": dt.date(2026, 11, 28), "none": None, "amount": Decimal("1234567.5")}
    with translation.override(language):
        assert rendered(source, moment=midnight_side, **context) == text


def test_weekday_is_in_the_language_of_the_page():
    assert rendered("{{ value|weekday_day }}", value=DAY) == "Thứ Tư, 25/11/2026"
    with translation.override("en"):
        assert rendered("{{ value|weekday_day }}", value=DAY) == "Wednesday, 25/11/2026"


def test_day_of_a_moment_is_the_day_in_hanoi():
    late_evening = dt.datetime(2026, 12, 31, 17, 30, tzinfo=dt.UTC)
    assert rendered("{{ value|day }}", value=late_evening) == "01/01/2027"


def test_status_has_a_word_a_shape_and_a_tone():
    html = rendered("{% status_badge badge %}", badge=Badge("Quá hạn <b>", Tone.LATE))
    assert "is-late" in html
    assert "<svg" in html
    assert "Quá hạn &lt;b&gt;" in html


@pytest.mark.parametrize(("days", "tone"), [(5, "days-left"), (2, "is-waiting"), (0, "is-waiting"), (-1, "is-late")])
def test_days_left_are_marked_when_soon_and_when_late(days, tone):
    assert tone in rendered("{% days_left days %}", days=days)


def test_no_due_date_says_nothing():
    assert rendered("{% days_left days %}", days=None) == ""


def test_icon_is_hidden_from_screen_readers():
    assert 'aria-hidden="true"' in rendered('{% icon "bell" %}')


def test_dialog_escapes_its_title_and_keeps_its_content():
    html = rendered('{% dialog "x" title %}<p>{{ title }}</p>{% enddialog %}', title="<i>")
    assert html.count("&lt;i&gt;") == 2
    assert "<p>" in html
