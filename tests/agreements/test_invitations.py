"""The board of invitations: who sees them, who signs up, how many places there are, the trip filed from one (U002-04)."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from agreements.guidance import SignUpAnswer
from agreements.models import InvitationSignUp, OpenInvitation
from agreements.notifications import closing_invitations
from agreements.services.invitations import (
    answer_sign_up,
    save_invitation,
    sign_up,
    take_down_invitation,
    withdraw_sign_up,
)
from delegations.models import OutboundDelegation
from intlcoop.catalogues.models import Country
from intlcoop.notifications.models import Notice
from intlcoop.workflow.refusals import NotAllowed, Refused

pytestmark = pytest.mark.django_db


def put_up(ministry, title="Khóa bồi dưỡng quản trị đô thị", by="htqt", **more) -> OpenInvitation:
    today = timezone.localdate()
    fields = {
        "title": title, "kind": "course", "organiser": "Học viện", "starts_on": today + dt.timedelta(days=60),
        "ends_on": today + dt.timedelta(days=64), "sign_up_by": today + dt.timedelta(days=10), "seats": 3,
        "country": Country.objects.get(iso2="SG"), "place": "Singapore", "content": "Quản trị đô thị",
    } | more  # fmt: skip
    return save_invitation(None, actor=ministry.person(by), fields=fields)


def tokens(person) -> dict[str, str]:
    return {"_nguoi_dung": str(person.pk), "_yeu_cau": str(uuid.uuid4())}


def test_put_up_by_the_department_and_the_units_are_told(ministry):
    with pytest.raises(NotAllowed):
        put_up(ministry, by="chuyenvien")
    made = put_up(ministry)
    told = set(Notice.objects.filter(url=made.get_absolute_url()).values_list("recipient__username", flat=True))
    assert {"lanhdaodonvi", "truonghoc"} <= told
    assert "chuyenvien" not in told
    save_invitation(made, actor=ministry.htqt, fields={"place": "Trực tuyến"})
    assert Notice.objects.filter(url=made.get_absolute_url()).count() == len(told)


def test_open_to_some_units_only_they_see_it_and_are_told(ministry, client):
    mine = put_up(ministry, units=[ministry.unit("CSDP")])
    assert set(Notice.objects.filter(url=mine.get_absolute_url()).values_list("recipient__username", flat=True)) == {
        "lanhdaodonvi"
    }
    for name, status in {"chuyenvien": 200, "truonghoc": 404, "htqt": 200, "thutruong": 200, "kiemtoan": 200}.items():
        client.force_login(ministry.person(name))
        assert client.get(mine.get_absolute_url()).status_code == status, name
        assert (mine.title in client.get("/thu-moi/").content.decode()) == (status == 200), name
    with pytest.raises(Refused):
        sign_up(mine, ministry.unit("DHPT"), actor=ministry.truonghoc)


def test_signing_up_once_in_time_for_the_own_unit(ministry):
    made = put_up(ministry)
    signed = sign_up(made, ministry.unit("CSDP"), actor=ministry.chuyenvien, persons=2)
    assert Notice.objects.filter(recipient=ministry.htqt, url=made.get_absolute_url()).exists()
    with pytest.raises(Refused, match="đã đăng ký"):
        sign_up(made, ministry.unit("CSDP"), actor=ministry.lanhdaodonvi)
    with pytest.raises(NotAllowed):
        sign_up(made, ministry.unit("DHPT"), actor=ministry.chuyenvien)
    with pytest.raises(NotAllowed):
        withdraw_sign_up(signed, actor=ministry.truonghoc)
    withdraw_sign_up(signed, actor=ministry.lanhdaodonvi)
    sign_up(made, ministry.unit("CSDP"), actor=ministry.chuyenvien)
    OpenInvitation.objects.filter(pk=made.pk).update(sign_up_by=timezone.localdate() - dt.timedelta(days=1))
    with pytest.raises(Refused, match="hết hạn"):
        sign_up(made, ministry.unit("DHPT"), actor=ministry.truonghoc)


def test_no_more_are_chosen_than_there_are_places(ministry):
    made = put_up(ministry)
    with pytest.raises(Refused):
        sign_up(made, ministry.unit("CSDP"), actor=ministry.chuyenvien, persons=4)
    first = sign_up(made, ministry.unit("CSDP"), actor=ministry.chuyenvien, persons=2)
    second = sign_up(made, ministry.unit("DHPT"), actor=ministry.truonghoc, persons=2)
    answer_sign_up(first, actor=ministry.htqt, answer=SignUpAnswer.CHOSEN)
    answer_sign_up(first, actor=ministry.htqt, answer=SignUpAnswer.CHOSEN, note="Mời lập hồ sơ")
    with pytest.raises(Refused, match="3 chỗ"):
        answer_sign_up(second, actor=ministry.htqt, answer=SignUpAnswer.CHOSEN)
    with pytest.raises(NotAllowed):
        answer_sign_up(second, actor=ministry.truonghoc, answer=SignUpAnswer.CHOSEN)
    assert Notice.objects.filter(recipient=ministry.chuyenvien, subject__contains="Được chọn").exists()


def test_a_trip_is_filed_from_it_and_stands_on_the_board(ministry, client):
    made = put_up(ministry)
    person = ministry.chuyenvien
    client.force_login(person)
    assert made.title in client.get("/doan-ra/lap/", {"thu_moi": made.pk}).content.decode()
    client.post("/doan-ra/lap/", {"title": made.title, "thu_moi": str(made.pk)} | tokens(person))
    trip = OutboundDelegation.objects.get()
    assert (trip.departs_on, trip.inviting_body, trip.legs.get().country.iso2) == (made.starts_on, "Học viện", "SG")
    assert made.sign_ups.get().trip == trip.case
    with pytest.raises(Refused):
        withdraw_sign_up(made.sign_ups.get(), actor=person)
    assert trip.case.number.replace("DR", "ĐR") in client.get(made.get_absolute_url()).content.decode()


@pytest.mark.parametrize("text", ["x", "9" * 30, "10000000", "-1"])
def test_an_unknown_invitation_files_an_ordinary_trip(ministry, client, text):
    client.force_login(ministry.chuyenvien)
    assert client.get("/doan-ra/lap/", {"thu_moi": text}).status_code == 200


def test_taken_down_it_takes_nobody_and_says_why(ministry, client):
    made = put_up(ministry)
    sign_up(made, ministry.unit("CSDP"), actor=ministry.chuyenvien)
    with pytest.raises(Refused):
        take_down_invitation(made, actor=ministry.htqt, reason=" ")
    take_down_invitation(made, actor=ministry.htqt, reason="Bên mời hoãn")
    assert Notice.objects.filter(recipient=ministry.chuyenvien, body__contains="Bên mời hoãn").exists()
    with pytest.raises(NotAllowed):
        sign_up(made, ministry.unit("DHPT"), actor=ministry.truonghoc)
    client.force_login(ministry.truonghoc)
    assert made.title not in client.get("/thu-moi/").content.decode()
    assert made.title in client.get("/thu-moi/", {"tinh_trang": "da_go"}).content.decode()


def test_units_that_have_not_signed_up_are_reminded_before_it_closes(ministry):
    made = put_up(ministry)
    sign_up(made, ministry.unit("CSDP"), actor=ministry.chuyenvien)
    assert not list(closing_invitations(made.sign_up_by - dt.timedelta(days=4)))
    told = {each.person.username for each in closing_invitations(made.sign_up_by - dt.timedelta(days=3))}
    assert "truonghoc" in told
    assert "lanhdaodonvi" not in told


def test_the_form_keeps_what_was_typed_and_says_what_is_wrong(ministry, client):
    person = ministry.htqt
    client.force_login(person)
    typed = {"title": "Khóa học đã gõ", "kind": "course", "format": "online", "starts_on": "10/05/2090", "ends_on": "09/05/2090",
             "sign_up_by": "11/05/2090"}  # fmt: skip
    page = client.post("/thu-moi/them/", typed | tokens(person))
    assert set(page.context["form"].errors) == {"ends_on", "sign_up_by", "organiser"}
    assert "Khóa học đã gõ" in page.content.decode()
    assert not OpenInvitation.objects.exists()
    good = {"ends_on": "12/05/2090", "sign_up_by": "01/05/2090", "organiser": "Viện"}
    assert client.post("/thu-moi/them/", typed | good | tokens(person)).status_code == 302
    client.force_login(ministry.chuyenvien)
    assert client.get("/thu-moi/them/").status_code == 403
    made = OpenInvitation.objects.get()
    page = client.post(
        f"{made.get_absolute_url()}dang-ky/", {"unit": "x", "persons": "0"} | tokens(ministry.chuyenvien)
    )
    assert set(page.context["form"].errors) == {"unit", "persons"}
    sent = {"unit": str(ministry.unit("CSDP").pk), "persons": "1"}
    assert client.post(f"{made.get_absolute_url()}dang-ky/", sent | tokens(ministry.chuyenvien)).status_code == 302
    assert InvitationSignUp.objects.get().by == ministry.chuyenvien


def test_the_list_costs_the_same_for_one_and_for_three(client, ministry):
    client.force_login(ministry.chuyenvien)
    client.get("/thu-moi/")
    costs = []
    for count in (1, 3):
        while OpenInvitation.objects.count() < count:
            put_up(ministry)
        with CaptureQueriesContext(connection) as captured:
            client.get("/thu-moi/")
        costs.append(len(captured))
    assert costs == [8, 8]


def test_a_page_from_before_somebody_elses_change_puts_nothing_in_its_place_unseen(ministry, client):
    made = put_up(ministry)
    person = ministry.htqt
    client.force_login(person)
    url = f"{made.get_absolute_url()}sua/"
    seen = client.get(url).context["form"].stamp
    save_invitation(made, actor=ministry.vutruong, fields={"place": "Băng Cốc"})
    typed = {
        "title": made.title, "kind": "course", "organiser": "Học viện", "format": "in_person", "place": "Hà Nội",
        **{name: f"{getattr(made, name):%d/%m/%Y}" for name in ("starts_on", "ends_on", "sign_up_by")},
    }  # fmt: skip
    page = client.post(url, typed | {"dau_vet": seen} | tokens(person))
    assert "Người khác vừa sửa" in page.content.decode()
    assert OpenInvitation.objects.get().place == "Băng Cốc"
    again = typed | {"dau_vet": page.context["form"].stamp} | tokens(person)
    assert client.post(url, again).status_code == 302
    assert OpenInvitation.objects.get().place == "Hà Nội"
