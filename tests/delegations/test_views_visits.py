"""The pages of visits: the short and the full form, guests from a sheet, lists, result, calendar, first page."""

from __future__ import annotations

import csv
import datetime as dt
import io

import pytest
from django.urls import reverse
from django.utils import timezone

from delegations.models import InboundDelegation
from delegations.visit_choices import InboundState as S
from intlcoop.people.languages import save_language
from intlcoop.workflow.models import Case
from tests.delegations import visiting as v
from tests.ministry import ACCOUNTS

pytestmark = pytest.mark.django_db

LIST, SHORT = "/doan-vao/", "/doan-vao/lap-nhanh/"


def short_data(**more) -> dict[str, str]:
    day = timezone.localdate()
    return {
        "guest_name": "Sandeep Sample",
        "guest_post": "Đại sứ Đặc mệnh toàn quyền",
        "body": "Đại sứ quán minh họa",
        "arrives_on": f"{day:%d/%m/%Y}",
        "meeting_time": "14h30",
        "meeting_place": "Trụ sở Bộ",
        "host_text": "Trần Quốc Bảo (lanhdaodonvi)",
        "topics": "Hợp tác về công tác dân tộc.",
        "languages": "Tiếng Anh",
        **more,
    }


def numbers(client, **query) -> list[str]:
    return [row.case.number for row in client.get(LIST, query).context["object_list"]]


# --- a guest who lives here -----------------------------------------------------------------------------------------------


def test_an_ambassador_is_received_on_one_page(go, ministry):
    client = go("chuyenvien")
    assert client.get(SHORT).context["form"].initial["arrives_on"] == timezone.localdate()
    answer = client.post(SHORT, short_data(submit="1"), follow=True)
    visit = InboundDelegation.objects.select_related("case").get()
    assert visit.case.title == "Tiếp Đại sứ Đặc mệnh toàn quyền Sandeep Sample"
    assert (visit.case.state, visit.meeting_time, visit.meeting_on) == (
        S.IN_APPROVAL,
        dt.time(14, 30),
        visit.arrives_on,
    )
    assert (visit.host_rank, visit.leaves_on) == ("director", visit.arrives_on)
    assert "Đã trình hồ sơ" in answer.content.decode()
    v.walk(visit, ministry)
    page = client.get(visit.get_absolute_url())
    assert [action.key for action in page.context["actions"] if action.primary] == ["ket-qua"]
    url = reverse("delegations:visit_result", args=[visit.case.number])
    answer = client.post(url, {"result": "Hai bên thống nhất.", "complete": "1"})
    assert answer.status_code == 302
    assert v.fresh(visit).case.state == S.COMPLETED


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("arrives_on", "32/13/2026", "không phải là ngày"),
        ("meeting_time", "25:00", "không phải là giờ"),
        ("guest_name", "", "bắt buộc"),
        ("host_text", "Ai đó (khongco)", "không có trong danh sách"),
        ("host_text", "Người ngoài Bộ", "chọn cấp tiếp"),
        ("topics", "x" * 4001, "4001"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_nothing_is_lost(go, ministry, field, typed, said):
    answer = go("chuyenvien").post(SHORT, short_data(**{field: typed}))
    assert (answer.status_code, InboundDelegation.objects.count()) == (200, 0)
    text = answer.content.decode()
    assert "Sandeep" in text or field == "guest_name"
    if said != "bắt buộc":
        assert said in text


def test_submitting_what_is_incomplete_keeps_nothing_and_says_why(go, ministry):
    answer = go("chuyenvien").post(SHORT, short_data(topics="", submit="1"))
    assert "Ghi nội dung trao đổi" in answer.content.decode()
    assert not InboundDelegation.objects.exists()


def test_the_place_of_the_last_guest_is_offered_again(go, ministry):
    v.short(ministry, meeting_place="Phòng khánh tiết")
    assert go("chuyenvien").get(SHORT).context["form"].initial["meeting_place"] == "Phòng khánh tiết"


# --- a delegation from abroad ------------------------------------------------------------------------------------------


def full_data(visit, **more) -> dict[str, str]:
    return {
        "version": str(visit.case.version),
        "title": visit.case.title,
        "body": "Bộ Nội vụ nước bạn",
        "guest_name": "Khamphone Sample",
        "guest_rank": "deputy_minister",
        "arrives_on": f"{visit.arrives_on:%d/%m/%Y}",
        "leaves_on": f"{visit.leaves_on:%d/%m/%Y}",
        "purpose_text": visit.purpose_text,
        "topics": visit.topics,
        "host_text": "Ngô Đức Nam (thutruong)",
        "meeting": "working",
        "out_of_plan_reason": visit.out_of_plan_reason,
        **more,
    }


def edit_url(visit) -> str:
    return reverse("delegations:visit_edit", args=[visit.case.number])


def test_the_whole_file_is_written_and_read_back(go, ministry):
    visit = v.full(ministry)
    client = go("htqt")
    data = full_data(visit, hotel="Khách sạn minh họa", arrival_time="10h25", meeting_time="9:00", guest_class="B")
    assert client.post(edit_url(visit), data).status_code == 302
    visit = v.fresh(visit)
    assert (visit.hotel, visit.arrival_time, visit.meeting_time) == (
        "Khách sạn minh họa",
        dt.time(10, 25),
        dt.time(9, 0),
    )
    page = client.get(visit.get_absolute_url()).content.decode()
    for text in ("Khách sạn minh họa", "Khamphone Sample", "Hạng B", "09:00"):
        assert text in page


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"leaves_on": "01/01/2026"}, "không thể trước ngày đến"),
        ({"meeting_on": "01/01/2026"}, "nằm ngoài thời gian của đoàn"),
        ({"guest_class": "A", "guest_name": ""}, "Hạng khách xác định theo Trưởng đoàn khách"),
        ({"plan_line": "999999"}, ""),
        ({"persons": "-3"}, ""),
        ({"persons": "99999999999"}, ""),
    ],
)
def test_contradictions_are_said_and_nothing_is_saved(go, ministry, more, said):
    visit = v.full(ministry)
    answer = go("htqt").post(edit_url(visit), full_data(visit, cars="Xe mới", **more))
    text = answer.content.decode()
    assert answer.status_code == 200
    assert said in text
    assert "Xe mới" in text
    assert v.fresh(visit).cars == ""


def test_two_people_at_once_lose_nothing(go, ministry):
    visit = v.full(ministry)
    data = full_data(visit, cars="của tôi")
    client = go("htqt")
    client.post(edit_url(visit), full_data(visit, cars="của người khác"))
    answer = client.post(edit_url(visit), data)
    assert answer.status_code == 409
    assert "của tôi" in answer.content.decode()
    assert v.fresh(visit).cars == "của người khác"
    again = answer.context["version"]
    assert client.post(edit_url(visit), data | {"version": str(again)}).status_code == 302
    assert v.fresh(visit).cars == "của tôi"


def test_a_visit_is_filed_from_its_line_of_the_plan(go, ministry):
    from tests.delegations.factories import plan_line

    line = plan_line(ministry, unit="HTQT")
    client = go("htqt")
    assert reverse("delegations:visit_new") not in client.get(line.get_absolute_url()).content.decode()
    type(line).objects.filter(pk=line.pk).update(kind="inbound", persons=8)
    assert f"?dong={line.pk}" in client.get(line.get_absolute_url()).content.decode()
    client.post(reverse("delegations:visit_new"), {"title": "Đón đoàn", "dong": str(line.pk)})
    visit = InboundDelegation.objects.get()
    assert (visit.plan_line_id, visit.persons) == (line.pk, 8)
    assert visit.case.number.replace("DV", "ĐV") in client.get(line.get_absolute_url()).content.decode()


# --- guests --------------------------------------------------------------------------------------------------------------


def paste_url(visit) -> str:
    return reverse("delegations:visit_guests_paste", args=[visit.case.number])


def test_three_hundred_guests_are_pasted_looked_at_and_written(go, ministry):
    visit = v.full(ministry)
    rows = "\n".join(f"{n}\t김민준 {n}\tVụ trưởng\tBộ Nội vụ\tHàn Quốc" for n in range(1, 301))
    text = f"STT\tHọ và tên\tChức vụ\tCơ quan\tQuốc tịch\n{rows}"
    client = go("htqt")
    answer = client.post(paste_url(visit), {"text": text, "look": "1", "version": visit.case.version})
    assert len(answer.context["pasted"].rows) == 300
    assert visit.members.count() == 1
    answer = client.post(paste_url(visit), {"text": text, "save": "1", "replace": "on", "version": visit.case.version})
    assert answer.status_code == 302
    assert visit.members.filter(country__iso2="KR", rank="director").count() == 300
    assert "김민준 7" in client.get(answer["Location"]).content.decode()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Họ và tên\tQuốc tịch\nA Sample\tNước Mặt Trăng", "Dòng 2"),
        ("Họ và tên\tNgày đến\nA Sample\t31/02/2026", "không phải là ngày"),
        ("Họ và tên\tNgày đến\tNgày về\nA Sample\t05/12/2026\t01/12/2026", "ngày về trước ngày đến"),
        ("   \n\t\n", "bắt buộc"),
        ("Họ và tên\n", "Không đọc được khách nào"),
    ],
)
def test_what_cannot_be_read_is_said_by_its_line_and_none_is_written(go, ministry, text, said):
    visit = v.full(ministry)
    answer = go("htqt").post(paste_url(visit), {"text": text, "save": "1", "version": visit.case.version})
    assert answer.status_code == 200
    assert said in answer.content.decode() or said == "bắt buộc"
    assert visit.members.count() == 1


def test_a_guest_is_written_changed_and_taken_off(go, ministry):
    visit = v.full(ministry)
    client, number = go("htqt"), visit.case.number
    new = {
        "full_name": "Vanida Sample",
        "part": "member",
        "dietary": "Ăn chay",
        "leaves_on": f"{visit.arrives_on:%d/%m/%Y}",
    }
    client.post(reverse("delegations:visit_guest_new", args=[number]), new)
    guest = visit.members.get(full_name="Vanida Sample")
    page = client.get(reverse("delegations:visit_guests", args=[number])).content.decode()
    assert "Ăn chay" in page
    outside = new | {"arrives_on": "01/01/2026", "leaves_on": ""}
    answer = client.post(reverse("delegations:visit_guest", args=[number, guest.pk]), outside)
    assert "nằm ngoài thời gian của đoàn" in answer.content.decode()
    client.post(reverse("delegations:visit_guest_remove", args=[number, guest.pk]))
    assert not visit.members.filter(pk=guest.pk).exists()


# --- preparation ----------------------------------------------------------------------------------------------------------


def test_the_first_task_that_is_done_opens_the_preparation(go, ministry):
    visit = v.accepted(v.full(ministry), ministry)
    client, number = go("htqt"), visit.case.number
    lists = reverse("delegations:visit_preparation", args=[number])
    assert "Khách sạn và xe đưa đón" in client.get(lists).content.decode()
    client.post(reverse("delegations:visit_preparation_tick", args=[number, "visit-lodging"]))
    assert v.fresh(visit).case.state == S.PREPARING
    url = reverse("delegations:visit_preparation_task", args=[number, "visit-consent"])
    incomplete = client.post(url, {"state": "done"})
    assert "số và ngày" in incomplete.content.decode().lower()
    client.post(url, {"state": "done", "document_number": "12/CV", "document_date": f"{timezone.localdate():%d/%m/%Y}"})
    assert visit.preparation.get(code="visit-consent").document_number == "12/CV"
    assert client.get(reverse("delegations:visit_preparation_task", args=[number, "passport"])).status_code == 404


def test_only_those_who_run_the_visit_prepare_it(go, ministry):
    visit = v.accepted(v.full(ministry), ministry)
    url = reverse("delegations:visit_preparation_tick", args=[visit.case.number, "visit-lodging"])
    for name in ("taichinh", "kiemtoan", "quantri", "thutruong"):
        assert go(name).post(url).status_code in (403, 404)
    assert not visit.preparation.exists()


def test_a_guest_who_lives_here_has_no_lists(go, ministry):
    visit = v.accepted(v.short(ministry), ministry)
    assert go("chuyenvien").get(reverse("delegations:visit_preparation", args=[visit.case.number])).status_code == 404
    page = go("chuyenvien").get(visit.get_absolute_url()).content.decode()
    assert "Bắt đầu chuẩn bị" not in page


# --- the list, the page, the calendar, the first page ------------------------------------------------------------------


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_one_and_many(go, ministry, count, django_assert_num_queries):
    for turn in range(count):
        v.submit(v.full(ministry, days_ahead=v.FAR + turn), ministry)
    client = go("htqt")
    client.get(LIST)
    with django_assert_num_queries(10):
        answer = client.get(LIST)
    assert len(answer.context["lines"]) == count


@pytest.mark.parametrize("count", [1, 3])
def test_the_red_marks_of_the_list_cost_the_same_for_one_and_many(go, ministry, count, django_assert_num_queries):
    for turn in range(count):
        v.accepted(v.full(ministry, days_ahead=turn + 1, warning_reason="Gấp"), ministry)
    client = go("htqt")
    client.get(LIST)
    with django_assert_num_queries(13):
        answer = client.get(LIST)
    assert answer.content.decode().count("Văn bản đồng ý cho đoàn vào") == count


@pytest.mark.parametrize("count", [1, 30])
def test_the_page_costs_the_same_for_one_and_many_guests(go, ministry, count, django_assert_num_queries):
    from delegations.services import add_guests

    visit = v.accepted(v.full(ministry, days_ahead=30), ministry)
    add_guests(visit, [{"full_name": f"Guest {n}"} for n in range(count)], actor=ministry.htqt)
    client, url = go("htqt"), visit.get_absolute_url()
    client.get(url)
    with django_assert_num_queries(QUERIES_OF_PAGE):
        client.get(url)


QUERIES_OF_PAGE = 31


@pytest.mark.parametrize("account", ACCOUNTS)
def test_the_list_shows_what_the_person_may_see(go, ministry, account):
    draft = v.full(ministry, filer="chuyenvien", unit="CSDP")
    v.submit(v.full(ministry, filer="chuyenvien", unit="CSDP", days_ahead=v.FAR + 1), ministry)
    visible = InboundDelegation.objects.visible_to(ministry.person(account)).values_list("case__number", flat=True)
    assert set(numbers(go(account))) == set(visible)
    assert (draft.case.number in set(visible)) is (account in ("chuyenvien", "lanhdaodonvi"))


def test_the_list_is_searched_by_number_guest_and_body(go, ministry):
    visit = v.full(ministry, partner_text="Bộ Hành chính công")
    client = go("htqt")
    for text in (visit.case.number, "ĐV-2026", "khamphone", "hanh chinh cong", "Lao", "thăm"):
        assert numbers(client, q=text) == [visit.case.number]
    assert numbers(client, q="khong co") == []


def test_the_register_leaves_with_its_eleven_columns(go, ministry):
    v.full(ministry)
    text = go("htqt").get(LIST, {"xuat": "csv"}).content.decode("utf-8-sig")
    head, row, total = list(csv.reader(io.StringIO(text)))
    assert head[:11] == [
        "STT", "Tên đoàn", "Danh sách đoàn", "Trưởng đoàn", "Ngày đến", "Ngày đi", "Văn bản xin phép", "Văn bản cho phép",
        "Mục đích", "Lĩnh vực hợp tác", "Nội dung",
    ]  # fmt: skip
    assert row[3] == "Khamphone Sample"
    assert (total[1], total[15]) == ("Tổng số: 1 đoàn", row[15]), "the guests that the files name"


def test_the_calendar_shows_guests_and_a_host_who_is_away(go, ministry):
    from tests.delegations import factories as f

    trip = f.trip(ministry, head="thutruong", head_rank="deputy_minister", days_ahead=v.FAR, length=4)
    Case.objects.filter(pk=trip.case_id).update(state="decided", first_submitted_at=timezone.now())
    visit = v.full(ministry, meeting_on=v.ahead(v.FAR + 1))
    page = go("htqt").get("/lich/", {"thang": f"{visit.arrives_on:%Y-%m}"}).content.decode()
    assert "Đoàn vào trong tháng" in page
    assert "có lịch tiếp khách" in page


def test_the_first_page_warns_of_arriving_guests_in_red(go, ministry):
    visit = v.accepted(v.full(ministry, days_ahead=2, warning_reason="Gấp"), ministry)
    page = go("htqt").get("/").content.decode()
    assert "Khách sắp đến nhưng còn thiếu" in page
    assert "Văn bản đồng ý cho đoàn vào" in page
    assert "Khách sắp đến nhưng còn thiếu" not in go("taichinh").get("/").content.decode()
    file = go("htqt").get(visit.get_absolute_url()).content.decode()
    assert "Khách đến sau 2 ngày nữa" in file


def test_drafts_and_results_wait_on_the_first_page(go, ministry):
    draft = v.full(ministry)
    late = v.received(v.short(ministry, filer="htqt", unit="HTQT", host="vutruong", days_ahead=-3), ministry)
    Case.objects.filter(pk=late.case_id).update(state="report_due")
    waiting = {task.number: task for task in go("htqt").get("/").context["home"].waiting}
    assert waiting[draft.case.number].button == "Viết tiếp bản nháp" or waiting[draft.case.number].act_url.endswith(
        "/sua/"
    )
    assert waiting[late.case.number].act_url.endswith("/ket-qua/")


def test_while_nobody_interprets_those_who_speak_the_language_are_named(go, ministry):
    save_language(None, person=ministry.htqt2, actor=None, name="Tiếng Lào", interprets=True)
    save_language(None, person=ministry.chuyenvien, actor=None, name="Tiếng Pháp")
    visit = v.full(ministry, languages="Tiếng Lào")
    section = 'id="phien-dich"'
    page = go("htqt").get(visit.get_absolute_url()).content.decode()
    assert section in page
    assert ministry.htqt2.full_name in page.split(section)[1].split("</section>")[0]
    assert ministry.chuyenvien.full_name not in page.split(section)[1].split("</section>")[0]
    for change in ({"interpreter": "Thuê ngoài"}, {"languages": "", "interpreter": ""}):
        InboundDelegation.objects.filter(pk=visit.pk).update(**change)
        assert section not in go("htqt").get(visit.get_absolute_url()).content.decode()
