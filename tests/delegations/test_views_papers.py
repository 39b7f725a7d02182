"""Papers printed from the data, the leader's slip, and the report of a trip."""

from __future__ import annotations

import io

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from delegations import tasks
from delegations.choices import Mode, OutboundState, Part, PlanLevel
from delegations.exports.prints import SLIPS
from delegations.models import TripReport
from intlcoop.exporting.pdf import page_count, text_of
from intlcoop.jobs import registry
from intlcoop.jobs.models import Job
from intlcoop.jobs.runner import run_job
from intlcoop.people.choices import Rank
from intlcoop.workflow.choices import StepKind
from intlcoop.workflow.models import Case, Permission
from tests.delegations import factories as f
from tests.delegations.typing import rows
from tests.intlcoop.documents import samples
from tests.ministry import ACCOUNTS

pytestmark = pytest.mark.django_db


def words(content: bytes) -> str:
    """All text of a Word file, tables and their cells included."""
    document = docx.Document(io.BytesIO(content))
    parts = [paragraph.text for paragraph in document.paragraphs]
    parts += [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join(parts)


def paper(client, case: Case, name: str) -> str:
    response = client.get(f"/doan-ra/{case.number}/van-ban/{name}/")
    assert response.status_code == 200
    assert response["Content-Type"].endswith("wordprocessingml.document")
    return words(response.content)


# --- papers -------------------------------------------------------------------------------------------------------


def test_the_decision_names_bases_people_days_money_and_duties(go, ministry):
    members = [f.member(ministry.chuyenvien2, Part.HEAD), f.member(ministry.chuyenvien)]
    made = f.trip(ministry, members=members)
    text = paper(go("chuyenvien"), made.case, "quyet-dinh")
    for phrase in (
        "BỘ DÂN TỘC VÀ PHÁT TRIỂN VÙNG",
        "/QĐ-BDP",
        "QUYẾT ĐỊNH",
        "Về việc cử đoàn đi công tác tại Thái Lan",
        "Căn cứ Quyết định số 12/QĐ-BDP ngày 20 tháng 12 năm",
        "Căn cứ thư mời của Bộ Nội vụ nước bạn",
        "Theo đề nghị của Vụ trưởng Vụ Tổ chức cán bộ và Vụ trưởng Vụ Hợp tác quốc tế.",
        "Cử Đoàn gồm 02 ông, bà (danh sách kèm theo) do ông/bà Triệu Hoài Linh",
        "kể cả thời gian đi và về",
        "120.000.000 VND",
        "15 ngày kể từ ngày kết thúc",
        "05 ngày làm việc",
        "Bộ Ngoại giao (Cục Lãnh sự)",
        "Lưu: VT, TCCB",
        "DANH SÁCH ĐOÀN ĐI CÔNG TÁC TẠI THÁI LAN",
        "Nguyễn Minh An",
    ):
        assert phrase in text, phrase


def test_a_permission_of_the_prime_minister_is_a_basis(go, ministry):
    made = f.trip(
        ministry, head="thutruong2", head_rank=Rank.DEPUTY_MINISTER, plan_line=f.plan_line(ministry, PlanLevel.MINISTRY)
    )
    case = f.submit(made, ministry)
    assert "Kính gửi: Thủ tướng Chính phủ" in paper(go("htqt"), case, "to-trinh-thu-tuong")
    f.walk_to(case, ministry, kind=StepKind.DRAFT_DECISION)
    number = Permission.objects.get().reply_number
    assert f"ý kiến của Thủ tướng Chính phủ tại văn bản số {number}" in paper(go("tccb"), case, "quyet-dinh")


def test_an_accompanying_trip_stands_on_the_document_about_its_composition(go, ministry):
    made = f.trip(
        ministry,
        mode=Mode.ACCOMPANYING,
        principal="Thủ tướng Chính phủ",
        composition_number="12/TB-VPCP",
        composition_date=timezone.localdate(),
        members=[f.member(ministry.botruong, Part.MEMBER, Rank.MINISTER)],
    )
    text = paper(go("chuyenvien"), made.case, "quyet-dinh")
    assert "số 12/TB-VPCP" in text
    assert "tham gia đoàn tháp tùng Thủ tướng Chính phủ" in text
    assert "thư mời" not in text


def test_what_nobody_entered_stays_open(go, ministry):
    from delegations.services import create_trip

    made = create_trip("Chỉ có tên", ministry.unit("CSDP"), actor=ministry.chuyenvien)
    for name in ("quyet-dinh", "to-trinh", "to-trinh-thu-tuong", "danh-sach"):
        text = paper(go("chuyenvien"), made.case, name)
        assert "…" in text
        assert "None" not in text


def test_the_submission_has_its_points_and_the_reason_only_when_unplanned(go, ministry):
    planned = f.trip(ministry)
    text = paper(go("chuyenvien"), planned.case, "to-trinh")
    for heading in ("1. Căn cứ", "2. Sự cần thiết, mục đích", "4. Thành phần, thời gian, địa điểm", "6. Kiến nghị"):
        assert heading in text
    assert "Lý do ngoài kế hoạch" not in text
    unplanned = f.trip(ministry, days_ahead=f.FAR + 20, out_of_plan_reason="Lời mời phát sinh")
    text = paper(go("chuyenvien"), unplanned.case, "to-trinh")
    assert "6. Lý do ngoài kế hoạch" in text
    assert "Lời mời phát sinh" in text


@pytest.mark.parametrize("name", ["bao-cao", "khong-co"])
def test_a_paper_that_is_not_there_is_not_found(go, ministry, name):
    made = f.trip(ministry)
    assert go("chuyenvien").get(f"/doan-ra/{made.case.number}/van-ban/{name}/").status_code == 404


def test_papers_have_the_rights_of_the_file(go, ministry):
    made = f.trip(ministry)
    url = f"/doan-ra/{made.case.number}/van-ban/quyet-dinh/"
    assert go("htqt").get(url).status_code == 404
    f.submit(made, ministry)
    assert go("htqt").get(url).status_code == 200
    assert go("truonghoc").get(url).status_code == 404


# --- the slip -----------------------------------------------------------------------------------------------------


def order(client, case: Case):
    return client.post(f"/doan-ra/{case.number}/phieu-trinh/")


def test_the_slip_is_one_page_made_by_the_worker_and_read_with_the_rights_of_the_file(go, ministry):
    made = f.trip(ministry, purpose_text="Nội dung rất dài. " * 200)
    case = f.submit(made, ministry)
    f.agree(f.open_step(case), ministry, comment="Nhất trí đề xuất")
    assert order(go("htqt"), case).status_code == 302
    job = Job.objects.get(kind=SLIPS.code)
    assert not case.attachments.filter(kind="slip").exists()
    run_job(job.pk)
    slip = case.attachments.current().get(kind="slip")
    content = slip.file.read()
    assert page_count(content) == 1
    text = " ".join(text_of(content).split())
    for phrase in (
        "PHIẾU TRÌNH",
        "Thái Lan",
        "Trần Quốc Bảo",
        "Nhất trí đề xuất",
        "Ý kiến của Lãnh đạo Bộ",
        "120.000.000",
    ):
        assert phrase in text
    url = registry.get(SLIPS.code).result_url(Job.objects.get(pk=job.pk)).split("?")[0]
    assert go("chuyenvien").get(url).status_code == 200
    assert go("truonghoc").get(url).status_code == 404
    assert "Mở phiếu trình gần nhất" in go("htqt").get(f"/doan-ra/{case.number}/").content.decode()


def test_a_new_slip_takes_the_place_of_the_old_one(go, ministry):
    case = f.submit(f.trip(ministry), ministry)
    for turn in range(2):
        order(go("htqt"), case)
        run_job(Job.objects.filter(kind=SLIPS.code).order_by("-created_at").first().pk)
        if turn == 0:
            f.agree(f.open_step(case), ministry)
    assert case.attachments.filter(kind="slip").count() == 2
    assert case.attachments.current().filter(kind="slip").count() == 1


@pytest.mark.parametrize(("account", "status"), [("kiemtoan", 403), ("quantri", 403), ("truonghoc", 404)])
def test_who_only_reads_orders_no_slip(go, ministry, account, status):
    case = f.submit(f.trip(ministry), ministry)
    assert order(go(account), case).status_code == status
    assert go(account).get(f"/doan-ra/{case.number}/phieu-trinh/").status_code in (302, 404)
    assert not Job.objects.filter(kind=SLIPS.code).exists()


def test_trips_move_with_the_calendar_each_day():
    assert tasks.CALENDAR in {each.kind for each in registry.periodic()}


# --- the report ---------------------------------------------------------------------------------------------------


@pytest.fixture
def back(ministry):
    """A trip that is over and whose report is due."""
    made = f.trip(ministry)
    f.walk_to_the_end(f.submit(made, ministry), ministry)
    Case.objects.filter(pk=made.case.pk).update(state=OutboundState.REPORT_DUE)
    return made


def report_data(**changes) -> dict:
    meeting = {
        "counterpart": "Bộ Nội vụ Thái Lan",
        "held_on": "05/03/2027",
        "content": "Trao đổi",
        "result": "Ký biên bản",
    }
    data = {"results": "Đạt mục tiêu", "not_achieved": "Không", "recommendations": "Tổ chức hội thảo"}
    return data | rows("meetings", changes.pop("meeting", meeting)) | changes


def write(client, made, **changes):
    return client.post(f"/doan-ra/{made.case.number}/bao-cao/sua/", report_data(**changes))


def test_the_report_is_written_filed_and_accepted(go, ministry, back):
    upload = SimpleUploadedFile("anh.pdf", samples.pdf("Biên bản"))
    assert write(go("chuyenvien"), back, upload=upload, no_secret_declared="on").status_code == 302
    report = TripReport.objects.get()
    number = report.case.number
    assert [row.counterpart for row in report.meetings.all()] == ["Bộ Nội vụ Thái Lan"]
    assert report.case.attachments.count() == 1
    assert go("chuyenvien").post(f"/ho-so/{number}/chuyen/file/").url == f"/doan-ra/{back.case.number}/bao-cao/"
    text = go("htqt").get(f"/doan-ra/{back.case.number}/bao-cao/").content.decode()
    assert f"/ho-so/{number}/chuyen/accept/" in text
    assert f"/ho-so/{number}/chuyen/ask_for_more/" in text
    go("htqt").post(f"/ho-so/{number}/chuyen/accept/")
    assert f.fresh(back.case).state == "completed"


def test_the_icd_asks_for_more_with_a_reason(go, back):
    write(go("chuyenvien"), back)
    number = TripReport.objects.get().case.number
    go("chuyenvien").post(f"/ho-so/{number}/chuyen/file/")
    go("htqt").post(f"/ho-so/{number}/chuyen/ask_for_more/")
    assert TripReport.objects.get().case.state == "filed"
    go("htqt").post(f"/ho-so/{number}/chuyen/ask_for_more/", {"comment": "Thiếu kết quả"})
    assert TripReport.objects.get().case.state == "returned"
    assert write(go("chuyenvien"), back, results="Bổ sung").status_code == 302


def test_the_report_as_a_paper(go, back):
    write(go("chuyenvien"), back)
    text = paper(go("htqt"), back.case, "bao-cao")
    for phrase in (
        "I. THÔNG TIN CHUNG",
        "II. KẾT QUẢ",
        "IV. KIẾN NGHỊ",
        "Bộ Nội vụ Thái Lan",
        "Ký biên bản",
        "QĐ-BDP",
        "Tổ chức hội thảo",
    ):
        assert phrase in text, phrase


@pytest.mark.parametrize(
    ("changes", "where"),
    [
        ({"results": "x" * 8001}, "form"),
        ({"meeting": {"counterpart": "", "held_on": "", "content": "x", "result": ""}}, "meetings"),
        ({"meeting": {"counterpart": "A", "held_on": "13/13/2027", "content": "", "result": ""}}, "meetings"),
    ],
)
def test_bad_input_is_said_and_nothing_typed_is_lost(go, back, changes, where):
    response = write(go("chuyenvien"), back, **changes)
    assert response.status_code == 200
    assert any(response.context[where].errors)
    assert "Tổ chức hội thảo" in response.content.decode()
    assert not TripReport.objects.exists()


def test_the_meeting_of_another_report_cannot_be_taken(go, ministry, back):
    write(go("chuyenvien"), back)
    other = f.trip(ministry, head="chuyenvien", days_ahead=f.FAR + 20)
    f.walk_to_the_end(f.submit(other, ministry), ministry)
    Case.objects.filter(pk=other.case.pk).update(state=OutboundState.REPORT_DUE)
    victim = TripReport.objects.get().meetings.get()
    write(go("chuyenvien"), other, meeting={"counterpart": "Kẻ mạo danh", "id": victim.pk})
    victim.refresh_from_db()
    assert (victim.counterpart, victim.report.delegation_id) == ("Bộ Nội vụ Thái Lan", back.pk)


@pytest.mark.parametrize("account", ACCOUNTS)
def test_filer_travellers_and_their_unit_write_the_report_and_nobody_else(go, back, account):
    may = account in ("chuyenvien", "lanhdaodonvi")
    client = go(account)
    sees = account not in ("truonghoc", "phapche")
    status = 302 if may else 403 if sees else 404
    assert write(client, back).status_code == status
    assert TripReport.objects.exists() is may
    assert client.get(f"/doan-ra/{back.case.number}/bao-cao/sua/").status_code == (200 if may else status)


def test_there_is_no_report_before_the_trip(go, ministry):
    made = f.trip(ministry)
    f.submit(made, ministry)
    assert write(go("chuyenvien"), made).status_code == 403
    assert go("chuyenvien").get(f"/doan-ra/{made.case.number}/bao-cao/").status_code == 404
