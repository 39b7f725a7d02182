"""A partner and an agreement are chosen by typing: names are offered, the one that was meant is found, others are said."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from agreements.choosing import AgreementField, PartnerField
from agreements.models import InternationalAgreement
from agreements.services import create_partner, merge_partners
from tests.agreements.agreed import agreement

pytestmark = pytest.mark.django_db


@pytest.fixture
def two(world):
    made = (("Viện Lưu trữ Thử nghiệm", "archive"), ("Viện Hành chính Thử nghiệm", "university"))
    return [create_partner(name_vi=name, kind=kind, actor=world.vutruong) for name, kind in made]


def names(page, text: str, at: str = "/doi-tac/goi-y/") -> list[str]:
    return page.get(at, {"q": text}).json()["names"]


def test_names_are_offered_by_the_words_that_were_typed(as_of, two, django_assert_num_queries):
    page = as_of("chuyenvien")
    assert names(page, "luu tru thu nghiem") == ["Viện Lưu trữ Thử nghiệm"]
    assert names(page, "thu nghiem vien") == ["Viện Hành chính Thử nghiệm", "Viện Lưu trữ Thử nghiệm"]
    for nothing in ("", "v", "\x00", "khong co ai ten nhu the"):
        assert names(page, nothing) == []


def test_no_more_than_a_dozen_are_offered(world, as_of):
    for n in range(15):
        create_partner(name_vi=f"Trung tâm Xyzzy số {n}", kind="other", actor=world.vutruong)
    assert len(names(as_of("chuyenvien"), "xyzzy")) == 12


def test_who_is_meant(world, two):
    archive, academy = two
    field = PartnerField(required=False)
    assert field.clean("viện lưu trữ thử nghiệm") == archive
    assert field.clean(str(archive.pk)) == archive
    assert field.clean("") is None
    assert not field.has_changed(archive.pk, "Viện Lưu trữ Thử nghiệm")
    assert field.has_changed(archive.pk, academy.name_vi)
    with pytest.raises(ValidationError, match="Viện Lưu trữ Thử nghiệm"):
        field.clean("Thử nghiệm lưu trữ Viện")
    for nobody in ("999999999", "9" * 40, "x" * 5000):
        with pytest.raises(ValidationError):
            field.clean(nobody)


def test_who_is_no_longer_chosen_stays_only_where_it_stands(world, two):
    gone = create_partner(name_vi="Cơ quan đã giải thể", kind="other", is_active=False, actor=world.vutruong)
    with pytest.raises(ValidationError):
        PartnerField().clean(gone.name_vi)
    assert PartnerField(keep=gone.pk).clean(gone.name_vi) == gone
    merge_partners(*two, actor=world.vutruong)
    assert PartnerField().clean(two[0].name_vi) == two[1]


def test_an_agreement_is_chosen_by_its_number_and_only_what_one_reads(world, as_of, two):
    mine = agreement(world, two[0], unit="CSDP", title="Bản ghi nhớ về lưu trữ số hóa")
    others = agreement(world, two[1], unit="DHPT", title="Bản ghi nhớ về đào tạo lưu trữ", state="in_approval")
    at = "/thoa-thuan/goi-y/"
    page = as_of("chuyenvien")
    assert any("số hóa" in name for name in names(page, "luu tru so hoa", at))
    assert not names(page, "dao tao luu tru", at), "that of another unit is not named"
    field = AgreementField()
    field.offer(InternationalAgreement.objects.visible_to(world.chuyenvien), None)
    assert field.clean(names(page, mine.case.number, at)[0]) == mine
    with pytest.raises(ValidationError):
        field.clean(others.case.number)
    field.offer(InternationalAgreement.objects.visible_to(world.chuyenvien), others.pk)
    assert field.clean(others.case.number) == others
    assert others.case.title not in field.prepare_value(others.pk)


def test_lists_are_narrowed_by_a_name_or_a_key_and_nonsense_is_ignored(world, as_of, two):
    archive, academy = two
    agreement(world, archive, title="Bản ghi nhớ A")
    agreement(world, academy, title="Bản ghi nhớ B")
    page = as_of("vutruong")
    for value in (archive.name_vi, str(archive.pk)):
        text = page.get("/thoa-thuan/", {"doi_tac": value}).content.decode()
        assert "Bản ghi nhớ A" in text
        assert "Bản ghi nhớ B" not in text
        assert f'value="{archive.name_vi}"' in text, "the field says the name, not the key"
    assert "Bản ghi nhớ B" in page.get("/thoa-thuan/", {"doi_tac": "không có ai"}).content.decode()
