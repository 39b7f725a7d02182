"""The page of a step: who may look, who may decide, what a pressed button does, and that looking decides nothing."""

from __future__ import annotations

import uuid

import pytest

from intlcoop.audit.models import SecurityEvent
from intlcoop.workflow.choices import Outcome, StepKind
from intlcoop.workflow.models import Case, Decision, Step
from tests.delegations import factories as f
from tests.intlcoop.workflow.steps import another, at, snapshot, url
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


# --- looking ------------------------------------------------------------------------------------------------------


def test_the_page_says_what_is_decided_and_names_the_button_by_the_verb_of_the_office(go, case, ministry):
    step = at(case, ministry, StepKind.APPRAISE, "icd_head")
    page = go("vutruong").get(url(step)).content.decode()
    assert "Đồng ý, trình Thứ trưởng" in page
    for text in ("Thái Lan", "Triệu Hoài Linh", "120.000.000", "Trao đổi kinh nghiệm", step.citation):
        assert text in page
    assert page.count("<h1") == 1


@pytest.mark.parametrize("tail", ["", "ghi-nhan/", "giao-lai/", "du-thao/"])
@pytest.mark.parametrize("account", ACCOUNTS)
def test_looking_changes_nothing_whoever_looks(go, case, ministry, tail, account):
    step = f.open_step(case)
    before = snapshot(case)
    response = go(account).get(url(step, tail))
    assert response.status_code in (200, 302, 403, 404)
    assert snapshot(case) == before


SEES = {"lanhdaodonvi": 200, "chuyenvien": 403, "htqt": 403, "botruong": 403, "quantri": 403, "kiemtoan": 403}


@pytest.mark.parametrize("account", ACCOUNTS)
def test_only_the_office_opens_its_step_and_strangers_find_nothing(go, case, account):
    sees_file = {"thutruong": 403, "vutruong": 403, "taichinh": 403, "tccb": 403, "vanthu": 403}
    expected = (SEES | sees_file).get(account, 404)
    assert go(account).get(url(f.open_step(case))).status_code == expected


@pytest.mark.parametrize("pk", [10**9, 2**63, 10**30])
def test_a_step_that_is_not_there_is_not_found(go, case, pk):
    assert go("lanhdaodonvi").get(f"/buoc/{pk}/").status_code == 404


def test_a_step_to_come_says_what_the_file_waits_for_instead(go, case, ministry):
    """Not "somebody was faster": nobody has been there yet."""
    step = Step.objects.current().get(case=case, kind=StepKind.DRAFT_DECISION)
    before = snapshot(case)
    said = "Bước này chưa đến lượt. Hồ sơ đang chờ: Lãnh đạo đơn vị đề xuất."
    client = go("lanhdaodonvi")
    answer = client.post(url(step), {"outcome": Outcome.AGREE})
    assert answer.status_code == 403
    assert said in answer.content.decode()
    assert said in client.get(url(step), follow=True).content.decode()
    assert snapshot(case) == before


def test_a_done_step_leads_to_the_file(go, case, ministry):
    step = f.open_step(case)
    f.agree(step, ministry)
    assert go("lanhdaodonvi").get(url(step)).url == f"/doan-ra/{case.number}/"


# --- deciding -----------------------------------------------------------------------------------------------------


def test_agreeing_moves_the_file_on_and_keeps_the_comment(go, case):
    step = f.open_step(case)
    response = go("lanhdaodonvi").post(url(step), {"outcome": "agree", "comment": "Nhất trí", "version": case.version})
    assert response.url == f"/doan-ra/{case.number}/"
    decision = Decision.objects.get(step=step)
    assert (decision.outcome, decision.comment, decision.decided_by.username) == ("agree", "Nhất trí", "lanhdaodonvi")


@pytest.mark.parametrize("account", [name for name in ACCOUNTS if name != "lanhdaodonvi"])
def test_a_forged_decision_is_refused_and_written_down(go, case, account):
    before = snapshot(case)
    response = go(account).post(url(f.open_step(case)), {"outcome": "agree", "version": case.version})
    sees = account != "truonghoc" and account != "phapche"
    assert response.status_code == (403 if sees else 404)
    assert snapshot(case) == before
    assert SecurityEvent.objects.filter(kind="refused", actor__username=account).exists() is sees


def test_a_superuser_decides_no_more_than_others(client, case, ministry):
    user = ministry.quantri
    user.is_superuser = True
    user.save()
    client.force_login(user)
    assert client.post(url(f.open_step(case)), {"outcome": "agree"}).status_code == 403
    assert not Decision.objects.exists()


def test_the_filer_who_heads_the_unit_is_refused_although_it_is_their_office(go, ministry):
    case = f.submit(f.trip(ministry, filer="lanhdaodonvi", days_ahead=f.FAR + 30), ministry, "lanhdaodonvi")
    assert go("lanhdaodonvi").post(url(f.open_step(case)), {"outcome": "agree"}).status_code == 403


@pytest.mark.parametrize("outcome", ["", "imported", "no_answer", "disagree", "x" * 300])
def test_an_outcome_that_the_step_does_not_know_is_said_and_decides_nothing(go, case, outcome):
    response = go("lanhdaodonvi").post(url(f.open_step(case)), {"outcome": outcome, "comment": "Giữ lại"})
    assert response.status_code == 200
    assert "Giữ lại" in response.content.decode()
    assert not Decision.objects.exists()


def test_a_comment_that_is_too_long_is_said_and_not_lost(go, case):
    text = "dài " * 1100
    response = go("lanhdaodonvi").post(url(f.open_step(case)), {"outcome": "agree", "comment": text})
    assert "comment" in response.context["form"].errors
    assert text.strip() in response.content.decode()
    assert not Decision.objects.exists()


def test_rejecting_needs_a_reason(go, case):
    step = f.open_step(case)
    response = go("lanhdaodonvi").post(url(step), {"outcome": "reject", "comment": " "})
    assert response.status_code == 200
    assert response.context["form"].non_field_errors()
    go("lanhdaodonvi").post(url(step), {"outcome": "reject", "comment": "Trùng nội dung"})
    assert f.fresh(case).state == "rejected"


def test_the_same_form_sent_twice_decides_once(go, case):
    step = f.open_step(case)
    data = {"outcome": "agree", "version": case.version, "_yeu_cau": str(uuid.uuid4())}
    for _turn in range(2):
        assert go("lanhdaodonvi").post(url(step), data).status_code == 302
    assert Decision.objects.count() == 1


def test_an_id_of_another_form_does_not_break_this_one(go, case, ministry):
    key = {"_yeu_cau": str(uuid.uuid4())}
    go("lanhdaodonvi").post(url(f.open_step(case)), {"outcome": "agree"} | key)
    other = another(ministry)
    assert go("lanhdaodonvi").post(url(f.open_step(other)), {"outcome": "agree"} | key).status_code == 302
    assert Decision.objects.count() == 2


def test_an_old_page_gets_409_with_the_fresh_state_and_what_was_typed(go, case):
    step = f.open_step(case)
    data = {"outcome": "agree", "comment": "Ý kiến của tôi", "version": case.version - 1}
    response = go("lanhdaodonvi").post(url(step), data)
    assert response.status_code == 409
    assert "Ý kiến của tôi" in response.content.decode()
    assert not Decision.objects.exists()


def test_the_slower_of_two_is_told_who_decided(go, case, ministry):
    step = f.open_step(case)
    f.agree(step, ministry)
    response = go("lanhdaodonvi").post(url(step), {"outcome": "agree"})
    assert response.status_code == 409
    assert "Trần Quốc Bảo" in response.content.decode()


# --- returning ----------------------------------------------------------------------------------------------------


def test_returning_to_the_filer(go, case):
    go("lanhdaodonvi").post(
        url(f.open_step(case)), {"outcome": "return", "returned_to": "filer", "comment": "Thiếu chương trình"}
    )
    assert f.fresh(case).state == "returned"
    page = go("chuyenvien").get(f"/doan-ra/{case.number}/").content.decode()
    assert "Thiếu chương trình" in page


def test_returning_to_an_earlier_step_opens_it_again(go, case, ministry):
    step = at(case, ministry, StepKind.APPRAISE, "icd_head")
    first = case.steps.current().get(office="unit_head")
    go("vutruong").post(url(step), {"outcome": "return", "returned_to": first.pk, "comment": "Xem lại"})
    assert [each.office for each in f.open_steps(case)] == ["unit_head"]


@pytest.mark.parametrize("forged", ["own", "other", "nonsense"])
def test_a_file_goes_back_only_to_steps_of_its_own_that_are_done(go, case, ministry, forged):
    step = at(case, ministry, StepKind.APPRAISE, "icd_head")
    other = f.open_step(another(ministry))
    target = {"own": step.pk, "other": other.pk, "nonsense": "abc"}[forged]
    response = go("vutruong").post(url(step), {"outcome": "return", "returned_to": target, "comment": "Xem lại"})
    assert "returned_to" in response.context["return_form"].errors
    assert not Decision.objects.filter(step=step).exists()


def test_returning_needs_a_reason_and_shows_it_in_the_dialog(go, case):
    response = go("lanhdaodonvi").post(url(f.open_step(case)), {"outcome": "return", "returned_to": "filer"})
    assert "comment" in response.context["return_form"].errors
    assert not Decision.objects.exists()


# --- handing on ---------------------------------------------------------------------------------------------------


def test_the_administrator_hands_a_step_on_and_decides_nothing(go, case, ministry):
    step = at(case, ministry, StepKind.APPRAISE, "icd_officer")
    page = go("quantri").get(url(step, "giao-lai/"))
    offered = [label for _value, label in page.context["form"].fields["person"].choices]
    assert any("Phạm Hải Dương" in label for label in offered)
    assert not any("Lê Thu Cúc" in label for label in offered)
    go("quantri").post(url(step, "giao-lai/"), {"person": ministry.vutruong.pk, "comment": "Đi công tác"})
    assert Step.objects.get(pk=step.pk).assigned_to.username == "vutruong"
    assert go("htqt").post(url(step), {"outcome": "agree"}).status_code == 403


@pytest.mark.parametrize("account", [name for name in ACCOUNTS if name != "quantri"])
def test_only_the_administrator_hands_on(go, case, account, ministry):
    step = f.open_step(case)
    data = {"person": ministry.thutruong.pk, "comment": "x"}
    assert go(account).post(url(step, "giao-lai/"), data).status_code in (403, 404)
    assert Step.objects.get(pk=step.pk).assigned_to is None


def test_a_forged_person_is_refused(go, case, ministry):
    step = f.open_step(case)
    response = go("quantri").post(url(step, "giao-lai/"), {"person": ministry.chuyenvien.pk, "comment": "x"})
    assert "person" in response.context["form"].errors


# --- a phone ------------------------------------------------------------------------------------------------------


def test_on_a_phone_the_buttons_stick_to_the_bottom(go, case):
    page = go("lanhdaodonvi").get(url(f.open_step(case))).content.decode()
    assert 'class="page-actions is-sticky"' in page
    assert "has-sticky-actions" in page
    assert f'value="{Outcome.AGREE}"' in page
