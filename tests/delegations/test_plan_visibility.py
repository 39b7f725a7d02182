"""Who reads which line of which plan: approved plans are circulated documents, proposals stay between a unit and the ICD."""

from __future__ import annotations

import datetime as dt
import re

import pytest
import rules
from django.db import transaction
from django.utils import timezone

from delegations.choices import LineState, PlanLevel, PlanState
from delegations.models import AnnualPlan, PlanLine
from delegations.queries.radar import Radar
from intlcoop.people.models import Appointment
from intlcoop.workflow.models import Case
from tests.delegations import factories as f
from tests.delegations import plans as p
from tests.ministry import ACCOUNTS, build_ministry

pytestmark = pytest.mark.django_db

STATES = (PlanState.DRAFT, PlanState.CONSULTING, PlanState.APPROVED, PlanState.REJECTED)


@pytest.fixture(scope="module")
def ministry(django_db_setup, django_db_blocker):
    """Plans in four states and one of the past without a file, each with a line in every state of two units."""
    with django_db_blocker.unblock(), transaction.atomic():
        found = build_ministry()
        plans = [
            plan
            for year in (p.next_year(), p.next_year() + 1)
            for plan in AnnualPlan.objects.filter(year=p.open_year(found, year).year)
        ]
        for plan, state in zip(plans, STATES, strict=True):
            submitted = None if state in (PlanState.DRAFT, PlanState.CONSULTING) else timezone.now()
            Case.objects.filter(pk=plan.case_id).update(state=state, first_submitted_at=submitted)
            if state == PlanState.APPROVED:
                AnnualPlan.objects.filter(pk=plan.pk).update(approval_number="1/QĐ", approved_on=dt.date(2026, 1, 5))
        past = AnnualPlan.objects.create(
            year=2020, level=PlanLevel.MINISTRY, title="Cũ", approval_number="9/QĐ", approved_on=dt.date(2019, 12, 20)
        )
        PlanLine.objects.bulk_create(
            PlanLine(plan=plan, position=n * 10 + m, title="Dòng", unit=found.unit(unit), state=state, month=5)
            for plan in (*plans, past)
            for n, state in enumerate(LineState)
            for m, unit in enumerate(("CSDP", "DHPT"))
        )
        yield found
        transaction.set_rollback(True)


@pytest.mark.parametrize("account", ACCOUNTS)
def test_the_rule_and_the_list_agree_for_everybody_on_every_line(ministry, account):
    user = ministry.person(account)
    listed = set(PlanLine.objects.visible_to(user).values_list("pk", flat=True))
    lines = PlanLine.objects.select_related("plan__case", "unit").order_by("pk")
    cases: dict[int, Case] = {}
    allowed = set()
    for line in lines:
        if line.plan.case is not None:  # one case for all lines of a plan, so that its steps are read once
            line.plan.case = cases.setdefault(line.plan.case_id, line.plan.case)
        if rules.has_perm("delegations.view_line", user, line):
            allowed.add(line.pk)
    assert allowed == listed
    plans = {plan.pk for plan in AnnualPlan.objects.all() if rules.has_perm("delegations.view_plan", user, plan)}
    assert plans == set(AnnualPlan.objects.visible_to(user).values_list("pk", flat=True))


def seen(ministry, account: str, plan_state: str, line_state: str) -> set[str]:
    """The units whose lines of this state in a plan of this state the person reads."""
    rows = PlanLine.objects.visible_to(ministry.person(account)).filter(plan__case__state=plan_state, state=line_state)
    return set(rows.values_list("unit__code", flat=True))


def test_an_approved_plan_is_open_to_every_unit_and_a_proposal_to_its_own_and_the_icd(ministry):
    both = {"CSDP", "DHPT"}
    for account in ("truonghoc", "chuyenvien", "taichinh", "htqt"):
        assert seen(ministry, account, PlanState.APPROVED, LineState.ACCEPTED) == both
    for plan_state in STATES:
        assert seen(ministry, "truonghoc", plan_state, LineState.PROPOSED) == {"DHPT"}
        assert seen(ministry, "chuyenvien", plan_state, LineState.DRAFT) == {"CSDP"}
        assert seen(ministry, "htqt", plan_state, LineState.PROPOSED) == both
        assert seen(ministry, "htqt", plan_state, LineState.DRAFT) == set()
        assert seen(ministry, "taichinh", plan_state, LineState.DECLINED) == set()
    assert seen(ministry, "taichinh", PlanState.DRAFT, LineState.ACCEPTED) == set()


def lines_offered(page) -> set[int]:
    """The keys of the plan's lines that the form of a trip offers to choose from."""
    (choices,) = re.findall(r'<select[^>]*name="plan_line".*?</select>', page.content.decode(), re.DOTALL)
    return {int(key) for key in re.findall(r'value="(\d+)"', choices)}


def test_the_calendar_and_the_form_of_a_trip_offer_only_lines_that_the_person_reads(client, ministry):
    approved = AnnualPlan.objects.get(case__state=PlanState.APPROVED)
    shown = [line for line in Radar(ministry.truonghoc, approved.year, 5).lines if line.plan_id == approved.pk]
    assert {line.unit.code for line in shown} == {"CSDP", "DHPT"}
    line = next(line for line in shown if line.unit.code == "CSDP")
    made = f.trip(ministry, filer="truonghoc", unit="DHPT", head="truonghoc", out_of_plan_reason="Phát sinh")
    client.force_login(ministry.truonghoc)
    assert line.pk in lines_offered(client.get(f"/doan-ra/{made.case.number}/sua/"))
    assert client.get(f"/doan-ra/lap/?dong={line.pk}").context["line"] == line
    # Who belongs to no unit any more reads nothing of the plans.
    Appointment.objects.filter(person=ministry.truonghoc).update(valid_until=dt.date(2026, 1, 1))
    nobody = ministry.truonghoc
    assert not [line for line in Radar(nobody, approved.year, 5).lines if line.plan_id == approved.pk]
    client.force_login(nobody)
    page = client.get(f"/doan-ra/{made.case.number}/sua/")
    assert page.status_code == 200
    assert line.pk not in lines_offered(page)
