"""The decision as a paper: drafted, numbered, scanned; and what was decided outside or on paper."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from delegations.choices import PlanLevel
from intlcoop.people.choices import Rank
from intlcoop.workflow.choices import StepKind
from intlcoop.workflow.models import Case, Decision, Step
from intlcoop.workflow.papers import current_paper
from intlcoop.workflow.recording import Upload, add_signed_scan
from intlcoop.workflow.refusals import NotAllowed, Refused
from tests.delegations import factories as f
from tests.intlcoop.documents import samples
from tests.intlcoop.workflow.steps import another, at, snapshot, upload, url
from tests.ministry import ACCOUNTS

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def submitted(built, django_db_blocker):
    with django_db_blocker.unblock():
        return f.submit(f.trip(built), built).pk


@pytest.fixture
def ministry(submitted, built, db):
    return built


@pytest.fixture
def case(submitted, db):
    return Case.objects.get(pk=submitted)


# --- the decision as a paper --------------------------------------------------------------------------------------


def test_the_personnel_department_makes_the_draft_from_the_data_and_only_it(go, case, ministry):
    step = at(case, ministry, StepKind.DRAFT_DECISION)
    assert go("htqt").post(url(step, "du-thao/"), {"how": "data"}).status_code == 403
    refused = go("tccb").post(url(step), {"outcome": "agree"})
    assert refused.context["form"].non_field_errors()
    assert go("tccb").post(url(step, "du-thao/"), {"how": "data"}).status_code == 302
    paper = current_paper(case)
    assert paper.symbol == "QĐ-BDP"
    assert paper.draft.read().startswith(b"PK")
    assert go("tccb").post(url(step), {"outcome": "agree"}).status_code == 302


def test_the_office_puts_its_own_word_file_in_place_of_the_draft(go, case, ministry):
    step = at(case, ministry, StepKind.DRAFT_DECISION)
    own = samples.word("Bản của Vụ Tổ chức cán bộ")
    go("tccb").post(url(step, "du-thao/"), {"how": "own", "draft": upload(own, "quyet-dinh.docx")})
    assert current_paper(case).draft.read() == own


@pytest.mark.parametrize(
    ("name", "content"), [("qd.pdf", b"%PDF-1.4"), ("qd.docx", b"khong phai word"), ("qd.exe", b"MZ")]
)
def test_a_draft_of_the_wrong_type_is_said_beside_the_field(go, case, ministry, name, content):
    step = at(case, ministry, StepKind.DRAFT_DECISION)
    response = go("tccb").post(url(step, "du-thao/"), {"how": "own", "draft": upload(content, name)})
    assert response.status_code == 200
    assert "draft" in response.context["draft_form"].errors
    assert current_paper(case) is None


def issue_data(**changes) -> dict:
    return {
        "outcome": "agree",
        "number": "15",
        "symbol": "QĐ-BDP",
        "issued_on": f"{timezone.localdate():%d/%m/%Y}",
    } | changes


def test_the_clerk_numbers_and_issues_with_the_scan(go, case, ministry):
    step = at(case, ministry, StepKind.ISSUE)
    go("vanthu").post(url(step), issue_data(scan=upload(), no_secret_declared="on"))
    paper = current_paper(case)
    assert (paper.full_number, paper.file.read()[:4]) == ("15/QĐ-BDP", b"%PDF")
    assert f.fresh(case).state == "decided"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("number", ""),
        ("number", "mười lăm"),
        ("number", "-1"),
        ("number", "9" * 30),
        ("symbol", ""),
        ("symbol", "x" * 41),
        ("issued_on", "2026/13/45"),
        ("issued_on", "31/02/2026"),
        ("issued_on", "12/31/2026"),
    ],
)
def test_bad_particulars_are_said_at_their_field_and_nothing_is_issued(go, case, ministry, field, value):
    step = at(case, ministry, StepKind.ISSUE)
    response = go("vanthu").post(url(step), issue_data(**{field: value}))
    assert field in response.context["form"].errors
    assert current_paper(case).number is None


def test_the_day_comes_before_the_month(go, case, ministry):
    step = at(case, ministry, StepKind.ISSUE)
    form = go("vanthu").post(url(step), issue_data(issued_on="05/11/2026")).context
    if form is not None:  # before the signature: refused, but read as 5 November
        assert form["form"].cleaned_data["issued_on"] == dt.date(2026, 11, 5)


def test_a_number_that_is_taken_is_refused_with_its_sentence_and_no_scan_stays(go, case, ministry):
    step = at(case, ministry, StepKind.ISSUE)
    go("vanthu").post(url(step), issue_data())
    other = another(ministry)
    second = at(other, ministry, StepKind.ISSUE)
    response = go("vanthu").post(url(second), issue_data(scan=upload(), no_secret_declared="on"))
    assert response.context["form"].non_field_errors()
    assert not current_paper(other).file


def test_a_scan_that_is_no_pdf_keeps_the_number_in_its_field(go, case, ministry):
    step = at(case, ministry, StepKind.ISSUE)
    response = go("vanthu").post(url(step), issue_data(scan=upload(b"MZ", "scan.exe")))
    assert "scan" in response.context["form"].errors
    assert 'value="15"' in response.content.decode()


def test_the_signed_scan_can_follow_later_from_the_clerk_alone(go, case, ministry):
    f.walk_to_the_end(case, ministry)
    page = f"/ho-so/{case.number}/ban-ky/"
    assert go("chuyenvien").post(page, {"scan": upload(), "no_secret_declared": "on"}).status_code == 403
    assert go("vanthu").post(page, {"scan": upload(), "no_secret_declared": "on"}).status_code == 302
    assert current_paper(case).file


def test_the_service_itself_takes_the_scan_from_the_clerk_and_the_icd_only(case, ministry):
    f.walk_to_the_end(case, ministry)
    scan = Upload(file=upload(), no_secret_declared=True)
    with pytest.raises(NotAllowed):
        add_signed_scan(case, scan, actor=ministry.chuyenvien)
    add_signed_scan(case, scan, actor=ministry.htqt)
    with pytest.raises(Refused):
        add_signed_scan(case, scan, actor=ministry.vanthu)


# --- elsewhere: outside, on paper ---------------------------------------------------------------------------------


def outside(ministry) -> tuple[Case, Step]:
    made = f.trip(
        ministry,
        head="thutruong2",
        head_rank=Rank.DEPUTY_MINISTER,
        plan_line=f.plan_line(ministry, PlanLevel.MINISTRY),
    )
    case = f.submit(made, ministry)
    return case, at(case, ministry, StepKind.EXTERNAL_PERMISSION)


def reply(**changes) -> dict:
    day = f"{timezone.localdate():%d/%m/%Y}"
    return {
        "outcome": "agree",
        "submission_number": "21/TTr-BDP",
        "submission_date": day,
        "reply_number": "101/TTg-QHQT",
        "reply_date": day,
        "reply_issuer": "Thủ tướng Chính phủ",
    } | changes


def test_the_icd_records_the_reply_with_its_scan(go, ministry):
    case, step = outside(ministry)
    go("htqt").post(url(step), reply(scan=upload(), no_secret_declared="on"))
    permission = Decision.objects.get(step=step).permission
    assert (permission.reply_number, permission.scan.kind) == ("101/TTg-QHQT", "permission")
    page = go("chuyenvien").get(f"/doan-ra/{case.number}/").content.decode()
    assert "101/TTg-QHQT" in page


def test_a_secret_reply_stays_outside_with_its_particulars_only(go, ministry):
    _case, step = outside(ministry)
    response = go("htqt").post(url(step), reply())
    assert response.context["form"].non_field_errors()
    go("htqt").post(url(step), reply(kept_outside="on", outside_register_no="07"))
    permission = Decision.objects.get(step=step).permission
    assert (permission.kept_outside, permission.scan) == (True, None)


def test_a_reply_is_recorded_by_neither_filer_nor_leader(go, ministry):
    _case, step = outside(ministry)
    for account in ("chuyenvien", "botruong", "quantri", "kiemtoan"):
        response = go(account).post(url(step), reply(kept_outside="on", outside_register_no="07"))
        assert response.status_code == 403
    assert not Decision.objects.filter(step=step).exists()


def on_paper(ministry, **changes) -> dict:
    return {
        "decided_by": ministry.thutruong.pk,
        "decided_on": f"{timezone.localdate():%d/%m/%Y}",
        "outcome": "agree",
        "comment": "Đồng ý. Lưu ý tiết kiệm.",
        "scan": upload(),
        "no_secret_declared": "on",
    } | changes


def test_the_clerk_records_a_decision_on_paper_and_both_names_stay(go, case, ministry):
    step = at(case, ministry, StepKind.APPROVE)
    go("vanthu").post(url(step, "ghi-nhan/"), on_paper(ministry))
    decision = Decision.objects.get(step=step)
    assert (decision.decided_by.username, decision.recorded_by.username) == ("thutruong", "vanthu")
    assert case.attachments.filter(kind="decision_scan").count() == 1
    page = go("chuyenvien").get(f"/doan-ra/{case.number}/").content.decode()
    assert "quyết định trên giấy ngày" in page
    assert "người ghi nhận Đỗ Thị Mận" in page


@pytest.mark.parametrize("account", [name for name in ACCOUNTS if name not in ("vanthu", "htqt", "vutruong")])
def test_nobody_else_records_on_paper(go, case, ministry, account):
    step = at(case, ministry, StepKind.APPROVE)
    before = snapshot(case)
    response = go(account).post(url(step, "ghi-nhan/"), on_paper(ministry))
    assert response.status_code in (403, 404)
    assert snapshot(case) == before


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("decided_by", ""),
        ("decided_by", "999999"),
        ("decided_on", "45/45/2026"),
        ("outcome", "x"),
        ("comment", ""),
        ("scan", ""),
    ],
)
def test_what_is_missing_on_the_record_is_said_at_its_field(go, case, ministry, field, value):
    step = at(case, ministry, StepKind.APPROVE)
    response = go("vanthu").post(url(step, "ghi-nhan/"), on_paper(ministry, **{field: value}))
    assert field in response.context["form"].errors
    assert not Decision.objects.filter(step=step).exists()


@pytest.mark.parametrize("kind", [StepKind.DRAFT_DECISION, StepKind.ISSUE])
def test_drafts_and_numbers_are_made_here_and_never_on_paper(go, case, ministry, kind):
    step = at(case, ministry, kind)
    assert "/ghi-nhan/" not in go("htqt").get(f"/doan-ra/{case.number}/").content.decode()
    assert go("htqt").post(url(step, "ghi-nhan/"), on_paper(ministry)).status_code == 302
    assert not Decision.objects.filter(step=step).exists()


def test_a_refused_record_leaves_no_scan_behind(go, case, ministry):
    step = at(case, ministry, StepKind.APPROVE)
    tomorrow = f"{timezone.localdate() + dt.timedelta(days=1):%d/%m/%Y}"
    response = go("vanthu").post(url(step, "ghi-nhan/"), on_paper(ministry, decided_on=tomorrow))
    assert response.context["form"].non_field_errors()
    assert not case.attachments.filter(kind="decision_scan").exists()
