"""A decision binds what its step binds: more reopens, less only notifies, wording is only logged."""

from __future__ import annotations

import datetime as dt

import pytest

from delegations.choices import Part
from delegations.services import update_trip
from intlcoop.notifications.models import Notice
from intlcoop.workflow.choices import StepKind, StepState
from intlcoop.workflow.models import Decision
from intlcoop.workflow.refusals import NotAllowed
from tests.delegations import factories as f

pytestmark = pytest.mark.django_db


def rows(made):
    return [
        {"id": row.pk, "person": row.person, "full_name": row.full_name, "part": row.part, "rank": row.rank}
        for row in made.members.all()
    ]


def funding(made, amount):
    item = made.funding.get()
    return [{"id": item.pk, "source": item.source, "amount": amount, "currency": item.currency}]


@pytest.fixture
def approving(ministry):
    """A trip of two people that waits for the leader's approval; everything before has been decided."""
    members = [f.member(ministry.chuyenvien2, Part.HEAD), f.member(ministry.chuyenvien)]
    made = f.trip(ministry, members=members)
    case = f.submit(made, ministry)
    f.walk_to(case, ministry, kind=StepKind.APPROVE)
    return made


def open_offices(made):
    return [step.office for step in f.open_steps(f.fresh(made.case))]


def test_one_more_person_goes_back_to_the_unit_head(ministry, approving):
    decisions = Decision.objects.count()
    update_trip(approving, actor=ministry.chuyenvien, members=[*rows(approving), f.member(ministry.htqt2)])
    assert open_offices(approving) == ["unit_head"]
    assert Decision.objects.count() == decisions


def test_one_person_less_only_tells_those_who_decided(ministry, approving):
    update_trip(approving, actor=ministry.chuyenvien, members=rows(approving)[:1])
    assert open_offices(approving) == ["deputy_minister"]
    told = set(Notice.objects.filter(event_key__startswith="content-").values_list("recipient__username", flat=True))
    assert told == {"lanhdaodonvi", "htqt", "vutruong"}


def test_less_money_tells_finance_too(ministry, approving):
    update_trip(approving, actor=ministry.chuyenvien, funding=funding(approving, 100_000_000))
    assert open_offices(approving) == ["deputy_minister"]
    told = set(Notice.objects.filter(event_key__startswith="content-").values_list("recipient__username", flat=True))
    assert told == {"lanhdaodonvi", "taichinh", "vutruong"}


def test_more_money_goes_back_to_the_first_who_bound_money(ministry, approving):
    update_trip(approving, actor=ministry.chuyenvien, funding=funding(approving, 200_000_000))
    assert open_offices(approving) == ["unit_head"]


def test_an_opinion_on_money_is_asked_again_only_when_money_grows(ministry, approving):
    """The appraisal binds people, the opinion money: growth of money leaves the ICD official's decision standing."""
    case = f.fresh(approving.case)
    update_trip(approving, actor=ministry.chuyenvien, funding=funding(approving, 200_000_000))
    f.agree(f.open_step(case), ministry)
    assert open_offices(approving) == ["icd_officer", "finance"]


def test_a_shift_within_the_tolerance_only_notifies_and_beyond_it_reopens(ministry, approving):
    shift = dt.timedelta(days=3)
    update_trip(
        approving,
        actor=ministry.chuyenvien,
        fields={"departs_on": approving.departs_on + shift, "returns_on": approving.returns_on + shift},
    )
    assert open_offices(approving) == ["deputy_minister"]
    update_trip(
        approving,
        actor=ministry.chuyenvien,
        fields={
            "departs_on": approving.departs_on + dt.timedelta(days=1),
            "returns_on": approving.returns_on + dt.timedelta(days=1),
        },
    )
    assert open_offices(approving) == ["unit_head"]


def test_wording_is_only_logged(ministry, approving):
    before = approving.case.content_versions.count()
    update_trip(approving, actor=ministry.chuyenvien, fields={"purpose_text": "Chữ khác."})
    assert open_offices(approving) == ["deputy_minister"]
    assert approving.case.content_versions.count() == before + 1
    assert not Notice.objects.filter(event_key__startswith="content-").exists()


def test_another_head_of_higher_rank_gives_another_route(ministry, approving):
    members = [
        f.member(ministry.thutruong, Part.HEAD, "deputy_minister"),
        *[row | {"part": Part.MEMBER} for row in rows(approving)],
    ]
    update_trip(approving, actor=ministry.chuyenvien, members=members)
    case = f.fresh(approving.case)
    assert case.steps.current().filter(kind=StepKind.EXTERNAL_PERMISSION).exists()
    assert open_offices(approving) == ["unit_head"]


def test_growth_after_approval_reopens_it_and_sets_the_draft_aside(ministry, approving):
    case = f.fresh(approving.case)
    f.walk_to(case, ministry, kind=StepKind.SIGN)
    update_trip(approving, actor=ministry.chuyenvien, members=[*rows(approving), f.member(ministry.htqt2)])
    case = f.fresh(case)
    assert case.state == "in_approval"
    assert case.papers.current().count() == 0
    assert case.steps.current().filter(state=StepState.DONE).count() == 0


def test_after_issue_the_file_cannot_be_changed(ministry, approving):
    f.walk_to_the_end(f.fresh(approving.case), ministry)
    with pytest.raises(NotAllowed):
        update_trip(approving, actor=ministry.chuyenvien, fields={"purpose_text": "x"})


def test_a_returned_file_with_more_people_starts_from_the_first_bound_step(ministry, approving):
    from intlcoop.workflow.choices import Outcome
    from intlcoop.workflow.deciding import decide

    step = f.open_step(f.fresh(approving.case))
    decide(step, Outcome.RETURN, actor=ministry.thutruong, comment="Bổ sung một người")
    update_trip(approving, actor=ministry.chuyenvien, members=[*rows(approving), f.member(ministry.htqt2)])
    f.submit(approving, ministry)
    assert open_offices(approving) == ["unit_head"]
