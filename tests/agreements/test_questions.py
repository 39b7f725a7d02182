"""Questions of units: by when, who answers, who may do what, what stays (W002-09, U002-07)."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from agreements.guidance import QuestionState
from agreements.models import Question
from agreements.notifications import due_questions
from agreements.services.questions import ask_question, hand_on_question, share_question, update_question
from agreements.workflows.question import answer_question
from intlcoop.notifications.models import Notice
from intlcoop.workflow import engine
from intlcoop.workflow.models import Case
from intlcoop.workflow.refusals import Conflict, NotAllowed, Refused

pytestmark = pytest.mark.django_db

#: Tuesday 7 January 2025; five working days later is Tuesday 14 January.
ASKED, DUE = dt.datetime(2025, 1, 7, 3, tzinfo=dt.UTC), dt.date(2025, 1, 14)


def ask(
    ministry, title="Hội thảo trực tuyến có phải xin phép không?", by="chuyenvien", unit="CSDP", **fields
) -> Question:
    return ask_question(title, ministry.unit(unit), actor=ministry.person(by), fields=fields)


def fresh(question: Question) -> Question:
    return Question.objects.select_related("case__unit", "case__created_by", "answering_unit", "answerer").get(
        pk=question.pk
    )


def answered(
    ministry, question: Question, by="htqt", shared=True, text="Phải xin phép như hội thảo trực tiếp."
) -> Question:
    answer_question(fresh(question), actor=ministry.person(by), text=text, shared=shared)
    return fresh(question)


def tokens(person) -> dict[str, str]:
    return {"_nguoi_dung": str(person.pk), "_yeu_cau": str(uuid.uuid4())}


def test_the_day_follows_from_the_parameter_and_the_department_is_told(ministry):
    with time_machine.travel(ASKED, tick=False):
        made = ask(ministry)
    assert made.due_on == DUE
    assert Notice.objects.filter(recipient=ministry.htqt, url=made.get_absolute_url()).count() == 1
    assert not Notice.objects.filter(recipient=ministry.chuyenvien).exists()


def test_one_asks_for_the_own_unit_only(ministry):
    with pytest.raises(NotAllowed):
        ask(ministry, unit="DHPT")
    for outsider in ("quantri", "kiemtoan"):
        with pytest.raises(NotAllowed):
            ask(ministry, by=outsider)


def test_an_answer_is_kept_shared_and_found(ministry, client):
    made = answered(ministry, ask(ministry, detail="Mời chuyên gia qua cầu truyền hình"))
    assert made.case.state == QuestionState.ANSWERED
    assert Notice.objects.filter(recipient=ministry.chuyenvien, body__contains="xin phép như hội thảo").exists()
    client.force_login(ministry.truonghoc)
    for words in ("truc tuyen", "cau truyen hinh", "xin phep nhu"):
        assert made.case.title in client.get("/hoi-dap/", {"q": words}).content.decode()
    assert made.case.title in client.get(reverse("web:search"), {"q": "cau truyen hinh"}).content.decode()
    assert made.case.title not in client.get("/hoi-dap/", {"q": "kinh phí"}).content.decode()


def test_who_reads_it_by_the_page_and_by_the_list_is_the_same(ministry, client):
    kept, shared = answered(ministry, ask(ministry), shared=False), answered(ministry, ask(ministry, "Hai"))
    for name, sees in {"truonghoc": {shared.pk}, "lanhdaodonvi": {kept.pk, shared.pk}, "thutruong": {kept.pk, shared.pk},
                       "vanthu": {shared.pk}, "kiemtoan": {kept.pk, shared.pk}}.items():  # fmt: skip
        assert set(Question.objects.visible_to(ministry.person(name)).values_list("pk", flat=True)) == sees, name
        client.force_login(ministry.person(name))
        pages = {q.pk for q in (kept, shared) if client.get(q.get_absolute_url()).status_code == 200}
        assert pages == sees, name


def test_handed_on_the_other_unit_answers_and_the_department_may_still(ministry):
    made = ask(ministry)
    with pytest.raises(NotAllowed):
        answer_question(made, actor=ministry.phapche, text="Được.")
    legal = ministry.phapche.appointments.get().unit
    moved = hand_on_question(
        fresh(made), actor=ministry.htqt, unit=legal, person=ministry.phapche, reason="Về pháp luật."
    )
    assert moved.answerer == ministry.phapche
    assert Notice.objects.filter(recipient=ministry.phapche, url=made.get_absolute_url()).exists()
    assert "Về pháp luật." in moved.case.comments.get().text
    assert answered(ministry, made, by="phapche").answers.get().unit == legal


def test_nobody_answers_the_own_question_and_no_question_lands_with_who_asks(ministry):
    own = ask(ministry, by="htqt", unit=ministry.htqt.appointments.get().unit.code)
    with pytest.raises(NotAllowed):
        answer_question(own, actor=ministry.htqt, text="Được.")
    answered(ministry, own, by="vutruong")
    made = ask(ministry)
    for unit, person in ((made.case.unit, None), (None, ministry.chuyenvien), (None, ministry.taichinh), (None, None)):
        with pytest.raises(Refused):
            hand_on_question(fresh(made), actor=ministry.htqt, unit=unit, person=person)


def test_up_to_the_head_up_to_the_leaders_and_back(ministry):
    made = ask(ministry)
    engine.fire(made.case, "escalate", actor=ministry.htqt, comment="Hai văn bản nói khác nhau.")
    assert Notice.objects.filter(recipient=ministry.vutruong, body__contains="Hai văn bản").exists()
    engine.fire(made.case, "lead", actor=ministry.vutruong, comment="Cần thống nhất toàn Bộ.")
    assert Notice.objects.filter(recipient=ministry.thutruong, body__contains="toàn Bộ").exists()
    with pytest.raises(NotAllowed):
        engine.fire(made.case, "direct", actor=ministry.vutruong, comment="Theo ý tôi.")
    engine.fire(made.case, "direct", actor=ministry.thutruong, comment="Áp dụng văn bản mới.")
    assert fresh(made).case.state == QuestionState.OPEN
    assert Notice.objects.filter(recipient=ministry.htqt, body__contains="văn bản mới").exists()


def test_a_unit_calls_for_the_head_only_when_the_answer_is_late(ministry):
    with time_machine.travel(ASKED, tick=False):
        made = ask(ministry)
    with time_machine.travel(ASKED + dt.timedelta(days=7), tick=False), pytest.raises(Refused, match="14/01/2025"):
        engine.fire(made.case, "urge", actor=ministry.chuyenvien, comment="Đang cần.")
    with time_machine.travel(ASKED + dt.timedelta(days=8), tick=False):
        engine.fire(made.case, "urge", actor=ministry.chuyenvien, comment="Đang cần.")
    assert fresh(made).case.state == QuestionState.ESCALATED


def test_asked_again_it_gets_a_new_day_and_keeps_the_old_answer(ministry):
    with time_machine.travel(ASKED, tick=False):
        made = answered(ministry, ask(ministry))
    with pytest.raises(NotAllowed):
        engine.fire(made.case, "ask_again", actor=ministry.truonghoc, comment="Còn kết hợp thì sao?")
    engine.fire(made.case, "ask_again", actor=ministry.chuyenvien, comment="Còn kết hợp thì sao?")
    again = fresh(made)
    assert again.case.state == QuestionState.OPEN
    assert again.due_on > timezone.localdate()
    with pytest.raises(NotAllowed):
        update_question(again, actor=ministry.chuyenvien, title="Khác", fields={})
    answered(ministry, again, text="Cũng vậy.")
    assert [each.text for each in again.answers.all()] == ["Phải xin phép như hội thảo trực tiếp.", "Cũng vậy."]


def test_two_at_once_and_the_same_press_twice(ministry):
    made = ask(ministry)
    press = uuid.uuid4()
    for _twice in range(2):
        answer_question(made, actor=ministry.htqt, text="Được.", request_id=press)
    assert made.answers.count() == 1
    with pytest.raises(Conflict):
        answer_question(made, actor=ministry.vutruong, text="Không được.")
    assert made.answers.count() == 1


def test_only_the_department_says_who_else_reads_it(ministry):
    made = answered(ministry, ask(ministry), shared=False)
    with pytest.raises(NotAllowed):
        share_question(made, actor=ministry.chuyenvien, shared=True)
    assert share_question(made, actor=ministry.htqt, shared=True).is_shared


def test_whom_a_morning_reminds(ministry):
    with time_machine.travel(ASKED, tick=False):
        ask(ministry)

    def said(day):
        return {(each.person.username, each.section) for each in due_questions(day)}

    assert said(DUE - dt.timedelta(days=4)) == set()
    assert ("htqt", "soon") in said(DUE - dt.timedelta(days=1))
    assert ("htqt", "today") in said(DUE)
    assert ("vutruong", "others") not in said(DUE + dt.timedelta(days=1))
    assert ("vutruong", "others") in said(DUE + dt.timedelta(days=3))


def test_by_clicking(client, ministry):
    person = ministry.chuyenvien
    client.force_login(person)
    page = client.post(
        "/hoi-dap/hoi/", {"title": "", "unit": ministry.unit("CSDP").pk, "detail": "Nội dung đã gõ"} | tokens(person)
    )
    assert "Nội dung đã gõ" in page.content.decode()
    assert not Question.objects.exists()
    page = client.post("/hoi-dap/hoi/", {"title": "Ai ký thư mời?", "unit": ministry.unit("CSDP").pk} | tokens(person))
    made = Question.objects.get()
    assert page.url == made.get_absolute_url()
    answer_url = reverse("agreements:question_answer", args=[made.case.number])
    assert client.get(answer_url).status_code == 403
    client.force_login(ministry.htqt)
    assert client.get(answer_url).status_code == 200
    typed = {"text": "Thủ trưởng đơn vị.", "is_shared": "on", "version": str(made.case.version)}
    assert client.post(answer_url, {**typed, "version": "99"} | tokens(ministry.htqt)).status_code == 409
    assert client.post(answer_url, typed | tokens(ministry.htqt)).status_code == 302
    text = client.get(made.get_absolute_url()).content.decode()
    assert "Thủ trưởng đơn vị." in text


@pytest.mark.parametrize("sent", [{"unit": "x"}, {"title": "a" * 301}, {"title": "TỐI MẬT"}, {"about_number": "DR-1999-0001"},
                                  {"partner": "9" * 30}])  # fmt: skip
def test_bad_input_is_told_and_nothing_is_kept(client, ministry, sent):
    person = ministry.chuyenvien
    client.force_login(person)
    typed = {"title": "Ai ký?", "unit": str(ministry.unit("CSDP").pk)} | sent
    page = client.post("/hoi-dap/hoi/", typed | tokens(person))
    assert page.status_code == 200
    assert page.context["form"].errors
    assert not Case.objects.filter(kind="question").exists()


def test_the_list_costs_the_same_for_one_and_for_three(client, ministry):
    client.force_login(ministry.htqt)
    client.get("/hoi-dap/")
    costs = []
    for count in (1, 3):
        while Question.objects.count() < count:
            ask(ministry)
        with CaptureQueriesContext(
            connection,
        ) as captured:
            client.get("/hoi-dap/")
        costs.append(len(captured))
    assert costs[0] == costs[1] == COST_OF_LIST


COST_OF_LIST = 9
