"""Moving a file on, remarks, history, drafts and search: the doors that every kind of file shares."""

from __future__ import annotations

import uuid

import pytest

from delegations.services import update_trip
from intlcoop.audit.models import SecurityEvent
from intlcoop.jobs.registry import periodic
from intlcoop.web.search import find
from intlcoop.workflow.choices import StepKind
from intlcoop.workflow.models import Case, CaseComment, StatusChange
from tests.delegations import factories as f
from tests.ministry import ACCOUNTS

pytestmark = pytest.mark.django_db


@pytest.fixture
def made(ministry):
    return f.trip(ministry)


def fire(client, case: Case, name: str, **data):
    return client.post(f"/ho-so/{case.number}/chuyen/{name}/", data)


def said(response) -> str:
    return " ".join(str(message) for message in response.context["messages"])


# --- moving on ----------------------------------------------------------------------------------------------------


def test_submitting_leads_back_to_the_file(go, made):
    response = fire(go("chuyenvien"), made.case, "submit", version=made.case.version)
    assert response.url == f"/doan-ra/{made.case.number}/"
    assert f.fresh(made.case).state == "in_approval"


def test_what_is_missing_is_said_all_at_once_with_the_way_to_mend_it(go, made, ministry):
    update_trip(made, actor=ministry.chuyenvien, fields={"purpose_text": "", "expected_result": ""})
    client = go("chuyenvien")
    response = client.post(f"/ho-so/{made.case.number}/chuyen/submit/", follow=True)
    assert "Nêu mục đích" in said(response)
    assert "Nêu kết quả dự kiến" in said(response)
    assert f"/doan-ra/{made.case.number}/sua/" in said(response)
    assert f.fresh(made.case).state == "planned"


@pytest.mark.parametrize("account", [name for name in ACCOUNTS if name not in ("chuyenvien", "lanhdaodonvi")])
def test_nobody_else_submits(go, made, account):
    response = fire(go(account), made.case, "submit")
    assert response.status_code == 404  # a draft is nobody else's business
    assert f.fresh(made.case).state == "planned"


@pytest.mark.parametrize("account", ["htqt", "vutruong", "botruong", "quantri", "kiemtoan"])
def test_a_reader_who_forges_a_transition_is_refused_and_written_down(go, made, ministry, account):
    case = f.submit(made, ministry)
    response = fire(go(account), case, "cancel", comment="x")
    assert response.status_code == 403
    assert f.fresh(case).state == "in_approval"
    assert SecurityEvent.objects.filter(kind="refused", actor__username=account).count() == 1


@pytest.mark.parametrize("name", ["approve", "issue", "complete", "import", "return", "reopen"])
def test_what_only_the_engine_fires_nobody_can_forge(go, made, ministry, name):
    case = f.submit(made, ministry)
    assert fire(go("chuyenvien"), case, name, comment="x").status_code in (403, 409)
    assert f.fresh(case).state == "in_approval"


@pytest.mark.parametrize("name", ["khong-co", "submit2", "__init__"])
def test_a_transition_that_is_not_there_is_not_found(go, made, name):
    assert fire(go("chuyenvien"), made.case, name).status_code == 404


@pytest.mark.parametrize("name", ["submit", "cancel", "withdraw"])
def test_a_link_moves_nothing(go, made, name):
    response = go("chuyenvien").get(f"/ho-so/{made.case.number}/chuyen/{name}/")
    assert response.url == f"/doan-ra/{made.case.number}/"
    assert not StatusChange.objects.filter(case=made.case).exists()


def test_an_old_page_moves_nothing_and_shows_the_fresh_state(go, made, ministry):
    old = made.case.version
    update_trip(made, actor=ministry.lanhdaodonvi, title="Tên mới")
    response = fire(go("chuyenvien"), made.case, "submit", version=old)
    assert response.status_code == 409
    assert "Tên mới" in response.content.decode()


def test_pressing_twice_moves_once(go, made):
    key = {"_yeu_cau": str(uuid.uuid4()), "version": made.case.version}
    for _turn in range(2):
        assert fire(go("chuyenvien"), made.case, "submit", **key).status_code == 302
    assert StatusChange.objects.filter(case=made.case).count() == 1


def test_what_asks_for_more_than_a_remark_is_done_on_its_own_page(go, made):
    response = fire(go("chuyenvien"), made.case, "cancel", comment="Phía bạn hoãn")
    assert response.url == f"/doan-ra/{made.case.number}/dung/huy/"
    assert f.fresh(made.case).state == "planned"


def test_a_remark_that_is_too_long_is_said(go, made, ministry):
    case = f.submit(made, ministry)
    client = go("chuyenvien")
    response = client.post(f"/ho-so/{case.number}/chuyen/withdraw/", {"comment": "x" * 4001}, follow=True)
    assert said(response)
    assert f.fresh(case).state == "in_approval"


def test_signs_that_no_text_can_hold_are_left_out(go, made, ministry):
    case = f.submit(made, ministry)
    fire(go("chuyenvien"), case, "withdraw", comment="Phía\x00 bạn hoãn")
    assert StatusChange.objects.get(case=case, transition="withdraw").comment == "Phía bạn hoãn"


@pytest.mark.parametrize("version", ["abc", "-1", "1" * 30, ""])
def test_a_version_that_makes_no_sense_breaks_nothing(go, made, version):
    assert fire(go("chuyenvien"), made.case, "submit", version=version).status_code in (302, 409)


# --- remarks ------------------------------------------------------------------------------------------------------


def test_a_remark_stays_with_the_file(go, made, ministry):
    case = f.submit(made, ministry)
    go("htqt").post(f"/ho-so/{case.number}/y-kien/", {"text": "Đề nghị bổ sung chương trình"})
    assert "Đề nghị bổ sung chương trình" in go("chuyenvien").get(f"/doan-ra/{case.number}/").content.decode()


@pytest.mark.parametrize(("account", "status"), [("quantri", 403), ("kiemtoan", 403), ("truonghoc", 404)])
def test_who_only_reads_or_does_not_see_writes_no_remark(go, made, ministry, account, status):
    case = f.submit(made, ministry)
    assert go(account).get(f"/ho-so/{case.number}/y-kien/").status_code == status
    assert go(account).post(f"/ho-so/{case.number}/y-kien/", {"text": "x"}).status_code == status
    assert not CaseComment.objects.exists()


@pytest.mark.parametrize("text", ["", "   ", "dài " * 1100])
def test_a_remark_that_says_nothing_or_too_much_is_shown_back(go, made, text):
    response = go("chuyenvien").post(f"/ho-so/{made.case.number}/y-kien/", {"text": text})
    assert "text" in response.context["form"].errors
    assert text.strip() in response.content.decode()


# --- reading ------------------------------------------------------------------------------------------------------


def test_the_history_says_who_changed_what_and_who_decided(go, made, ministry):
    update_trip(made, actor=ministry.chuyenvien, fields={"purpose_text": "Nội dung mới"})
    case = f.submit(made, ministry)
    f.agree(f.open_step(case), ministry, comment="Nhất trí đề xuất")
    page = go("kiemtoan").get(f"/ho-so/{case.number}/lich-su/").content.decode()
    for text in ("Nội dung mới", "Nhất trí đề xuất", "Trần Quốc Bảo", "Dự kiến → Đang xử lý", "Triệu Hoài Linh"):
        assert text in page


def test_a_stranger_finds_no_history(go, made, ministry):
    case = f.submit(made, ministry)
    assert go("truonghoc").get(f"/ho-so/{case.number}/lich-su/").status_code == 404
    assert go("truonghoc").get(f"/ho-so/{case.number}/").status_code == 404


def test_a_number_leads_to_the_file(go, made):
    assert go("chuyenvien").get(f"/ho-so/{made.case.number}/").url == f"/doan-ra/{made.case.number}/"


def test_the_draft_is_delivered_to_readers_of_the_file_only(go, made, ministry):
    case = f.submit(made, ministry)
    f.agree(f.walk_to(case, ministry, kind=StepKind.DRAFT_DECISION), ministry)
    paper = case.papers.get()
    url = f"/ho-so/{case.number}/du-thao/{paper.public_id}/"
    response = go("chuyenvien").get(url)
    assert b"".join(response.streaming_content) == b"docx"
    assert "attachment" in response["Content-Disposition"]
    assert go("truonghoc").get(url).status_code == 404
    assert go("chuyenvien").get(f"/ho-so/{case.number}/du-thao/{uuid.uuid4()}/").status_code == 404


def test_attachments_are_delivered_with_the_rights_of_the_file(go, made, ministry):
    attachment = made.case.attachments.get()
    url = f"/tep/dinh-kem/{attachment.public_id}/"
    assert go("chuyenvien").get(url).status_code == 200
    assert go("htqt").get(url).status_code == 404
    f.submit(made, ministry)
    assert go("htqt").get(url).status_code == 200
    assert go("truonghoc").get(url).status_code == 404


# --- search -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text", ["ĐR-2026-{n}", "dr-2026-{n}", "DR 2026 {n}", "hoc tap kinh nghiem", "trieu hoai linh", "thai lan", "THÁI"]
)
def test_a_file_is_found_by_number_title_person_and_place(made, ministry, text):
    text = text.format(n=made.case.number.split("-")[-1]).replace("2026", made.case.number.split("-")[1])
    hits = [hit.number for group in find(ministry.chuyenvien, text) for hit in group.hits]
    assert made.case.number in hits
    assert [
        hit for group in find(ministry.truonghoc, text) for hit in group.hits if hit.number == made.case.number
    ] == []


def test_overdue_opinions_are_closed_each_night():
    assert "close_overdue_opinions" in {each.kind for each in periodic()}
