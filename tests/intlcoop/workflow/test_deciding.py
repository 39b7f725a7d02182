"""Who may decide, once and only once: separation of duties, substitutes, paper, returns, two people at the same time."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from delegations.choices import Part
from delegations.models import OutboundDelegation
from intlcoop.people.choices import Rank, SignatureForm
from intlcoop.people.models import Appointment, Substitution
from intlcoop.workflow import engine
from intlcoop.workflow.assignments import waiting_for
from intlcoop.workflow.choices import Outcome, StepKind, StepState
from intlcoop.workflow.deciding import OnPaper, close_overdue_opinions, decide
from intlcoop.workflow.models import Decision
from intlcoop.workflow.refusals import NotAllowed, Refused
from intlcoop.workflow.separation import conflicted_ids
from intlcoop.workflow.services import add_comment, open_case, reassign_step, record_content
from tests.delegations import factories as f

pytestmark = pytest.mark.django_db


def waiting(person):
    return [step.case.number for step in waiting_for(person, timezone.localdate())]


# --- separation of duties -----------------------------------------------------------------------------------------


def test_a_unit_head_who_filed_the_trip_is_replaced_by_the_deputy_minister(ministry):
    case = f.submit(f.trip(ministry, filer="lanhdaodonvi"), ministry, "lanhdaodonvi")
    step = f.open_step(case)
    assert (step.office, step.acting_office) == ("unit_head", "deputy_minister")
    with pytest.raises(NotAllowed):
        decide(step, Outcome.AGREE, actor=ministry.lanhdaodonvi)
    decide(step, Outcome.AGREE, actor=ministry.thutruong)


def test_whoever_opened_a_file_is_concerned_before_they_wrote_a_word_in_it(ministry):
    case = open_case("outbound", title="Đi Lào", unit=ministry.unit("CSDP"), actor=ministry.lanhdaodonvi)
    OutboundDelegation.objects.create(case=case)
    assert conflicted_ids(case) == {ministry.lanhdaodonvi.pk}


def test_a_unit_head_who_travels_is_replaced_too(ministry):
    case = f.submit(f.trip(ministry, head="lanhdaodonvi", head_rank=Rank.DIRECTOR), ministry)
    step = f.open_step(case)
    with pytest.raises(NotAllowed):
        decide(step, Outcome.AGREE, actor=ministry.lanhdaodonvi)
    assert waiting(ministry.lanhdaodonvi) == []
    assert waiting(ministry.thutruong) == [case.number]


def test_first_another_holder_of_the_same_office_decides(ministry):
    members = [f.member(ministry.chuyenvien2, Part.HEAD), f.member(ministry.htqt)]
    case = f.submit(f.trip(ministry, members=members), ministry)
    step = f.walk_to_appraisal(case, ministry)
    assert step.acting_office == "icd_officer"
    assert waiting(ministry.htqt) == []
    assert waiting(ministry.htqt2) == [case.number]
    with pytest.raises(NotAllowed):
        decide(step, Outcome.AGREE, actor=ministry.htqt)
    decide(step, Outcome.AGREE, actor=ministry.htqt2)


def test_whoever_edited_what_a_decision_binds_does_not_decide(ministry):
    from delegations.services import update_trip

    made = f.trip(ministry)
    update_trip(made, actor=ministry.lanhdaodonvi, fields={"returns_on": made.returns_on + dt.timedelta(days=1)})
    case = f.submit(made, ministry)
    with pytest.raises(NotAllowed):
        decide(f.open_step(case), Outcome.AGREE, actor=ministry.lanhdaodonvi)


def test_a_file_waits_for_the_colleague_of_whoever_edited_it(ministry):
    made = f.trip(ministry)
    OutboundDelegation.objects.filter(pk=made.pk).update(returns_on=made.returns_on + dt.timedelta(days=1))
    record_content(made.case, actor=ministry.htqt)
    case = f.submit(made, ministry)
    f.walk_to_appraisal(case, ministry)
    assert waiting(ministry.htqt) == []
    assert waiting(ministry.htqt2) == [case.number]


def test_a_correction_of_wording_takes_nobodys_right_away(ministry):
    from delegations.services import update_trip

    made = f.trip(ministry)
    update_trip(made, actor=ministry.lanhdaodonvi, fields={"purpose_text": "Trao đổi kinh nghiệm (đã sửa chính tả)."})
    case = f.submit(made, ministry)
    decide(f.open_step(case), Outcome.AGREE, actor=ministry.lanhdaodonvi)


@pytest.mark.parametrize("person", ["chuyenvien", "quantri", "kiemtoan", "phapche", "botruong", "vanthu"])
def test_nobody_else_decides_not_even_as_superuser(ministry, person):
    case = f.submit(f.trip(ministry), ministry)
    user = ministry.person(person)
    user.is_superuser = user.is_staff = True
    user.save()
    with pytest.raises(NotAllowed):
        decide(f.open_step(case), Outcome.AGREE, actor=user)
    assert f.open_step(case).state == StepState.OPEN


def test_above_the_minister_is_the_prime_minister(ministry):
    """The Minister travels on a trip that the Minister would approve: the answer comes from outside and is recorded."""
    members = [
        f.member(ministry.thutruong, Part.HEAD, Rank.DEPUTY_MINISTER),
        f.member(ministry.botruong, rank=Rank.MINISTER),
    ]
    line = f.plan_line(ministry, "pm")
    made = f.trip(ministry, members=members, plan_line=line, warning_reason="Chuyến thăm theo lời mời cấp Bộ trưởng.")
    case = f.submit(made, ministry)
    step = f.walk_to(case, ministry, kind=StepKind.APPROVE)
    assert step.acting_office == "prime_minister"
    with pytest.raises(Refused):
        decide(step, Outcome.AGREE, actor=ministry.htqt)


# --- substitutes --------------------------------------------------------------------------------------------------


def substitution(ministry, **fields):
    today = timezone.localdate()
    values = {
        "person": ministry.vutruong,
        "substitute": ministry.phovutruong,
        "form": SignatureForm.KT,
        "valid_from": today,
        "valid_until": today + dt.timedelta(days=3),
        "recorded_by": ministry.quantri,
    }
    return Substitution.objects.create(**values | fields)


def test_a_waiting_file_moves_to_the_substitute_and_comes_back(ministry, time_machine):
    case = f.submit(f.trip(ministry), ministry)
    f.walk_to(case, ministry, kind=StepKind.APPRAISE, office="icd_head")
    assert waiting(ministry.phovutruong) == []
    substitution(ministry)
    assert waiting(ministry.phovutruong) == [case.number]
    time_machine.move_to(timezone.now() + dt.timedelta(days=4), tick=False)
    assert waiting(ministry.phovutruong) == []
    assert waiting(ministry.vutruong) == [case.number]


def test_a_substitutes_decision_shows_both_names(ministry):
    case = f.submit(f.trip(ministry), ministry)
    step = f.walk_to(case, ministry, kind=StepKind.APPRAISE, office="icd_head")
    substitution(ministry)
    decision = decide(step, Outcome.AGREE, actor=ministry.phovutruong)
    assert (decision.decided_by, decision.on_behalf_of) == (ministry.phovutruong, ministry.vutruong)
    assert decision.signature_form == SignatureForm.KT


def test_a_deputy_without_an_order_does_not_decide_for_the_head(ministry):
    case = f.submit(f.trip(ministry), ministry)
    step = f.walk_to(case, ministry, kind=StepKind.APPRAISE, office="icd_head")
    with pytest.raises(NotAllowed):
        decide(step, Outcome.AGREE, actor=ministry.phovutruong)


def test_a_deputy_in_charge_decides_and_signs_kt(ministry):
    today = timezone.localdate()
    Appointment.objects.filter(person=ministry.vutruong).update(valid_until=today - dt.timedelta(days=1))
    Appointment.objects.filter(person=ministry.phovutruong).update(acting=True)
    case = f.submit(f.trip(ministry), ministry)
    step = f.walk_to_appraisal(case, ministry)
    for open_step in f.open_steps(case):
        f.agree(open_step, ministry)
    step = f.open_step(case)
    decision = decide(step, Outcome.AGREE, actor=ministry.phovutruong)
    assert decision.signature_form == SignatureForm.KT


# --- on paper -----------------------------------------------------------------------------------------------------


def on_paper(ministry, case, **fields):
    values = {
        "decided_by": ministry.thutruong,
        "decided_on": timezone.localdate(),
        "note": "Đồng ý",
        "scan": f.attachment(case, "decision_scan", by=ministry.vanthu),
    }
    return OnPaper(**values | fields)


def test_the_clerk_records_what_the_leader_decided_on_paper_and_both_names_stay(ministry):
    case = f.submit(f.trip(ministry), ministry)
    step = f.walk_to(case, ministry, kind=StepKind.APPROVE)
    decision = decide(step, Outcome.AGREE, actor=ministry.vanthu, on_paper=on_paper(ministry, case))
    assert decision.on_paper
    assert (decision.decided_by, decision.recorded_by) == (ministry.thutruong, ministry.vanthu)
    assert decision.comment == "Đồng ý"
    assert f.fresh(case).state == "awaiting_decision"


@pytest.mark.parametrize("recorder", ["chuyenvien", "chuyenvien2", "quantri", "kiemtoan", "taichinh", "thutruong"])
def test_only_clerk_and_icd_record_and_never_a_person_concerned(ministry, recorder):
    case = f.submit(f.trip(ministry), ministry)
    step = f.walk_to(case, ministry, kind=StepKind.APPROVE)
    with pytest.raises(NotAllowed):
        decide(step, Outcome.AGREE, actor=ministry.person(recorder), on_paper=on_paper(ministry, case))


def test_the_recorder_may_not_travel_in_the_file(ministry):
    members = [f.member(ministry.chuyenvien2, Part.HEAD), f.member(ministry.htqt)]
    case = f.submit(f.trip(ministry, members=members), ministry)
    step = f.open_step(case)
    with pytest.raises(NotAllowed):
        decide(step, Outcome.AGREE, actor=ministry.htqt, on_paper=on_paper(ministry, case))


def test_a_paper_decision_needs_somebody_who_could_take_it_on_a_day_that_has_come(ministry):
    case = f.submit(f.trip(ministry), ministry)
    step = f.walk_to(case, ministry, kind=StepKind.APPROVE)
    today = timezone.localdate()
    for wrong in (
        {"decided_by": ministry.thutruong2},
        {"decided_on": today + dt.timedelta(days=1)},
        {"decided_on": today - dt.timedelta(days=1)},
        {"note": " "},
    ):
        with pytest.raises(Refused):
            decide(step, Outcome.AGREE, actor=ministry.vanthu, on_paper=on_paper(ministry, case, **wrong))


# --- returning, withdrawing, opinions -----------------------------------------------------------------------------


def test_a_return_to_the_filer_needs_a_reason_and_keeps_what_stands(ministry):
    made = f.trip(ministry)
    case = f.submit(made, ministry)
    step = f.walk_to(case, ministry, kind=StepKind.APPROVE)
    with pytest.raises(Refused):
        decide(step, Outcome.RETURN, actor=ministry.thutruong)
    decide(step, Outcome.RETURN, actor=ministry.thutruong, comment="Bổ sung chương trình")
    assert f.fresh(case).state == "returned"
    assert f.open_steps(case) == []

    case = f.submit(made, ministry)
    assert f.open_step(case).kind == StepKind.APPROVE
    assert Decision.objects.filter(step__case=case, outcome=Outcome.RETURN).count() == 1


def test_a_return_to_a_named_step_opens_a_new_round_and_keeps_all_decisions(ministry):
    case = f.submit(f.trip(ministry), ministry)
    step = f.walk_to(case, ministry, kind=StepKind.APPROVE)
    before = Decision.objects.filter(step__case=case).count()
    target = case.steps.current().get(office="icd_officer")
    decide(step, Outcome.RETURN, actor=ministry.thutruong, comment="Thẩm định lại", returned_to=target)
    again = f.open_step(case)
    assert (again.office, again.round, again.pk != target.pk) == ("icd_officer", 2, True)
    assert Decision.objects.filter(step__case=case).count() == before + 1
    finance = case.steps.current().get(office="finance")
    assert finance.state == StepState.DONE
    assert f.fresh(case).state == "in_approval"
    assert f.walk_to_the_end(case, ministry).state == "decided"


def test_a_return_to_a_step_that_is_not_behind_is_refused(ministry):
    case = f.submit(f.trip(ministry), ministry)
    step = f.open_step(case)
    target = case.steps.current().get(kind=StepKind.APPROVE)
    with pytest.raises(Refused):
        decide(step, Outcome.RETURN, actor=ministry.lanhdaodonvi, comment="x", returned_to=target)


def test_a_return_from_the_signature_to_the_appraisal_reopens_the_approval(ministry):
    case = f.submit(f.trip(ministry), ministry)
    step = f.walk_to(case, ministry, kind=StepKind.SIGN)
    target = case.steps.current().get(office="icd_head")
    decide(step, Outcome.RETURN, actor=ministry.thutruong, comment="Xem lại", returned_to=target)
    assert f.fresh(case).state == "in_approval"
    assert case.papers.current().count() == 0
    assert f.walk_to_the_end(case, ministry).state == "decided"


def test_withdrawing_ends_with_the_first_decision(ministry):
    made = f.trip(ministry)
    case = f.submit(made, ministry)
    engine.fire(case, "withdraw", actor=ministry.chuyenvien)
    assert f.fresh(case).state == "planned"
    case = f.submit(made, ministry)
    f.agree(f.open_step(case), ministry)
    with pytest.raises(Refused):
        engine.fire(f.fresh(case), "withdraw", actor=ministry.chuyenvien)


def test_finance_and_icd_work_side_by_side_and_the_head_waits_for_both(ministry):
    case = f.submit(f.trip(ministry), ministry)
    f.agree(f.open_step(case), ministry)
    appraisal, opinion = f.open_steps(case)
    decide(opinion, Outcome.DISAGREE, actor=ministry.taichinh, comment="Chưa có nguồn")
    assert [step.office for step in f.open_steps(case)] == ["icd_officer"]
    f.agree(appraisal, ministry)
    assert f.open_step(case).office == "icd_head"


def test_silence_is_written_down_as_silence_after_the_due_day(ministry, time_machine):
    case = f.submit(f.trip(ministry), ministry)
    f.agree(f.open_step(case), ministry)
    due = case.steps.current().get(office="finance").due_on
    assert close_overdue_opinions(timezone.localdate()) == 0
    time_machine.move_to(
        dt.datetime.combine(due + dt.timedelta(days=3), dt.time(9), dt.UTC), tick=False
    )  # beyond any weekend
    assert close_overdue_opinions(timezone.localdate()) == 1
    assert close_overdue_opinions(timezone.localdate()) == 0
    decision = Decision.objects.get(step__case=case, step__office="finance")
    assert (decision.outcome, decision.decided_by) == (Outcome.NO_ANSWER, None)
    assert decision.get_outcome_display() == "Quá hạn, chưa trả lời"


def test_comments_survive_every_round(ministry):
    made = f.trip(ministry)
    case = f.submit(made, ministry)
    add_comment(case, "Xin lưu ý thời tiết.", actor=ministry.htqt)
    decide(f.open_step(case), Outcome.RETURN, actor=ministry.lanhdaodonvi, comment="Bổ sung")
    case = f.submit(made, ministry)
    assert [comment.text for comment in case.comments.all()] == ["Xin lưu ý thời tiết."]


def test_a_step_is_not_handed_to_somebody_who_travels_in_the_file(ministry):
    members = [f.member(ministry.chuyenvien2, Part.HEAD), f.member(ministry.thutruong)]
    step = f.open_step(f.submit(f.trip(ministry, members=members), ministry))
    with pytest.raises(Refused):
        reassign_step(step, ministry.thutruong, actor=ministry.quantri, reason="Vắng")


def test_an_administrator_reassigns_with_a_reason_but_never_decides(ministry):
    case = f.submit(f.trip(ministry), ministry)
    step = f.open_step(case)
    with pytest.raises(NotAllowed):
        reassign_step(step, ministry.thutruong, actor=ministry.vutruong, reason="x")
    for person in (ministry.chuyenvien, ministry.taichinh):
        with pytest.raises(Refused):
            reassign_step(step, person, actor=ministry.quantri, reason="Vắng")
    with pytest.raises(Refused):
        reassign_step(step, ministry.thutruong, actor=ministry.quantri, reason="")
    reassign_step(step, ministry.thutruong, actor=ministry.quantri, reason="Lãnh đạo đơn vị nghỉ ốm")
    with pytest.raises(NotAllowed):
        decide(step, Outcome.AGREE, actor=ministry.quantri)
    decide(step, Outcome.AGREE, actor=ministry.thutruong)
