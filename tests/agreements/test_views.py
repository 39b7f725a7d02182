"""The pages of partners, as people use them."""

from __future__ import annotations

import uuid

import pytest
from django.urls import reverse

from agreements.choices import PartnerKind
from agreements.models import Partner
from agreements.urls import urlpatterns
from tests.agreements.factories import PartnerFactory
from tests.agreements.typing import rows
from tests.intlcoop.catalogues.factories import country
from tests.intlcoop.people.factories import Ministry, build_ministry

pytestmark = pytest.mark.django_db
LIST, ADD = "/doi-tac/", "/doi-tac/them/"


@pytest.fixture
def ministry() -> Ministry:
    return build_ministry()


@pytest.fixture
def page(client, ministry):
    client.force_login(ministry.staff)
    return client


ADDRESSES = urlpatterns


@pytest.mark.parametrize("pattern", ADDRESSES, ids=lambda pattern: pattern.name)
def test_a_stranger_is_sent_to_the_login(client, pattern):
    takes = {
        "pk": PartnerFactory().pk,
        "number": "DR-2026-0001",
        "job_id": uuid.uuid4(),
        "name": "x",
        "act": "bat-dau",
        "slug": "x",
        "kind": "x",
        "code": "x",
        "row": 1,
    }
    response = client.get(
        reverse(f"agreements:{pattern.name}", kwargs={key: takes[key] for key in pattern.pattern.converters})
    )
    assert response.status_code == 302
    assert response.url.startswith("/dang-nhap")


@pytest.mark.parametrize("name", ["partner_detail", "partner_change"])
@pytest.mark.parametrize("pk", [987654, 10**30])
def test_a_partner_that_is_not_there_is_not_found(page, name, pk):
    assert page.get(reverse(f"agreements:{name}", args=[pk])).status_code == 404


def test_the_list_finds_filters_and_exports(page):
    PartnerFactory(name_vi="Bộ Nội vụ")
    PartnerFactory(name_vi="UNDP", kind=PartnerKind.UN_AGENCY, country=None)

    def names(query: dict) -> list[str]:
        return [str(partner) for partner in page.get(LIST, query).context["page_obj"]]

    assert names({}) == ["Bộ Nội vụ", "UNDP"]
    assert names({"sap_xep": "-ten"}) == ["UNDP", "Bộ Nội vụ"]
    assert names({"q": "noi vu"}) == ["Bộ Nội vụ"]
    assert names({"loai": "un_agency"}) == ["UNDP"]
    assert names({"nuoc": country("LA").pk}) == ["Bộ Nội vụ"]
    assert names({"nuoc": "null"}) == ["UNDP"]
    exported = page.get(LIST, {"xuat": "csv", "q": "noi vu"}).content.decode("utf-8-sig")
    assert "Bộ Nội vụ" in exported
    assert "UNDP" not in exported


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_one_and_many(page, count, django_assert_max_num_queries):
    for _ in range(count):
        PartnerFactory()
    page.get(LIST)  # the ministry's name is asked for once per process
    with django_assert_max_num_queries(9):
        assert page.get(LIST).status_code == 200


def test_adding_a_partner(page, ministry):
    response = page.post(
        ADD,
        rows()
        | {"name_vi": " Bộ  Nội vụ ", "kind": "foreign_ministry", "country": country("KH").pk, "in_viet_nam": "on"},
    )
    partner = Partner.objects.get()
    assert response.url == partner.get_absolute_url() == f"/doi-tac/{partner.pk}/"
    assert (partner.name_vi, partner.country.iso2, partner.in_viet_nam) == ("Bộ Nội vụ", "KH", True)
    assert partner.proposed_by == ministry.staff
    shown = page.get(response.url).content.decode()
    assert "Bộ Nội vụ" in shown
    assert "Campuchia" in shown


def test_a_double_is_said_beside_the_name_and_nothing_typed_is_lost(page):
    PartnerFactory(name_vi="Bộ Nội vụ")
    typed = {"name_vi": "bo noi vu", "kind": "other", "country": country("LA").pk, "short_name": "MOHA"}
    response = page.post(ADD, rows() | typed | {"van_them": "1"})
    assert response.status_code == 200
    assert "Bộ Nội vụ" in response.context["form"].errors["name_vi"][0]
    assert 'value="MOHA"' in response.content.decode()
    assert Partner.objects.count() == 1


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name_vi", ""),
        ("name_vi", "x" * 201),
        ("kind", "no_such_kind"),
        ("country", "987654"),
        ("short_name", "x" * 41),
    ],
)
def test_bad_input_is_refused_at_its_field(page, field, value):
    response = page.post(ADD, rows() | {"name_vi": "Bộ Nội vụ", "kind": "other", "country": ""} | {field: value})
    assert list(response.context["form"].errors) == [field]
    assert not Partner.objects.exists()


def test_a_retired_country_is_not_offered_for_a_new_partner_but_an_old_one_keeps_it(page, ministry):
    retired = country("FR")
    partner = PartnerFactory(country=retired, actor=ministry.staff)
    retired.is_active = False
    retired.save()
    typed = rows() | {"name_vi": "Bộ Văn hóa", "kind": "other", "country": retired.pk}
    assert list(page.post(ADD, typed).context["form"].errors) == ["country"]
    assert page.post(reverse("agreements:partner_change", args=[partner.pk]), typed).status_code == 302
    partner.refresh_from_db()
    assert partner.country == retired


def test_only_who_may_change_a_partner_sees_the_button_and_gets_the_form(client, ministry):
    partner = PartnerFactory(actor=ministry.staff)
    change = reverse("agreements:partner_change", args=[partner.pk])
    for person, may in [(ministry.staff, True), (ministry.icd_officer, True), (ministry.focal, False)]:
        client.force_login(person)
        assert (change in client.get(partner.get_absolute_url()).content.decode()) is may
        assert client.get(change).status_code == (200 if may else 403)
        assert client.post(change, rows() | {"name_vi": "Bộ khác", "kind": "other"}).status_code == (
            302 if may else 403
        )


def test_an_auditor_reads_partners_and_adds_none(client, ministry):
    PartnerFactory()
    client.force_login(ministry.auditor)
    listed = client.get(LIST)
    assert listed.status_code == 200
    assert ADD not in listed.content.decode()
    assert client.get(ADD).status_code == 403


def test_a_partner_is_taken_out_of_the_choices(client, ministry):
    partner = PartnerFactory()
    client.force_login(ministry.icd_officer)
    change = reverse("agreements:partner_change", args=[partner.pk])
    client.post(change, rows() | {"name_vi": partner.name_vi, "kind": partner.kind, "country": partner.country_id})
    partner.refresh_from_db()
    assert not partner.is_active
