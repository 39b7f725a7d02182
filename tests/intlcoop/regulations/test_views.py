"""The page on which everybody reads the rules."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse

from intlcoop.regulations.choices import ParameterKey
from intlcoop.regulations.models import Holiday, Instrument, Parameter
from tests.intlcoop.people.factories import UserFactory, build_ministry
from tests.intlcoop.regulations.factories import ParameterFactory, set_parameter

pytestmark = pytest.mark.django_db
PAGE = "/quan-tri/quy-dinh/"


@pytest.fixture
def page(client):
    client.force_login(UserFactory(language="en"))
    client.cookies["django_language"] = "en"
    return client


def test_a_stranger_is_sent_to_the_login(client):
    assert reverse("regulations:rule_list") == PAGE
    assert client.get(PAGE).url.startswith("/dang-nhap")


def test_every_rule_stands_there_with_its_basis(page):
    text = page.get(PAGE).content.decode()
    for parameter in Parameter.objects.all():
        assert parameter.citation in text, parameter
    for instrument in Instrument.objects.all():
        assert instrument.symbol in text, instrument


def test_what_is_not_certain_is_marked(page):
    marked = page.get(PAGE).content.decode().count("badge-status is-waiting")
    shown = Holiday.objects.filter(day__year__in=[2026, 2027], needs_check=True)
    uncertain = [model.objects.filter(needs_check=True).count() for model in (Parameter, Instrument)]
    assert marked == sum(uncertain) + shown.count()


def test_a_dated_value_says_since_when_and_stands_beside_its_key(page):
    set_parameter(ParameterKey.MAX_DAYS, 10, valid_until=dt.date(2026, 6, 30))
    ParameterFactory(value=8, valid_from=dt.date(2026, 7, 1))
    lines = page.get(PAGE).context["parameters"]
    keys = [row.key for row, _value in lines]
    assert keys[0] == ParameterKey.LEAD_TIME
    first = keys.index(ParameterKey.MAX_DAYS)
    assert [row.value for row, _value in lines[first : first + 2]] == [10, 8]
    text = page.get(PAGE).content.decode()
    assert "until 30/06/2026" in text
    assert "from 01/07/2026" in text


def test_the_page_costs_the_same_however_many_rules_there_are(page, django_assert_max_num_queries):
    page.get(PAGE)
    with django_assert_max_num_queries(8):
        page.get(PAGE)


def test_nothing_can_be_sent_to_the_page(page):
    assert page.post(PAGE, {"value": 3}).status_code == 405


def test_the_rail_leads_there_for_those_who_work_with_the_rules(client):
    ministry = build_ministry()
    for person, shown in [(ministry.icd_officer, True), (ministry.administrator, True), (ministry.staff, False)]:
        client.force_login(person)
        response = client.get(PAGE)
        assert response.status_code == 200
        assert (f'<a href="{PAGE}"' in response.content.decode()) is shown, person
