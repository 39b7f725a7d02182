"""Names in the language of the page, and codes that cannot be entered twice."""

from __future__ import annotations

import pytest
from django.db import IntegrityError
from django.utils import translation

from tests.intlcoop.catalogues.factories import CountryFactory, country, currency, field

pytestmark = pytest.mark.django_db


def test_a_name_follows_the_language_of_the_page():
    rows = [country("KH"), currency("VND"), field("religion")]
    assert [str(row) for row in rows] == ["Campuchia", "Đồng Việt Nam", "Tôn giáo"]
    with translation.override("en"):
        assert [str(row) for row in rows] == ["Cambodia", "Vietnamese dong", "Religion"]


@pytest.mark.parametrize("same", [{"iso2": "FR"}, {"iso3": "FRA"}, {"name_vi": "Pháp"}, {"name_en": "France"}])
def test_a_country_is_there_once(same):
    with pytest.raises(IntegrityError):
        CountryFactory(**same)
