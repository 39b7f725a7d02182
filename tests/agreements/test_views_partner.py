"""Proposing, confirming, correcting and merging partners by clicking; the people there, their groups, what happened."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from agreements.models import Dealing, GroupMembership, Partner, PartnerGroup, PartnerMerge
from agreements.services import create_partner, merge_partners, record_dealing, save_contact, save_group, update_partner
from intlcoop.catalogues.models import Country
from intlcoop.notifications.models import Notice
from intlcoop.people.models import OrgUnit
from tests.agreements.typing import rows

pytestmark = pytest.mark.django_db
ADD = "/doi-tac/them/"


def typed(name: str, **more) -> dict:
    return rows() | {"name_vi": name, "kind": "un_agency", "country": ""} | more


def text(response) -> str:
    return response.content.decode()


def test_somebody_in_a_unit_proposes_and_the_department_confirms(world, as_of):
    staff = as_of("chuyenvien")
    assert "Đề xuất đối tác mới" in text(staff.get("/doi-tac/"))
    form = staff.get(ADD).context["form"]
    assert "tier" not in form.fields
    response = staff.post(ADD, typed("Quỹ Dân số Liên hợp quốc") | rows(units=[{"unit": world.unit("PC").pk}]))
    partner = Partner.objects.get()
    assert response.url == partner.get_absolute_url()
    assert partner.is_proposed
    assert {row.unit.code for row in partner.units.all()} == {"PC", "CSDP"}
    assert staff.post(f"/doi-tac/{partner.pk}/xac-nhan/").status_code == 403
    icd = as_of("htqt")
    assert "Có 1 đối tác do đơn vị đề xuất" in text(icd.get("/doi-tac/"))
    icd.post(f"/doi-tac/{partner.pk}/xac-nhan/")
    partner.refresh_from_db()
    assert not partner.is_proposed
    assert staff.get(f"/doi-tac/{partner.pk}/sua/").status_code == 403


def test_a_partner_like_it_is_shown_before_it_is_added_twice(as_of, undp):
    icd = as_of("htqt")
    asked = icd.post(ADD, typed("United Nations Development Program", needs="Ghi chú dài"))
    assert asked.status_code == 200
    assert Partner.objects.count() == 1
    assert "Vẫn thêm" in text(asked)
    assert undp.get_absolute_url() in text(asked)
    assert "Ghi chú dài" in text(asked)
    assert icd.post(ADD, typed("United Nations Development Program", van_them="1")).status_code == 302
    assert Partner.objects.count() == 2


def test_while_typing_the_page_is_told_of_partners_like_it(as_of, undp):
    client = as_of("chuyenvien")
    found = client.get("/doi-tac/tuong-tu/", {"name_vi": "UNDP Viet Nam", "country": "x", "tru": "9" * 30})
    assert undp.get_absolute_url() in text(found)
    assert "<html" not in text(found)
    assert undp.get_absolute_url() not in text(client.get("/doi-tac/tuong-tu/", {"name_vi": "UNDP", "tru": undp.pk}))
    assert undp.get_absolute_url() not in text(client.get("/doi-tac/tuong-tu/", {"name_vi": "UNFPA"}))
    assert as_of("kiemtoan").get("/doi-tac/tuong-tu/", {"name_vi": "UNDP"}).status_code == 403


def test_a_proposal_leads_back_to_the_page_that_waits_for_it(as_of, undp):
    staff = as_of("chuyenvien")
    back = "/doan-ra/DR-2026-0001/sua/"
    assert f"{back}?doi_tac={undp.pk}" in text(staff.get("/doi-tac/tuong-tu/", {"name_vi": "UNDP", "ve": back}))
    done = staff.post(f"{ADD}?ve={back}", typed("Viện Hành chính một nước"))
    assert done.url == f"{back}?doi_tac={Partner.objects.latest('pk').pk}"
    for elsewhere in ("https://xau.example/", "//xau.example", "javascript:alert(1)"):
        response = staff.post(f"{ADD}?ve={elsewhere}", typed(f"Cơ quan {elsewhere}"))
        assert response.url.startswith("/doi-tac/")


def test_names_units_and_facts_are_written_and_found(world, as_of, undp):
    icd = as_of("htqt")
    unit = world.unit("VTLT")
    data = typed("Chương trình Phát triển Liên hợp quốc", tier="strategic", is_active="on") | rows(
        names=[{"name": "PNUD", "kind": "alias"}, {"name": "", "kind": "alias"}],
        units=[{"unit": unit.pk, "since": "01/01/2020", "content": "Lưu trữ số"}],
    )
    assert icd.post(f"/doi-tac/{undp.pk}/sua/", data).status_code == 302
    page = text(icd.get(undp.get_absolute_url()))
    assert "PNUD" in page
    assert "Đối tác chiến lược" in page
    assert "Lưu trữ số" in page
    assert "từ 01/01/2020" in page
    assert [str(each) for each in Partner.objects.search("pnud")] == [str(undp)]
    assert "PNUD" in text(icd.get("/tim-kiem/", {"q": "pnud"})) or str(undp) in text(
        icd.get("/tim-kiem/", {"q": "pnud"})
    )


@pytest.mark.parametrize(
    ("given", "group"),
    [
        ({"names": [{"name": "PNUD"}, {"name": "pnud"}]}, "names"),
        ({"units": [{"unit": "987654"}]}, "units"),
        ({"names": [{"name": "x" * 201}]}, "names"),
        ({"names": [{"name": "PNUD", "until": "31/02/2020"}]}, "names"),
    ],
)
def test_wrong_rows_are_refused_with_everything_kept(as_of, undp, given, group):
    response = as_of("htqt").post(f"/doi-tac/{undp.pk}/sua/", typed("Tên khác hẳn") | rows(**given))
    assert response.status_code == 200
    formset = getattr(response.context["form"], group)
    assert any(formset.errors) or formset.non_form_errors()
    undp.refresh_from_db()
    assert undp.name_vi == "Chương trình Phát triển Liên hợp quốc"


def test_a_partner_is_not_put_below_a_body_of_its_own(world, as_of, undp):
    below = create_partner(name_vi="Văn phòng UNDP", kind="un_agency", parent=undp, actor=world.vutruong)
    icd = as_of("htqt")
    for above in (below.pk, undp.pk, below.name_vi):
        response = icd.post(f"/doi-tac/{undp.pk}/sua/", typed(undp.name_vi, parent=above))
        assert list(response.context["form"].errors) == ["parent"]
    assert str(below) in text(icd.get(undp.get_absolute_url()))


def test_merging_shows_what_moves_does_it_and_takes_it_back(world, as_of, undp):
    double = create_partner(name_vi="UNDP Việt Nam", kind="un_agency", actor=world.chuyenvien)
    record_dealing(double, on=dt.date(2026, 3, 1), kind="meeting", title="Buổi làm việc", unit=world.unit("HTQT"))
    icd = as_of("htqt")
    page = text(icd.get(double.get_absolute_url()))
    assert f"/doi-tac/{double.pk}/gop/?vao={undp.pk}" in page
    assert str(undp) in text(icd.get(f"/doi-tac/{double.pk}/gop/"))
    assert str(undp) in text(icd.get(f"/doi-tac/{double.pk}/gop/", {"q": "phat trien"}))
    shown = icd.get(f"/doi-tac/{double.pk}/gop/", {"vao": undp.pk})
    assert ("Hoạt động với đối tác", 1, 0) in shown.context["told"]
    assert "UNDP Việt Nam" in shown.context["names"]
    assert not PartnerMerge.objects.exists()
    done = icd.post(f"/doi-tac/{double.pk}/gop/", {"vao": undp.pk, "reason": "Trùng"})
    merge = PartnerMerge.objects.get()
    assert done.url == merge.get_absolute_url()
    assert "Buổi làm việc" in text(icd.get(undp.get_absolute_url()))
    moved = as_of("chuyenvien").get(double.get_absolute_url(), follow=True)
    assert moved.redirect_chain[-1][0] == undp.get_absolute_url()
    assert "đã được gộp vào" in text(moved)
    assert str(double) not in [str(row) for row in icd.get("/doi-tac/").context["page_obj"]]
    assert "UNDP Việt Nam" in text(icd.get("/doi-tac/gop/"))
    assert "Trùng" in text(icd.get(merge.get_absolute_url()))
    icd.post(f"/doi-tac/gop/{merge.pk}/hoan-tac/")
    assert Dealing.objects.get().partner == double
    assert icd.get(double.get_absolute_url()).status_code == 200
    again = icd.post(f"/doi-tac/gop/{merge.pk}/hoan-tac/", follow=True)
    assert "đã được hoàn tác" in text(again)


def test_a_wrong_merger_is_refused_with_its_sentence(world, as_of, undp):
    icd = as_of("htqt")
    itself = icd.get(f"/doi-tac/{undp.pk}/gop/", {"vao": undp.pk})
    assert "chính nó" in text(itself)
    assert icd.post(f"/doi-tac/{undp.pk}/gop/", {"vao": undp.pk}).status_code == 409
    for nonsense in ("x", "9" * 40, "-1"):
        assert icd.get(f"/doi-tac/{undp.pk}/gop/", {"vao": nonsense}).status_code == 200
    assert icd.get(f"/doi-tac/{undp.pk}/gop/", {"vao": 987654}).status_code == 404


def test_only_the_department_merges_and_deletes(world, as_of, undp):
    other = create_partner(name_vi="Cơ quan khác", kind="other", actor=world.chuyenvien)
    for username in ("chuyenvien", "truonghoc", "kiemtoan", "botruong"):
        client = as_of(username)
        assert client.get(f"/doi-tac/{other.pk}/gop/", {"vao": undp.pk}).status_code == 403, username
        assert client.post(f"/doi-tac/{other.pk}/gop/", {"vao": undp.pk}).status_code == 403
        assert client.post(f"/doi-tac/{other.pk}/xoa/").status_code == 403
        assert client.get("/doi-tac/gop/").status_code == 403
    assert as_of("htqt").post(f"/doi-tac/{other.pk}/xoa/").url == "/doi-tac/"


def test_a_partner_in_use_is_not_deleted_and_says_where(world, as_of, undp):
    record_dealing(undp, on=dt.date(2026, 3, 1), kind="meeting", title="Gặp", unit=world.unit("HTQT"))
    answer = as_of("htqt").post(f"/doi-tac/{undp.pk}/xoa/", follow=True)
    assert "Hoạt động với đối tác: 1" in text(answer)
    assert Partner.objects.filter(pk=undp.pk).exists()


def test_the_list_is_narrowed_by_unit_group_tier_place_and_state(world, as_of, undp):
    other = create_partner(
        name_vi="Lưu trữ Pháp", kind="archive", tier="traditional", in_viet_nam=True, actor=world.vutruong
    )
    group = save_group(None, name_vi="Nhóm thử", members=[{"partner": other}], actor=world.vutruong)
    update_partner(other, units=[{"unit": world.unit("VTLT")}], fields=[], actor=world.vutruong)
    proposed = create_partner(name_vi="Viện mới", kind="other", actor=world.chuyenvien)
    old, new = world.unit("VTLT"), world.unit("CSDP")
    OrgUnit.objects.filter(pk=old.pk).update(merged_into=new, valid_until=dt.date(2026, 1, 1))

    def names(**query) -> set[str]:
        return {str(row) for row in as_of("htqt").get("/doi-tac/", query).context["page_obj"]}

    assert names(don_vi=new.pk) == {"Lưu trữ Pháp"}
    assert names(nhom=group.pk) == {"Lưu trữ Pháp"}
    assert names(muc="traditional") == {"Lưu trữ Pháp"}
    assert names(tai_viet_nam="co") == {"Lưu trữ Pháp"}
    assert names(tinh_trang="de_xuat") == {str(proposed)}
    assert len(names(don_vi="x", nhom="y", tinh_trang="z")) == 3
    exported = as_of("htqt").get("/doi-tac/", {"xuat": "xlsx", "muc": "traditional"})
    assert exported.headers["Content-Type"].endswith("sheet")


def fill(world, undp, first: int, last: int) -> None:
    """Rows of every kind around the partner, numbered from first to last."""
    unit = world.unit("HTQT")
    for n in range(first, last + 1):
        save_group(None, name_vi=f"Nhóm {n}", members=[{"partner": undp}], actor=world.vutruong)
        save_contact(
            None, full_name=f"Người {n}", posts=[{"partner": undp, "title_vi": "Đại diện"}], actor=world.vutruong
        )
        record_dealing(undp, on=dt.date(2026, 1, 1), kind="meeting", title=f"Gặp {n}", unit=unit)
        create_partner(name_vi=f"Cơ quan con {n}", kind="other", parent=undp, actor=world.vutruong)
    units = [unit, *OrgUnit.objects.exclude(pk=unit.pk)[: last - 1]]
    update_partner(undp, units=[{"unit": each} for each in units], actor=world.vutruong)


def test_the_pages_cost_the_same_for_one_and_many(world, as_of, undp):
    client = as_of("htqt")
    client.get("/doi-tac/")
    fill(world, undp, 1, 1)
    group = PartnerGroup.objects.get()
    limits = {
        undp.get_absolute_url(): 30,
        "/doi-tac/?q=lien+hop": 9,
        f"/doi-tac/{undp.pk}/hoat-dong/": 10,
        "/doi-tac/nhom/": 7,
        group.get_absolute_url(): 7,
        f"/doi-tac/{undp.pk}/sua/": 17,
        f"/doi-tac/{undp.pk}/gop/": 8,
        "/tim-kiem/?q=nguoi": 20,
    }
    cost = {url: queries_of(client, url) for url in limits}
    fill(world, undp, 2, 4)
    for member in Partner.objects.filter(parent=undp):
        GroupMembership.objects.create(group=group, partner=member)
    assert {url: queries_of(client, url) for url in limits} == cost
    assert {url: number for url, number in cost.items() if number > limits[url]} == {}


def queries_of(client, url: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return len(queries)


def test_the_tabs_lead_to_the_rooms_that_are_there(as_of):
    page = text(as_of("chuyenvien").get("/doi-tac/"))
    for name in ("group_list",):
        assert reverse(f"agreements:{name}") in page


def test_a_merged_partner_is_no_longer_written_on(world, as_of, undp):
    double = create_partner(name_vi="PNUD", kind="un_agency", actor=world.vutruong)
    merge_partners(double, undp, actor=world.vutruong)
    icd = as_of("htqt")
    assert icd.get(f"/doi-tac/{double.pk}/sua/").status_code == 403
    answer = icd.post(ADD, typed("pnud", van_them="1"))
    assert str(undp) in answer.context["form"].errors["name_vi"][0]
    assert Country.objects.exists()


def test_a_unit_says_itself_that_it_works_with_a_partner(world, as_of, undp):
    staff, unit = as_of("chuyenvien"), world.unit("CSDP")
    join = f"/doi-tac/{undp.pk}/don-vi/"
    assert join in text(staff.get(undp.get_absolute_url()))
    assert staff.post(join, {"don_vi": world.unit("HTQT").pk}).status_code == 403
    assert staff.post(join, {"don_vi": "x"}).status_code == 302
    assert staff.post(join, {"don_vi": unit.pk}).url.endswith("#don-vi")
    staff.post(join, {"don_vi": unit.pk})
    assert [row.unit for row in undp.units.all()] == [unit]
    assert join not in text(staff.get(undp.get_absolute_url()))
    assert as_of("kiemtoan").post(join, {"don_vi": unit.pk}).status_code == 403


def test_who_proposed_hears_what_became_of_it(world, as_of, undp):
    first, second = (
        create_partner(name_vi=name, kind="other", actor=world.chuyenvien) for name in ("Viện A", "UNDP VN")
    )
    icd = as_of("htqt")
    icd.post(f"/doi-tac/{first.pk}/xac-nhan/")
    icd.post(f"/doi-tac/{second.pk}/gop/", {"vao": undp.pk})
    told = {notice.subject: notice.url for notice in Notice.objects.filter(recipient=world.chuyenvien)}
    assert len(told) == 2
    assert {first.get_absolute_url(), undp.get_absolute_url()} == set(told.values())


def test_the_history_of_a_partner_is_read_by_those_who_keep_or_check_the_list(world, as_of, undp):
    update_partner(undp, address="304 Kim Mã", names=[{"name": "PNUD"}], actor=world.vutruong)
    url = f"/doi-tac/{undp.pk}/lich-su/"
    for username in ("htqt", "kiemtoan", "quantri"):
        page = text(as_of(username).get(url))
        assert "304 Kim Mã" in page
        assert "PNUD" in page
    assert as_of("chuyenvien").get(url).status_code == 403


def test_the_list_names_those_that_sleep(world, as_of, undp):
    other = create_partner(name_vi="Cơ quan còn hoạt động", kind="other", actor=world.vutruong)
    unit, today = world.unit("HTQT"), timezone.localdate()
    record_dealing(undp, on=dt.date(2019, 1, 1), kind="meeting", title="Gặp", unit=unit)
    record_dealing(other, on=today, kind="meeting", title="Gặp", unit=unit)
    found = as_of("htqt").get("/doi-tac/", {"tinh_trang": "ngu"}).context["page_obj"]
    assert [str(row) for row in found] == [str(undp)]
