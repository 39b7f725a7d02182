"""The form of a visit between two presses of "Save": it keeps itself, finds partners by typing, and proposes a new one; and the
reason for which a visit is put off or called off."""

from __future__ import annotations

import re

import pytest

from agreements.models import Partner
from agreements.queries.naming import written
from agreements.services import create_partner
from delegations.choices import SettlementReason
from delegations.models import InboundDelegation
from delegations.visit_choices import InboundState as S
from tests.delegations import visiting as v

pytestmark = pytest.mark.django_db


@pytest.fixture
def ministry(built, db):
    return built


@pytest.fixture
def visit(ministry):
    return v.full(ministry)


@pytest.fixture
def partner(ministry):
    return create_partner(actor=ministry.htqt, name_vi="Bộ Nội vụ nước bạn minh họa", kind="embassy")


def page(visit, tail: str = "sua/") -> str:
    return f"/doan-vao/{visit.case.number}/{tail}"


def typed(visit, **more) -> dict[str, object]:
    data = {"version": visit.case.version, "title": visit.case.title, "body": "Cơ quan chưa có trong danh sách"}
    day = {"arrives_on": f"{visit.arrives_on:%d/%m/%Y}", "leaves_on": f"{visit.leaves_on:%d/%m/%Y}"}
    who = {"guest_name": "Khamphone Sample", "guest_post": "Thứ trưởng", "guest_rank": "deputy_minister"}
    host = {"host_text": "Ngô Đức Nam (thutruong)", "topics": "Hợp tác.", "purpose_text": "Trao đổi."}
    return data | day | who | host | {"visa": "not_needed"} | more


# --- saving by itself -------------------------------------------------------------------------------------------------


def test_a_draft_keeps_itself_as_far_as_it_is_valid(go, visit):
    client = go("htqt")
    assert page(visit, "tu-luu/") in client.get(page(visit)).content.decode()
    first = client.post(page(visit, "tu-luu/"), typed(visit, purpose_text="Mới")).json()
    assert first["saved_at"]
    assert v.fresh(visit).purpose_text == "Mới"
    wrong = typed(visit, version=first["fields"]["version"], arrives_on="31/0", purpose_text="Giữ", guest_name="")
    answer = client.post(page(visit, "tu-luu/"), wrong).json()
    assert "cần sửa" in answer["message"]
    kept = v.fresh(visit)
    assert (kept.purpose_text, kept.arrives_on, kept.leaves_on) == ("Giữ", visit.arrives_on, visit.leaves_on)
    assert kept.members.get().full_name == "Khamphone Sample"  # a name that is being typed anew takes nobody off
    assert client.post(page(visit, "tu-luu/"), typed(visit)).status_code == 409  # somebody else's older page
    assert v.fresh(visit).purpose_text == "Giữ"


def test_a_file_under_way_and_strangers_save_nothing_by_themselves(go, ministry, visit):
    assert go("kiemtoan").post(page(visit, "tu-luu/"), typed(visit)).status_code == 404
    v.submit(visit, ministry)
    client = go("htqt")
    assert "data-autosave" not in client.get(page(visit)).content.decode()
    assert client.post(page(visit, "tu-luu/"), typed(visit, purpose_text="Lén")).status_code == 403
    assert v.fresh(visit).purpose_text != "Lén"


# --- the body of the guests -------------------------------------------------------------------------------------------


def test_the_body_is_a_partner_by_one_of_its_names_else_what_was_typed(go, visit, partner):
    client = go("htqt")
    assert client.post(page(visit), typed(visit, body=written(partner).lower())).status_code == 302
    assert v.fresh(visit).partner == partner
    shown = client.get(page(visit)).content.decode()
    assert written(partner) in shown
    assert '<datalist id="doi-tac"' not in shown  # of a hundred thousand partners no list is laid out
    again = {"version": v.fresh(visit).case.version, "body": "Viện nghiên cứu mới"}
    assert client.post(page(visit), typed(visit) | again).status_code == 302
    kept = v.fresh(visit)
    assert (kept.partner, kept.partner_text) == (None, "Viện nghiên cứu mới")
    long = typed(visit, version=kept.case.version, body="x" * 400)
    assert client.post(page(visit), long).status_code == 200
    assert v.fresh(visit).partner_text == "Viện nghiên cứu mới"


def test_a_partner_that_is_not_in_the_list_is_proposed_on_the_way_and_nothing_typed_is_lost(go, visit, ministry):
    for address in (page(visit), "/doan-vao/lap-nhanh/"):
        client = go("htqt")
        text = client.get(address).content.decode()
        form = text[text.index('class="form-page"') :]
        first = re.search(r'<button type="submit"[^>]*>', form)[0]
        assert "name=" not in first  # Enter presses the first button of a form: it saves
        assert 'name="propose"' in form
        owner = re.search(r'name="_nguoi_dung" value="([^"]+)"', text)[1]
        data = typed(visit, guest_name="Tên đang gõ", propose="1", _nguoi_dung=owner)
        away = client.post(address, data)
        assert away.status_code == 302
        assert away.url.startswith(f"/doi-tac/them/?ve={address}")
        made = create_partner(actor=ministry.htqt, name_vi=f"Cơ quan mới {len(address)}", kind="embassy")
        back = client.get(address, {"doi_tac": made.pk}).content.decode()
        assert "Tên đang gõ" in back
        assert f"Cơ quan mới {len(address)}" in back
    assert Partner.objects.filter(name_vi__startswith="Cơ quan mới").count() == 2


# --- putting off and calling off --------------------------------------------------------------------------------------


def test_a_visit_is_put_off_and_called_off_with_a_kind_of_reason_that_is_counted(go, ministry, visit):
    v.submit(visit, ministry)
    client = go("htqt")
    assert page(visit, "dung/hoan/") in client.get(visit.get_absolute_url()).content.decode()
    stop = page(visit, "dung/hoan/")
    assert client.get(stop).status_code == 200
    reason = {"reason": "Phía bạn xin lùi", "version": v.fresh(visit).case.version}
    assert client.post(stop, reason).status_code == 200  # without a kind
    assert v.fresh(visit).case.state == S.IN_APPROVAL
    assert client.post(stop, reason | {"reason_code": SettlementReason.HOST}).status_code == 302
    kept = v.fresh(visit)
    assert (kept.case.state, kept.settled_reason) == (S.POSTPONED, SettlementReason.HOST)
    v.fire(kept, "resume", ministry.htqt)
    assert v.fresh(visit).settled_reason == ""
    reason |= {"version": v.fresh(visit).case.version, "reason_code": SettlementReason.LEADER}
    assert client.post(page(visit, "dung/huy/"), reason).status_code == 302
    assert InboundDelegation.objects.get(pk=visit.pk).settled_reason == SettlementReason.LEADER
    assert client.get(page(visit, "dung/huy/")).status_code == 403
    assert client.get(page(visit, "dung/xoa/")).status_code == 404


def test_who_does_not_run_the_visit_stops_nothing(go, ministry, visit):
    v.submit(visit, ministry)
    for name, status in (("kiemtoan", 403), ("truonghoc", 404)):
        assert go(name).get(page(visit, "dung/huy/")).status_code == status
    data = {"reason_code": "host", "reason": "x", "version": v.fresh(visit).case.version}
    assert go("kiemtoan").post(page(visit, "dung/huy/"), data).status_code in (403, 200)
    assert v.fresh(visit).case.state == S.IN_APPROVAL
