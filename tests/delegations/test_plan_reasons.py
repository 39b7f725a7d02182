"""Why plans did not hold: every figure is the number of its rows, by reason and by unit, and leads to them."""

from __future__ import annotations

import datetime as dt
import io

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from python_calamine import CalamineWorkbook

from delegations.choices import ChangeKind, LineState, OutboundState, SettlementReason
from delegations.models import (
    AnnualPlan,
    InboundDelegation,
    OutboundDelegation,
    PlanLine,
    PlanRevision,
    PlanYear,
    RevisionChange,
    TripChange,
)
from delegations.queries.reasons import Act, by_reason, by_unit, happenings
from delegations.services.plan_settling import settle_line
from delegations.visit_choices import InboundState
from intlcoop.workflow.models import Case
from intlcoop.workflow.services import open_case
from tests.delegations import changing as c
from tests.delegations import factories as f
from tests.delegations import visiting as v
from tests.ministry import build_ministry

pytestmark = pytest.mark.django_db

R = SettlementReason


def in_state(trip, state, reason="") -> OutboundDelegation:
    Case.objects.filter(pk=trip.case_id).update(state=state, first_submitted_at=timezone.now())
    OutboundDelegation.objects.filter(pk=trip.pk).update(settled_reason=reason)
    return c.again(trip)


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """A line dropped and one moved, a line adjusted, a trip called off, one put off without a reason, one changed."""
    with django_db_blocker.unblock(), transaction.atomic():
        ministry = build_ministry()
        dropped, moved = f.plan_line(ministry), f.plan_line(ministry, unit="DHPT")
        year = dropped.plan.year
        PlanYear.objects.create(year=year)
        settle_line(dropped, LineState.DROPPED, reason=R.MONEY, text="Cắt giảm chi", actor=ministry.htqt)
        settle_line(moved, LineState.MOVED, reason=R.HOST, actor=ministry.htqt)
        adjusted = f.plan_line(ministry)
        case = open_case("plan_revision", title="Điều chỉnh", unit=ministry.unit("HTQT"), actor=ministry.htqt)
        revision = PlanRevision.objects.create(
            case=case, plan=adjusted.plan, reason="Rà soát", approval_number="2/QĐ", approved_on=timezone.localdate()
        )
        RevisionChange.objects.create(
            revision=revision, action="change", state="accepted", line=adjusted, unit=adjusted.unit,
            reason_code=R.LEADER, reason="Lịch lãnh đạo", requested_by=ministry.htqt,
        )  # fmt: skip
        in_state(f.trip(ministry, plan_line=adjusted), OutboundState.CANCELLED, R.MONEY)
        in_state(f.trip(ministry, plan_line=adjusted, head="htqt"), OutboundState.POSTPONED)
        for state in (InboundState.CANCELLED, InboundState.POSTPONED):
            visit = v.full(ministry, days_ahead=(dt.date(year, 6, 1) - timezone.localdate()).days)
            Case.objects.filter(pk=visit.case_id).update(state=state, first_submitted_at=timezone.now())
            InboundDelegation.objects.filter(pk=visit.pk, case__state=InboundState.CANCELLED).update(
                settled_reason=R.HOST
            )
        changed = in_state(f.trip(ministry, plan_line=adjusted, head="luutru"), OutboundState.DECIDED)
        c.ask(ministry, changed, ChangeKind.AMEND, reason_code=R.HOST)
        TripChange.objects.update(applied_at=timezone.now(), closed_at=timezone.now())
        Case.objects.filter(kind="trip_change").update(first_submitted_at=timezone.now())
        yield ministry, year
        transaction.set_rollback(True)


@pytest.fixture
def ministry(world, db):
    return world[0]


@pytest.fixture
def year(world, db):
    return world[1]


def address(year: int) -> str:
    return reverse("delegations:plan_reasons", args=[year])


def test_every_figure_is_the_number_of_its_rows(ministry, year):
    rows = happenings(ministry.htqt, year)
    assert {row.act for row in rows} == set(Act)
    figures = {row.key: dict(row.counts) for row in by_reason(rows)}
    assert figures[R.MONEY][Act.LINE_DROPPED] == figures[R.MONEY][Act.TRIP_CANCELLED] == 1
    assert figures[R.HOST][Act.LINE_MOVED] == figures[R.HOST][Act.TRIP_CHANGED] == 1
    assert figures[R.LEADER][Act.LINE_CHANGED] == 1
    assert figures["khong_ghi"][Act.TRIP_POSTPONED] == figures["khong_ghi"][Act.VISIT_POSTPONED] == 1
    assert figures[R.HOST][Act.VISIT_CANCELLED] == 1
    assert sum(row.total for row in by_reason(rows)) == sum(row.total for row in by_unit(rows)) == len(rows) == 8
    assert {row.label: row.total for row in by_unit(rows)}["Trường Đại học Phát triển vùng"] == 1
    assert happenings(ministry.htqt, year + 1) == []


def test_a_person_sees_only_the_rows_that_they_may_read(ministry, year):
    """Lines of an approved plan and its revisions are open to all, trips of another unit are not."""
    acts = {row.act for row in happenings(ministry.truonghoc, year)}
    assert acts == {Act.LINE_DROPPED, Act.LINE_MOVED, Act.LINE_CHANGED}


def test_a_figure_leads_to_its_rows_and_the_rows_to_a_file(go, ministry, year):
    client = go("htqt")
    page = client.get(address(year))
    assert "Không có kinh phí" in page.text or "kinh phí" in page.text
    link = f"?ly_do={R.MONEY.value}&amp;viec={Act.TRIP_CANCELLED.value}#danh-sach"
    assert link in page.text
    asked = {"ly_do": R.MONEY.value, "viec": Act.TRIP_CANCELLED.value}
    assert [row.act for row in client.get(address(year), asked).context["rows"]] == [Act.TRIP_CANCELLED]
    unit = ministry.unit("DHPT")
    of_unit = client.get(address(year), {"don_vi": unit.pk})
    assert [row.unit for row in of_unit.context["rows"]] == [unit]
    assert f"?don_vi={unit.pk}&amp;ly_do=host" in of_unit.text
    sheet = client.get(address(year), asked | {"xuat": "xlsx"})
    rows = CalamineWorkbook.from_filelike(io.BytesIO(sheet.content)).get_sheet_by_index(0).to_python()
    assert sum("Học tập kinh nghiệm" in str(row) for row in rows) == 1
    assert address(year) in client.get(reverse("delegations:plan_actual", args=[year])).text


@pytest.mark.parametrize("query", [{"ly_do": "x"}, {"viec": "'"}, {"don_vi": "999999999999999999999"}, {"xuat": "pdf"}])
def test_an_address_that_makes_no_sense_shows_everything(go, year, query):
    answer = go("htqt").get(address(year), query)
    assert (answer.status_code, len(answer.context["rows"])) == (200, 8)


def test_it_costs_the_same_for_few_and_many(go, ministry, year, django_assert_num_queries):
    client = go("htqt")
    client.get(address(year))
    with django_assert_num_queries(11):
        client.get(address(year))
    plan = AnnualPlan.objects.get(year=year)
    PlanLine.objects.bulk_create(
        PlanLine(plan=plan, position=100 + n, title="Thêm", unit=ministry.unit("VTLT"), state=LineState.DROPPED)
        for n in range(3)
    )
    in_state(f.trip(ministry, plan_line=plan.lines.first(), head="htqt2"), OutboundState.CANCELLED, R.EPIDEMIC)
    with django_assert_num_queries(11):
        assert len(client.get(address(year)).context["rows"]) == 12


def test_a_year_without_any_says_so(go, ministry):
    PlanYear.objects.create(year=2090)
    assert "Không có dòng kế hoạch" in go("htqt").get(address(2090)).text
