"""The list and the page of a trip: who sees what, what it costs, which buttons stand there."""

from __future__ import annotations

import csv
import io

import pytest
from django.utils import timezone

from delegations.choices import Mode, Part
from delegations.models import OutboundDelegation
from delegations.services import update_trip
from intlcoop.audit.models import SecurityEvent
from intlcoop.workflow.choices import StepKind
from intlcoop.workflow.models import Case
from tests.delegations import factories as f
from tests.delegations.typing import typed
from tests.ministry import ACCOUNTS

pytestmark = pytest.mark.django_db

LIST = "/doan-ra/"


def page(client, made, tail: str = "") -> str:
    return client.get(f"/doan-ra/{made.case.number}/{tail}").content.decode()


def numbers(client, **query) -> list[str]:
    return [row.case.number for row in client.get(LIST, query).context["object_list"]]


# --- the list -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_one_and_many(go, ministry, count, django_assert_num_queries):
    for turn in range(count):
        f.submit(f.trip(ministry, days_ahead=f.FAR + 10 * turn), ministry)
    client = go("htqt")
    client.get(LIST)  # what a process remembers between pages is asked once
    with django_assert_num_queries(9):
        response = client.get(LIST)
    assert len(response.context["lines"]) == count


@pytest.mark.parametrize("account", ACCOUNTS)
def test_the_list_shows_what_the_person_may_see(go, ministry, account):
    draft = f.trip(ministry)
    submitted = f.trip(ministry, days_ahead=f.FAR + 20)
    f.submit(submitted, ministry)
    visible = set(
        OutboundDelegation.objects.visible_to(ministry.person(account)).values_list("case__number", flat=True)
    )
    assert set(numbers(go(account))) == visible
    assert (draft.case.number in visible) is (account in ("chuyenvien", "lanhdaodonvi"))


def test_the_list_is_searched_with_and_without_accents_and_by_number_both_ways(go, ministry):
    made = f.trip(ministry)
    other = f.trip(ministry, country="JP", head="lanhdaodonvi", days_ahead=f.FAR + 20)
    client = go("chuyenvien")
    short = made.case.number.replace("DR-", "đr ").replace("-", " ")
    for text in (made.case.number, f"Đ{made.case.number[1:]}", short, "thai lan", "Thái", "trieu hoai", "linh thai"):
        assert numbers(client, q=text) == [made.case.number], text
    assert numbers(client, q="nhat ban tran quoc bao") == [other.case.number]
    assert numbers(client, q="khong co ai nhu the") == []


def test_the_list_is_filtered(go, ministry):
    planned = f.trip(ministry)
    unplanned = f.trip(ministry, country="JP", days_ahead=f.FAR + 20, out_of_plan_reason="Lời mời phát sinh")
    f.submit(unplanned, ministry)
    client = go("chuyenvien")
    japan = unplanned.legs.get().country
    assert numbers(client, trang_thai="planned") == [planned.case.number]
    assert numbers(client, nuoc=japan.pk) == [unplanned.case.number]
    assert numbers(client, ke_hoach="ngoai") == [unplanned.case.number]
    assert numbers(client, ke_hoach="trong") == [planned.case.number]
    assert numbers(client, don_vi=planned.case.unit_id, hinh_thuc="led", nam=planned.departs_on.year)
    assert numbers(client, hinh_thuc="accompanying") == []
    for nonsense in ({"nuoc": "x"}, {"nam": "99999999999"}, {"don_vi": "-1"}, {"trang": "999"}, {"sap_xep": "'"}):
        assert client.get(LIST, nonsense).status_code == 200


def test_the_newest_departure_comes_first_and_heads_sort(go, ministry):
    early, late = f.trip(ministry), f.trip(ministry, days_ahead=f.FAR + 20)
    client = go("chuyenvien")
    assert numbers(client) == [late.case.number, early.case.number]
    assert numbers(client, sap_xep="number") == [early.case.number, late.case.number]


def test_the_register_is_exported_with_the_ministrys_columns_and_leaves_a_line_in_the_log(go, ministry):
    case = f.submit(f.trip(ministry), ministry)
    f.walk_to_the_end(case, ministry)
    client = go("htqt")
    text = client.get(LIST, {"xuat": "csv"}).content.decode("utf-8-sig")
    head, row = list(csv.reader(io.StringIO(text), delimiter=";" if ";" in text.splitlines()[0] else ","))[:2]
    assert head[0] == "STT"
    for name in (
        "Danh sách đoàn",
        "Trưởng đoàn",
        "Ngày đi",
        "Ngày về",
        "Văn bản cho phép",
        "Nguồn kinh phí",
        "Báo cáo",
    ):
        assert name in head
    assert row[0] == "1"
    assert "Triệu Hoài Linh" in row
    assert any("QĐ-BDP" in cell for cell in row)
    assert any("120.000.000 VND" in cell for cell in row)
    assert SecurityEvent.objects.filter(kind="export").count() == 1
    assert client.get(LIST, {"xuat": "xlsx"}).content[:2] == b"PK"


# --- the file -----------------------------------------------------------------------------------------------------


def test_the_page_says_what_is_decided_and_who_must_act_by_which_law(go, ministry):
    made = f.trip(ministry)
    f.submit(made, ministry)
    text = page(go("htqt"), made)
    for words in (
        "Thái Lan",
        "Trao đổi kinh nghiệm",
        "Triệu Hoài Linh",
        "120.000.000",
        "Trần Quốc Bảo",
        "Kế hoạch đoàn ra",
    ):
        assert words in text
    assert f.open_step(made.case).citation in text
    assert text.count("<h1") == 1
    assert "is-sticky" in text


BUTTONS = {
    "chuyenvien": ("/sua/", "/chuyen/withdraw/"),
    "lanhdaodonvi": ("/buoc/", "/sua/"),
    "vanthu": ("/ghi-nhan/",),
    "htqt": ("/ghi-nhan/", "/noi-bat/"),
    "quantri": ("/giao-lai/",),
}
ALL_BUTTONS = ("/sua/", "/chuyen/", "/ghi-nhan/", "/giao-lai/", "/noi-bat/", "/phieu-trinh/")


@pytest.mark.parametrize("account", ACCOUNTS)
def test_only_the_buttons_that_this_person_may_press_stand_there(go, ministry, account):
    made = f.trip(ministry)
    f.submit(made, ministry)
    response = go(account).get(f"/doan-ra/{made.case.number}/")
    if account in ("truonghoc", "phapche"):
        assert response.status_code == 404
        return
    text = response.content.decode()
    for part in BUTTONS.get(account, ()):
        assert part in text, part
    for part in ("/sua/", "/chuyen/"):
        assert (part in text) is (account in ("chuyenvien", "lanhdaodonvi"))
    assert ("/giao-lai/" in text) is (account == "quantri")
    assert ("/ghi-nhan/" in text) is (account in ("vanthu", "htqt", "vutruong"))
    if account == "kiemtoan":
        assert not any(part in text for part in ALL_BUTTONS)


def test_one_button_is_the_primary_one(go, ministry):
    made = f.trip(ministry)

    def primary(account: str) -> int:
        return page(go(account), made).split("<dialog")[0].count("btn-primary")

    assert primary("chuyenvien") == 1
    f.submit(made, ministry)
    assert primary("lanhdaodonvi") == 1
    assert primary("kiemtoan") == 0


def test_a_draft_says_what_is_missing_with_the_way_to_each(go, ministry):
    made = f.trip(ministry, invitation=False)
    text = page(go("chuyenvien"), made)
    assert "Đính kèm thư mời" in text
    assert f"/doan-ra/{made.case.number}/sua/#can-cu" in text


def test_a_warning_links_to_the_other_file_only_for_who_may_open_it(go, ministry):
    other = f.trip(ministry, filer="truonghoc", unit="DHPT", head="chuyenvien2")
    made = f.trip(ministry)
    link = f'href="/ho-so/{other.case.number}/"'
    assert link not in page(go("chuyenvien"), made)
    assert "cùng thời gian" in page(go("chuyenvien"), made)
    mine = f.trip(ministry, days_ahead=f.FAR + 1)
    assert f'href="/ho-so/{made.case.number}/"' in page(go("chuyenvien"), mine)


def test_earlier_rounds_stay_readable(go, ministry):
    made = f.trip(ministry)
    case = f.submit(made, ministry)
    go("lanhdaodonvi").post(
        f"/buoc/{f.open_step(case).pk}/", {"outcome": "return", "comment": "Thiếu chương trình họp"}
    )
    f.submit(made, ministry)
    text = page(go("chuyenvien"), made)
    assert "Vòng xử lý trước" in text
    assert "Thiếu chương trình họp" in text


def test_the_page_of_an_accompanying_trip_speaks_of_no_plan(go, ministry):
    made = f.trip(
        ministry,
        mode=Mode.ACCOMPANYING,
        principal="Thủ tướng Chính phủ",
        composition_number="12/TB-VPCP",
        composition_date=timezone.localdate(),
        members=[f.member(ministry.botruong, Part.MEMBER, "minister")],
    )
    text = page(go("chuyenvien"), made)
    assert "Thủ tướng Chính phủ" in text
    assert "Phát sinh" not in text


@pytest.mark.parametrize("number", ["DR-2026-9999", "x", "DR-2026-0001%00", "DR-2026-" + "9" * 40, "../etc", "đr"])
def test_a_number_that_is_not_there_is_not_found(go, number):
    assert go("htqt").get(f"/doan-ra/{number}/").status_code == 404


# --- copying, highlights ------------------------------------------------------------------------------------------


def test_an_old_file_is_copied_into_a_new_draft(go, ministry):
    made = f.trip(ministry)
    client = go("chuyenvien")
    assert client.get(f"/doan-ra/{made.case.number}/sao-chep/").status_code == 302
    assert OutboundDelegation.objects.count() == 1
    response = client.post(f"/doan-ra/{made.case.number}/sao-chep/")
    copy = OutboundDelegation.objects.exclude(pk=made.pk).get()
    assert response.url == f"/doan-ra/{copy.case.number}/sua/"
    assert (copy.departs_on, copy.plan_line, copy.members.count()) == (None, None, 1)


@pytest.mark.parametrize(("account", "status"), [("kiemtoan", 403), ("quantri", 403), ("truonghoc", 404)])
def test_who_files_no_trips_or_does_not_see_it_copies_nothing(go, ministry, account, status):
    made = f.trip(ministry)
    f.submit(made, ministry)
    assert go(account).post(f"/doan-ra/{made.case.number}/sao-chep/").status_code == status
    assert OutboundDelegation.objects.count() == 1


@pytest.mark.parametrize("account", ACCOUNTS)
def test_the_icd_alone_marks_highlights_at_any_time(go, ministry, account):
    made = f.trip(ministry)
    f.walk_to_the_end(f.submit(made, ministry), ministry)
    data = {"is_highlight": "on", "text": "Ký Bản ghi nhớ"}
    response = go(account).post(f"/doan-ra/{made.case.number}/noi-bat/", data)
    made.refresh_from_db()
    may = account in ("htqt", "vutruong")
    assert made.is_highlight is may
    assert response.status_code == (302 if may else 404 if account in ("truonghoc", "phapche") else 403)


def test_a_highlight_that_is_too_long_is_refused(go, ministry):
    made = f.trip(ministry)
    f.submit(made, ministry)
    go("htqt").post(f"/doan-ra/{made.case.number}/noi-bat/", {"is_highlight": "on", "text": "x" * 601})
    made.refresh_from_db()
    assert not made.is_highlight


# --- a change under way -------------------------------------------------------------------------------------------


def test_a_change_that_adds_somebody_reopens_and_the_page_says_so(go, ministry):
    made = f.trip(ministry)
    case = f.submit(made, ministry)
    f.walk_to(case, ministry, kind=StepKind.APPROVE)
    client = go("chuyenvien")
    text = page(client, made, "sua/")
    assert "mở lại các bước liên quan" in text
    made = OutboundDelegation.objects.get(pk=made.pk)
    row = made.members.get()
    members = [
        {"id": row.pk, "full_name": "Triệu Hoài Linh (chuyenvien2)", "part": "head", "member_class": "official"},
        {"full_name": "Nguyễn Minh An (chuyenvien)", "part": "member", "member_class": "official"},
    ]
    client.post(
        f"/doan-ra/{case.number}/sua/", typed(made, members=members, version=Case.objects.get(pk=case.pk).version)
    )
    assert [step.office for step in f.open_steps(case)] == ["unit_head"]


def test_only_wording_under_way_reopens_nothing(go, ministry):
    made = f.trip(ministry)
    case = f.submit(made, ministry)
    step = f.walk_to(case, ministry, kind=StepKind.APPROVE)
    update_trip(made, actor=ministry.chuyenvien, fields={"purpose_text": "Câu chữ khác"})
    assert f.open_step(case).pk == step.pk
