"""Who sees partners, and in which order."""

from __future__ import annotations

import pytest
import rules
from django.contrib.auth.models import AnonymousUser
from django.utils import translation

from agreements.models import Partner
from agreements.queries import find_partners
from tests.agreements.factories import PartnerFactory
from tests.intlcoop.catalogues.factories import country
from tests.intlcoop.people.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("active", [True, False])
def test_the_list_and_the_right_say_the_same(active):
    partner = PartnerFactory()
    user = UserFactory(is_active=active)
    assert (partner in Partner.objects.visible_to(user)) is active
    assert rules.has_perm("agreements.view_partner", user, partner) is active


def test_a_stranger_sees_nothing():
    PartnerFactory()
    assert not Partner.objects.visible_to(AnonymousUser())


def test_partners_stand_in_vietnamese_alphabetical_order():
    names = ["Ủy ban Dân tộc", "Đại sứ quán Ai-len", "Bộ Nội vụ", "Ân xá quốc tế", "Bộ Lao động", "Cục Lưu trữ"]
    for name in names:
        PartnerFactory(name_vi=name)
    assert [str(partner) for partner in Partner.objects.all()] == [
        "Ân xá quốc tế",
        "Bộ Lao động",
        "Bộ Nội vụ",
        "Cục Lưu trữ",
        "Đại sứ quán Ai-len",
        "Ủy ban Dân tộc",
    ]


def test_an_english_page_shows_the_english_name_where_there_is_one():
    named, unnamed = PartnerFactory(name_vi="Bộ Nội vụ", name_en="Ministry of Home Affairs"), PartnerFactory()
    with translation.override("en"):
        assert str(named) == "Ministry of Home Affairs"
        assert str(unnamed) == unnamed.name_vi


def test_a_partner_that_is_no_longer_chosen_is_still_found():
    partner = PartnerFactory(is_active=False)
    assert partner not in Partner.objects.active()
    assert partner in Partner.objects.search(partner.name_vi)


def test_the_search_box_finds_partners_with_their_country_and_keeps_to_its_limit(django_assert_num_queries):
    user = UserFactory()
    for iso2 in ("LA", "KH", "TH"):
        PartnerFactory(name_vi="Bộ Nội vụ", short_name="MOHA", country=country(iso2))
    with django_assert_num_queries(1):
        hits = find_partners(user, "moha", 2)
    assert len(hits) == 2
    assert {hit.note for hit in find_partners(user, "noi vu", 10)} == {"Lào", "Campuchia", "Thái Lan"}
    assert find_partners(AnonymousUser(), "moha", 10) == []
