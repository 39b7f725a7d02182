"""The people at partners, the groups of partners, and what happened with them, by clicking."""

from __future__ import annotations

import datetime as dt

import pytest

from agreements.models import Contact, GroupMembership, PartnerGroup
from agreements.services import create_partner, record_dealing, update_partner
from tests.agreements.typing import rows

pytestmark = pytest.mark.django_db


def text(response) -> str:
    return response.content.decode()


def test_people_at_a_partner_are_kept_with_the_posts_they_held(world, as_of, undp):
    other = create_partner(name_vi="Quỹ khác", kind="other", actor=world.vutruong)
    add = f"/doi-tac/{undp.pk}/dau-moi/them/"
    assert as_of("chuyenvien").get(add).status_code == 403
    update_partner(undp, units=[{"unit": world.unit("CSDP")}], actor=world.vutruong)
    staff = as_of("chuyenvien")
    assert staff.get(add).context["form"].posts.forms[0].initial["partner"] == undp.name_vi
    data = rows(
        posts=[
            {"partner": undp.pk, "title_vi": "Trưởng Đại diện", "since": "01/02/2024"},
            {"partner": other.pk, "title_vi": "Chuyên gia", "since": "01/01/2019", "until": "31/12/2023"},
        ]
    ) | {"full_name": "Anna Ví Dụ", "honorific": "Bà", "email": "anna@vidu.example"}
    response = staff.post(add, data)
    person = Contact.objects.get()
    assert response.url == person.get_absolute_url()
    shown = text(staff.get(person.get_absolute_url()))
    assert "Trưởng Đại diện" in shown
    assert "Chuyên gia" in shown
    page = text(staff.get(undp.get_absolute_url()))
    assert page.index("Anna Ví Dụ") > 0
    assert "Trước đây" in text(staff.get(other.get_absolute_url()))
    assert "Trưởng Đại diện, Chương trình" in text(staff.get("/tim-kiem/", {"q": "anna vi"}))
    change = f"/doi-tac/dau-moi/{person.pk}/sua/"
    kept = [{"id": post.pk, "partner": post.partner_id, "title_vi": post.title_vi} for post in person.posts.all()]
    before = {post.pk for post in person.posts.all()}
    assert staff.post(change, rows(posts=kept) | {"full_name": "Anna Ví Dụ Mới"}).status_code == 302
    assert {post.pk for post in person.posts.all()} == before
    assert as_of("truonghoc").post(change, rows(posts=kept) | {"full_name": "X"}).status_code == 403
    empty = staff.post(change, rows(posts=[]) | {"full_name": "Anna"})
    assert "ít nhất một chức vụ" in text(empty)
    wrong = rows(posts=[{"partner": undp.pk, "title_vi": "A", "since": "02/01/2024", "until": "01/01/2024"}])
    assert any(staff.post(change, wrong | {"full_name": "Anna"}).context["form"].posts.errors)


def test_groups_are_kept_by_the_department(world, as_of, undp):
    icd = as_of("htqt")
    data = rows(members=[{"partner": undp.pk, "role": "Đồng chủ trì", "since": "01/01/2022"}])
    response = icd.post("/doi-tac/nhom/them/", data | {"name_vi": "Nhóm Đối tác phát triển", "is_active": "on"})
    group = PartnerGroup.objects.get()
    assert response.url == group.get_absolute_url()
    assert "Đồng chủ trì" in text(icd.get(group.get_absolute_url()))
    assert "Nhóm Đối tác phát triển" in text(icd.get(undp.get_absolute_url()))
    again = icd.post("/doi-tac/nhom/them/", data | {"name_vi": "Nhóm Đối tác phát triển"})
    assert list(again.context["form"].errors) == ["name_vi"]
    twice = rows(members=[{"partner": undp.pk}, {"partner": undp.pk}]) | {"name_vi": "Nhóm khác"}
    assert icd.post("/doi-tac/nhom/them/", twice).context["form"].members.non_form_errors()
    row = GroupMembership.objects.get()
    kept = {"id": row.pk, "partner": undp.pk, "until": "31/12/2023", "since": "01/01/2022"}
    icd.post(f"/doi-tac/nhom/{group.pk}/sua/", rows(members=[kept]) | {"name_vi": group.name_vi})
    assert "Trước đây" in text(icd.get(group.get_absolute_url()))
    staff = as_of("chuyenvien")
    assert staff.get("/doi-tac/nhom/them/").status_code == 403
    assert staff.get(group.get_absolute_url()).status_code == 200


def test_what_happened_is_listed_with_filters_and_leads_to_files_that_one_may_read(world, as_of, undp):
    unit = world.unit("HTQT")
    record_dealing(undp, on=dt.date(2022, 1, 1), kind="visit", title="Đón đoàn", unit=unit, precision="year")
    record_dealing(undp, on=dt.date(2026, 2, 2), kind="meeting", title="Họp kỹ thuật", unit=unit)
    client = as_of("chuyenvien")
    url = f"/doi-tac/{undp.pk}/hoat-dong/"
    page = text(client.get(url))
    assert "năm 2022" in page
    assert "02/02/2026" in page
    assert "Họp kỹ thuật" not in text(client.get(url, {"loai": "visit"}))
    assert [row.title for row in client.get(url, {"nam": "2026"}).context["page_obj"]] == ["Họp kỹ thuật"]
    assert [row.title for row in client.get(url, {"q": "đón"}).context["page_obj"]] == ["Đón đoàn"]
