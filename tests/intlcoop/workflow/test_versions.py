"""What changed since somebody decided: on the step's page and on the page that compares two versions."""

from __future__ import annotations

import datetime as dt

import pytest

from delegations.choices import Part
from delegations.services import update_trip
from intlcoop.workflow.choices import Outcome, StepKind
from intlcoop.workflow.deciding import decide
from intlcoop.workflow.services import add_comment
from tests.delegations import factories as f
from tests.intlcoop.workflow.steps import at, url

pytestmark = pytest.mark.django_db


@pytest.fixture
def returned(ministry):
    """A trip that the leader returned, that its filer changed in people, days and text, and that waits for the leader again."""
    members = [f.member(ministry.chuyenvien2, Part.HEAD), f.member(ministry.chuyenvien3)]
    made = f.trip(ministry, members=members)
    case = f.submit(made, ministry)
    step = at(case, ministry, StepKind.APPROVE)
    add_comment(case, "Cần rõ kết quả dự kiến hơn.", actor=ministry.htqt)
    decide(step, Outcome.RETURN, actor=ministry.thutruong, comment="Bổ sung kết quả dự kiến.")
    rows = [
        {"id": row.pk, "person": row.person, "full_name": row.full_name, "part": row.part, "rank": row.rank}
        for row in made.members.all()
    ]
    made.refresh_from_db()
    update_trip(
        made,
        actor=ministry.chuyenvien,
        fields={
            "expected_result": "Báo cáo kinh nghiệm và dự thảo kế hoạch áp dụng.",
            "returns_on": made.returns_on + dt.timedelta(days=2),
        },
        members=[*rows[:1], f.member(ministry.chuyenvien4)],
    )
    f.submit(made, ministry)
    return made, at(f.fresh(case), ministry, StepKind.APPROVE)


def test_the_leader_sees_what_changed_since_the_return(go, ministry, returned):
    _made, step = returned
    page = go("thutruong").get(url(step)).content.decode()
    assert "Thay đổi kể từ lần quyết định trước" in page
    assert "<del>Đoàn Thế Hiển" in page
    assert "<ins>La Thúy Quỳnh" in page
    assert "<ins>" in page.split("Kết quả dự kiến")[-1]


def test_an_unchanged_file_shows_no_changes(go, ministry):
    made = f.trip(ministry)
    step = at(f.submit(made, ministry), ministry, StepKind.APPROVE)
    assert "Thay đổi kể từ lần quyết định trước" not in go("thutruong").get(url(step)).content.decode()


def test_comments_and_decisions_of_the_first_round_are_still_there(go, returned):
    made, _step = returned
    page = go("chuyenvien").get(f"/doan-ra/{made.case.number}/").content.decode()
    assert "Cần rõ kết quả dự kiến hơn." in page
    assert "Bổ sung kết quả dự kiến." in page


def test_any_two_versions_can_be_compared_and_nonsense_is_ignored(go, returned):
    made, _step = returned
    address = f"/ho-so/{made.case.number}/doi-chieu/"
    for query in ("", "?tu=1&den=2", "?tu=99&den=x", "?tu=&den=-1"):
        answer = go("htqt").get(address + query)
        assert answer.status_code == 200
        assert answer.content.decode().count("<h1") == 1
    assert "Đoàn Thế Hiển" in go("htqt").get(address).content.decode()


def test_strangers_find_nothing_to_compare(go, returned):
    made, _step = returned
    assert go("phapche").get(f"/ho-so/{made.case.number}/doi-chieu/").status_code == 404


def test_every_line_of_a_full_trip_is_said_in_words(ministry, returned):
    from delegations.queries import outbound_content, readable_content

    made, _step = returned
    readable = dict(readable_content(outbound_content(made.case)))
    assert readable["Nước đến"] == ["Thái Lan"]
    assert readable["Kinh phí"] == ["Ngân sách nhà nước: 120.000.000 VND"]
    assert "Triệu Hoài Linh (Trưởng đoàn)" in readable["Thành viên đoàn"]
    assert not any(str(made.plan_line_id) == line for lines in readable.values() for line in lines)
