"""A Deputy Minister who receives guests is asked in person; otherwise the one in charge of the unit that files decides."""

from __future__ import annotations

import pytest
from django.utils import timezone

from delegations.services import update_visit
from delegations.visit_choices import InboundState as S
from intlcoop.operations.demo.walking import agree, open_steps
from intlcoop.people.models import Appointment
from intlcoop.workflow.assignments import waiting_for
from intlcoop.workflow.models import Case, Step
from intlcoop.workflow.route_preview import expected_of
from intlcoop.workflow.rules import can_view
from intlcoop.workflow.separation import may_act
from tests.delegations import visiting as v

pytestmark = pytest.mark.django_db


@pytest.fixture
def ministry(built, db):
    return built


def at_the_deputy(ministry, host: str):
    """A visit of the department, whose deputy minister in charge is `thutruong`, when it waits for a deputy minister."""
    visit = v.submit(v.full(ministry, host=host), ministry)
    v.walk(visit, ministry, until="deputy_minister")
    return v.fresh(visit), Step.objects.open().get(case=visit.case_id)


def waits_for(person) -> list[str]:
    return [step.case.number for step in waiting_for(person, timezone.localdate())]


def test_the_deputy_minister_who_receives_decides_whoever_is_in_charge(ministry):
    draft = v.full(ministry, host="thutruong2")
    expected = expected_of(draft.case)
    assert [step.who for step in expected.steps][-1] == "Thứ trưởng: Ông Thế Vinh"
    visit, step = at_the_deputy(ministry, "thutruong2")
    assert step.assigned_to == ministry.thutruong2
    assert visit.case.number in waits_for(ministry.thutruong2)
    assert visit.case.number not in waits_for(ministry.thutruong)
    assert may_act(ministry.thutruong, step, timezone.localdate()) is None
    assert can_view(ministry.thutruong2, visit.case)
    agree(step, ministry.person, draft=v.no_paper)
    assert Step.objects.get(pk=step.pk).decision.decided_by == ministry.thutruong2
    assert v.fresh(visit).case.state == S.ACCEPTED


def test_where_the_host_is_the_one_in_charge_nothing_changes(ministry):
    visit, step = at_the_deputy(ministry, "thutruong")
    assert step.assigned_to == ministry.thutruong
    assert visit.case.number in waits_for(ministry.thutruong)


@pytest.mark.parametrize("host", ["botruong", "vutruong"])
def test_other_hosts_are_asked_by_their_office(ministry, host):
    visit = v.submit(v.full(ministry, host=host), ministry)
    assert set(Step.objects.filter(case=visit.case_id).values_list("assigned_to", flat=True)) == {None}


def test_a_rank_without_a_name_goes_to_the_one_in_charge(ministry):
    visit = v.full(ministry, host="", host_name="Lãnh đạo Bộ", host_rank="deputy_minister")
    v.walk(v.submit(visit, ministry), ministry, until="deputy_minister")
    assert visit.case.number in waits_for(ministry.thutruong)


def test_another_host_is_asked_anew(ministry):
    visit = v.accepted(v.full(ministry, host="thutruong"), ministry)
    update_visit(visit, actor=ministry.htqt, fields={"host": ministry.thutruong2})
    v.walk(visit, ministry, until="deputy_minister")
    assert visit.case.number in waits_for(ministry.thutruong2)


def test_a_host_who_has_left_holds_nothing_up(ministry):
    visit, step = at_the_deputy(ministry, "thutruong2")
    yesterday = timezone.localdate() - timezone.timedelta(days=1)
    Appointment.objects.filter(person=ministry.thutruong2).update(valid_until=yesterday)
    step = Step.objects.select_related("case", "unit", "assigned_to").get(pk=step.pk)
    assert may_act(ministry.thutruong, step, timezone.localdate()) is not None
    assert open_steps(Case.objects.get(pk=visit.case_id))
