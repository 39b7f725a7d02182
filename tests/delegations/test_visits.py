"""The life of a visit: who decides by whom receives, what follows, what the calendar does, what reopens an agreement."""

from __future__ import annotations

import datetime as dt

import pytest

from agreements.models import Dealing, Partner
from delegations.models import InboundDelegation, InboundMember
from delegations.services import add_guests, copy_visit, save_guest, update_visit, write_result
from delegations.visit_choices import GuestPart
from delegations.visit_choices import InboundState as S
from delegations.workflows import move_visits_with_the_calendar
from intlcoop.operations.demo.clock import at
from intlcoop.workflow.models import Case, Step
from intlcoop.workflow.refusals import NotAllowed, Refused
from tests.delegations import visiting as v

pytestmark = pytest.mark.django_db


def offices(visit) -> list[str]:
    return list(Step.objects.filter(case=visit.case_id).order_by("position").values_list("office", flat=True))


@pytest.mark.parametrize(
    ("filer", "unit", "host", "form", "expected"),
    [
        ("htqt", "HTQT", "botruong", "full", ["icd_head", "minister"]),
        ("htqt", "HTQT", "thutruong", "full", ["icd_head", "deputy_minister"]),
        ("chuyenvien", "CSDP", "thutruong", "full", ["unit_head", "icd_officer", "icd_head", "deputy_minister"]),
        ("chuyenvien", "CSDP", "botruong", "short", ["unit_head", "icd_head", "minister"]),
        ("chuyenvien", "CSDP", "lanhdaodonvi", "short", ["icd_officer", "unit_head"]),
        ("htqt", "HTQT", "vutruong", "short", ["icd_head"]),
    ],
)
def test_whoever_receives_decides_through_the_department(ministry, filer, unit, host, form, expected):
    make = v.full if form == "full" else v.short
    visit = v.submit(make(ministry, filer=filer, unit=unit, host=host), ministry)
    assert offices(visit) == expected


def test_a_delegation_from_the_request_to_the_end(ministry):
    partner = Partner.objects.create(name_vi="Bộ Nội vụ Lào", kind="embassy")
    visit = v.accepted(v.full(ministry, partner=partner, days_ahead=20, length=3), ministry)
    assert visit.case.state == S.ACCEPTED
    visit = v.fire(visit, "prepare", ministry.htqt)
    with pytest.raises(Refused, match="chưa đến"):
        v.fire(visit, "receive", ministry.htqt)
    with at(visit.arrives_on):
        assert move_visits_with_the_calendar(visit.arrives_on) == 1
    assert v.fresh(visit).case.state == S.RECEIVED
    assert list(Dealing.objects.values_list("partner", "kind", "on")) == [(partner.pk, "visit", visit.arrives_on)]
    after = visit.leaves_on + dt.timedelta(days=1)
    with at(after):
        assert move_visits_with_the_calendar(visit.leaves_on) == 0  # they are here until the evening
        assert move_visits_with_the_calendar(after) == 1
        with pytest.raises(Refused) as refused:
            v.fire(visit, "complete", ministry.htqt)
        assert len(refused.value.reasons) == 2
        write_result(v.fresh(visit), actor=ministry.htqt, result="Đạt.", recommendations="Không có.")
        assert v.fire(visit, "complete", ministry.htqt).case.state == S.COMPLETED
        asked = v.fire(visit, "ask_for_more", ministry.person("vutruong"), comment="Ghi rõ cam kết.")
    assert asked.case.state == S.REPORT_DUE


def test_three_lines_complete_a_guest_who_lives_here(ministry):
    visit = v.received(v.short(ministry), ministry)
    write_result(v.fresh(visit), actor=ministry.chuyenvien, result="Hai bên trao đổi.")
    assert v.fire(visit, "complete", ministry.chuyenvien).case.state == S.COMPLETED


def test_a_visit_called_off_after_all_is_no_dealing(ministry):
    partner = Partner.objects.create(name_vi="Đại sứ quán", kind="embassy")
    visit = v.received(v.short(ministry, partner=partner), ministry)
    assert Dealing.objects.count() == 1
    visit = v.fire(visit, "cancel", ministry.chuyenvien, comment="Khách không đến.")
    assert (visit.case.state, Dealing.objects.count()) == (S.CANCELLED, 0)


# --- what is missing, and what is wrong ---------------------------------------------------------------------------------


def test_an_empty_file_hears_all_that_is_missing_at_once(ministry):
    bare = {
        "arrives_on": None,
        "leaves_on": None,
        "partner_text": "",
        "purpose_text": "",
        "topics": "",
        "out_of_plan_reason": "",
    }
    visit = v.full(ministry, host="", **bare)
    visit.members.all().delete()
    with pytest.raises(Refused) as refused:
        v.submit(visit, ministry)
    assert len(refused.value.reasons) == 8


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"leaves_on": dt.date(2026, 1, 1)}, "không thể trước ngày đến"),
        ({"meeting_on": dt.date(2026, 1, 1)}, "nằm ngoài thời gian của đoàn"),
    ],
)
def test_days_that_contradict_each_other_are_refused(ministry, fields, said):
    visit = v.full(ministry)
    with pytest.raises(Refused, match=said):
        update_visit(visit, actor=ministry.htqt, fields=fields)
    assert v.fresh(visit).leaves_on == visit.arrives_on + dt.timedelta(days=2)


def test_a_guest_outside_the_visit_keeps_it_from_going_on(ministry):
    visit = v.full(ministry)
    guest = InboundMember(visit=visit)
    late = {"full_name": "Late Sample", "arrives_on": visit.leaves_on + dt.timedelta(days=1)}
    save_guest(visit, guest, actor=ministry.htqt, fields=late)
    with pytest.raises(Refused, match="Late Sample"):
        v.submit(v.fresh(visit), ministry)


@pytest.mark.parametrize(
    ("visa", "days", "late"), [("not_needed", 11, False), ("not_needed", 9, True), ("needed", 11, True)]
)
def test_the_term_of_notice_is_longer_where_a_visa_is_needed(ministry, visa, days, late):
    visit = v.full(ministry, days_ahead=days, visa=visa)
    if late:
        with pytest.raises(Refused, match="Báo muộn"):
            v.submit(visit, ministry)
        update_visit(v.fresh(visit), actor=ministry.htqt, fields={"warning_reason": "Phía bạn ấn định."})
    assert v.submit(v.fresh(visit), ministry).case.state == S.IN_APPROVAL


def test_a_host_who_is_abroad_that_day_is_said(ministry):
    from delegations.guards.visits import visit_warnings
    from tests.delegations import factories as f

    trip = f.trip(ministry, head="thutruong", head_rank="deputy_minister", days_ahead=v.FAR, length=4)
    Case.objects.filter(pk=trip.case_id).update(state="decided")
    away = v.full(ministry, meeting_on=v.ahead(v.FAR + 1))
    home = v.full(ministry, host="botruong", meeting_on=v.ahead(v.FAR + 1))
    assert [warning.code for warning in visit_warnings(v.fresh(away))] == ["host_away"]
    assert visit_warnings(v.fresh(home)) == []


@pytest.mark.parametrize(("hour", "clash"), [(dt.time(10, 0), True), (dt.time(11, 0), False), (None, True)])
def test_a_host_receives_one_delegation_at_a_time(ministry, hour, clash):
    from delegations.guards.visits import visit_warnings

    v.short(ministry, days_ahead=3, meeting_time=dt.time(9, 30))
    second = v.short(ministry, days_ahead=3, meeting_time=hour)
    assert bool(visit_warnings(v.fresh(second))) is clash


# --- what binds ---------------------------------------------------------------------------------------------------------


def test_after_the_agreement_hotels_change_freely_and_another_host_asks_again(ministry):
    visit = v.accepted(v.full(ministry), ministry)
    update_visit(visit, actor=ministry.htqt, fields={"hotel": "Khách sạn khác"}, head={"full_name": "Tên ghi đúng"})
    assert v.fresh(visit).case.state == S.ACCEPTED
    update_visit(v.fresh(visit), actor=ministry.htqt, fields={"host": ministry.botruong})
    visit = v.fresh(visit)
    assert visit.case.state == S.IN_APPROVAL
    assert Step.objects.open().get(case=visit.case_id).office in ("icd_head", "minister")


def test_a_visit_put_off_after_the_agreement_walks_its_route_again(ministry):
    visit = v.accepted(v.full(ministry), ministry)
    visit = v.fire(visit, "postpone", ministry.htqt, comment="Phía bạn lùi.")
    visit = v.fire(visit, "resume", ministry.htqt)
    visit = v.submit(visit, ministry)
    assert visit.case.state == S.IN_APPROVAL
    assert Step.objects.open().get(case=visit.case_id).office == "icd_head"  # from the beginning, not only the last


# --- guests -------------------------------------------------------------------------------------------------------------


def test_three_hundred_guests_in_any_script_are_written_at_once(ministry, django_assert_max_num_queries):
    visit = v.full(ministry)
    names = ["김민준", "สมชาย ใจดี", "Ünal Çelik", "Владимир Образцов", "ສົມສັກ"]
    rows = [{"full_name": f"{names[n % 5]} {n}", "part": GuestPart.MEMBER} for n in range(300)]
    with django_assert_max_num_queries(30):
        add_guests(visit, rows, actor=ministry.htqt)
    assert visit.members.count() == 301
    assert InboundDelegation.objects.answering("образцов").count() == 1
    assert InboundDelegation.objects.answering("김민준").count() == 1


def test_one_wrong_row_writes_none(ministry):
    visit = v.full(ministry)
    rows = [{"full_name": "Good Sample"}, {"full_name": "Bad Sample", "rank": "emperor"}]
    with pytest.raises(Refused, match="Bad Sample"):
        add_guests(visit, rows, actor=ministry.htqt)
    assert visit.members.count() == 1


def test_a_new_head_takes_the_place_of_the_old(ministry):
    visit = v.full(ministry)
    save_guest(
        visit, InboundMember(visit=visit), actor=ministry.htqt, fields={"full_name": "New Head", "part": GuestPart.HEAD}
    )
    parts = dict(visit.members.values_list("full_name", "part"))
    assert parts == {"Khamphone Sample": "member", "New Head": "head"}


# --- rights -------------------------------------------------------------------------------------------------------------


def test_the_filing_unit_and_the_department_write_others_do_not(ministry):
    visit = v.submit(v.full(ministry, filer="chuyenvien", unit="CSDP"), ministry)
    for name in ("chuyenvien", "htqt"):
        update_visit(v.fresh(visit), actor=ministry.person(name), fields={"cars": name})
    for name in ("taichinh", "thutruong", "truonghoc", "quantri", "kiemtoan"):
        with pytest.raises(NotAllowed):
            update_visit(v.fresh(visit), actor=ministry.person(name), fields={"cars": name})


def test_the_department_does_not_touch_a_draft_of_a_unit(ministry):
    visit = v.full(ministry, filer="chuyenvien", unit="CSDP")
    with pytest.raises(NotAllowed):
        update_visit(visit, actor=ministry.htqt, fields={"cars": "x"})


def test_the_host_reads_the_file_once_it_is_submitted(ministry):
    visit = v.short(ministry, host="truonghoc")
    seen = InboundDelegation.objects.visible_to(ministry.truonghoc)
    assert not seen.exists()
    v.submit(visit, ministry)
    assert seen.filter(pk=visit.pk).exists()
    assert not InboundDelegation.objects.visible_to(ministry.person("thutruong2")).exclude(pk=visit.pk).exists()


def test_a_copy_takes_guests_and_topics_but_no_days(ministry):
    visit = v.full(ministry)
    copy = copy_visit(visit, actor=ministry.htqt)
    assert (copy.arrives_on, copy.topics, copy.members.get().full_name) == (None, visit.topics, "Khamphone Sample")
    assert copy.case.state == S.REQUESTED
