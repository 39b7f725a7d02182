"""A decided trip changes: the old decision holds until the new one, then the trip is what the new one says (C17)."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from delegations.choices import ChangeKind, ChangeState, OutboundState, Part, SettlementReason
from delegations.event_choices import EventFormat
from delegations.models import DelegationMember, InternationalEvent, OutboundDelegation, TripChange
from delegations.queries import decisions_in_force, issued_decisions
from delegations.services import open_change, update_change, update_trip
from delegations.workflows import move_with_the_calendar
from intlcoop.notifications.models import Notice
from intlcoop.people.models import User
from intlcoop.workflow import engine
from intlcoop.workflow.choices import Outcome, StepKind
from intlcoop.workflow.deciding import OfficialNumber, decide
from intlcoop.workflow.models import Case, StatusChange
from intlcoop.workflow.refusals import Conflict, NotAllowed, Refused
from intlcoop.workflow.rules import can_view
from intlcoop.workflow.separation import conflicted_ids
from tests.delegations import changing as c
from tests.delegations import factories as f

pytestmark = pytest.mark.django_db

S = OutboundState


@pytest.fixture(scope="module")
def decided(built, django_db_blocker):
    """A trip of three."""
    rows = [
        f.member(built.person(name), Part.HEAD if number == 0 else Part.MEMBER)
        for number, name in enumerate(("chuyenvien2", "chuyenvien3", "chuyenvien4"))
    ]
    with django_db_blocker.unblock():
        return c.decided(built, members=rows)


@pytest.fixture
def ministry(db, built):
    return built


@pytest.fixture
def trip(db, decided):
    return c.again(decided)


def names(trip):
    return set(trip.members.values_list("person__username", flat=True))


def without_last(ministry, trip, *more):
    """The rows of the trip without its last member, with others in the place."""
    kept = list(trip.members.all())[:-1]
    return [f.member(row.person, row.part) for row in kept] + [f.member(ministry.person(name)) for name in more]


# --- while it is under way ---------------------------------------------------------------------------------------


def test_the_trip_stays_as_decided_until_the_new_decision_is_issued(ministry, trip):
    change = c.rewrite(ministry, c.ask(ministry, trip), returns_on=c.later(trip), members=without_last(ministry, trip))
    c.submit(ministry, change)
    f.walk_to(change.case, ministry, kind=StepKind.ISSUE)
    fresh = c.again(trip)
    assert (fresh.returns_on, names(fresh), fresh.case.state) == (trip.returns_on, names(trip), S.DECIDED)
    f.walk_to_the_end(change.case, ministry)
    fresh = c.again(trip)
    assert (fresh.returns_on, fresh.case.state) == (c.later(trip), S.DECIDED)
    assert names(fresh) == {"chuyenvien2", "chuyenvien3"}


def test_a_version_is_no_trip_of_its_own(ministry, trip):
    change = c.rewrite(ministry, c.ask(ministry, trip), members=without_last(ministry, trip, "chuyenvien5"))
    newcomer = User.objects.get(username="chuyenvien5")
    assert not OutboundDelegation.objects.filter(case=change.case).exists()
    assert not OutboundDelegation.objects.filter(members__person=newcomer).exists()
    assert not DelegationMember.objects.filter(person=newcomer).exists()
    assert trip.plan_line.trips.count() == 1
    assert OutboundDelegation.objects.counted().filter(plan_line=trip.plan_line).count() == 1
    c.put_in_force(ministry, change)
    assert list(OutboundDelegation.objects.counted().filter(members__person=newcomer)) == [trip]


def test_its_own_trip_is_no_overlap_of_a_version(ministry, trip):
    from delegations.guards import change_warnings, working_days_left

    soon = timezone.localdate() + dt.timedelta(days=3)
    change = c.rewrite(ministry, c.ask(ministry, trip), departs_on=soon, returns_on=c.later(trip))
    assert {finding.code for finding in change_warnings(change.case)}.isdisjoint({"overlap", "late"})
    assert working_days_left(change.version) is None


def test_one_change_at_a_time(ministry, trip):
    change = c.ask(ministry, trip)
    with pytest.raises(Refused, match=change.case.number):
        c.ask(ministry, trip, ChangeKind.CANCEL)
    other = Case.objects.create(kind="trip_change", number="DCDR-2026-9999", title="x", unit=trip.case.unit,
                                created_by=ministry.chuyenvien, state="planned")  # fmt: skip
    with pytest.raises(IntegrityError), transaction.atomic():
        TripChange.objects.create(case=other, delegation=trip, kind="cancel", reason_code="host", reason="x")


def test_dropped_or_rejected_it_leaves_everything_as_it_was_and_another_can_be_asked(ministry, trip):
    change = c.rewrite(ministry, c.ask(ministry, trip), returns_on=c.later(trip))
    engine.fire(f.fresh(change.case), "drop", actor=ministry.chuyenvien, comment="Không cần nữa.")
    second = c.rewrite(ministry, c.ask(ministry, trip), returns_on=c.later(trip))
    c.submit(ministry, second)
    step = f.walk_to(second.case, ministry, kind=StepKind.APPROVE)
    decide(step, Outcome.REJECT, actor=ministry.thutruong, comment="Giữ nguyên chương trình.")
    assert f.fresh(second.case).state == ChangeState.REJECTED
    assert c.again(trip).returns_on == trip.returns_on
    assert c.ask(ministry, trip).closed_at is None


# --- what can be asked, and by whom ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "account", ["lanhdaodonvi", "htqt", "vutruong", "truonghoc", "quantri", "kiemtoan", "chuyenvien"]
)
def test_only_the_unit_that_filed_asks(ministry, trip, account):
    fields = {"reason_code": SettlementReason.HOST, "reason": "x"}
    person = ministry.person(account)
    if account in ("chuyenvien", "lanhdaodonvi"):
        assert open_change(trip, ChangeKind.CANCEL, actor=person, fields=fields).case.created_by == person
        return
    with pytest.raises(NotAllowed):
        open_change(trip, ChangeKind.CANCEL, actor=person, fields=fields)


@pytest.mark.parametrize("state", [S.PLANNED, S.IN_APPROVAL, S.REPORT_DUE, S.COMPLETED, S.CANCELLED, S.POSTPONED])
def test_nothing_is_asked_before_the_decision_or_after_the_return(ministry, trip, state):
    Case.objects.filter(pk=trip.case.pk).update(state=state)
    with pytest.raises(NotAllowed):
        c.ask(ministry, trip)


def test_under_way_only_a_longer_stay_can_be_asked(ministry, trip):
    amended = c.rewrite(ministry, c.ask(ministry, trip), returns_on=c.later(trip))
    Case.objects.filter(pk=trip.case.pk).update(state=S.TRAVELLING)
    with pytest.raises(Refused, match="đã lên đường"):
        c.submit(ministry, amended)
    engine.fire(f.fresh(amended.case), "drop", actor=ministry.chuyenvien, comment="Đổi sang gia hạn.")
    longer = c.rewrite(ministry, c.ask(ministry, trip, ChangeKind.EXTEND), returns_on=c.later(trip, 2))
    c.put_in_force(ministry, longer)
    fresh = c.again(trip)
    assert (fresh.case.state, fresh.returns_on) == (S.TRAVELLING, c.later(trip, 2))


def test_an_unchanged_version_and_an_incomplete_one_are_not_submitted(ministry, trip):
    change = c.ask(ministry, trip)
    with pytest.raises(Refused) as refusal:
        c.submit(ministry, change)
    assert len(refusal.value.reasons) == 1
    c.rewrite(ministry, change, members=[], expected_result="", departs_on=timezone.localdate() - dt.timedelta(days=1))
    with pytest.raises(Refused) as refusal:
        c.submit(ministry, change)
    assert {"Nhập danh sách đoàn.", "Nêu kết quả dự kiến.", "Ngày đi đã qua. Sửa lại ngày."} <= {*refusal.value.reasons}
    assert f.fresh(change.case).state == ChangeState.PLANNED


def test_a_longer_stay_is_no_way_to_change_the_delegation(ministry, trip):
    change = c.ask(ministry, trip, ChangeKind.EXTEND)
    c.rewrite(ministry, change, members=without_last(ministry, trip, "chuyenvien5"))
    with pytest.raises(Refused) as refusal:
        c.submit(ministry, change)
    assert len(refusal.value.reasons) == 2


def test_what_asks_for_no_content_has_none_to_write(ministry, trip):
    change = c.ask(ministry, trip, ChangeKind.CANCEL)
    with pytest.raises(NotAllowed):
        c.rewrite(ministry, change, returns_on=c.later(trip))
    update_change(change, actor=ministry.chuyenvien, fields={"reason": "Phía bạn hủy hội nghị."})
    with pytest.raises(Conflict):
        update_change(change, actor=ministry.chuyenvien, fields={"reason": "x"}, expected_version=1)


def test_travellers_of_both_versions_decide_nothing_and_see_the_file(ministry, trip):
    change = c.rewrite(ministry, c.ask(ministry, trip), members=without_last(ministry, trip, "chuyenvien5"))
    people = {User.objects.get(username=f"chuyenvien{number}").pk for number in (2, 3, 4, 5)}
    case = c.submit(ministry, change)
    assert people <= conflicted_ids(case)
    c_done = f.walk_to_the_end(case, ministry)
    assert people <= conflicted_ids(c_done)
    for name in ("chuyenvien4", "chuyenvien5", "truonghoc", "luutru", "htqt"):
        person = ministry.person(name)
        assert can_view(person, c_done) == Case.objects.visible_to(person).filter(pk=c_done.pk).exists()
    assert can_view(ministry.chuyenvien4, c_done)


def test_a_member_can_be_left_out_of_the_new_version(ministry, trip):
    change = c.rewrite(
        ministry, c.ask(ministry, trip), members=without_last(ministry, trip, "chuyenvien4", "chuyenvien5")
    )
    c.submit(ministry, change)
    step = f.walk_to(change.case, ministry, kind=StepKind.APPROVE)
    key = f"member-{change.version.members.get(person__username='chuyenvien5').pk}"
    decide(step, Outcome.AGREE, actor=ministry.thutruong, left_out={key: "Không cần thêm người."})
    f.walk_to_the_end(change.case, ministry)
    assert names(c.again(trip)) == {"chuyenvien2", "chuyenvien3", "chuyenvien4"}


# --- what the new decision does ----------------------------------------------------------------------------------


def test_a_new_content_version_of_the_trip_by_the_filer_and_a_line_in_its_history(ministry, trip):
    before = trip.case.content_versions.count()
    kept = trip.members.get(person__username="chuyenvien2").pk
    c.put_in_force(
        ministry, c.rewrite(ministry, c.ask(ministry, trip), members=without_last(ministry, trip, "chuyenvien5"))
    )
    newest = trip.case.content_versions.order_by("-number").first()
    assert (trip.case.content_versions.count(), newest.created_by) == (before + 1, ministry.chuyenvien)
    assert len(newest.content["people"]) == 3
    assert trip.members.get(person__username="chuyenvien2").pk == kept
    assert StatusChange.objects.filter(case=trip.case, transition="amend", comment__contains=c.REASON).count() == 1


@pytest.mark.parametrize(
    ("kind", "state", "reason"),
    [
        (ChangeKind.POSTPONE, S.POSTPONED, SettlementReason.HOST),
        (ChangeKind.CANCEL, S.CANCELLED, SettlementReason.HOST),
        (ChangeKind.ONLINE, S.CANCELLED, SettlementReason.ONLINE),
    ],
)
def test_a_stopped_trip_keeps_its_content_and_says_why(ministry, trip, kind, state, reason):
    change = c.put_in_force(ministry, c.ask(ministry, trip, kind))
    fresh = c.again(trip)
    assert (fresh.case.state, fresh.settled_reason, names(fresh)) == (state, reason, names(trip))
    assert (change.case.state, change.applied_at is not None, change.closed_at is not None) == ("in_force", True, True)
    assert not OutboundDelegation.objects.counted().filter(pk=trip.pk).exists()
    told = set(
        Notice.objects.filter(event_key__startswith="status-", url__contains=change.case.number).values_list(
            "recipient__username", flat=True
        )
    )
    assert {"chuyenvien", "chuyenvien2", "chuyenvien3", "chuyenvien4"} <= told


def test_moved_online_it_becomes_an_event_linked_to_the_trip(ministry, trip):
    change = c.put_in_force(ministry, c.ask(ministry, trip, ChangeKind.ONLINE, online_mechanism="ASEAN"))
    event = InternationalEvent.objects.get(trip=trip)
    assert event.case.number.startswith("HN-")
    assert (event.format, event.starts_on, event.ends_on) == (EventFormat.ONLINE, trip.departs_on, trip.departs_on)
    assert (event.mechanism, event.host_text, event.case.unit) == ("ASEAN", trip.inviting_body, trip.case.unit)
    assert event.case.created_by == change.case.created_by
    for name in ("chuyenvien3", "htqt", "truonghoc"):
        person = ministry.person(name)
        assert can_view(person, event.case) == Case.objects.visible_to(person).filter(pk=event.case.pk).exists()
    with pytest.raises(Refused):
        engine.fire(event.case, "hold", actor=ministry.htqt)
    with pytest.raises(NotAllowed):
        engine.fire(event.case, "cancel", actor=ministry.truonghoc, comment="x")
    InternationalEvent.objects.filter(pk=event.pk).update(starts_on=timezone.localdate(), ends_on=timezone.localdate())
    engine.fire(Case.objects.get(pk=event.case.pk), "hold", actor=ministry.htqt)
    assert Case.objects.get(pk=event.case.pk).state == "held"


def test_a_trip_put_off_after_its_decision_walks_its_whole_route_again(ministry, trip):
    first = trip.case.papers.get(number__isnull=False).full_number
    c.put_in_force(ministry, c.ask(ministry, trip, ChangeKind.POSTPONE))
    engine.fire(f.fresh(trip.case), "resume", actor=ministry.chuyenvien)
    fresh = c.again(trip)
    assert (fresh.case.state, fresh.settled_reason) == (S.PLANNED, "")
    later = fresh.departs_on + dt.timedelta(days=30)
    update_trip(fresh, actor=ministry.chuyenvien, fields={"departs_on": later, "returns_on": later}, legs=[
        {"country": fresh.legs.get().country, "city": "Băng Cốc"}])  # fmt: skip
    case = f.submit(fresh, ministry)
    assert f.open_step(case).kind == StepKind.ENDORSE
    number = OfficialNumber(number=9001, symbol="QĐ-BDP", issued_on=timezone.localdate())
    f.agree(f.walk_to(case, ministry, kind=StepKind.ISSUE), ministry, official_number=number)
    assert f.fresh(case).state == S.DECIDED
    decisions = issued_decisions(c.again(trip))
    assert decisions[0].paper.full_number == first
    assert [each.is_over for each in decisions] == [True, True, False]
    assert len(decisions_in_force(c.again(trip))) == 1


def test_old_and_new_decisions_know_each_other(ministry, trip):
    first = trip.case.papers.get().full_number
    amended = c.put_in_force(ministry, c.rewrite(ministry, c.ask(ministry, trip), returns_on=c.later(trip)))
    second = amended.case.papers.get().full_number
    one, two = issued_decisions(trip)
    assert (one.paper.full_number, second in one.standing, two.change) == (first, True, amended)
    assert [each.paper.full_number for each in decisions_in_force(trip)] == [first, second]
    replacing = c.ask(ministry, trip, decision_form="replacing")
    c.put_in_force(ministry, c.rewrite(ministry, replacing, returns_on=c.later(trip, 2)))
    (holding,) = decisions_in_force(trip)
    assert holding.change == replacing
    c.put_in_force(ministry, c.ask(ministry, trip, ChangeKind.CANCEL))
    assert decisions_in_force(trip) == []


# --- the calendar --------------------------------------------------------------------------------------------------


def test_the_calendar_waits_for_an_answer_and_tells_once(ministry, trip):
    change = c.ask(ministry, trip, ChangeKind.CANCEL)
    assert move_with_the_calendar(trip.departs_on - dt.timedelta(days=1)) == 0
    c.submit(ministry, change)
    assert move_with_the_calendar(trip.departs_on) == 0
    assert move_with_the_calendar(trip.departs_on) == 0
    told = Notice.objects.filter(event_key=f"change-{change.pk}-waits")
    assert set(told.values_list("recipient__username", flat=True)) >= {"chuyenvien", "htqt"}
    assert told.filter(recipient=ministry.chuyenvien).count() == 1
    engine.fire(f.fresh(change.case), "withdraw", actor=ministry.chuyenvien)
    assert move_with_the_calendar(trip.departs_on) == 1
    with pytest.raises(Refused, match="đã lên đường"):
        c.submit(ministry, change)


def test_the_return_waits_for_the_answer_on_a_longer_stay(ministry, trip):
    change = c.rewrite(ministry, c.ask(ministry, trip, ChangeKind.EXTEND), returns_on=c.later(trip, 3))
    c.submit(ministry, change)
    assert move_with_the_calendar(trip.departs_on) == 1
    assert move_with_the_calendar(c.later(trip)) == 0
    f.walk_to_the_end(change.case, ministry)
    assert move_with_the_calendar(c.later(trip)) == 0
    assert move_with_the_calendar(c.later(trip, 4)) == 1
    assert c.again(trip).case.state == S.REPORT_DUE


def test_a_decision_that_comes_after_the_return_has_no_effect(ministry, trip):
    change = c.ask(ministry, trip, ChangeKind.CANCEL)
    c.submit(ministry, change)
    f.walk_to(change.case, ministry, kind=StepKind.ISSUE)
    Case.objects.filter(pk=trip.case.pk).update(state=S.REPORT_DUE)
    with pytest.raises(Refused):
        f.agree(f.open_step(f.fresh(change.case)), ministry)
    assert f.fresh(change.case).state == ChangeState.AWAITING_DECISION
    assert not change.case.papers.filter(number__isnull=False).exists()
