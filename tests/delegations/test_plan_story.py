"""An annual plan from the call to the approval, its revision, and what it keeps."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.utils import timezone

from delegations import services
from delegations.choices import (
    ChangeAction,
    LineState,
    PlanKind,
    PlanLevel,
    PlanState,
    RequestState,
    RevisionState,
    SettlementReason,
)
from delegations.models import PlanLine, PlanVersion, UnitProposal
from delegations.services import plan_lines, plan_revisions, plan_years, unit_proposals
from delegations.services.plan_settling import settle_line
from delegations.workflows import begin_revision, consult_units
from intlcoop.catalogues.models import Country
from intlcoop.exporting.table_reading import TableUnreadable
from intlcoop.notifications.models import Notice
from intlcoop.workflow import engine
from intlcoop.workflow.models import ContentVersion, RouteRule
from intlcoop.workflow.papers import current_paper
from intlcoop.workflow.refusals import Conflict, NotAllowed, Refused
from tests.delegations import factories
from tests.delegations.plans import approve, complete, fresh, open_year, plan_of, proposed, taken_in, walk

pytestmark = pytest.mark.django_db


@pytest.fixture
def opened(ministry):
    return open_year(ministry)


@pytest.fixture
def plan(opened):
    return plan_of(opened)


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
        consult_units(plan_of_same(plan), due, actor=ministry.chuyenvien)


def plan_of_same(plan):
    return type(plan).objects.select_related("case").get(pk=plan.pk)


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


# --- revisions ---------------------------------------------------------------------------------------------------


@pytest.fixture
def approved(ministry, plan):
    for n, month in enumerate((3, 5, 9)):
        taken_in(plan, ministry, title=f"Đoàn {n}", month=month)
    return approve(plan, ministry)


def asked(revision, ministry, action, by="chuyenvien", **more):
    return plan_revisions.request_change(
        revision,
        action,
        actor=ministry.person(by),
        unit=ministry.unit("CSDP"),
        reason_code=SettlementReason.HOST,
        reason="Phía bạn đổi lịch.",
        **more,
    )


def test_a_revision_applies_every_change_at_once_and_keeps_before_and_after(ministry, approved):
    first, second, third = approved.lines.order_by("position")
    revision = begin_revision(approved, reason="Rà soát giữa năm", actor=ministry.htqt)
    assert fresh(approved.case).state == PlanState.REVISING
    assert Notice.objects.filter(recipient=ministry.lanhdaodonvi, url=revision.get_absolute_url()).exists()
    changed = asked(revision, ministry, ChangeAction.CHANGE, line=first, fields={"month": 10, "persons": 4})
    dropped = asked(revision, ministry, ChangeAction.DROP, line=second)
    added = asked(revision, ministry, ChangeAction.ADD, fields=complete(title="Đoàn mới", countries=["KR"]))
    with pytest.raises(Refused, match="chưa được tiếp nhận"):
        engine.fire(fresh(revision.case), "submit", actor=ministry.htqt)
    plan_revisions.answer_changes(revision, [changed.pk, dropped.pk, added.pk], accept=True, actor=ministry.htqt)
    first.refresh_from_db()
    assert first.month == 3, "nothing changes before the approval"
    engine.fire(fresh(revision.case), "submit", actor=ministry.htqt)
    walk(revision.case, ministry)
    approved.refresh_from_db()
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.month, first.persons, first.days) == (10, 4, 5)
    assert (second.state, second.settled_reason) == (LineState.DROPPED, SettlementReason.HOST)
    new = approved.lines.get(title="Đoàn mới")
    assert (new.state, new.position, [each.iso2 for each in new.countries.all()]) == (LineState.ACCEPTED, 4, ["KR"])
    assert (approved.version, fresh(approved.case).state) == (2, PlanState.APPROVED)
    version = approved.versions.get(number=2)
    assert (version.revision, version.approval_number) == (revision, fresh_revision(revision).approval_number)
    assert [row["month"] for row in approved.versions.get(number=1).lines] == [3, 5, 9]
    changed.refresh_from_db()
    assert (changed.before["month"], changed.after["month"]) == (3, 10)
    assert third.state == LineState.ACCEPTED


def fresh_revision(revision):
    return type(revision).objects.get(pk=revision.pk)


def test_one_revision_at_a_time_and_giving_it_up_releases_the_plan(ministry, approved):
    revision = begin_revision(approved, reason="Rà soát", actor=ministry.htqt)
    with pytest.raises(Refused, match="đang điều chỉnh"):
        begin_revision(plan_of_same(approved), reason="Lần nữa", actor=ministry.htqt)
    with pytest.raises(NotAllowed):
        engine.fire(revision.case, "cancel", actor=ministry.chuyenvien, comment="Thôi")
    engine.fire(revision.case, "cancel", actor=ministry.htqt, comment="Không còn cần")
    assert fresh(approved.case).state == PlanState.APPROVED
    assert fresh(revision.case).state == RevisionState.CANCELLED
    with pytest.raises(NotAllowed):
        asked(fresh_revision(revision), ministry, ChangeAction.ADD, fields=complete())


def test_a_unit_asks_for_its_own_lines_and_reads_why_not(ministry, approved):
    line = approved.lines.first()
    revision = begin_revision(approved, reason="Rà soát", actor=ministry.htqt)
    with pytest.raises(NotAllowed):
        plan_revisions.request_change(
            revision,
            ChangeAction.DROP,
            line=line,
            actor=ministry.truonghoc,
            unit=ministry.unit("DHPT"),
            reason_code=SettlementReason.MONEY,
            reason="Hết kinh phí",
        )
    change = asked(revision, ministry, ChangeAction.CHANGE, line=line, fields={"month": 12})
    with pytest.raises(Refused, match="đã có"):
        asked(revision, ministry, ChangeAction.DROP, line=line)
    with pytest.raises(Refused, match="vì sao"):
        plan_revisions.answer_changes(revision, [change.pk], accept=False, actor=ministry.htqt)
    plan_revisions.answer_changes(revision, [change.pk], accept=False, reply="Ngoài hạn", actor=ministry.htqt)
    change.refresh_from_db()
    assert (change.state, change.reply) == (RequestState.DECLINED, "Ngoài hạn")
    assert Notice.objects.filter(recipient=ministry.chuyenvien, body="Ngoài hạn").exists()
    with pytest.raises(NotAllowed):
        plan_revisions.withdraw_change(change, actor=ministry.chuyenvien)


def test_a_change_that_changes_nothing_and_a_line_with_a_trip(ministry, approved):
    line = approved.lines.first()
    revision = begin_revision(approved, reason="Rà soát", actor=ministry.htqt)
    with pytest.raises(Refused, match="Chưa có thay đổi"):
        asked(revision, ministry, ChangeAction.CHANGE, line=line, fields={"month": line.month})
    made = factories.trip(ministry, plan_line=line)
    with pytest.raises(Refused, match=made.case.number):
        asked(revision, ministry, ChangeAction.DROP, line=line)
    with pytest.raises(Refused, match=made.case.number):
        settle_line(line, LineState.DROPPED, reason=SettlementReason.MONEY, actor=ministry.htqt)


def test_a_line_settled_meanwhile_stops_its_change(ministry, approved):
    line = approved.lines.first()
    revision = begin_revision(approved, reason="Rà soát", actor=ministry.htqt)
    asked(revision, ministry, ChangeAction.CHANGE, by="htqt", line=line, fields={"month": 12})
    settle_line(line, LineState.MOVED, reason=SettlementReason.EPIDEMIC, actor=ministry.htqt)
    with pytest.raises(Refused, match="đã có kết quả"):
        engine.fire(fresh(revision.case), "submit", actor=ministry.htqt)


# --- what became of lines ----------------------------------------------------------------------------------------


def test_settling_needs_an_approved_plan_the_icd_and_a_reason(ministry, approved):
    line = approved.lines.first()
    with pytest.raises(NotAllowed):
        settle_line(line, LineState.DROPPED, reason=SettlementReason.MONEY, actor=ministry.chuyenvien)
    with pytest.raises(Refused, match="loại lý do"):
        settle_line(line, LineState.DROPPED, actor=ministry.htqt)
    with pytest.raises(Refused, match="lý do khác"):
        settle_line(line, LineState.MOVED, reason=SettlementReason.OTHER, actor=ministry.htqt)
    with pytest.raises(Refused):
        settle_line(line, LineState.DONE, actor=ministry.htqt)
    settled = settle_line(line, LineState.MOVED, reason=SettlementReason.EPIDEMIC, text="Dịch", actor=ministry.htqt)
    assert (settled.state, settled.settled_reason) == (LineState.MOVED, SettlementReason.EPIDEMIC)
    back = settle_line(line, LineState.ACCEPTED, actor=ministry.htqt)
    assert (back.state, back.settled_reason) == (LineState.ACCEPTED, "")


def test_a_line_is_carried_over_once(ministry, approved):
    line = approved.lines.first()
    settle_line(line, LineState.MOVED, reason=SettlementReason.HOST, actor=ministry.htqt)
    coming = plan_of(open_year(ministry, approved.year + 1))
    made = plan_lines.carry_over(coming, [PlanLine.objects.get(pk=line.pk)], actor=ministry.htqt)
    assert [(each.carried_from, each.title, each.state) for each in made] == [(line, line.title, LineState.ACCEPTED)]
    assert plan_lines.carry_over(coming, [line], actor=ministry.htqt) == []
    assert {each.iso2 for each in made[0].countries.all()} == {"JP"}


def test_closing_waits_for_the_end_of_the_year(ministry, approved):
    with pytest.raises(Refused, match="chưa kết thúc"):
        engine.fire(fresh(approved.case), "close", actor=ministry.htqt)
    type(approved).objects.filter(pk=approved.pk).update(year=2001)
    engine.fire(fresh(approved.case), "close", actor=ministry.htqt)
    with pytest.raises((Conflict, Refused)):
        begin_revision(plan_of_same(approved), reason="Muộn", actor=ministry.htqt)


def test_the_shipped_routes_cover_both_levels_and_say_what_to_check():
    rules = RouteRule.objects.filter(kind__in=("plan", "plan_revision"))
    assert {(rule.kind, *rule.conditions["level"]) for rule in rules} == {
        (kind, level) for kind in ("plan", "plan_revision") for level in ("pm", "ministry")
    }
    assert all(rule.needs_check and "cần đối chiếu" in rule.citation for rule in rules)


def test_countries_are_rows_of_the_catalogue(ministry, plan):
    line = taken_in(plan, ministry, countries=["LA", "TH"])
    assert set(line.countries.all()) == set(Country.objects.filter(iso2__in=["LA", "TH"]))


# --- lines from a spreadsheet ------------------------------------------------------------------------------------


def read_rows(ministry, n=3):
    return [
        {"line": row, "unit": ministry.unit("CSDP"), **complete(title=f"Đoàn {row}", countries=["LA"])}
        for row in range(2, 2 + n)
    ]


def test_imported_lines_stand_in_the_plan_once(ministry, plan, django_assert_max_num_queries):
    rows = read_rows(ministry, 30)
    assert {each.action for each in services.import_plan_lines(plan, rows, actor=ministry.htqt, dry_run=True)} == {
        "create"
    }
    assert not plan.lines.exists()
    with django_assert_max_num_queries(30):
        services.import_plan_lines(plan_of_same(plan), rows, actor=ministry.htqt, dry_run=False)
    assert plan.lines.filter(state=LineState.ACCEPTED).count() == 30
    again = services.import_plan_lines(plan_of_same(plan), rows, actor=ministry.htqt, dry_run=False)
    assert {each.action for each in again} == {"skip"}
    assert plan.lines.count() == 30


def test_one_wrong_row_and_none_is_taken_over(ministry, plan):
    rows = read_rows(ministry)
    rows[1] |= {"amount": Decimal(-1)}
    rows[2] |= {"quarter": 2}
    results = services.import_plan_lines(plan, rows, actor=ministry.htqt, dry_run=False)
    assert [each.action for each in results] == ["create", "error", "error"]
    assert not plan.lines.exists()


def test_only_the_icd_and_administrators_import_and_not_into_a_frozen_plan(ministry, plan):
    with pytest.raises(NotAllowed):
        services.import_plan_lines(plan, read_rows(ministry), actor=ministry.chuyenvien, dry_run=False)
    services.import_plan_lines(plan, read_rows(ministry), actor=ministry.quantri, dry_run=False)
    engine.fire(fresh(plan.case), "submit", actor=ministry.htqt)
    with pytest.raises(TableUnreadable):
        services.import_plan_lines(plan_of_same(plan), read_rows(ministry), actor=ministry.htqt, dry_run=True)
