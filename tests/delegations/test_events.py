"""An event from its first word to its report: who permits it, what reopens it, when it is over, what it owes."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from agreements.choices import SessionStatus
from agreements.models import Mechanism, MeetingSeries, MeetingSession
from delegations import services
from delegations.event_choices import Answer, EventRole, EventState, WorkState
from delegations.exports.event import principle_words
from delegations.exports.event_report import permission_words
from delegations.exports.particulars import BLANK
from delegations.models import EventPerson, EventWork, InternationalEvent
from delegations.queries.event_parts import reminders
from delegations.queries.event_permissions import answer_facts, answers_of
from delegations.queries.events import event_report_due
from delegations.services import event_parts
from delegations.workflows import move_events_with_the_calendar
from intlcoop.operations.demo.clock import at
from intlcoop.workflow.choices import StepKind
from intlcoop.workflow.models import Case, Step
from intlcoop.workflow.papers import current_paper
from intlcoop.workflow.refusals import NotAllowed, Refused
from tests.delegations.eventing import FAR, fire, fresh, hosted, state_of, submit, walk


def today() -> dt.date:
    return timezone.localdate()


@pytest.fixture
def ministry(built, db):
    return built


# --- permission -------------------------------------------------------------------------------------------------------


def test_the_minister_permits_in_writing(ministry):
    event = hosted(ministry)
    submit(event, ministry)
    assert state_of(event) == EventState.REQUESTED
    walk(event, ministry, StepKind.DRAFT_DECISION)
    assert state_of(event) == EventState.AWAITING_PAPER
    walk(event, ministry)
    assert state_of(event) == EventState.PERMITTED
    paper = current_paper(fresh(event).case)
    assert paper.number is not None
    assert "Cho phép tổ chức" in paper.subject


def test_the_prime_minister_permits_what_is_about_ethnic_affairs(ministry):
    event = hosted(ministry, topics=["ethnic_affairs", "other"])
    submit(event, ministry)
    steps = list(Step.objects.filter(case=event.case).order_by("position").values_list("kind", "office", "body"))
    assert steps[-1][:2] == (StepKind.EXTERNAL_PERMISSION, "prime_minister")
    assert {body for _kind, _office, body in steps if body} == {"Bộ Ngoại giao", "Bộ Công an"}
    walk(event, ministry, StepKind.EXTERNAL_PERMISSION)
    assert state_of(event) == EventState.REQUESTED
    walk(event, ministry)
    assert state_of(event) == EventState.PERMITTED
    names = list(event.case.status_changes.order_by("pk").values_list("transition", flat=True))
    assert names == ["submit", "approve", "permit"]


def test_state_secrets_are_never_written_here(ministry):
    with pytest.raises(Refused, match="bí mật nhà nước"):
        hosted(ministry, topics=["state_secrets"])
    event = hosted(ministry)
    with pytest.raises(Refused, match="bí mật nhà nước"):
        services.update_event(
            event, actor=ministry.chuyenvien, title=event.case.title, fields={"topics": ["religion", "state_secrets"]}
        )
    assert fresh(event).topics == ["other"]


def test_hosting_is_agreed_in_principle_first(ministry):
    event = hosted(ministry, needs_principle=True, hosting_reason="Đến lượt Việt Nam đăng cai.", role=EventRole.CHAIR)
    with pytest.raises(NotAllowed):
        submit(event, ministry)
    submit(event, ministry, "ask_principle")
    assert state_of(event) == EventState.PRINCIPLE
    walk(event, ministry)
    assert state_of(event) == EventState.PRINCIPLE_AGREED
    assert fresh(event).principle_agreed_on == today()
    with pytest.raises(NotAllowed):
        submit(event, ministry, "ask_principle")
    submit(event, ministry)
    open_now = Step.objects.open().filter(case=event.case).values_list("kind", flat=True)
    assert (state_of(event), list(open_now)) == (EventState.REQUESTED, [StepKind.ENDORSE])
    walk(event, ministry)
    assert state_of(event) == EventState.PERMITTED


def test_the_answer_about_the_hosting_is_not_taken_for_the_permission(ministry):
    """Each stands on the page and in the papers as what it is, with number, day and issuer."""
    event = hosted(
        ministry, needs_principle=True, hosting_reason="Đến lượt Việt Nam đăng cai.", topics=["ethnic_affairs"]
    )
    assert not answer_facts(fresh(event))
    submit(event, ministry, "ask_principle")
    walk(event, ministry)
    first = answers_of(fresh(event))
    assert list(first) == ["principle"]
    assert first["principle"].reply_number in principle_words(fresh(event))
    assert permission_words(fresh(event)) == BLANK
    assert [label for label, _words in answer_facts(fresh(event))] == ["Chủ trương đăng cai"]
    submit(event, ministry)
    walk(event, ministry)
    both = answers_of(fresh(event))
    assert set(both) == {"principle", "permission"}
    assert both["principle"].pk == first["principle"].pk
    assert both["permission"].reply_number in permission_words(fresh(event))
    assert [label for label, _words in answer_facts(fresh(event))] == ["Chủ trương đăng cai", "Văn bản cho phép"]


def test_everything_that_is_missing_is_said_at_once(ministry):
    event = hosted(
        ministry, starts_on=None, ends_on=None, topics=[], theme="", content="", foreign_count=None, budget_vnd=None,
        place="", out_of_plan_reason="",
    )  # fmt: skip
    with pytest.raises(Refused) as refused:
        submit(event, ministry)
    text = " ".join(refused.value.reasons)
    for word in ("ngày", "chủ đề", "số lượng", "kinh phí", "Kế hoạch", "địa điểm"):
        assert word.lower() in text.lower(), (word, text)
    assert state_of(event) == EventState.PLANNED


def test_an_online_event_of_ours_has_an_end_point_in_viet_nam(ministry):
    event = hosted(ministry, format="online", place="", endpoints="")
    with pytest.raises(Refused, match="điểm cầu tại Việt Nam"):
        submit(event, ministry)
    services.update_event(
        event, actor=ministry.chuyenvien, title=event.case.title, fields={"endpoints": "Trụ sở Bộ, Hà Nội"}
    )
    submit(event, ministry)
    assert state_of(event) == EventState.REQUESTED


@pytest.mark.parametrize(
    ("topics", "ahead", "refused"),
    [
        (["other"], 45, False),
        (["other"], 44, True),  # in time for the law, late for the ICD
        (["other"], 29, True),
        (["religion"], 55, False),
        (["religion"], 54, True),
        (["religion"], 39, True),
    ],
)
def test_a_late_file_says_why(ministry, topics, ahead, refused):
    starts = today() + dt.timedelta(days=ahead)
    event = hosted(ministry, topics=topics, starts_on=starts, ends_on=starts)
    if refused:
        with pytest.raises(Refused, match="chậm"):
            submit(event, ministry)
        services.update_event(
            event,
            actor=ministry.chuyenvien,
            title=event.case.title,
            fields={"warning_reason": "Đối tác xác nhận muộn."},
        )
    submit(event, ministry)
    assert state_of(event) == EventState.REQUESTED


# --- what a decision binds --------------------------------------------------------------------------------------------


def permitted(ministry, **more):
    event = hosted(ministry, **more)
    submit(event, ministry)
    walk(event, ministry)
    assert state_of(event) == EventState.PERMITTED
    return fresh(event)


def change(event, ministry, **values):
    return services.update_event(event, actor=ministry.chuyenvien, title=event.case.title, fields=values)


def test_another_topic_after_the_permission_goes_to_the_prime_minister(ministry):
    event = permitted(ministry)
    change(event, ministry, topics=["other", "religion"])
    assert state_of(event) == EventState.REQUESTED
    kinds = Step.objects.current().filter(case=event.case).values_list("kind", flat=True)
    assert StepKind.EXTERNAL_PERMISSION in kinds
    assert current_paper(event.case) is None


def test_another_room_or_fewer_guests_reopen_nothing(ministry):
    event = permitted(ministry)
    change(event, ministry, place="Ninh Bình", foreign_count=10, content="Ba phiên toàn thể.")
    assert state_of(event) == EventState.PERMITTED
    change(event, ministry, foreign_count=21)
    assert state_of(event) == EventState.REQUESTED


def test_a_minister_in_the_list_of_guests_changes_who_permits(ministry):
    event = hosted(ministry)
    submit(event, ministry)
    walk(event, ministry, StepKind.APPROVE)
    guest = EventPerson(event=fresh(event))
    event_parts.save_person(
        guest, actor=ministry.chuyenvien, fields={"full_name": "ທ່ານ ບຸນມີ", "side": "foreign", "rank": "minister"}
    )
    kinds = Step.objects.current().filter(case=event.case).values_list("kind", flat=True)
    assert StepKind.EXTERNAL_PERMISSION in kinds
    guest.refresh_from_db()
    assert guest.full_name == "ທ່ານ ບຸນມີ"


# --- held, report -----------------------------------------------------------------------------------------------------


def test_the_calendar_holds_it_and_asks_for_the_report(ministry):
    event = permitted(ministry)
    last = event.ends_on
    with at(last):
        assert move_events_with_the_calendar(today()) == 0
    with at(last + dt.timedelta(days=1)):
        assert move_events_with_the_calendar(today()) == 2
        assert move_events_with_the_calendar(today()) == 0
        assert state_of(event) == EventState.REPORT_DUE
        due = event_report_due(fresh(event))
        assert due >= last + dt.timedelta(days=15)
        with pytest.raises(Refused, match="báo cáo"):
            fire(event, "complete", ministry.chuyenvien)
        known = {
            "content": "Ba phiên.", "results": "Tuyên bố chung.", "foreign_count": 18, "vietnamese_count": 55,
            "number": "12/BC-CSDP", "sent_on": today(),
        }  # fmt: skip
        event_parts.save_event_report(fresh(event), actor=ministry.chuyenvien, fields=known | {"sent_on": last})
        event_parts.save_event_report(
            fresh(event), actor=ministry.chuyenvien, fields={"sent_on": last - dt.timedelta(days=1)}
        )
        with pytest.raises(Refused, match="trước khi"):
            fire(event, "complete", ministry.chuyenvien)
        event_parts.save_event_report(fresh(event), actor=ministry.chuyenvien, fields=known)
        fire(event, "complete", ministry.chuyenvien)
        assert state_of(event) == EventState.COMPLETED
        with pytest.raises(NotAllowed):
            fire(event, "reopen_report", ministry.chuyenvien, "Thiếu số liệu.")
        fire(event, "reopen_report", ministry.htqt, "Thiếu số liệu.")
        assert state_of(event) == EventState.REPORT_DUE


def test_what_we_only_attend_stays_light(ministry):
    starts = today() + dt.timedelta(days=3)
    event = hosted(ministry, role=EventRole.ATTEND, starts_on=starts, ends_on=starts)
    assert Case.objects.get(pk=event.case.pk).first_submitted_at is not None
    with pytest.raises(NotAllowed):
        submit(event, ministry)
    with pytest.raises(Refused, match="Chưa đến ngày"):
        fire(event, "hold", ministry.chuyenvien)
    with at(starts + dt.timedelta(days=2)):
        assert move_events_with_the_calendar(today()) == 0
        fire(event, "hold", ministry.chuyenvien)
        assert state_of(event) == EventState.HELD
        assert event_report_due(fresh(event)) is None
        assert move_events_with_the_calendar(today()) == 0


def test_what_we_hold_is_not_held_without_permission(ministry):
    event = hosted(ministry)
    with pytest.raises(NotAllowed):
        fire(event, "hold", ministry.chuyenvien)


def test_a_report_that_is_owed_and_work_that_is_due_come_in_the_morning(ministry):
    event = permitted(ministry)
    row = EventWork(event=event, owner=ministry.chuyenvien2)
    due = today() + dt.timedelta(days=10)
    event_parts.save_work(row, actor=ministry.chuyenvien, fields={"title": "Đặt phòng họp", "due_on": due})
    with at(due + dt.timedelta(days=3)):
        found = {(each.person.username, each.url.rsplit("#", 1)[-1]) for each in reminders(today())}
        assert ("chuyenvien2", "cong-viec") in found
        event_parts.settle_work(row, WorkState.DONE, actor=ministry.chuyenvien2)
        assert not [each for each in reminders(today()) if "cong-viec" in each.url]
    with at(event.ends_on + dt.timedelta(days=30)):
        move_events_with_the_calendar(today())
        people = {each.person.username for each in reminders(today())}
        assert {"chuyenvien", "lanhdaodonvi", "htqt"} <= people


# --- sessions ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def series(ministry):
    mechanism = Mechanism.objects.create(
        name_vi="Hợp tác thử",
        kind="multilateral",
        tree_key="hop tac thu",
        sort_key="hop tac thu",
        search_text=" hop tac thu",
    )
    return MeetingSeries.objects.create(
        mechanism=mechanism, name_vi="Cuộc họp quan chức cấp cao", kind="senior_officials", sort_key="c", search_text=" cuoc hop"
    )  # fmt: skip


def numbered(ministry, series, number, **more):
    return services.create_event(
        f"Cuộc họp lần thứ {number}", ministry.unit("CSDP"), actor=ministry.chuyenvien,
        fields={"starts_on": today() + dt.timedelta(days=FAR), "role": "attend", **more}, series=series, session_number=number,
    )  # fmt: skip


def test_a_session_number_twice_is_refused(ministry, series):
    first = numbered(ministry, series, 21)
    assert (first.session.number, first.session.case_id) == (21, first.case_id)
    with pytest.raises(Refused, match="21"):
        numbered(ministry, series, 21)
    assert MeetingSession.objects.filter(series=series).count() == 1
    numbered(ministry, series, 22)
    fire(first, "cancel", ministry.chuyenvien, "Bạn hoãn.")
    again = numbered(ministry, series, 21)
    assert again.session_id == MeetingSession.objects.get(series=series, number=21).pk


def test_a_session_that_was_written_down_before_gets_its_event_and_its_end(ministry, series):
    known = MeetingSession.objects.create(series=series, number=5, place="Viêng Chăn", search_text="")
    event = numbered(ministry, series, 5, starts_on=today(), place="Hà Nội")
    known.refresh_from_db()
    assert (event.session_id, known.case_id, known.on) == (known.pk, event.case_id, today())
    fire(event, "hold", ministry.chuyenvien)
    known.refresh_from_db()
    assert known.status == SessionStatus.HELD


# --- people and work --------------------------------------------------------------------------------------------------


def test_three_hundred_guests_come_in_at_once_and_none_twice(ministry):
    event = hosted(ministry)
    rows = [{"full_name": f"Khách {n}", "body": "Đoàn"} for n in range(300)]
    assert event_parts.add_people(event, rows, actor=ministry.chuyenvien) == (300, 0)
    assert event_parts.add_people(event, [*rows[:5], {"full_name": "Mới", "body": ""}], actor=ministry.chuyenvien) == (
        1,
        5,
    )
    assert event.people.count() == 301


def test_invitations_go_out_once_it_is_permitted(ministry):
    event = hosted(ministry)
    event_parts.add_people(event, [{"full_name": "Anna"}], actor=ministry.chuyenvien)
    with pytest.raises(Refused, match="cho phép"):
        event_parts.invite_everybody(event, actor=ministry.chuyenvien)
    submit(event, ministry)
    walk(event, ministry)
    assert event_parts.invite_everybody(event, actor=ministry.chuyenvien) == 1
    assert event.people.get().answer == Answer.INVITED


def test_who_does_a_task_may_mark_it_and_strangers_may_not(ministry):
    event = hosted(ministry)
    row = EventWork(event=event, owner=ministry.taichinh)
    event_parts.save_work(row, actor=ministry.chuyenvien, fields={"title": "Dự toán"})
    with pytest.raises(NotAllowed):
        event_parts.settle_work(row, WorkState.DONE, actor=ministry.phapche)
    with pytest.raises(NotAllowed):
        event_parts.save_work(row, actor=ministry.taichinh, fields={"title": "Khác"})
    event_parts.settle_work(row, WorkState.DONE, actor=ministry.taichinh)
    row.refresh_from_db()
    assert (row.state, row.done_on, row.done_by.username) == (WorkState.DONE, today(), "taichinh")


# --- who reads it -----------------------------------------------------------------------------------------------------


def test_a_draft_is_read_by_its_unit_and_by_those_who_help(ministry):
    event = hosted(ministry)
    reads = {name: InternationalEvent.objects.visible_to(ministry.person(name)).filter(pk=event.pk).exists()
             for name in ("chuyenvien", "lanhdaodonvi", "htqt", "taichinh", "truonghoc")}  # fmt: skip
    assert reads == {"chuyenvien": True, "lanhdaodonvi": True, "htqt": False, "taichinh": False, "truonghoc": False}
    event.coordinating_units.add(ministry.person("truonghoc").appointments.first().unit)
    assert InternationalEvent.objects.visible_to(ministry.truonghoc).filter(pk=event.pk).exists()
