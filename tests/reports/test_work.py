"""The register of other work: what a kind asks, who may write, how an item ends."""

from __future__ import annotations

import datetime as dt

import pytest
import rules
from django.utils import timezone

from agreements.models import Dealing
from intlcoop.workflow import engine
from intlcoop.workflow.deciding import decide
from intlcoop.workflow.models import Case
from intlcoop.workflow.refusals import Conflict, NotAllowed, Refused
from reports.choices import WorkKind
from reports.models import WorkItem
from reports.queries.work import WorkClock
from reports.queries.work_kinds import KINDS
from reports.services import create_work, save_lines, update_work
from reports.workflows import close_work
from tests.agreements.factories import PartnerFactory
from tests.reports.works import CLOSING, ENOUGH, closed, fresh, work

pytestmark = pytest.mark.django_db

SIMPLE = [kind for kind in WorkKind.values if kind not in WorkKind.APPROVED_FIRST]


def test_every_kind_has_its_questions_and_they_are_fields_of_the_item():
    fields = {field.name for field in WorkItem._meta.get_fields()}
    assert set(KINDS) == set(WorkKind.values)
    for spec in KINDS.values():
        assert set(spec.fields) <= fields
        assert set(spec.needed) <= set(spec.fields)
        assert set(spec.required) <= set(spec.asked_fields)


@pytest.mark.parametrize("kind", SIMPLE)
def test_an_item_is_entered_and_closed(ministry, kind):
    item = work(ministry, kind)
    assert item.case.number.startswith("CV-")
    assert closed(ministry, item).case.state == "completed"


@pytest.mark.parametrize(
    ("kind", "needed"),
    [("coordination", "reply_on"), ("locality", "reply_on"), ("training", "persons"), ("recurring", "ends_on")],
)
def test_nothing_ends_without_what_its_kind_needs(ministry, kind, needed):
    item = work(ministry, kind)
    with pytest.raises(Refused):
        close_work(item, actor=ministry.htqt, fields={**CLOSING[kind], needed: None})
    assert fresh(item).case.state == "open"
    assert getattr(fresh(item), needed) == ENOUGH[kind].get(needed)


def test_a_reply_of_tomorrow_was_not_given_and_none_comes_before_its_request(ministry):
    item, tomorrow = work(ministry), timezone.localdate() + dt.timedelta(days=1)
    for day in (tomorrow, dt.date(2026, 1, 4)):
        with pytest.raises(Refused):
            close_work(item, actor=ministry.htqt, fields={"reply_on": day})
    assert fresh(item).reply_on is None


def test_a_meeting_ends_with_conclusions_or_a_summary(ministry):
    item = work(ministry, "meeting")
    with pytest.raises(Refused):
        close_work(item, actor=ministry.htqt, fields={})
    save_lines(item, "conclusions", [{"text": "Gửi kế hoạch trước 30/3."}], actor=ministry.htqt)
    close_work(item, actor=ministry.htqt, fields={})
    assert fresh(item).case.state == "completed"


def test_what_a_kind_does_not_ask_is_not_kept(ministry):
    item = work(ministry, "coordination", persons=5, chair="Ai đó", frequency="weekly")
    assert (item.persons, item.chair, item.frequency) == (None, "", "")


def test_a_report_is_sent_only_after_a_leader_approved_it(ministry):
    item = work(ministry, "report")
    with pytest.raises(Conflict):
        close_work(item, actor=ministry.htqt, fields=CLOSING["report"])
    assert fresh(item).reply_number == ""
    engine.fire(fresh(item).case, "submit", actor=ministry.htqt)
    for name in ("vutruong", "thutruong"):
        step = item.case.steps.open().get()
        decide(step, "agree", actor=ministry.person(name))
    assert fresh(item).case.state == "approved"
    assert closed(ministry, fresh(item)).case.state == "completed"


def test_a_text_that_grows_after_approval_is_approved_again(ministry):
    item = work(ministry, "comment", in_name_of="unit")
    engine.fire(item.case, "submit", actor=ministry.htqt)
    decide(item.case.steps.open().get(), "agree", actor=ministry.vutruong)
    update_work(fresh(item), actor=ministry.htqt, fields={"due_on": dt.date(2090, 1, 1)})
    assert fresh(item).case.state == "approved"
    update_work(fresh(item), actor=ministry.htqt, fields={"content": "Không nhất trí."})
    assert fresh(item).case.state == "in_approval"


def test_an_empty_report_is_not_submitted(ministry):
    item = work(ministry, "report", content="")
    with pytest.raises(Refused):
        engine.fire(item.case, "submit", actor=ministry.htqt)


def test_a_draft_report_stays_with_its_unit_and_with_whom_it_names(ministry):
    item = work(ministry, "report", unit="CSDP", writer="chuyenvien", owner=ministry.phapche)

    def readers():
        people = [ministry.person(name) for name in ("chuyenvien", "phapche", "htqt", "truonghoc", "kiemtoan")]
        return [person.username for person in people if WorkItem.objects.visible_to(person).exists()]

    assert readers() == ["chuyenvien", "phapche"]
    engine.fire(fresh(item).case, "submit", actor=ministry.chuyenvien)
    assert readers() == ["chuyenvien", "phapche", "htqt", "kiemtoan"]


def test_a_meeting_that_was_held_is_read_by_the_units_that_it_gave_something_to_do(ministry):
    item = work(ministry, "meeting")
    save_lines(item, "conclusions", [{"text": "Gửi kế hoạch", "unit": ministry.unit("CSDP")}], actor=ministry.htqt)
    assert not WorkItem.objects.visible_to(ministry.chuyenvien).exists()
    closed(ministry, fresh(item))
    assert WorkItem.objects.visible_to(ministry.chuyenvien).get() == item
    assert rules.has_perm("workflow.view_case", ministry.chuyenvien, fresh(item).case)
    assert not WorkItem.objects.visible_to(ministry.truonghoc).exists()


@pytest.mark.parametrize(
    ("kind", "more", "words"),
    [
        ("coordination", {}, "Chờ ta trả lời"),
        ("coordination", {"direction": "outgoing"}, "Chờ cơ quan khác trả lời"),
        ("locality", {}, "Chờ cơ quan khác trả lời"),
        ("report", {}, "Đang soạn thảo"),
        ("recurring", {}, "Đang theo dõi"),
        ("training", {"starts_on": dt.date(2090, 1, 1)}, "Chưa diễn ra"),
        ("training", {}, "Đang thực hiện"),
    ],
)
def test_an_open_item_says_what_it_waits_for(ministry, kind, more, words):
    assert WorkClock().badge(work(ministry, kind, **more)).label == words


def test_who_writes(ministry):
    for name in ("kiemtoan", "quantri"):
        with pytest.raises(NotAllowed):
            work(ministry, writer=name)
    with pytest.raises(NotAllowed):
        work(ministry, writer="truonghoc", unit="HTQT")
    item = work(ministry, owner=ministry.phapche)
    with pytest.raises(NotAllowed):
        update_work(item, actor=ministry.truonghoc, fields={"place": "Hà Nội"})
    update_work(fresh(item), actor=ministry.phapche, fields={"content": "Bổ sung."})
    assert fresh(item).content == "Bổ sung."
    closed(ministry, fresh(item))
    with pytest.raises(NotAllowed):
        update_work(fresh(item), actor=ministry.htqt, fields={"content": "Sau khi xong."})


def test_two_people_do_not_write_over_each_other(ministry):
    item = work(ministry)
    version = item.case.version
    update_work(item, actor=ministry.htqt, fields={"content": "Một"}, expected_version=version)
    with pytest.raises(Conflict):
        update_work(item, actor=ministry.htqt, fields={"content": "Hai"}, expected_version=version)
    assert fresh(item).content == "Một"


def test_documents_handed_over_wake_the_partner_until_it_is_taken_up_again(ministry):
    partner = PartnerFactory(name_vi="Cơ quan Lưu trữ D")
    item = closed(ministry, work(ministry, "documents", partner=partner))
    assert Dealing.objects.get(partner=partner).on == dt.date(2026, 4, 1)
    engine.fire(item.case, "take_up", actor=ministry.htqt, comment="Nhập nhầm")
    assert not Dealing.objects.exists()


def test_a_meeting_to_come_is_neither_attended_nor_missed_and_a_day_stands_once(ministry):
    item, tomorrow = work(ministry, "recurring"), timezone.localdate() + dt.timedelta(days=1)
    for rows in (
        [{"on": tomorrow, "status": "attended"}],
        [{"on": dt.date(2026, 1, 9), "status": "missed"}, {"on": dt.date(2026, 1, 9), "status": "attended"}],
    ):
        with pytest.raises(Refused):
            save_lines(item, "attendances", rows, actor=ministry.htqt)
    save_lines(item, "attendances", [{"on": tomorrow, "status": "planned"}], actor=ministry.htqt)
    assert item.attendances.count() == 1
    with pytest.raises(Refused):
        save_lines(item, "conclusions", [{"text": "x"}], actor=ministry.htqt)


def test_a_unit_enters_for_itself(ministry):
    made = create_work(
        "training", "Lớp tiếng Anh", ministry.unit("CSDP"), actor=ministry.chuyenvien, fields=ENOUGH["training"]
    )
    assert Case.objects.get(pk=made.case_id).unit.code == "CSDP"
