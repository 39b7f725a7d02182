"""The pages of events: the story by clicking, who may open what, bad input, constant numbers of queries."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from delegations import services
from delegations.event_choices import EventState
from delegations.models import EventPerson, EventWork, InternationalEvent
from delegations.services import event_parts
from intlcoop.operations.demo.clock import at
from tests.delegations.eventing import fields, fire, fresh, hosted, state_of, submit, walk


@pytest.fixture
def ministry(built, db):
    return built


def url(event: InternationalEvent, part: str = "") -> str:
    return f"/hoi-nghi/{event.case.number}/{part}"


def text_of(response) -> str:
    assert response.status_code == 200, response.status_code
    return response.content.decode()


def typed(event: InternationalEvent, **more) -> dict:
    """What the form of a hosted event sends."""
    values = fields(**more)
    days = {name: values[name].strftime("%d/%m/%Y") for name in ("starts_on", "ends_on") if values[name]}
    return {**values, **days, "title": event.case.title, "guest_rank": "other", "host_level": "ministry",
            "version": event.case.version, **{k: v for k, v in more.items() if k not in ("starts_on", "ends_on")}}  # fmt: skip


# --- filing -----------------------------------------------------------------------------------------------------------


def test_an_event_is_filed_with_a_title_and_asked_for_by_clicking(go, ministry):
    client = go("chuyenvien")
    sent = {
        "title": "Hội thảo quốc tế về chính sách dân tộc",
        "kind": "workshop",
        "role": "host",
        "format": "in_person",
    }
    answer = client.post("/hoi-nghi/lap/", sent)
    event = InternationalEvent.objects.select_related("case").get()
    assert answer.url == url(event, "sua/")
    page = text_of(client.get(answer.url))
    assert "Bộ trưởng cho phép" in page
    assert text_of(client.get(url(event))).count("Ghi chủ đề của hội nghị.") == 1
    answer = client.post(url(event, "sua/"), typed(event, topics=["ethnic_affairs"]))
    assert answer.status_code == 302, answer.context["form"].errors
    page = text_of(client.get(url(event)))
    assert "Thủ tướng Chính phủ cho phép" in page
    assert "Quyết định 06/2020/QĐ-TTg, Điều 3 khoản 1 điểm b" in page
    event = fresh(event)
    client.post(f"/ho-so/{event.case.number}/chuyen/submit/", {"version": event.case.version})
    assert state_of(event) == EventState.REQUESTED
    walk(event, ministry)
    assert state_of(event) == EventState.PERMITTED
    with at(event.ends_on + dt.timedelta(days=1)):
        from delegations.workflows import move_events_with_the_calendar

        move_events_with_the_calendar(timezone.localdate())
        page = text_of(go("chuyenvien").get(url(event)))
        assert "Báo cáo kết quả đến hạn ngày" in page
        sent = {
            "vietnamese_count": "50", "foreign_count": "18", "content": "Ba phiên.", "results": "Tuyên bố chung.",
            "number": "12/BC-CSDP", "sent_on": timezone.localdate().strftime("%d/%m/%Y"),
        }  # fmt: skip
        assert 'href="' + url(event, "bao-cao/") in page, "what there is to press is the report"
        answer = client.post(url(event, "bao-cao/"), sent | {"sent_on": ""})
        assert answer.status_code == 302, text_of(answer)
        assert "Tuyên bố chung." in text_of(client.get(url(event)))
        answer = client.post(url(event, "bao-cao/"), sent | {"sent_on": "", "results": "Khác.", "complete": "1"})
        assert answer.status_code == 200
        assert fresh(event).report.results == "Tuyên bố chung.", "not closed, so not saved either"
        assert client.post(url(event, "bao-cao/"), sent | {"complete": "1"}).status_code == 302
        assert state_of(event) == EventState.COMPLETED


def test_state_secrets_are_refused_in_the_form_and_nothing_is_kept(go, ministry):
    event = hosted(ministry)
    page = text_of(go("chuyenvien").post(url(event, "sua/"), typed(event, topics=["state_secrets"], theme="Khác")))
    assert "Không nhập nội dung bí mật nhà nước" in page
    assert "Thủ tướng Chính phủ" in page
    assert fresh(event).theme == fields()["theme"]


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"starts_on": dt.date(2027, 5, 3), "ends_on": dt.date(2027, 5, 2)}, "Ngày"),
        ({"format": "online", "endpoints": ""}, "điểm cầu tại Việt Nam"),
        ({"session_number": "21"}, "Chọn chuỗi hội nghị"),
        ({"session_number": "0"}, "1"),
        ({"foreign_count": "-3"}, "0"),
        ({"budget_vnd": "-5"}, "0"),
        ({"topics": ["weather"]}, "weather"),
        ({"title": ""}, "bắt buộc"),
        ({"guest_rank": "king"}, "king"),
    ],
)
def test_bad_input_is_said_and_keeps_what_was_typed(go, ministry, more, sentence):
    event = hosted(ministry)
    page = text_of(go("chuyenvien").post(url(event, "sua/"), typed(event, chair_text="Thứ trưởng Mẫu", **more)))
    assert sentence in page
    assert "Thứ trưởng Mẫu" in page
    assert fresh(event).chair_text == ""


def test_two_people_at_once_lose_nothing(go, ministry):
    event = hosted(ministry)
    old = typed(event, theme="Bản của tôi")
    services.update_event(event, actor=ministry.chuyenvien2, title=event.case.title, fields={"theme": "Bản của bạn"})
    answer = go("chuyenvien").post(url(event, "sua/"), old)
    assert answer.status_code == 409, answer.context["form"].errors
    assert "Bản của tôi" in answer.content.decode()
    assert fresh(event).theme == "Bản của bạn"


# --- who permits it? --------------------------------------------------------------------------------------------------


def test_the_question_has_a_page_of_its_own(go, ministry):
    client = go("truonghoc")
    assert "Thẩm quyền cho phép" in text_of(client.get("/hoi-nghi/ai-cho-phep/"))
    page = text_of(
        client.get("/hoi-nghi/ai-cho-phep/?topics=religion&guest_rank=minister&host_level=unit&starts_on=01/03/2027")
    )
    for words in ("Thủ tướng Chính phủ cho phép", "điểm b", "điểm a", "134/2025/NĐ-CP", "20/01/2027", "05/01/2027"):
        assert words in page, words
    page = text_of(client.get("/hoi-nghi/ai-cho-phep/?topics=other&starts_on=01/03/2027"))
    assert "Bộ trưởng cho phép" in page
    assert "30/01/2027" in page
    page = text_of(client.get("/hoi-nghi/ai-cho-phep/?topics=state_secrets"))
    assert "Thủ tướng Chính phủ cho phép" in page
    assert "Không nhập nội dung bí mật nhà nước" in page
    for strange in ("topics=x", "starts_on=31/02/2027", "guest_rank=9", "topics=%00"):
        assert client.get(f"/hoi-nghi/ai-cho-phep/?{strange}").status_code == 200


def test_the_answer_follows_what_is_typed(go, ministry):
    event = hosted(ministry)
    client = go("chuyenvien")
    assert "Bộ trưởng cho phép" in text_of(client.get(url(event, "ai-cho-phep/?topics=other&guest_rank=other")))
    assert "Thủ tướng Chính phủ cho phép" in text_of(client.get(url(event, "ai-cho-phep/?topics=human_rights")))
    assert "đồng ý chủ trương" in text_of(client.get(url(event, "ai-cho-phep/?topics=other&needs_principle=on")))
    EventPerson.objects.create(event=event, full_name="Bộ trưởng bạn", rank="minister")
    assert "Thủ tướng Chính phủ cho phép" in text_of(
        client.get(url(event, "ai-cho-phep/?topics=other&guest_rank=other"))
    )


# --- people -----------------------------------------------------------------------------------------------------------


def test_three_hundred_guests_are_pasted_in_any_script(go, ministry):
    event = hosted(ministry)
    rows = ["Họ và tên\tQuốc gia\tChức vụ", "田中 花子\tNhật Bản\tGiáo sư", "ທ່ານ ບຸນມີ\tLA\t"]
    rows += [f"Khách {n}\t\tChuyên viên" for n in range(298)]
    client = go("chuyenvien")
    answer = client.post(url(event, "khach/dan/"), {"rows": "\r\n".join(rows), "side": "foreign", "part": "delegate"})
    assert answer.status_code == 302, text_of(answer)
    assert event.people.count() == 300
    first = event.people.select_related("country").first()
    assert (first.full_name, first.post, first.country.iso2) == ("田中 花子", "Giáo sư", "JP")
    page = text_of(client.get(url(event, "khach/?q=ບຸນມີ")))
    assert "ທ່ານ ບຸນມີ" in page
    assert "Khách 7" not in page
    assert "田中" in text_of(client.get(url(event, "khach/")))
    sheet = client.get(url(event, "khach/?xuat=csv"))
    assert sheet.status_code == 200
    assert "田中 花子" in b"".join(sheet).decode("utf-8-sig") if sheet.streaming else sheet.content.decode("utf-8-sig")


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ("", "bắt buộc"),
        ("\t\t\n;;", "Không tìm thấy dòng nào"),
        ("Anna;Chuyên viên;Bộ;Nước không có", "Nước không có"),
        ("x" * 200, "dài quá"),
        (";Chuyên viên", "thiếu họ tên"),
    ],
)
def test_a_wrong_sheet_is_refused_as_a_whole(go, ministry, rows, sentence):
    event = hosted(ministry)
    sent = {
        "rows": f"Bob;;;\n{rows}" if ";" in rows and rows.strip("\t\n;") else rows,
        "side": "foreign",
        "part": "guest",
    }
    page = text_of(go("chuyenvien").post(url(event, "khach/dan/"), sent))
    assert sentence in page
    assert event.people.count() == 0


def test_a_person_answers_and_is_taken_out(go, ministry):
    event = hosted(ministry)
    client = go("chuyenvien")
    sent = {"full_name": "Anna", "part": "speaker", "side": "foreign", "rank": "other", "answer": "accepted"}
    assert client.post(url(event, "khach/them/"), sent).status_code == 302
    anna = event.people.get()
    assert anna.invited_on == timezone.localdate()
    early = (timezone.localdate() - dt.timedelta(days=1)).strftime("%d/%m/%Y")
    invited = timezone.localdate().strftime("%d/%m/%Y")
    bad = sent | {"invited_on": invited, "answered_on": early}
    assert "không thể trước ngày mời" in text_of(client.post(url(event, f"khach/{anna.pk}/"), bad))
    again = text_of(client.post(url(event, "khach/them/"), sent))
    assert "đã có trong danh sách" in again
    assert client.post(url(event, f"khach/{anna.pk}/bo/")).status_code == 302
    assert event.people.count() == 0
    assert client.get(url(event, f"khach/{anna.pk}/")).status_code == 404
    assert client.get(url(event, "khach/99999999999999999999/")).status_code == 404


# --- work, papers -----------------------------------------------------------------------------------------------------


def test_a_task_needs_somebody_and_is_marked(go, ministry):
    event = hosted(ministry)
    client = go("chuyenvien")
    page = text_of(client.post(url(event, "viec/them/"), {"stream": "content", "title": "Chương trình"}))
    assert "Ghi ai thực hiện" in page
    owner = ministry.chuyenvien2
    sent = {"stream": "logistics", "title": "Đặt phòng", "owner": owner.pk, "due_on": "05/05/2027"}
    assert client.post(url(event, "viec/them/"), sent).status_code == 302
    row = event.work.get()
    assert "Đặt phòng" in text_of(client.get(url(event)))
    assert client.post(url(event, f"viec/{row.pk}/xong/"), {"state": "broken"}).status_code == 302
    assert client.post(url(event, f"viec/{row.pk}/xong/"), {"state": "done"}).status_code == 302
    row.refresh_from_db()
    assert row.state == "done"
    assert go("truonghoc").post(url(event, f"viec/{row.pk}/xong/"), {"state": "open"}).status_code == 404


@pytest.mark.parametrize("name", ["de-an", "xin-phep", "giay-moi", "bao-cao"])
def test_papers_are_word_files_with_what_is_known(go, ministry, name):
    from docx import Document

    event = hosted(ministry, topics=["religion"])
    EventPerson.objects.create(event=event, full_name="田中 花子", part="speaker")
    answer = go("chuyenvien").get(url(event, f"van-ban/{name}/"))
    assert answer.status_code == 200
    from io import BytesIO

    text = "\n".join(paragraph.text for paragraph in Document(BytesIO(answer.content)).paragraphs)
    assert "Hội thảo quốc tế về cải cách công vụ" in text
    wanted = {
        "de-an": ["Mẫu 01", "Nguồn kinh phí", "250.000.000 đồng", "田中 花子"],
        "xin-phep": ["Thủ tướng Chính phủ", "Điều 3 khoản 1 điểm b", "80 đại biểu"],
        "giay-moi": ["trân trọng kính mời"],
        "bao-cao": ["Mẫu 02", "Kiến nghị"],
    }[name]
    assert [words for words in wanted if words not in text] == []
    unwanted = ("VND", "cần đối chiếu", "chủ trì: ….", "Vụ trưởng Vụ", "VỤ TRƯỞNG VỤ")
    assert [words for words in unwanted if words in text] == []


def test_an_unknown_paper_and_one_of_an_attended_event_do_not_exist(go, ministry):
    client = go("chuyenvien")
    assert client.get(url(hosted(ministry), "van-ban/khac/")).status_code == 404
    assert client.get(url(hosted(ministry, role="attend"), "van-ban/de-an/")).status_code == 404


def test_a_print_is_made_by_the_worker_and_lies_among_the_files(go, ministry):
    from delegations.exports.prints import EVENT_PRINTS
    from intlcoop.jobs.models import Job
    from intlcoop.jobs.runner import run_job

    event = hosted(ministry)
    client = go("chuyenvien")
    assert client.post(url(event, "van-ban/de-an/pdf/")).status_code == 302
    job = Job.objects.get(kind=EVENT_PRINTS.code)
    assert (job.params["case"], job.params["name"]) == (event.case.pk, "de-an")
    run_job(job.pk)
    kept = event.case.attachments.current().get(kind="pdf_de-an")
    assert (kept.original_name, kept.file.read(4)) == (f"de-an-{event.case.number}.pdf", b"%PDF")
    assert client.post(url(event, "van-ban/khac/pdf/")).status_code == 404


# --- who may --------------------------------------------------------------------------------------------------------


def test_strangers_find_nothing_and_readers_change_nothing(go, ministry):
    event = hosted(ministry)
    row = EventWork.objects.create(event=event, title="Việc")
    parts = (
        "",
        "sua/",
        "khach/",
        "khach/dan/",
        "viec/them/",
        f"viec/{row.pk}/",
        "bao-cao/",
        "van-ban/de-an/",
        "ai-cho-phep/",
    )
    assert {go("truonghoc").get(url(event, part)).status_code for part in parts} == {404}
    submit(event, ministry)
    client = go("kiemtoan")
    assert {client.get(url(event, part)).status_code for part in ("", "khach/", "van-ban/de-an/")} == {200}
    assert {client.get(url(event, part)).status_code for part in ("sua/", "khach/dan/", "viec/them/", "bao-cao/")} == {
        403
    }
    before = event.people.count()
    client.post(url(event, "khach/them/"), {"full_name": "X", "part": "guest", "side": "foreign", "rank": "other"})
    assert event.people.count() == before


def test_a_closed_file_is_written_no_more(go, ministry):
    event = hosted(ministry)
    submit(event, ministry)
    walk(event, ministry)

    fire(event, "cancel", ministry.chuyenvien, "Bạn hoãn.")
    client = go("chuyenvien")
    assert client.get(url(event)).status_code == 200
    assert {client.get(url(event, part)).status_code for part in ("sua/", "khach/them/", "viec/them/", "bao-cao/")} == {
        403
    }


# --- numbers of queries -----------------------------------------------------------------------------------------------


def test_the_list_costs_the_same_for_one_and_three(go, ministry, django_assert_num_queries):
    client = go("htqt")
    submit(hosted(ministry), ministry)
    client.get("/hoi-nghi/")
    with django_assert_num_queries(LIST):
        client.get("/hoi-nghi/")
    for n in range(2):
        submit(hosted(ministry, title=f"Hội thảo {n}"), ministry)
    with django_assert_num_queries(LIST):
        page = client.get("/hoi-nghi/").content.decode()
    assert page.count('href="/hoi-nghi/HN-') >= 3


def test_the_page_costs_the_same_for_one_guest_and_many(go, ministry, django_assert_num_queries):
    event = hosted(ministry)
    client = go("chuyenvien")
    event_parts.add_people(event, [{"full_name": "A", "part": "speaker"}], actor=ministry.chuyenvien)
    event_parts.save_work(
        EventWork(event=event), actor=ministry.chuyenvien, fields={"title": "Một", "owner": ministry.htqt}
    )
    client.get(url(event))
    with django_assert_num_queries(PAGE):
        client.get(url(event))
    with django_assert_num_queries(PEOPLE):
        client.get(url(event, "khach/"))
    event_parts.add_people(
        event, [{"full_name": f"B{n}", "part": "speaker"} for n in range(9)], actor=ministry.chuyenvien
    )
    for name in ("chuyenvien", "chuyenvien2"):
        event_parts.save_work(
            EventWork(event=event), actor=ministry.chuyenvien, fields={"title": name, "owner": ministry.person(name)}
        )
    with django_assert_num_queries(PAGE):
        client.get(url(event))
    with django_assert_num_queries(PEOPLE):
        client.get(url(event, "khach/"))


LIST, PAGE, PEOPLE = 8, 59, 9
