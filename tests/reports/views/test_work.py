"""The register of other work, by clicking."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agreements.models import Commitment
from intlcoop.exporting.pdf import text_of
from intlcoop.exporting.table_reading import read_sheet
from intlcoop.jobs.models import Job
from intlcoop.jobs.runner import run_job
from intlcoop.workflow import engine
from intlcoop.workflow.deciding import decide
from reports.exports.prints import NOTICES
from reports.models import RecordedTotal, WorkItem
from reports.services import save_lines
from reports.views.work import SLUGS
from tests.reports.works import CLOSING, closed, fresh, work

pytestmark = pytest.mark.django_db

LIST = "/cong-viec/"


def tokens(person) -> dict[str, str]:
    return {"_nguoi_dung": str(person.pk), "_yeu_cau": str(uuid.uuid4())}


def asked(ministry, **more) -> dict[str, str]:
    return {
        "title": "Tham gia ý kiến dự thảo báo cáo quốc gia",
        "unit": str(ministry.unit("HTQT").pk),
        "direction": "incoming",
        "body": "Bộ Ngoại giao",
        "request_number": "123/BNG-TCQT",
        "request_on": "05/01/2026",
        "due_on": "20/01/2026",
        **more,
    }


def queries_of(client, url: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as found:
        assert client.get(url).status_code == 200
    return len(found)


def test_a_task_is_entered_answered_and_counted_by_clicking(client, ministry):
    person = ministry.htqt
    client.force_login(person)
    assert "Công việc phối hợp" in client.get("/cong-viec/them/").content.decode()
    page = client.post("/cong-viec/them/phoi-hop/", asked(ministry) | tokens(person), follow=True)
    item = WorkItem.objects.get()
    assert item.get_absolute_url() in page.redirect_chain[-1][0]
    assert "Chờ ta trả lời" in page.content.decode()
    assert "123/BNG-TCQT" in page.content.decode()
    url = f"{item.get_absolute_url()}ket-thuc/"
    sent = {"reply_number": "9/BDP", "reply_on": "09/01/2026", "result": "Nhất trí.", "version": str(item.case.version)}
    page = client.post(url, sent | tokens(person), follow=True)
    assert "Đã hoàn thành" in page.content.decode()
    figures = client.get("/cong-viec/so-lieu/?nam=2026").content.decode()
    assert "loai=coordination" in figures


@pytest.mark.parametrize("slug", SLUGS)
def test_the_form_follows_the_kind_and_says_what_is_missing(client, ministry, slug):
    person = ministry.htqt
    client.force_login(person)
    page = client.get(f"/cong-viec/them/{slug}/")
    assert page.status_code == 200
    asked_here = set(page.context["form"].fields)
    assert ("direction" in asked_here) == (slug in ("phoi-hop", "tai-lieu"))
    assert ("frequency" in asked_here) == (slug == "giao-ban")
    page = client.post(f"/cong-viec/them/{slug}/", {"title": "Một việc"} | tokens(person))
    assert page.status_code == 200
    assert set(page.context["form"].errors) >= set(page.context["form"].spec.required)
    assert not WorkItem.objects.exists()


@pytest.mark.parametrize(
    ("slug", "field", "value"),
    [
        ("phoi-hop", "due_on", "04/01/2026"),
        ("phoi-hop", "request_on", "31/02/2026"),
        ("phoi-hop", "title", "a" * 301),
        ("phoi-hop", "title", "TỐI MẬT"),
        ("phoi-hop", "body", "x" * 301),
        ("phoi-hop", "direction", "sideways"),
        ("phoi-hop", "owner", "999999999"),
        ("phoi-hop", "unit", "x"),
        ("tai-lieu", "partner", "Không có đối tác này"),
        ("hop", "ends_on", "01/01/2026"),
        ("dao-tao", "persons", "0"),
        ("dao-tao", "persons", "-3"),
        ("dao-tao", "persons", "99999999999"),
        ("dao-tao", "days", "40000"),
        ("dao-tao", "languages", "klingon"),
    ],
)
def test_bad_input_is_answered_beside_its_field(client, ministry, slug, field, value):
    person = ministry.htqt
    client.force_login(person)
    more = {"meeting_sort": "other", "starts_on": "02/01/2026", "audience": "own"}
    page = client.post(f"/cong-viec/them/{slug}/", asked(ministry) | more | {field: value} | tokens(person))
    assert page.status_code == 200
    assert field in page.context["form"].errors
    assert not WorkItem.objects.exists()


def test_conclusions_become_commitments_and_the_notice_is_printed(client, ministry):
    person = ministry.htqt
    item = work(ministry, "meeting", "Hội nghị triển khai công tác hợp tác quốc tế năm 2026")
    client.force_login(person)
    base, unit = item.get_absolute_url(), ministry.unit("CSDP")
    rows = {
        "ket-luan-TOTAL_FORMS": "2", "ket-luan-INITIAL_FORMS": "0",
        "ket-luan-0-text": "Gửi kế hoạch đoàn ra năm 2027", "ket-luan-0-unit": str(unit.pk), "ket-luan-0-due_on": "30/03/2090",
        "ket-luan-1-text": "Rà soát các thỏa thuận đã ký", "version": str(fresh(item).case.version),
    }  # fmt: skip
    assert client.post(f"{base}muc/ket-luan/", rows | tokens(person)).status_code == 302
    first = item.conclusions.first()
    page = client.get("/cam-ket/them/", {"tu": item.case.number, "dong": first.pk})
    initial = page.context["form"].initial
    assert (initial["title"], initial["unit"], initial["due_on"]) == (first.text, unit.pk, dt.date(2090, 3, 30))
    sent = {
        "title": first.text,
        "side": "ours",
        "unit": str(unit.pk),
        "due_on": "30/03/2090",
        "born_number": item.case.number,
    }
    client.post(f"/cam-ket/them/?tu={item.case.number}&dong={first.pk}", sent | tokens(person))
    promise = Commitment.objects.get()
    assert (promise.born_in, promise.born_key) == (item.case, str(first.pk))
    assert promise.get_absolute_url() in client.get(base).content.decode()
    document = client.get(f"{base}thong-bao-ket-luan/")
    assert document["Content-Type"].startswith("application/vnd.openxmlformats")
    assert client.post(f"{base}thong-bao-ket-luan/pdf/", tokens(person)).status_code == 302


def test_the_notice_as_pdf_is_made_by_the_worker_and_a_newer_one_takes_its_place(client, ministry):
    item = work(ministry, "meeting", "Hội nghị triển khai công tác hợp tác quốc tế năm 2026")
    url = f"{item.get_absolute_url()}thong-bao-ket-luan/pdf/"
    client.force_login(ministry.htqt)
    for text in ("Gửi kế hoạch trước 30/3", "Gửi kế hoạch trước 15/4"):
        save_lines(fresh(item), "conclusions", [{"text": text}], actor=ministry.htqt)
        client.post(url, tokens(ministry.htqt))
        run_job(Job.objects.filter(kind=NOTICES.code).order_by("-created_at").first().pk)
    assert item.case.attachments.filter(kind="conclusions").count() == 2
    kept = item.case.attachments.current().get(kind="conclusions")
    said = " ".join(text_of(kept.file.read()).split())
    for phrase in ("THÔNG BÁO", "Kết luận của Bộ trưởng Nguyễn Văn A", "1. Gửi kế hoạch trước 15/4"):
        assert phrase in said
    assert "Mở bản PDF gần nhất" in client.get(item.get_absolute_url()).content.decode()
    client.force_login(ministry.kiemtoan)
    assert client.post(url, tokens(ministry.kiemtoan)).status_code == 403


def test_an_opinion_belongs_to_somebody_and_what_was_typed_stays(client, ministry):
    item, person = work(ministry, "meeting"), ministry.htqt
    client.force_login(person)
    rows = {"y-kien-TOTAL_FORMS": "1", "y-kien-INITIAL_FORMS": "0", "y-kien-0-text": "Đề nghị bổ sung kinh phí"}
    page = client.post(f"{item.get_absolute_url()}muc/y-kien/", rows | tokens(person))
    assert page.status_code == 200
    assert "Nêu ý kiến của đơn vị nào" in page.content.decode()
    assert "Đề nghị bổ sung kinh phí" in page.content.decode()
    assert not item.opinions.exists()


def test_the_month_grid_tells_attended_from_missed_from_not_recorded(client, ministry):
    item = work(ministry, "recurring", "Giao ban Ban Chỉ đạo nhân quyền", starts_on=dt.date(2025, 1, 1))
    rows = [
        {"on": dt.date(2025, 1, 10), "status": "attended"},
        {"on": dt.date(2025, 2, 10), "status": "missed"},
        {"on": dt.date(2025, 3, 10), "status": "not_held"},
    ]
    save_lines(item, "attendances", rows, actor=ministry.htqt)
    client.force_login(ministry.htqt)
    text = client.get("/cong-viec/so-lieu/?nam=2025").content.decode()
    for words, times in ((">Dự họp</", 1), (">Không dự</", 1), (">Không tổ chức</", 1), (">Chưa ghi</", 9)):
        assert text.count(words) == times, words
    sheet = read_sheet(client.get("/cong-viec/so-lieu/?nam=2025&xuat=xlsx").content)
    assert "Dự họp" in str(sheet)


def test_a_meeting_of_a_series_is_written_down_corrected_and_taken_out(client, ministry):
    person, item = ministry.htqt, work(ministry, "recurring", starts_on=dt.date(2025, 1, 1))
    client.force_login(person)
    base = f"{item.get_absolute_url()}tham-du/"
    sent = {"on": "10/01/2025", "status": "attended", "attended_by": "Hoàng Ngọc Giang"}
    assert client.post(base, sent | tokens(person)).status_code == 302
    row = item.attendances.get()
    again = client.post(base, sent | tokens(person))
    assert "Mỗi ngày họp chỉ ghi một dòng" in again.content.decode()
    later = client.post(base, sent | {"on": "10/01/2090"} | tokens(person))
    assert "chưa diễn ra" in later.content.decode()
    assert client.post(f"{base}{row.pk}/", sent | {"status": "missed"} | tokens(person)).status_code == 302
    assert item.attendances.get().status == "missed"
    assert client.get(f"{base}{10**30}/").status_code == 404
    client.force_login(ministry.kiemtoan)
    assert client.post(f"{base}{row.pk}/bo/", tokens(ministry.kiemtoan)).status_code == 403
    client.force_login(person)
    client.post(f"{base}{row.pk}/bo/", tokens(person))
    assert not item.attendances.exists()
    other = work(ministry)
    assert client.get(f"{other.get_absolute_url()}tham-du/").status_code == 404


def test_a_leader_approves_a_report_on_its_page(client, ministry):
    item = work(ministry, "report", "Báo cáo công tác hợp tác quốc tế quý III")
    engine.fire(item.case, "submit", actor=ministry.htqt)
    client.force_login(ministry.vutruong)
    step = item.case.steps.open().get()
    page = client.get(f"/buoc/{step.pk}/")
    assert "Nội dung báo cáo." in page.content.decode()
    for name in ("vutruong", "thutruong"):
        decide(item.case.steps.open().get(), "agree", actor=ministry.person(name))
    client.force_login(ministry.htqt)
    url = f"{item.get_absolute_url()}ket-thuc/"
    assert client.get(url).status_code == 200
    client.post(url, {"reply_number": "46/BC-BDP", "reply_on": "09/01/2026"} | tokens(ministry.htqt))
    assert fresh(item).case.state == "completed"


def test_a_stated_total_is_entered_shown_corrected_and_taken_out(client, ministry):
    person = ministry.htqt
    client.force_login(person)
    sent = {"key": "coordination_tasks.total", "value": "20", "last_day": "10/05/2021", "source_text": "Báo cáo của Vụ"}
    bad = client.post(
        "/cong-viec/so-lieu/tong/them/", sent | {"value": "-1", "last_day": "31/02/2021"} | tokens(person)
    )
    assert set(bad.context["form"].errors) == {"value", "last_day"}
    assert client.post("/cong-viec/so-lieu/tong/them/", sent | tokens(person)).status_code == 302
    twice = client.post("/cong-viec/so-lieu/tong/them/", sent | tokens(person))
    assert "đã nêu số liệu này" in twice.content.decode()
    page = client.get("/cong-viec/so-lieu/?nam=2021").content.decode()
    assert "Báo cáo của Vụ" in page
    assert "không nêu tính từ ngày nào" in page, "a total as of a day says in which report it may speak"
    total = RecordedTotal.objects.get()
    client.post(total.get_absolute_url(), sent | {"qualifier": "more_than"} | tokens(person))
    assert "hơn 20" in client.get("/cong-viec/so-lieu/?nam=2021").content.decode()
    client.force_login(ministry.chuyenvien)
    assert client.get("/cong-viec/so-lieu/?nam=2021").status_code == 200
    for url in ("/cong-viec/so-lieu/tong/them/", total.get_absolute_url(), f"{total.get_absolute_url()}bo/"):
        assert client.post(url, tokens(ministry.chuyenvien)).status_code == 403
    client.force_login(person)
    client.post(f"{total.get_absolute_url()}bo/", tokens(person))
    assert not RecordedTotal.objects.exists()


def test_a_series_of_which_a_source_says_that_all_was_attended(client, ministry):
    item = work(ministry, "recurring", attended_until=dt.date(2026, 4, 30), source_text="Báo cáo của Vụ")
    client.force_login(ministry.htqt)
    for url in (item.get_absolute_url(), "/cong-viec/so-lieu/?nam=2026"):
        page = client.get(url).content.decode()
        assert "Dự đầy đủ các cuộc họp đến ngày 30/04/2026 theo nguồn" in page, url
        assert "Nguồn: Báo cáo của Vụ." in page, url
    form = client.get(f"{item.get_absolute_url()}sua/")
    assert "attended_until" in form.context["form"].fields


def test_who_may_not_write_is_told_so_and_strangers_find_nothing(client, ministry):
    item = work(ministry)
    base = item.get_absolute_url()
    client.force_login(ministry.kiemtoan)
    assert client.get(base).status_code == 200
    for part in ("sua/", "ket-thuc/"):
        assert client.get(base + part).status_code == 403
        assert client.post(base + part, tokens(ministry.kiemtoan)).status_code == 403
    client.force_login(ministry.truonghoc)
    for part in ("", "sua/", "ket-thuc/", "muc/ket-luan/", "thong-bao-ket-luan/"):
        assert client.get(base + part).status_code == 404


def test_an_old_page_does_not_overwrite_a_newer_one(client, ministry):
    item, person = work(ministry), ministry.htqt
    client.force_login(person)
    sent = asked(ministry, version="1", content="Từ trang cũ") | tokens(person)
    assert client.post(f"{item.get_absolute_url()}sua/", sent).status_code == 409
    assert fresh(item).content == ""


def test_the_list_is_found_filtered_and_exported(client, ministry):
    work(ministry, body="Bộ Ngoại giao", due_on=dt.date(2026, 1, 20))
    closed(ministry, work(ministry, "training", "Lớp bồi dưỡng tiếng Anh"))
    client.force_login(ministry.htqt)

    def titles(query):
        return [line[1].html for line in client.get(LIST + query).context["lines"]]

    assert len(titles("")) == 2
    for query in (
        "?q=bo+ngoai+giao",
        "?trang_thai=qua_han",
        "?loai=coordination",
        "?chieu=incoming",
        "?trang_thai=con_mo",
    ):
        assert len(titles(query)) == 1, query
        assert "Góp ý báo cáo" in titles(query)[0]
    assert "tiếng Anh" in titles("?trang_thai=completed&nam=2026")[0]
    for nonsense in ("?nam=x&loai=y&don_vi=z&doi_tac=0&sap_xep=w&trang=-1", "?don_vi=99999999999999999999"):
        assert client.get(LIST + nonsense).status_code == 200
    assert "Bộ Ngoại giao" in str(read_sheet(client.get(f"{LIST}?xuat=xlsx").content))
    assert "Góp ý báo cáo" in client.get("/tim-kiem/?q=gop+y+bao+cao").content.decode()


def test_lists_and_pages_cost_the_same_with_one_row_and_with_three(client, ministry):
    client.force_login(ministry.htqt)
    meeting = work(ministry, "meeting", owner=ministry.htqt)
    series = work(ministry, "recurring", starts_on=dt.date(2025, 1, 1))
    work(ministry, due_on=dt.date(2026, 1, 20), owner=ministry.htqt)

    def fill(count):
        for number in range(count):
            work(ministry, title=f"Việc {number}", due_on=dt.date(2026, 1, 20), owner=ministry.htqt)
            work(ministry, "recurring", f"Giao ban {number}", starts_on=dt.date(2025, 1, 1))
        texts = [{"text": f"Kết luận {number}", "unit": ministry.unit("CSDP")} for number in range(count + 1)]
        save_lines(fresh(meeting), "conclusions", texts, actor=ministry.htqt)
        days = [{"on": dt.date(2025, 1, day + 1), "status": "attended"} for day in range(count + 1)]
        save_lines(fresh(series), "attendances", days, actor=ministry.htqt)

    pages = (LIST, "/cong-viec/so-lieu/?nam=2025", meeting.get_absolute_url(), series.get_absolute_url())
    fill(0)
    client.get(LIST)
    few = [queries_of(client, page) for page in pages]
    fill(2)
    assert [queries_of(client, page) for page in pages] == few == [9, 9, 24, 20]


def test_every_kind_shows_and_closes_by_clicking(client, ministry):
    client.force_login(ministry.htqt)
    for kind in CLOSING:
        item = work(ministry, kind, f"Việc loại {kind}")
        page = client.get(item.get_absolute_url())
        assert page.status_code == 200, kind
        assert client.get(f"{item.get_absolute_url()}sua/").status_code == 200, kind
        assert ("ket-thuc" in page.content.decode()) == (kind not in ("report", "comment")), kind
