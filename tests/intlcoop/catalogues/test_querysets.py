"""What may be chosen, and what somebody meant by what they typed."""

from __future__ import annotations

import pytest

from intlcoop.catalogues.models import Country
from tests.intlcoop.catalogues.factories import CountryFactory, country

pytestmark = pytest.mark.django_db


def codes(text: str) -> set[str]:
    return set(Country.objects.search(text).values_list("iso2", flat=True))


@pytest.mark.parametrize(
    ("text", "iso2"),
    [
        ("Thụy Sĩ", "CH"),
        ("thuỵ sĩ", "CH"),
        ("thuy si", "CH"),
        ("Thụy Sỹ", "CH"),
        ("switzerland", "CH"),
        ("úc", "AU"),
        ("ô-xtrây-li-a", "AU"),
        ("Ôxtrâylia", "AU"),
        ("Bănglađét", "BD"),
        ("Aixơlen", "IS"),
        ("Mỹ", "US"),
        ("my", "US"),
        ("băng la đét", "BD"),
        ("bang", "BD"),
        ("Đông Timo", "TL"),
        ("dong ti-mo", "TL"),
        ("hồng kông", "HK"),
        ("DPRK", "KP"),
        ("kor", "KR"),
        ("anh vuong quoc", "GB"),
        ("Cộng hòa Liên bang Đức", "DE"),
        ("LA\u0300O", "LA"),
    ],
)
def test_a_country_is_found_by_its_names_aliases_and_codes_without_accents(text, iso2):
    assert iso2 in codes(text)


def test_only_beginnings_of_words_are_found():
    assert "TH" not in codes("lan an")  # Thái Lan has no word that begins with "an"
    assert codes("nigeria") == {"NG"}


def test_an_empty_search_finds_all_and_nonsense_finds_none():
    assert len(codes("")) == len(codes("  %_ ")) == Country.objects.count()
    assert codes("không có nước này") == set()


def test_a_retired_country_stays_but_is_no_longer_offered():
    retired = CountryFactory(is_active=False)
    assert retired in Country.objects.all()
    assert retired not in Country.objects.active()
    assert country("LA") in Country.objects.active()


def test_nobody_travels_abroad_to_viet_nam():
    assert country("VN") not in Country.objects.abroad()
    assert Country.objects.abroad().count() == Country.objects.count() - 1
