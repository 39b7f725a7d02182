"""An approved annual plan: its revisions, what became of its lines, and lines from a spreadsheet."""

from __future__ import annotations

from decimal import Decimal

import pytest

from delegations import services
from delegations.choices import (
    ChangeAction,
    LineState,
    PlanState,
    RequestState,
    RevisionState,
    SettlementReason,
)
from delegations.models import PlanLine
from delegations.queries import plan_board
from delegations.services import plan_lines, plan_revisions
from delegations.services.plan_settling import settle_line
from delegations.workflows import begin_revision
from intlcoop.catalogues.models import Country
from intlcoop.exporting.table_reading import TableUnreadable
from intlcoop.notifications.models import Notice
from intlcoop.workflow import engine
from intlcoop.workflow.models import Case, RouteRule
from intlcoop.workflow.refusals import Conflict, NotAllowed, Refused
from tests.delegations import factories
from tests.delegations.plans import approve, complete, fresh, fresh_plan, open_year, plan_of, taken_in, walk

pytestmark = pytest.mark.django_db


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
        begin_revision(fresh_plan(approved), reason="Lần nữa", actor=ministry.htqt)
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


def test_only_lines_without_a_trip_that_goes_are_offered_for_the_next_year(ministry, approved):
    line = approved.lines.first()
    coming = plan_of(open_year(ministry, approved.year + 1))
    made = factories.trip(ministry, plan_line=line)
    for state, offered in (("planned", True), ("in_approval", False), ("completed", False), ("cancelled", True)):
        Case.objects.filter(pk=made.case_id).update(state=state)
        assert (line in plan_board.carriable(coming)) is offered, state


def test_closing_waits_for_the_end_of_the_year(ministry, approved):
    with pytest.raises(Refused, match="chưa kết thúc"):
        engine.fire(fresh(approved.case), "close", actor=ministry.htqt)
    type(approved).objects.filter(pk=approved.pk).update(year=2001)
    engine.fire(fresh(approved.case), "close", actor=ministry.htqt)
    with pytest.raises((Conflict, Refused)):
        begin_revision(fresh_plan(approved), reason="Muộn", actor=ministry.htqt)


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
        services.import_plan_lines(fresh_plan(plan), rows, actor=ministry.htqt, dry_run=False)
    assert plan.lines.filter(state=LineState.ACCEPTED).count() == 30
    again = services.import_plan_lines(fresh_plan(plan), rows, actor=ministry.htqt, dry_run=False)
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
        services.import_plan_lines(fresh_plan(plan), read_rows(ministry), actor=ministry.htqt, dry_run=True)
