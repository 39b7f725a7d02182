"""Needs of units and the partners that may answer (W004-01, U002-05, U002-06)."""

from __future__ import annotations

import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agreements.guidance import MatchState, NeedState
from agreements.matching import fit_of
from agreements.models import CooperationNeed
from agreements.queries.needs import partner_section, suggestions
from agreements.services.needs import create_need, name_partner, update_need
from agreements.workflows.need import meet_need
from intlcoop.catalogues.models import CooperationField
from intlcoop.notifications.models import Notice
from intlcoop.workflow import engine
from intlcoop.workflow.models import Case
from intlcoop.workflow.refusals import NotAllowed, Refused
from tests.agreements.factories import PartnerFactory

TITLE = "Tham khảo mô hình chính quyền đô thị các nước"


def look_for(ministry, title=TITLE, by="chuyenvien", unit="CSDP", **fields) -> CooperationNeed:
    return create_need(title, ministry.unit(unit), actor=ministry.person(by), fields={"kind": "experience"} | fields)


def tokens(person) -> dict[str, str]:
    return {"_nguoi_dung": str(person.pk), "_yeu_cau": str(uuid.uuid4())}


@pytest.mark.parametrize(
    ("offers", "fields", "country", "points"),
    [
        ("Kinh nghiệm về chính quyền đô thị", [], None, 9),  # chính quyền, quyền đô, đô thị
        ("Hỗ trợ kinh nghiệm quốc tế cho các nước", [], None, None),  # nothing but common words
        ("", [1], None, 10),
        ("", [1, 2], 7, 24),
        ("", [3], 7, None),  # being of that country is no reason by itself
        ("Đào tạo lái tàu", [], None, None),
    ],
)
def test_what_makes_a_partner_fit(offers, fields, country, points):
    fit = fit_of(TITLE, {1, 2}, {7}, offers=offers, fields=fields, country=country)
    assert (fit.points if fit else None) == points


@pytest.mark.django_db
def test_partners_are_proposed_by_fields_and_by_what_they_offer(ministry):
    field = CooperationField.objects.order_by("pk").first()
    both = PartnerFactory(name_vi="Viện Đô thị (thử)", capacity="Mô hình chính quyền đô thị")
    both.fields.add(field)
    words = PartnerFactory(name_vi="Học viện Đô thị (thử)", capacity="Chính quyền đô thị")
    PartnerFactory(name_vi="Viện Hải dương (thử)", capacity="Nghiên cứu biển")
    need = look_for(ministry, fields=[field])
    found = [each.partner for each in suggestions(need)]
    assert found.index(both) < found.index(words)
    assert "Viện Hải dương (thử)" not in {each.name_vi for each in found}
    assert partner_section(both, ministry.truonghoc)["count"] == 1
    name_partner(need, both, actor=ministry.truonghoc, state=MatchState.PROPOSED)
    assert both not in [each.partner for each in suggestions(need)]
    assert partner_section(both, ministry.truonghoc)["lines"][0][2].label == "Dự kiến đề nghị"


@pytest.mark.django_db
def test_one_row_per_partner_and_the_unit_is_told(ministry):
    need, partner = look_for(ministry), PartnerFactory()
    name_partner(need, partner, actor=ministry.htqt, state=MatchState.ASKED)
    name_partner(need, partner, actor=ministry.htqt, state=MatchState.WILLING, note="Mời sang làm việc")
    assert need.matches.get().state == MatchState.WILLING
    assert Notice.objects.filter(recipient=ministry.chuyenvien, body__contains="Mời sang làm việc").exists()
    with pytest.raises(NotAllowed):
        name_partner(need, partner, actor=ministry.kiemtoan, state=MatchState.ASKED)


@pytest.mark.django_db
def test_the_way_of_a_need(ministry):
    need = look_for(ministry)
    with pytest.raises(NotAllowed):
        look_for(ministry, unit="DHPT")
    assert look_for(ministry, by="htqt", unit="DHPT").case.unit == ministry.unit("DHPT")
    with pytest.raises(Refused, match="đối tác"):
        engine.fire(need.case, "talk", actor=ministry.chuyenvien)
    name_partner(need, PartnerFactory(), actor=ministry.htqt, state=MatchState.ASKED)
    engine.fire(need.case, "talk", actor=ministry.chuyenvien)
    for stranger in ("truonghoc", "thutruong"):
        with pytest.raises(NotAllowed):
            meet_need(need, actor=ministry.person(stranger), result="Xong")
    with pytest.raises(Refused):
        meet_need(need, actor=ministry.htqt, result="  ")
    press = uuid.uuid4()
    for _twice in range(2):
        meet_need(need, actor=ministry.htqt, result="Đã có tài liệu", request_id=press)
    kept = CooperationNeed.objects.select_related("case").get(pk=need.pk)
    assert (kept.case.state, kept.result) == (NeedState.MET, "Đã có tài liệu")
    with pytest.raises(NotAllowed):
        update_need(kept, actor=ministry.chuyenvien, title="Khác", fields={})
    with pytest.raises(NotAllowed):
        name_partner(kept, PartnerFactory(), actor=ministry.htqt, state=MatchState.ASKED)


@pytest.mark.django_db
def test_by_clicking_everybody_reads_it_and_finds_it(client, ministry):
    person = ministry.chuyenvien
    client.force_login(person)
    typed = {"title": "", "kind": "training", "unit": str(ministry.unit("CSDP").pk), "detail": "Nội dung đã gõ"}
    page = client.post("/nhu-cau/them/", typed | tokens(person))
    assert "Nội dung đã gõ" in page.content.decode()
    bad = {"title": "A", "kind": "x", "fields": "999999", "countries": "y", "wanted_by": "31/02/2090"}
    assert set(client.post("/nhu-cau/them/", typed | bad | tokens(person)).context["form"].errors) == {
        "kind", "fields", "countries", "wanted_by"}  # fmt: skip
    assert not Case.objects.filter(kind="need").exists()
    page = client.post("/nhu-cau/them/", typed | {"title": TITLE} | tokens(person))
    made = CooperationNeed.objects.get()
    assert page.url == made.get_absolute_url()
    edit = {"title": "Mô hình dịch vụ công", "kind": "experts", "version": str(made.case.version)}
    assert client.post(f"{page.url}sua/", edit | {"version": "99"} | tokens(person)).status_code == 409
    assert client.post(f"{page.url}sua/", edit | tokens(person)).status_code == 302
    client.force_login(ministry.truonghoc)
    assert "Mô hình dịch vụ công" in client.get("/nhu-cau/", {"q": "dich vu cong"}).content.decode()
    assert client.get(page.url).status_code == 200
    assert client.get(f"{page.url}sua/").status_code == 403
    partner = PartnerFactory()
    sent = {"partner": str(partner.pk), "state": "asked"}
    assert client.post(f"{page.url}doi-tac/", sent | {"state": "x"} | tokens(ministry.truonghoc)).status_code == 200
    assert client.post(f"{page.url}doi-tac/", sent | tokens(ministry.truonghoc)).status_code == 302
    assert made.matches.get().unit == ministry.unit("DHPT")


@pytest.mark.django_db
def test_list_and_page_cost_the_same_for_one_and_for_three(client, ministry):
    client.force_login(ministry.htqt)
    partners = [PartnerFactory(capacity="Chính quyền đô thị") for _each in range(3)]
    costs = []
    for count in (1, 3):
        while CooperationNeed.objects.count() < count:
            look_for(ministry)
        need = CooperationNeed.objects.order_by("pk").first()
        for partner in partners[:count]:
            name_partner(need, partner, actor=ministry.chuyenvien, state=MatchState.ASKED)
        PartnerFactory(capacity="Chính quyền đô thị")
        for address in ("/nhu-cau/", need.get_absolute_url()):
            client.get(address)
            with CaptureQueriesContext(connection) as captured:
                client.get(address)
            costs.append(len(captured))
    assert costs == [12, 28, 12, 28]
