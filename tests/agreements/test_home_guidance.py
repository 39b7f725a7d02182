"""Questions and invitations on the first page: for whoever answers, whoever asked, and the units that may take them up."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from agreements.queries.home_guidance import ANSWER_SHOWN_DAYS, home_guidance
from agreements.services.invitations import answer_sign_up, sign_up, take_down_invitation
from agreements.services.questions import hand_on_question
from intlcoop.operations.demo.clock import at
from intlcoop.regulations.queries import calendar
from intlcoop.workflow import engine
from tests.agreements.test_invitations import put_up
from tests.agreements.test_questions import answered, ask, fresh

pytestmark = pytest.mark.django_db


@pytest.fixture
def ministry(built, db):
    return built


def home(person, today=None):
    return home_guidance(person, today or timezone.localdate(), calendar)


def titles(lines):
    return [line.title for line in lines]


def test_a_question_waits_for_those_who_answer_and_the_answer_stands_with_whoever_asked(ministry):
    made = ask(ministry)
    line = home(ministry.htqt).to_answer[0]
    assert (line.title, line.who, line.due) == (made.case.title, str(made.case.unit), made.due_on)
    for person in (ministry.chuyenvien, ministry.lanhdaodonvi, ministry.thutruong, ministry.phapche):
        assert not home(person).to_answer, person
    answered(ministry, made)
    assert home(ministry.htqt).to_answer == []
    assert titles(home(ministry.chuyenvien).answered) == [made.case.title]
    assert home(ministry.truonghoc).answered == [], "it is shared, but somebody else asked"
    later = timezone.localdate() + dt.timedelta(days=ANSWER_SHOWN_DAYS)
    assert home(ministry.chuyenvien, later).answered == []
    assert titles(home(ministry.chuyenvien, later - dt.timedelta(days=1)).answered) == [made.case.title]


def test_who_asked_does_not_answer_and_what_was_handed_on_waits_elsewhere(ministry):
    ask(ministry, by="htqt", unit="HTQT")
    assert home(ministry.htqt).to_answer == []
    assert len(home(ministry.vutruong).to_answer) == 1
    made = ask(ministry, title="Dự toán lập thế nào?")
    hand_on_question(fresh(made), actor=ministry.htqt, unit=ministry.unit("KHTC"), reason="Phần dự toán.")
    assert titles(home(ministry.taichinh).to_answer) == ["Dự toán lập thế nào?"]
    assert home(ministry.htqt).to_answer == []


def test_what_went_up_stands_with_the_leaders(ministry):
    made = ask(ministry)
    assert home(ministry.thutruong).to_answer == []
    engine.fire(made.case, "lead", actor=ministry.vutruong, comment="Xin ý kiến chỉ đạo.")
    assert titles(home(ministry.thutruong).to_answer) == [made.case.title]


def test_an_invitation_stands_with_the_units_that_may_still_take_it_up(ministry):
    mine = put_up(ministry, units=[ministry.unit("CSDP")])
    assert titles(home(ministry.chuyenvien).invitations) == [mine.title]
    assert home(ministry.truonghoc).invitations == []
    assert home(ministry.htqt).invitations == [], "nobody waits for the department"
    signed = sign_up(mine, ministry.unit("CSDP"), actor=ministry.chuyenvien)
    assert home(ministry.lanhdaodonvi).invitations == []
    assert [(line.title, line.waiting) for line in home(ministry.htqt).invitations] == [(mine.title, 1)]
    answer_sign_up(signed, actor=ministry.htqt, answer="chosen")
    assert home(ministry.htqt).invitations == []


def test_what_is_closed_or_taken_down_is_offered_to_nobody(ministry):
    made = put_up(ministry)
    assert home(ministry.truonghoc).invitations
    with at(made.sign_up_by + dt.timedelta(days=1)):
        assert home(ministry.truonghoc).invitations == []
    take_down_invitation(made, actor=ministry.htqt, reason="Bên mời hoãn.")
    assert home(ministry.truonghoc).invitations == []


@pytest.mark.parametrize(("who", "queries"), [("chuyenvien", 2), ("htqt", 2), ("thutruong", 1)])
def test_it_costs_two_queries_for_one_and_for_three(ministry, who, queries, django_assert_num_queries):
    days_off, person = calendar(), ministry.person(who)
    home(person)
    for number in (1, 2, 3):
        made = ask(ministry, title=f"Câu hỏi {number}")
        answered(ministry, ask(ministry, title=f"Đã trả lời {number}"))
        if who == "thutruong":
            engine.fire(made.case, "lead", actor=ministry.vutruong, comment="Xin ý kiến.")
        sign_up(put_up(ministry, title=f"Thư mời {number}"), ministry.unit("DHPT"), actor=ministry.truonghoc)
        with django_assert_num_queries(queries):
            found = home_guidance(person, timezone.localdate(), lambda: days_off)
        lines = found.answered if who == "chuyenvien" else found.to_answer
        assert len(lines) == number
        assert len(found.invitations) == (0 if who == "thutruong" else number)


def test_the_page_says_it(client, ministry):
    made = ask(ministry)
    signed = put_up(ministry)
    sign_up(signed, ministry.unit("CSDP"), actor=ministry.chuyenvien)
    client.force_login(ministry.htqt)
    page = client.get("/").content.decode()
    assert made.case.title in page
    assert "01 đơn vị chờ trả lời" in page
    client.force_login(ministry.truonghoc)
    page = client.get("/").content.decode()
    assert signed.title in page
    assert made.case.title not in page
