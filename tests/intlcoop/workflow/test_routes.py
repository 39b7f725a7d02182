"""Which route a trip takes, and what each route may not skip (W002-01, W002-04)."""

from __future__ import annotations

import datetime as dt
from itertools import product

import pytest
from django.utils import timezone

from delegations.choices import Mode, Part, PlanLevel
from delegations.queries import OutboundFacts
from intlcoop.people.choices import Rank
from intlcoop.workflow.choices import Outcome, StepKind, StepState
from intlcoop.workflow.deciding import OfficialNumber, OutsideReply, decide
from intlcoop.workflow.models import RouteRule, RouteRuleStep, Step
from intlcoop.workflow.papers import save_draft
from intlcoop.workflow.refusals import Conflict, NotAllowed, Refused
from intlcoop.workflow.routing import invalid_conditions, plan
from tests.delegations import factories as f

pytestmark = pytest.mark.django_db

FACTS = list(
    product(
        ["minister", "deputy_minister", "director", "official"],
        ["led", "accompanying"],
        ["pm", "ministry", "none"],
        ["internal", "attached"],
    )
)


def route(rank, mode, level, unit_class="internal"):
    facts = OutboundFacts(head_rank=rank, mode=mode, plan_level=level, unit_class=unit_class)
    return plan("outbound", facts, timezone.localdate())


@pytest.mark.parametrize(("rank", "mode", "level", "unit_class"), FACTS)
def test_every_combination_of_facts_has_a_route_that_ends_with_draft_signature_and_number(
    rank, mode, level, unit_class
):
    kinds = [(step.kind, step.office) for step in route(rank, mode, level, unit_class)]
    assert [kind for kind, _office in kinds[-3:]] == [StepKind.DRAFT_DECISION, StepKind.SIGN, StepKind.ISSUE]
    assert kinds[-3][1] == "org_personnel"
    assert kinds[-1][1] == "clerk"


@pytest.mark.parametrize(("rank", "mode", "level", "unit_class"), FACTS)
def test_the_prime_minister_is_asked_exactly_where_the_rule_says(rank, mode, level, unit_class):
    asked = any(step.kind == StepKind.EXTERNAL_PERMISSION for step in route(rank, mode, level, unit_class))
    by_rule = mode == "led" and (rank == "minister" or (rank == "deputy_minister" and level != "pm"))
    assert asked == by_rule


def test_the_chain_of_w002_01_is_icd_then_minister_then_prime_minister_then_decision():
    offices = [step.office for step in route("deputy_minister", "led", "none")]
    icd, minister, pm, personnel = (
        offices.index(o) for o in ("icd_head", "minister", "prime_minister", "org_personnel")
    )
    assert icd < minister < pm < personnel


def test_every_step_carries_its_rule_version_and_citation():
    for rank, mode, level, unit_class in FACTS:
        for step in route(rank, mode, level, unit_class):
            assert step.rule
            assert step.version
            assert step.citation


def test_shipped_rules_look_only_at_facts():
    assert [invalid_conditions(rule) for rule in RouteRule.objects.all()] == [[]] * RouteRule.objects.count()


def deputy_minister_trip(ministry, **fields):
    return f.trip(ministry, head="thutruong", head_rank=Rank.DEPUTY_MINISTER, **fields)


def test_nothing_can_be_decided_before_the_prime_ministers_permission(ministry):
    case = f.submit(deputy_minister_trip(ministry), ministry)
    permission = f.walk_to(case, ministry, kind=StepKind.EXTERNAL_PERMISSION)
    draft = case.steps.current().get(kind=StepKind.DRAFT_DECISION)
    save_draft(case, b"docx", subject="x", symbol="QĐ-BDP", actor=ministry.tccb)

    for kind, person in ((StepKind.DRAFT_DECISION, "tccb"), (StepKind.SIGN, "botruong"), (StepKind.ISSUE, "vanthu")):
        step = case.steps.current().get(kind=kind)
        with pytest.raises(Conflict):
            decide(step, Outcome.AGREE, actor=ministry.person(person))
    assert f.fresh(case).state == "in_approval"

    f.agree(permission, ministry)
    draft.refresh_from_db()
    assert draft.state == StepState.OPEN
    assert f.fresh(case).state == "awaiting_decision"


def test_the_permission_needs_the_replys_particulars_and_its_scan_or_that_it_is_secret(ministry):
    case = f.submit(deputy_minister_trip(ministry), ministry)
    step = f.walk_to(case, ministry, kind=StepKind.EXTERNAL_PERMISSION)
    with pytest.raises(Refused):
        decide(step, Outcome.AGREE, actor=ministry.htqt)
    today = timezone.localdate()
    reply = OutsideReply(
        submission_number="1/TTr-BDP",
        submission_date=today,
        reply_number="2/TTg-QHQT",
        reply_date=today,
        reply_issuer="Văn phòng Chính phủ",
    )
    with pytest.raises(Refused):
        decide(step, Outcome.AGREE, actor=ministry.htqt, reply=reply)
    secret = {"kept_outside": True, "outside_register_no": "07/M"}
    decision = decide(
        step,
        Outcome.AGREE,
        actor=ministry.htqt,
        reply=OutsideReply(
            submission_number="1/TTr-BDP",
            submission_date=today,
            reply_number="2/TTg-QHQT",
            reply_date=today,
            reply_issuer="Văn phòng Chính phủ",
            outside=secret,
        ),
    )
    assert decision.permission.kept_outside
    assert (decision.decided_by, decision.recorded_by) == (None, ministry.htqt)
    assert decision.decided_by_name == "Văn phòng Chính phủ"


def test_a_refusal_of_the_prime_minister_rejects_the_trip(ministry):
    case = f.submit(deputy_minister_trip(ministry), ministry)
    step = f.walk_to(case, ministry, kind=StepKind.EXTERNAL_PERMISSION)
    today = timezone.localdate()
    reply = OutsideReply(
        submission_number="1/TTr-BDP",
        submission_date=today,
        reply_number="2/TTg-QHQT",
        reply_date=today,
        reply_issuer="Thủ tướng Chính phủ",
        scan=f.attachment(case, "other", by=ministry.htqt),
    )
    decide(step, Outcome.REJECT, actor=ministry.htqt, reply=reply, comment="Chưa cần thiết")
    assert f.fresh(case).state == "rejected"
    assert f.open_steps(case) == []


def test_on_the_prime_ministers_plan_a_deputy_minister_needs_no_permission(ministry):
    made = deputy_minister_trip(ministry, plan_line=f.plan_line(ministry, PlanLevel.PM))
    case = f.submit(made, ministry)
    assert not case.steps.filter(kind=StepKind.EXTERNAL_PERMISSION).exists()
    assert f.walk_to_the_end(case, ministry).state == "decided"


def test_accompanying_asks_for_no_invitation_plan_or_permission(ministry):
    made = f.trip(
        ministry,
        mode=Mode.ACCOMPANYING,
        principal="Thủ tướng Chính phủ",
        composition_number="15/QĐ-TTg",
        composition_date=timezone.localdate(),
        invitation=False,
        inviting_body="",
        members=[f.member(ministry.botruong, Part.MEMBER, Rank.MINISTER)],
    )
    case = f.submit(made, ministry)
    assert not case.steps.filter(kind=StepKind.EXTERNAL_PERMISSION).exists()
    assert f.walk_to_the_end(case, ministry).state == "decided"


def test_only_personnel_drafts_and_only_the_clerk_issues(ministry):
    case = f.submit(f.trip(ministry), ministry)
    draft = f.walk_to(case, ministry, kind=StepKind.DRAFT_DECISION)
    save_draft(case, b"docx", subject="x", symbol="QĐ-BDP", actor=ministry.tccb)
    for person in ("htqt", "vutruong", "vanthu", "botruong", "quantri", "chuyenvien"):
        with pytest.raises(NotAllowed):
            decide(draft, Outcome.AGREE, actor=ministry.person(person))
    decide(draft, Outcome.AGREE, actor=ministry.tccb)
    f.agree(f.open_step(case, StepKind.SIGN), ministry)
    issue = f.open_step(case, StepKind.ISSUE)
    number = OfficialNumber(number=15, symbol="QĐ-BDP", issued_on=timezone.localdate())
    for person in ("tccb", "htqt", "thutruong"):
        with pytest.raises(NotAllowed):
            decide(issue, Outcome.AGREE, actor=ministry.person(person), official_number=number)
    decide(issue, Outcome.AGREE, actor=ministry.vanthu, official_number=number)
    assert f.fresh(case).state == "decided"


def test_a_deputy_signs_kt_and_no_number_comes_before_the_signature(ministry):
    case = f.submit(f.trip(ministry), ministry)
    f.agree(f.walk_to(case, ministry, kind=StepKind.DRAFT_DECISION), ministry)
    paper = case.papers.get()
    from intlcoop.workflow import papers

    with pytest.raises(Refused, match="chưa được ký"):
        papers.number(case, number=15, symbol="QĐ-BDP", issued_on=timezone.localdate())
    f.agree(f.open_step(case, StepKind.SIGN), ministry, by="thutruong")
    paper.refresh_from_db()
    assert paper.signature_lines.splitlines()[0] == "KT. BỘ TRƯỞNG"
    assert paper.number is None
    assert f.walk_to_the_end(case, ministry).state == "decided"


def test_the_same_number_is_given_once_per_symbol_and_year(ministry):
    number = OfficialNumber(number=15, symbol="QĐ-BDP", issued_on=timezone.localdate())
    first = f.submit(f.trip(ministry), ministry)
    second = f.submit(f.trip(ministry, country="LA", days_ahead=90), ministry)
    f.agree(f.walk_to(first, ministry, kind=StepKind.ISSUE), ministry, official_number=number)
    step = f.walk_to(second, ministry, kind=StepKind.ISSUE)
    with pytest.raises(Refused):
        f.agree(step, ministry, official_number=number)
    assert f.fresh(second).state == "awaiting_decision"


def test_tomorrows_rule_does_not_touch_todays_file(ministry, time_machine):
    today = timezone.localdate()
    made = f.trip(ministry)
    case = f.submit(made, ministry)
    old = RouteRule.objects.get(code="outbound-planned")
    old.valid_until = today
    old.save()
    new = RouteRule.objects.create(
        kind="outbound", code="outbound-planned", version=2, title="Mới", priority=60,
        conditions=old.conditions, citation="Quy định mới", valid_from=today + dt.timedelta(days=1),
    )  # fmt: skip
    RouteRuleStep.objects.create(rule=new, order=1, kind=StepKind.APPROVE, office="minister", binds=[])
    time_machine.move_to(timezone.now() + dt.timedelta(days=2), tick=False)

    from delegations.services import update_trip

    update_trip(made, actor=ministry.chuyenvien, members=[*_rows(made), f.member(ministry.chuyenvien)])
    assert set(Step.objects.current().filter(case=case).values_list("rule_version", flat=True)) == {1}

    other = f.submit(f.trip(ministry, country="LA", days_ahead=90), ministry)
    assert set(other.steps.values_list("rule_version", flat=True)) == {2}


def _rows(made):
    return [
        {"id": row.pk, "person": row.person, "full_name": row.full_name, "part": row.part, "rank": row.rank}
        for row in made.members.all()
    ]
