"""Tờ trình and Phiếu trình of a change: what was decided, what is asked for, why; to the Prime Minister where he is asked."""

from __future__ import annotations

import pytest
from django.urls import reverse

from delegations.choices import ChangeKind, SettlementReason
from delegations.exports.prints import SLIPS
from delegations.models import TripChange
from intlcoop.exporting.pdf import page_count, text_of
from intlcoop.jobs.models import Job
from intlcoop.jobs.runner import run_job
from intlcoop.workflow.models import Case
from intlcoop.workflow.papers import current_paper
from tests.delegations import changing as c
from tests.delegations import factories as f
from tests.delegations.test_views_changes import address, words

pytestmark = pytest.mark.django_db

WHY = "Ban tổ chức lùi ngày họp."


@pytest.fixture
def ministry(db, built):
    return built


@pytest.fixture
def trip(db, decided):
    return c.again(decided)


def ask(ministry, trip, kind=ChangeKind.AMEND):
    return c.ask(ministry, trip, kind, reason=WHY, reason_code=SettlementReason.HOST)


def printed(client, change, name="to-trinh"):
    answer = client.get(address("change_submission", change, name))
    assert answer.status_code == 200
    return words(answer.content)


def test_the_submission_sets_old_against_new_and_says_why(go, ministry, trip):
    change = c.rewrite(
        ministry, ask(ministry, trip), returns_on=c.later(trip), members=[f.member(ministry.chuyenvien5, "head")]
    )
    text = printed(go("chuyenvien"), change)
    number = current_paper(trip.case).full_number
    assert f"Về việc sửa đổi, bổ sung Quyết định số {number}" in text
    assert f"{SettlementReason.HOST.label}: ban tổ chức lùi ngày họp." in text
    assert all(head in text for head in ("Đã quyết định", "Đề nghị thay đổi"))
    for day in (trip.returns_on, c.later(trip)):
        assert f"{day:%d/%m/%Y}" in text
    assert ministry.chuyenvien2.full_name in text
    assert ministry.chuyenvien5.full_name in text
    assert "……" not in text


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        (ChangeKind.POSTPONE, "hoãn chuyến công tác"),
        (ChangeKind.CANCEL, "Chuyến công tác không thực hiện"),
        (ChangeKind.ONLINE, "tổ chức theo hình thức trực tuyến"),
    ],
)
def test_what_is_not_to_take_place_is_said_instead_of_a_table(go, ministry, trip, kind, said):
    text = printed(go("chuyenvien"), ask(ministry, trip, kind))
    assert said in text
    assert "Đề nghị thay đổi" not in text


def test_the_page_offers_the_papers_while_the_change_is_under_way(go, ministry, trip):
    change = ask(ministry, trip, ChangeKind.CANCEL)
    page = go("chuyenvien").get(change.get_absolute_url()).text
    assert address("change_submission", change, "to-trinh") in page
    assert address("change_submission", change, "to-trinh-thu-tuong") not in page
    assert "Thủ tướng Chính phủ" in printed(go("chuyenvien"), change, "to-trinh-thu-tuong")
    assert go("truonghoc").get(address("change_submission", change, "to-trinh")).status_code == 404
    assert go("chuyenvien").get(address("change_submission", change, "khac")).status_code == 404
    TripChange.objects.filter(pk=change.pk).update(closed_at=change.case.changed_at)
    assert go("chuyenvien").get(address("change_submission", change, "to-trinh")).status_code == 404
    assert address("change_submission", change, "to-trinh") not in go("chuyenvien").get(change.get_absolute_url()).text


def test_the_slip_is_one_page_with_old_and_new(go, ministry, trip):
    change = c.rewrite(ministry, ask(ministry, trip), returns_on=c.later(trip))
    url = reverse("delegations:change_slip", args=[change.case.number])
    assert go("htqt").post(url).status_code in (403, 404)  # not submitted yet
    case = c.submit(ministry, change)
    assert url in go("htqt").get(change.get_absolute_url()).text
    assert go("kiemtoan").post(url).status_code == 403
    assert go("htqt").post(url).status_code == 302
    run_job(Job.objects.get(kind=SLIPS.code).pk)
    content = Case.objects.get(pk=case.pk).attachments.current().get(kind="slip").file.read()
    assert page_count(content) == 1
    text = " ".join(text_of(content).split())
    for phrase in ("PHIẾU TRÌNH", "Đã quyết định:", "Đề nghị:", f"{c.later(trip):%d/%m/%Y}", "lùi ngày họp"):
        assert phrase in text, phrase
