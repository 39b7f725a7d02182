"""An annual plan from the call to the approval, and what it keeps."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.utils import timezone

from delegations.choices import (
    LineState,
    PlanKind,
    PlanLevel,
    PlanState,
)
from delegations.models import PlanLine, PlanVersion, UnitProposal
from delegations.services import plan_lines, plan_years, unit_proposals
from delegations.workflows import consult_units
from intlcoop.notifications.models import Notice
from intlcoop.workflow import engine
from intlcoop.workflow.models import ContentVersion
from intlcoop.workflow.papers import current_paper
from intlcoop.workflow.refusals import NotAllowed, Refused
from tests.delegations import factories
from tests.delegations.plans import complete, fresh, fresh_plan, open_year, plan_of, proposed, taken_in, walk

pytestmark = pytest.mark.django_db


def test_a_year_opens_with_a_draft_of_both_plans_and_only_once(ministry, opened):
    plans = {level: plan_of(opened, level) for level in PlanLevel}
    assert {plan.case.state for plan in plans.values()} == {PlanState.DRAFT}
    assert {plan.case.number[:3] for plan in plans.values()} == {"KH-"}
    assert {plan.case.unit.code for plan in plans.values()} == {"HTQT"}
    # The dated rule "plan.adjust_deadline" (domain.md B.10), as shipped.
    assert opened.adjustments_due_on == dt.date(opened.year, 5, 1)
    with pytest.raises(Refused, match="đã được mở"):
        open_year(ministry)
    with pytest.raises(NotAllowed):
        plan_years.open_year(opened.year + 1, actor=ministry.chuyenvien)


def test_a_plan_approved_before_the_portal_keeps_its_row(ministry):
    line = factories.plan_line(ministry, PlanLevel.PM, year=2031)
    opened = open_year(ministry, 2031)
    assert plan_of(opened, PlanLevel.PM).case is None
    assert plan_of(opened, PlanLevel.MINISTRY).case.state == PlanState.DRAFT
    with pytest.raises(Refused, match="trước khi có"):
        plan_lines.edit_line(line, {"title": "Khác"}, actor=ministry.htqt)


def test_the_call_reaches_heads_and_focal_points_once_a_day(ministry, opened, django_capture_on_commit_callbacks):
    told = plan_years.call_units(opened, actor=ministry.htqt)
    names = set(Notice.objects.values_list("recipient__username", flat=True))
    assert told == len(names)
    assert {"lanhdaodonvi", "truonghoc", "vutruong", "hieutruong"} <= names
    assert not {"chuyenvien", "kiemtoan", "botruong"} & names
    assert plan_years.call_units(opened, actor=ministry.htqt) == 0
    opened.proposals_due_on = timezone.localdate() - dt.timedelta(days=1)
    with pytest.raises(Refused, match="đã qua"):
        plan_years.call_units(opened, actor=ministry.htqt)


def test_a_unit_writes_and_only_its_head_sends(ministry, opened, plan):
    unit = ministry.unit("CSDP")
    line = plan_lines.propose_line(plan, unit, complete(), actor=ministry.chuyenvien)
    assert line.state == LineState.DRAFT
    with pytest.raises(NotAllowed):
        unit_proposals.send_proposal(opened, unit, actor=ministry.chuyenvien)
    unit_proposals.send_proposal(opened, unit, actor=ministry.lanhdaodonvi)
    line.refresh_from_db()
    assert line.state == LineState.PROPOSED
    assert UnitProposal.objects.get(unit=unit).sent_by == ministry.lanhdaodonvi
    assert Notice.objects.filter(recipient=ministry.htqt, subject__contains="Vụ Chính sách địa phương").exists()
    with pytest.raises(Refused, match="Không có gì để gửi"):
        unit_proposals.send_proposal(opened, unit, actor=ministry.lanhdaodonvi)


def test_nobody_proposes_for_another_unit_nor_into_a_plan_that_is_submitted(ministry, opened, plan):
    with pytest.raises(NotAllowed):
        plan_lines.propose_line(plan, ministry.unit("VTLT"), complete(), actor=ministry.chuyenvien)
    with pytest.raises(NotAllowed):
        plan_lines.propose_line(plan, ministry.unit("CSDP"), complete(), actor=ministry.kiemtoan)
    taken_in(plan, ministry)
    engine.fire(plan.case, "submit", actor=ministry.htqt)
    with pytest.raises(Refused, match="điều chỉnh"):
        plan_lines.propose_line(plan, ministry.unit("CSDP"), complete(), actor=ministry.chuyenvien)


def test_nothing_planned_is_one_click_of_the_head_and_not_with_lines(ministry, opened, plan):
    unit = ministry.unit("CSDP")
    with pytest.raises(NotAllowed):
        unit_proposals.plan_nothing(opened, unit, actor=ministry.chuyenvien)
    assert unit_proposals.plan_nothing(opened, unit, actor=ministry.lanhdaodonvi).nothing_planned
    plan_lines.propose_line(plan, unit, complete(), actor=ministry.chuyenvien)
    with pytest.raises(Refused, match="đã có dòng"):
        unit_proposals.plan_nothing(opened, unit, actor=ministry.lanhdaodonvi)


def test_the_icd_takes_in_declines_with_a_reason_and_sends_back(ministry, plan):
    first, second, third = (proposed(plan, ministry, title=f"Đoàn {n}") for n in range(3))
    with pytest.raises(NotAllowed):
        plan_lines.take_in(plan, [first.pk], actor=ministry.chuyenvien)
    assert plan_lines.take_in(plan, [first.pk], actor=ministry.htqt) == 1
    with pytest.raises(Refused, match="vì sao"):
        plan_lines.decline_line(second, " ", actor=ministry.htqt)
    assert plan_lines.decline_line(second, "Trùng với Đoàn 0", actor=ministry.htqt).state == LineState.DECLINED
    assert plan_lines.send_back_line(third, "Bổ sung căn cứ", actor=ministry.htqt).state == LineState.DRAFT
    told = Notice.objects.filter(recipient=ministry.chuyenvien).values_list("body", flat=True)
    assert set(told) == {"Trùng với Đoàn 0", "Bổ sung căn cứ"}
    # What was sent back is the unit's own again.
    plan_lines.edit_line(PlanLine.objects.get(pk=third.pk), {"basis": "Thư mời"}, actor=ministry.chuyenvien)
    with pytest.raises(NotAllowed):
        plan_lines.edit_line(PlanLine.objects.get(pk=first.pk), {"basis": "Khác"}, actor=ministry.chuyenvien)


def test_merging_keeps_both_and_can_be_taken_apart(ministry, plan):
    one = proposed(plan, ministry, title="Đi Nhật Bản", countries=["JP"])
    other = proposed(plan, ministry, by="truonghoc", unit="DHPT", title="Đi Hàn Quốc", countries=["KR"])
    kept = plan_lines.merge_lines(one, [other], actor=ministry.htqt)
    other.refresh_from_db()
    assert (kept.state, other.state, other.merged_into) == (LineState.ACCEPTED, LineState.MERGED, kept)
    assert {country.iso2 for country in kept.countries.all()} == {"JP", "KR"}
    with pytest.raises(Refused, match="ghép"):
        plan_lines.decline_line(kept, "Không", actor=ministry.htqt)
    assert plan_lines.unmerge_line(other, actor=ministry.htqt).state == LineState.PROPOSED
    with pytest.raises(Refused):
        plan_lines.merge_lines(one, [one], actor=ministry.htqt)


def test_a_line_moves_between_the_two_plans(ministry, opened, plan):
    line = taken_in(plan, ministry)
    moved = plan_lines.move_level(line, actor=ministry.htqt)
    assert moved.plan.level == PlanLevel.PM
    assert plan_lines.move_level(moved, actor=ministry.htqt).plan.level == PlanLevel.MINISTRY


def test_an_incomplete_plan_says_all_that_it_lacks_at_once(ministry, plan):
    with pytest.raises(Refused, match="chưa có dòng"):
        engine.fire(plan.case, "submit", actor=ministry.htqt)
    plan_lines.add_line(plan, ministry.unit("CSDP"), {"title": "Đi Lào"}, actor=ministry.htqt)
    proposed(plan, ministry)
    with pytest.raises(Refused) as refusal:
        engine.fire(fresh(plan.case), "submit", actor=ministry.htqt)
    said = " ".join(refusal.value.reasons)
    for words in ("Chưa có căn cứ", "Chưa có nước đến", "Chưa có số người", "Đi Lào", "chưa được tiếp nhận"):
        assert words in said


def test_an_inbound_line_needs_no_members_of_ours(ministry, plan):
    fields = complete(kind=PlanKind.INBOUND, head_rank="", persons=None, days=None, countries=[])
    plan_lines.add_line(plan, ministry.unit("CSDP"), fields, actor=ministry.htqt)
    engine.fire(fresh(plan.case), "submit", actor=ministry.htqt)
    assert fresh(plan.case).state == PlanState.SUBMITTED


def test_a_negative_budget_is_refused(ministry, plan):
    with pytest.raises(Refused):
        plan_lines.add_line(plan, ministry.unit("CSDP"), complete(amount=Decimal(-1)), actor=ministry.htqt)
    assert not plan.lines.exists()


def test_the_minister_s_plan_is_drafted_signed_numbered_and_frozen(ministry, plan):
    line = taken_in(plan, ministry)
    case = plan.case
    engine.fire(case, "submit", actor=ministry.htqt)
    kinds = list(fresh(case).steps.current().order_by("position").values_list("kind", "office"))
    assert kinds == [
        ("appraise", "icd_head"),
        ("opinion", "finance"),
        ("approve", "deputy_minister"),
        ("approve", "minister"),
        ("draft_decision", "icd_head"),
        ("sign", "minister"),
        ("issue", "clerk"),
    ]
    walk(case, ministry)
    plan.refresh_from_db()
    paper = current_paper(fresh(case))
    assert fresh(case).state == PlanState.APPROVED
    assert (plan.approval_number, plan.approved_on, plan.version) == (paper.full_number, paper.issued_on, 1)
    version = PlanVersion.objects.get(plan=plan)
    assert [row["title"] for row in version.lines] == [line.title]
    with pytest.raises(NotAllowed):
        plan_lines.edit_line(PlanLine.objects.get(pk=line.pk), {"title": "Khác"}, actor=ministry.htqt)
    with pytest.raises(NotAllowed):
        plan_lines.take_in(plan, [line.pk], actor=ministry.htqt)


def test_nothing_is_approved_before_the_reply_of_the_prime_minister(ministry, opened):
    plan = plan_of(opened, PlanLevel.PM)
    taken_in(plan, ministry, head_rank="deputy_minister", leader=ministry.thutruong)
    engine.fire(plan.case, "submit", actor=ministry.htqt)
    walk(plan.case, ministry, until="prime_minister")
    plan.refresh_from_db()
    assert (fresh(plan.case).state, plan.approved_on) == (PlanState.SUBMITTED, None)
    walk(plan.case, ministry)
    plan.refresh_from_db()
    assert fresh(plan.case).state == PlanState.APPROVED
    assert "TTg-QHQT" in plan.approval_number
    assert plan.approved_on == timezone.localdate()


def test_lines_are_numbered_as_the_paper_prints_them(ministry, plan):
    event = taken_in(plan, ministry, kind=PlanKind.EVENT, title="Hội thảo", month=1)
    late = taken_in(plan, ministry, title="Đi Lào", month=11)
    quarter = taken_in(plan, ministry, title="Đi Đức", month=None, quarter=1)
    engine.fire(fresh(plan.case), "submit", actor=ministry.htqt)
    order = PlanLine.objects.filter(plan=plan).order_by("position").values_list("title", flat=True)
    assert list(order) == [quarter.title, late.title, event.title]


def test_whoever_put_the_plan_together_does_not_appraise_it(ministry, plan):
    plan_lines.add_line(plan, ministry.unit("CSDP"), complete(), actor=ministry.vutruong)
    engine.fire(fresh(plan.case), "submit", actor=ministry.htqt)
    step = fresh(plan.case).steps.get(kind="appraise")
    assert step.acting_office == "deputy_minister"
    # A unit that proposes does not become a party: finance keeps its opinion.
    assert fresh(plan.case).steps.get(kind="opinion").acting_office == "finance"


def test_a_unit_s_proposal_is_no_change_of_the_plan(ministry, plan):
    before = ContentVersion.objects.filter(case=plan.case).count()
    proposed(plan, ministry, by="taichinh", unit="KHTC")
    assert ContentVersion.objects.filter(case=plan.case).count() == before


def test_units_read_a_plan_from_the_consultation_on_and_remark_on_it(ministry, plan):
    from intlcoop.workflow.models import Case
    from intlcoop.workflow.rules import can_view
    from intlcoop.workflow.services import add_comment

    taken_in(plan, ministry)
    reader = ministry.truonghoc
    assert not Case.objects.visible_to(reader).filter(pk=plan.case.pk).exists()
    assert not can_view(reader, fresh(plan.case))
    due = timezone.localdate() + dt.timedelta(days=10)
    consult_units(plan, due, actor=ministry.htqt)
    assert Case.objects.visible_to(reader).filter(pk=plan.case.pk).exists()
    assert can_view(reader, fresh(plan.case))
    assert add_comment(fresh(plan.case), "Nhất trí.", actor=reader)
    assert Notice.objects.filter(recipient=reader, url=plan.get_absolute_url()).exists()
    with pytest.raises(NotAllowed):
        consult_units(fresh_plan(plan), due, actor=ministry.chuyenvien)


def test_consulting_until_yesterday_is_refused_and_changes_nothing(ministry, plan):
    taken_in(plan, ministry)
    with pytest.raises(Refused, match="đã qua"):
        consult_units(plan, timezone.localdate() - dt.timedelta(days=1), actor=ministry.htqt)
    assert fresh(plan.case).state == PlanState.DRAFT


def test_a_returned_plan_is_a_draft_again_and_a_rejected_one_can_be_drafted_anew(ministry, plan):
    from intlcoop.workflow.deciding import decide

    taken_in(plan, ministry)
    engine.fire(fresh(plan.case), "submit", actor=ministry.htqt)
    step = fresh(plan.case).steps.get(kind="appraise", superseded_at=None)
    decide(step, "return", actor=ministry.vutruong, comment="Rà soát lại")
    assert fresh(plan.case).state == PlanState.DRAFT
    engine.fire(fresh(plan.case), "submit", actor=ministry.htqt)
    step = fresh(plan.case).steps.get(kind="appraise", superseded_at=None)
    decide(step, "reject", actor=ministry.vutruong, comment="Chưa đúng định hướng")
    assert fresh(plan.case).state == PlanState.REJECTED
    engine.fire(fresh(plan.case), "redraft", actor=ministry.htqt)
    assert fresh(plan.case).state == PlanState.DRAFT


def test_whoever_decides_reads_every_line_on_the_page_of_the_step(ministry, plan, client):
    line = taken_in(plan, ministry)
    engine.fire(fresh(plan.case), "submit", actor=ministry.htqt)
    step = fresh(plan.case).steps.get(kind="appraise")
    client.force_login(ministry.vutruong)
    page = client.get(f"/buoc/{step.pk}/").content.decode()
    assert line.title in page
    assert "300.000.000" in page
