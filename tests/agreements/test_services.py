"""A partner is written once, under whatever spelling."""

from __future__ import annotations

import pytest
from django.db import IntegrityError

from agreements.choices import PartnerKind
from agreements.models import Partner
from agreements.services import PartnerExists, create_partner, update_partner
from tests.agreements.factories import PartnerFactory
from tests.intlcoop.catalogues.factories import country
from tests.intlcoop.people.factories import UserFactory

pytestmark = pytest.mark.django_db


def test_a_partner_is_written_tidily_and_remembers_who_added_it():
    actor = UserFactory()
    partner = create_partner(
        name_vi="  Bo\u0323\u0302  Nội vụ ", kind=PartnerKind.FOREIGN_MINISTRY, country=country("KH"), actor=actor
    )
    partner.refresh_from_db()
    assert partner.name_vi == "Bộ Nội vụ"
    assert partner.country.iso2 == "KH"
    assert partner.proposed_by == actor
    assert partner.is_active


@pytest.mark.parametrize("spelling", ["Cục Văn thư, lưu trữ", "CỤC VĂN THƯ - LƯU TRỮ", "cuc van thu luu tru"])
def test_the_same_name_in_the_same_country_is_the_same_partner(spelling):
    first = PartnerFactory(name_vi="Cục Văn thư, lưu trữ")
    with pytest.raises(PartnerExists, match="Cục Văn thư, lưu trữ") as refusal:
        PartnerFactory(name_vi=spelling)
    assert refusal.value.partner == first
    assert Partner.objects.count() == 1


def test_the_same_name_elsewhere_is_another_partner():
    PartnerFactory(name_vi="Bộ Nội vụ")
    PartnerFactory(name_vi="Bộ Nội vụ", country=country("KH"))
    assert Partner.objects.count() == 2


def test_an_international_organisation_is_there_once_too():
    PartnerFactory(name_vi="UNDP", country=None, kind=PartnerKind.UN_AGENCY)
    with pytest.raises(PartnerExists):
        PartnerFactory(name_vi="Undp", country=None, kind=PartnerKind.UN_AGENCY)


def test_after_a_refusal_the_same_transaction_goes_on():
    first = PartnerFactory(name_vi="UNDP", country=None)
    with pytest.raises(PartnerExists):
        PartnerFactory(name_vi="UNDP", country=None)
    assert Partner.objects.get() == first


def test_a_change_writes_only_what_was_named_and_moves_the_partner_in_list_and_search():
    partner = PartnerFactory(name_vi="Bộ Nội vụ", name_en="Ministry of Home Affairs")
    proposer = partner.proposed_by
    update_partner(partner, name_vi="Ủy ban Dân tộc", is_active=False, actor=UserFactory())
    partner.refresh_from_db()
    assert (partner.name_vi, partner.name_en, partner.is_active) == (
        "Ủy ban Dân tộc",
        "Ministry of Home Affairs",
        False,
    )
    assert partner.proposed_by == proposer
    assert list(Partner.objects.search("uy ban")) == list(Partner.objects.search("home affairs")) == [partner]
    assert not Partner.objects.search("nội vụ")


def test_a_partner_cannot_be_renamed_to_another_but_keeps_its_own_name():
    PartnerFactory(name_vi="Bộ Nội vụ")
    other = PartnerFactory(name_vi="Ủy ban Dân tộc")
    with pytest.raises(PartnerExists):
        update_partner(other, name_vi="Bộ nội vụ", actor=UserFactory())
    assert Partner.objects.get(pk=other.pk).name_vi == "Ủy ban Dân tộc"
    update_partner(Partner.objects.get(pk=other.pk), name_vi="Ủy Ban Dân Tộc", actor=UserFactory())


def test_another_breach_is_not_taken_for_a_double():
    with pytest.raises(IntegrityError, match="partner_kind_known"):
        PartnerFactory(kind="no_such_kind")
