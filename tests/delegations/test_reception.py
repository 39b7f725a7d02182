"""How guests are received, by clicking: programme, meeting record with two commitments, costs against the norm, gifts."""

from __future__ import annotations

import datetime as dt
import io

import pytest
import rules
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from agreements.models import Commitment
from delegations.exports.minutes import minutes
from delegations.exports.prints import RECEPTION_PRINTS
from delegations.exports.programme import programme as programme_paper
from delegations.models import MeetingPhoto, MeetingRecord, ProgrammeItem, VisitReception
from delegations.queries.programme import clashes
from delegations.services import reception as services
from intlcoop.exporting.decree30 import paper_html
from intlcoop.jobs.models import Job
from intlcoop.jobs.runner import run_job
from intlcoop.workflow.models import Case
from tests.delegations import visiting as v
from tests.delegations.visiting import gift

pytestmark = pytest.mark.django_db


@pytest.fixture
def visit(ministry):
    """Three days, five guests of class B."""
    return v.full(ministry, guest_class="B", persons=5)


def url(name: str, visit, *args: object) -> str:
    return reverse(f"delegations:{name}", args=[visit.case.number, *args])


def day(visit, number: int = 0) -> str:
    return f"{visit.arrives_on + dt.timedelta(days=number):%d/%m/%Y}"


def text_of(response) -> str:
    return response.content.decode()


def rows(prefix: str, *filled: dict[str, object]) -> dict[str, object]:
    data: dict[str, object] = {f"{prefix}-TOTAL_FORMS": len(filled), f"{prefix}-INITIAL_FORMS": 0}
    return data | {f"{prefix}-{n}-{name}": value for n, row in enumerate(filled) for name, value in row.items()}


# --- programme --------------------------------------------------------------------------------------------------------


def item(visit, **more: object) -> dict[str, object]:
    what = {"what": "Hội đàm", "what_en": "Talks", "day": day(visit), "half": "1_morning", "leader": ""}
    return what | {"starts": "9:00", "ends": "11:00"} | more


@pytest.mark.parametrize(
    ("starts", "half", "kept"),
    [
        ("8:30", "", "1_morning"), ("14h", "", "2_afternoon"), ("19h", "", "3_evening"), ("", "3_evening", "3_evening"),
        ("12h15", "1_morning", "1_morning"), ("11h30", "2_afternoon", "2_afternoon"), ("17h30", "3_evening", "3_evening"),
        ("14h", "1_morning", None), ("9h", "2_afternoon", None), ("9h", "3_evening", None), ("", "", None),
    ],
)  # fmt: skip
def test_the_hour_says_in_which_half_day_an_item_lies(go, visit, starts, half, kept):
    """What is chosen beside it may differ by an hour, not by half a day."""
    client = go("htqt")
    answer = client.post(url("programme_item_new", visit), item(visit, starts=starts, ends="", half=half))
    assert [each.half for each in ProgrammeItem.objects.all()] == ([kept] if kept else [])
    assert answer.status_code == (302 if kept else 200)
    if kept and not half:
        client.post(
            url("programme_item", visit, ProgrammeItem.objects.get().pk), item(visit, starts="20h", ends="", half="")
        )
        assert ProgrammeItem.objects.get().half == "3_evening", "a moved item moves with its hour"


def test_a_programme_is_written_in_two_languages_and_only_within_the_visit(go, visit):
    client = go("htqt")
    assert client.post(url("programme_item_new", visit), item(visit)).status_code == 302
    for wrong, said in (
        (item(visit, day=day(visit, 3)), "nằm ngoài thời gian"),
        (item(visit, day=day(visit, -1)), "nằm ngoài thời gian"),
        (item(visit, ends="8:00"), "phải sau giờ bắt đầu"),
        (item(visit, leader="Không Có Ai"), "không có trong danh sách"),
        (item(visit, day="hôm nay"), "Sửa"),
    ):
        answer = client.post(url("programme_item_new", visit), wrong)
        assert answer.status_code == 200
        assert said in text_of(answer) or wrong["day"] == "hôm nay"
    assert ProgrammeItem.objects.count() == 1
    shown_page = client.get(url("programme", visit))
    assert str(shown_page.context["crumbs"][0].label) == "Đoàn vào", "the way back to the list"
    page = text_of(shown_page)
    assert "Hội đàm" in page
    assert "Talks" in page
    html = str(paper_html(programme_paper(visit.case)))
    assert "Buổi sáng" in html
    assert "Morning" in html
    assert client.get(url("programme_docx", visit)).status_code == 200
    pk = ProgrammeItem.objects.get().pk
    assert client.post(url("programme_item_remove", visit, pk)).status_code == 302
    assert not ProgrammeItem.objects.exists()


def test_a_leader_who_is_busy_or_abroad_is_named(ministry, visit, monkeypatch):
    other = v.full(ministry, host="botruong")
    fields = {"day": visit.arrives_on, "half": "1_morning", "what": "Hội đàm", "leader": ministry.thutruong}
    hours = {"starts": dt.time(9), "ends": dt.time(11)}
    mine = services.save_item(visit.case, None, actor=ministry.htqt, fields=fields | hours)
    assert clashes([mine]) == {}
    touching = fields | {"starts": dt.time(11), "ends": dt.time(12)}
    services.save_item(other.case, None, actor=ministry.htqt, fields=touching)
    assert clashes([mine]) == {}  # one ends where the other begins
    inside = fields | {"starts": dt.time(10), "ends": dt.time(12)}
    services.save_item(other.case, None, actor=ministry.htqt, fields=inside)
    assert "cùng thời điểm" in clashes([mine])[mine.pk][0]
    ProgrammeItem.objects.filter(case=other.case).delete()
    from delegations.queries import programme as queries
    from intlcoop.people.registry import Absence

    away = Absence(
        person_id=ministry.thutruong.pk, first=visit.arrives_on, last=visit.arrives_on, number="DR-2026-0009"
    )
    monkeypatch.setattr(queries, "absences", lambda first, last, people: [away])
    assert "ĐR-2026-0009" in clashes([mine])[mine.pk][0]


# --- records of meetings ----------------------------------------------------------------------------------------------


def record(visit, **more: object) -> dict[str, object]:
    data = {"title": "Hội đàm", "held_on": day(visit), "starts": "9:00", "ends": "11:00", "topics": "Hợp tác đào tạo."}
    points = rows("points", {"text": "Phía bạn gửi đề cương."}, {"text": "Vụ Hợp tác quốc tế lập danh sách."})
    people = {"chair": "Ngô Đức Nam, Thứ trưởng", "secretary": "Phạm Hải Dương", "minutes_due": "on"}
    return data | people | points | more


def test_a_meeting_is_written_down_and_each_point_becomes_a_commitment(go, visit):
    client = go("htqt")
    begun = text_of(client.get(url("record_new", visit)))
    assert "Khamphone Sample" in begun  # the guests stand there already
    assert client.post(url("record_new", visit), record(visit)).status_code == 302
    found = MeetingRecord.objects.get()
    page = text_of(client.get(found.get_absolute_url()))
    for point in found.points.all():
        assert f"dong=bb-{found.pk}-{point.pk}" in page
    point = found.points.first()
    create = reverse(
        "agreements:commitment_create", query={"tu": visit.case.number, "dong": f"bb-{found.pk}-{point.pk}"}
    )
    assert "Phía bạn gửi đề cương." in text_of(client.get(create))
    Commitment.objects.create(
        case=Case.objects.create(kind="commitment", number="CK-2026-0900", title="Gửi đề cương", unit=visit.case.unit,
                                 created_by=visit.case.created_by, state="open"),
        born_in=visit.case, born_key=f"bb-{found.pk}-{point.pk}",
    )  # fmt: skip
    assert "CK-2026-0900" in text_of(client.get(found.get_absolute_url()))
    html = str(paper_html(minutes(found)))
    for words in ("09 giờ 00", "Chủ trì", "THƯ KÝ", "CHỦ TỌA", "kết thúc vào 11 giờ 00", "Ngô Đức Nam"):
        assert words in html
    assert client.get(url("record_docx", visit, found.pk)).status_code == 200
    client.post(url("reception_order", visit, f"bien-ban-{found.pk}"))
    job = Job.objects.get(kind=RECEPTION_PRINTS.code)
    assert job.params["name"] == f"bien-ban-{found.pk}"
    run_job(job.pk)
    made = reverse("delegations:reception_pdf", args=[job.pk])
    assert made in text_of(client.get(found.get_absolute_url()))
    assert b"".join(client.get(made).streaming_content).startswith(b"%PDF")
    assert go("vutruong").get(made).status_code == 404


@pytest.mark.parametrize("key", ["bb", "bb-x", "bb-1-2-3", "bb-99999", "12", "bb-" + "9" * 40, "bb-1-"])
def test_a_commitment_of_a_point_that_is_not_there_starts_empty(go, visit, key):
    create = reverse("agreements:commitment_create", query={"tu": visit.case.number, "dong": key})
    assert go("htqt").get(create).status_code == 200


def test_an_old_page_of_a_record_does_not_overwrite_a_newer_one(go, visit):
    client = go("htqt")
    client.post(url("record_new", visit), record(visit))
    found = MeetingRecord.objects.get()
    edit = url("record_edit", visit, found.pk)
    stamp = text_of(client.get(edit)).split('name="dau_vet" value="')[1].split('"')[0]
    client.post(edit, record(visit, title="Tên mới"))
    answer = client.post(edit, record(visit, title="Tên cũ", dau_vet=stamp))
    assert answer.status_code == 200
    assert MeetingRecord.objects.get().title == "Tên mới"


def test_a_photo_needs_a_caption_and_has_to_be_a_picture(go, visit):
    client = go("htqt")
    client.post(url("record_new", visit), record(visit))
    add = url("record_photo", visit, MeetingRecord.objects.get().pk)
    image = io.BytesIO()
    Image.new("RGB", (40, 30), "red").save(image, format="PNG")

    def picture():
        return SimpleUploadedFile("anh.png", image.getvalue(), content_type="image/png")

    said = {"no_secret_declared": "on"}
    assert client.post(add, {"photo": picture(), "caption": "", **said}).status_code == 200
    assert client.post(add, {"photo": SimpleUploadedFile("a.txt", b"x"), "caption": "x", **said}).status_code == 200
    assert not MeetingPhoto.objects.exists()
    assert client.post(add, {"photo": picture(), "caption": "Hai đoàn tại Hà Nội", **said}).status_code == 302
    photo = MeetingPhoto.objects.get()
    page = text_of(client.get(photo.record.get_absolute_url()))
    assert "Hai đoàn tại Hà Nội" in page
    file = f"/tep/anh-lam-viec/{photo.public_id}/"
    assert client.get(file).status_code == 200
    assert go("truonghoc").get(file).status_code == 404
    client = go("htqt")
    client.post(url("record_photo_remove", visit, photo.record_id, photo.public_id))
    assert client.get(file).status_code == 404
    assert MeetingPhoto.objects.get().withdrawn_at is not None


# --- costs ------------------------------------------------------------------------------------------------------------


def costs(amount: str, reason: str = "", item: str = "banquet", mode: str = "guest") -> dict[str, object]:
    return {"mode": mode} | rows("costs", {"item": item, "amount": amount, "reason": reason})


def test_costs_beyond_the_norm_need_a_reason(go, visit):
    client = go("htqt")
    edit = url("visit_costs_edit", visit)
    refused = client.post(edit, costs("10.000.001"))
    assert "vượt định mức 1 đồng" in text_of(refused)
    assert not VisitReception.objects.exists()  # all or nothing
    assert client.post(edit, costs("10.000.000")).status_code == 302
    assert client.post(edit, costs("10.000.001", "Thêm khách phía bạn")).status_code == 302
    page = text_of(client.get(url("visit_costs", visit)))
    assert "Thêm khách phía bạn" in page
    assert "35/2026/TT-BTC" in page
    assert "10.000.001" in page
    assert client.post(edit, costs("-5")).status_code == 200
    assert client.post(edit, costs("1" * 40)).status_code == 200


def test_translation_of_other_languages_and_our_own_interpreters_have_their_own_ceiling(go, visit):
    client, edit = go("htqt"), url("visit_costs_edit", visit)

    def line(item: str, amount: str, rate: str, quantity: str = "10") -> dict[str, object]:
        return {"mode": "guest"} | rows("costs", {"item": item, "amount": amount, "rate": rate, "quantity": quantity})

    assert client.post(edit, line("translation_in", "3.900.000", "language")).status_code == 302
    assert "3.900.000" in text_of(client.get(url("visit_costs", visit)))
    assert "vượt định mức 1 đồng" in text_of(client.post(edit, line("translation_in", "3.900.001", "language")))
    assert "vượt định mức" in text_of(client.post(edit, line("interpreting", "3.750.001", "in_house")))
    assert "chỉ áp dụng cho" in text_of(client.post(edit, line("interpreting", "1", "language")))
    assert client.post(edit, line("translation_in", "1", "nonsense")).status_code == 200
    assert VisitReception.objects.get().costs.get().amount == 3_900_000


def test_the_finance_department_reads_visits_whose_costs_are_written_down_and_no_others(go, ministry, visit):
    other = v.submit(v.full(ministry), ministry)
    finance = ministry.taichinh
    pages = [visit.get_absolute_url(), url("visit_costs", visit), url("visit_costs_edit", visit)]
    go("htqt").post(url("visit_costs_edit", visit), costs("10.000.000"))
    assert {go("taichinh").get(page).status_code for page in pages} == {404}  # a draft is nobody else's
    v.submit(visit, ministry)
    client = go("taichinh")
    assert {client.get(page).status_code for page in pages} == {200}
    assert visit.case.number in text_of(client.get(reverse("delegations:visits")))
    assert client.get(other.get_absolute_url()).status_code == 404
    for case, seen in ((visit.case, True), (other.case, False)):
        case = Case.objects.get(pk=case.pk)
        assert rules.has_perm("workflow.view_case", finance, case) == seen
        assert Case.objects.visible_to(finance).filter(pk=case.pk).exists() == seen
    assert go("phapche").get(visit.get_absolute_url()).status_code == 404  # another office with opinions does not
    assert client.get(url("record_new", visit)).status_code in (403, 404)


def test_without_a_class_of_guests_there_is_no_ceiling(go, ministry):
    visit = v.full(ministry)
    page = text_of(go("htqt").get(url("visit_costs", visit)))
    assert "cần có hạng khách" in page
    assert "0 đồng" not in page


def test_the_special_class_says_by_the_scheme(go, ministry):
    page = text_of(go("htqt").get(url("visit_costs", v.full(ministry, guest_class="special"))))
    assert "theo đề án" in page


# --- rights, and how much it costs ------------------------------------------------------------------------------------


def test_whoever_does_not_run_the_file_reads_and_writes_nothing(go, ministry, visit):
    v.submit(visit, ministry)
    pages = ("programme_item_new", "record_new", "gift_of_file", "visit_costs_edit")
    for name in ("truonghoc", "kiemtoan"):
        client = go(name)
        for page in pages:
            expected = 404 if name == "truonghoc" else 403
            assert client.get(url(page, visit)).status_code == expected, (name, page)
            assert client.post(url(page, visit), {}).status_code == expected, (name, page)


def test_pages_cost_the_same_with_one_row_and_with_three(go, ministry, visit):
    from django.db import connection

    client = go("htqt")

    def counts() -> list[int]:
        found = []
        pages = [
            url("programme", visit),
            reverse("delegations:gifts"),
            url("visit_costs", visit),
            visit.get_absolute_url(),
        ]
        for page in [*pages, MeetingRecord.objects.first().get_absolute_url()]:
            with CaptureQueriesContext(
                connection,
            ) as seen:
                assert client.get(page).status_code == 200
            found.append(len(seen))
        return found

    def add(number: int) -> None:
        leader = f"{ministry.thutruong.full_name} (thutruong)"
        assert (
            client.post(
                url("programme_item_new", visit), item(visit, day=day(visit, number), leader=leader)
            ).status_code
            == 302
        )
        assert client.post(url("record_new", visit), record(visit)).status_code == 302
        assert client.post(url("gift_of_file", visit), gift(visit.arrives_on)).status_code == 302

    add(0)
    counts()
    once = counts()
    assert once[:3] + once[4:] == [14, 8, 9, 14]  # the page of the visit itself is counted where it is tested
    add(1)
    add(2)
    assert counts() == once


# --- asking about a file ----------------------------------------------------------------------------------------------


def test_a_question_about_the_file_begins_on_its_page(go, visit):
    """One press: the form of the question names the file already. Who only reads is not invited to ask."""
    address = f"/hoi-dap/hoi/?ho_so={visit.case.number}"
    client = go("htqt")
    assert address in text_of(client.get(visit.get_absolute_url()))
    assert client.get(address).context["form"]["about_number"].value() == visit.case.number.replace("DV", "ĐV")
    Case.objects.filter(pk=visit.case_id).update(state="accepted", first_submitted_at=timezone.now())
    page = text_of(go("kiemtoan").get(visit.get_absolute_url()))
    assert visit.case.title in page
    assert "/hoi-dap/hoi/" not in page
